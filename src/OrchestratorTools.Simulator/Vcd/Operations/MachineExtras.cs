using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>What is put into a machine's drive, and what it asks.</summary>
internal static class MachineExtras
{
    /// <summary>POST …/media/action/insertMedia.</summary>
    public static VcdAnswer Insert(VcdCall call, VirtualMachine machine)
    {
        var (target, media) = Read(call, machine);
        if (machine.InsertedMedia is { } present) throw VcdException.BadRequest($"The media \"{present.Name}\" is in the drive of VM \"{machine.Name}\" already.");
        return target.Accept(call, "vappInsertCdFloppy", "Inserting Media", () => machine.InsertedMedia = media);
    }

    /// <summary>POST …/media/action/ejectMedia. A running guest may hold on to it: then the machine waits for an answer, and the task with it.</summary>
    public static VcdAnswer Eject(VcdCall call, VirtualMachine machine)
    {
        var (target, media) = Read(call, machine);
        if (machine.InsertedMedia != media) throw VcdException.BadRequest($"The media \"{media.Name}\" is not in the drive of VM \"{machine.Name}\".");
        return target.Accept(call, "vappEjectCdFloppy", "Ejecting Media", () => machine.InsertedMedia = null);
    }

    /// <summary>POST …/question/action/answer: 204, and the machine goes on.</summary>
    public static VcdAnswer Answer(VcdCall call, VirtualMachine machine)
    {
        if (machine.VApp is not { } vApp || !call.Sees.MayChange(vApp)) throw VcdException.Forbidden();
        var body = BodyShape.Answer.Read(call, MediaTypes.Answer);
        if (machine.Question is not { } question) throw VcdException.BadRequest($"The requested operation could not be executed since VM \"{machine.Name}\" has no pending question.");
        if (Xml.Text(body, "QuestionId") is var id && id != question.Id) throw VcdException.BadRequest($"validation error on field 'QuestionId': the pending question of VM \"{machine.Name}\" is {question.Id}, not {id}.");
        if (!int.TryParse(Xml.Text(body, "ChoiceId"), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var choice) || choice >= question.Choices.Count) throw VcdException.BadRequest($"validation error on field 'ChoiceId': the choices are 0 to {question.Choices.Count - 1}.");
        machine.Question = null;
        if (machine.Status == MachineStatus.WaitingForInput) machine.Status = MachineStatus.PoweredOn;
        AddressPools.Assign(machine);
        return VcdAnswer.NoContent;
    }

    private static (ComputeTarget Target, Media Media) Read(VcdCall call, VirtualMachine machine)
    {
        var body = BodyShape.InsertOrEject.Read(call, MediaTypes.InsertOrEjectParams);
        var target = MachineChanges.Target(call, machine);
        var reference = body.Element(Xml.Namespace + "Media") ?? throw VcdException.BadRequest("validation error on field 'Media': the element must be present in MediaInsertOrEjectParams.");
        var href = (string?)reference.Attribute("href") ?? "";
        if (EntityLookup.ByHref(call, href) is not Media media) throw new VcdException(StatusCodes.Status403Forbidden, "ACCESS_TO_RESOURCE_IS_FORBIDDEN", $"No access to entity \"{href}\".");
        if (media.Status != EntityStatus.Resolved) throw VcdException.BadRequest($"The requested operation could not be executed since media \"{media.Name}\" is not ready.");
        return (target, media);
    }
}
