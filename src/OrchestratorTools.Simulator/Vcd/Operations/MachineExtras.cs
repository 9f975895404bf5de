using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>What is put into a machine's drive, and what it asks.</summary>
internal static class MachineExtras
{
    // The schema of MediaInsertOrEjectParams says so of ejecting.
    private static readonly ApiVersion MediaMayBeLeftOutFrom = new("29.0");

    private static readonly TimeSpan LongestQuestion = TimeSpan.FromDays(1);

    /// <summary>POST …/media/action/insertMedia.</summary>
    public static VcdAnswer Insert(VcdCall call, VirtualMachine machine)
    {
        var (target, media) = Read(call, machine, mayBeLeftOut: false);
        if (machine.InsertedMedia is { } present) throw VcdException.BadRequest($"The media \"{present.Name}\" is in the drive of VM \"{machine.Name}\" already.");
        return target.Accept(call, "vappInsertCdFloppy", "Inserting Media", () => machine.InsertedMedia = media);
    }

    /// <summary>POST …/media/action/ejectMedia. A running guest may hold on to it: then the machine waits for an answer, and the task with it.</summary>
    public static VcdAnswer Eject(VcdCall call, VirtualMachine machine)
    {
        var (target, media) = Read(call, machine, mayBeLeftOut: call.Version! >= MediaMayBeLeftOutFrom);
        if (media is null && machine.InsertedMedia is null) throw VcdException.BadRequest($"There is no media in the drive of VM \"{machine.Name}\".");
        if (media is not null && machine.InsertedMedia != media) throw VcdException.BadRequest($"The media \"{media.Name}\" is not in the drive of VM \"{machine.Name}\".");
        return machine is { LocksDrive: true, Status: MachineStatus.PoweredOn }
            ? EjectLocked(call, target, machine)
            : target.Accept(call, "vappEjectCdFloppy", "Ejecting Media", () => machine.InsertedMedia = null);
    }

    /// <summary>The machine asks, and the task goes on with the answer: the first choice overrides the lock.</summary>
    private static VcdAnswer EjectLocked(VcdCall call, ComputeTarget target, VirtualMachine machine)
    {
        VcdTask? task = null;
        var steps = new[] { new WorkStep(call.Settings.PowerTime, Ask), new WorkStep(LongestQuestion, () => { }) };
        task = Work.BeginSteps(call.World, target.Owner, "vappEjectCdFloppy", target.Sentence("Ejecting Media"), call.Session.Account, steps, Forget);
        return VcdAnswer.Accepted(TaskAnswers.Build(call, task, isRoot: true));

        void Forget()
        {
            machine.Question = null;
            if (machine.Status == MachineStatus.WaitingForInput) machine.Status = MachineStatus.PoweredOn;
        }

        void Ask()
        {
            machine.Question = Assumptions.DriveQuestion(machine.Name) with { Answered = Go };
            machine.Status = MachineStatus.WaitingForInput;
        }

        void Go(int choice)
        {
            if (task is not { IsActive: true }) return;
            if (choice == 0)
            {
                machine.InsertedMedia = null;
                call.World.Tasks.End(task, TaskState.Success);
            }
            else call.World.Tasks.End(task, TaskState.Error, new TaskFailure(StatusCodes.Status400BadRequest, "BAD_REQUEST", $"The guest of VM \"{machine.Name}\" keeps its media."));
        }
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
        question.Answered?.Invoke(choice);
        AddressPools.Assign(machine);
        return VcdAnswer.NoContent;
    }

    private static (ComputeTarget Target, Media? Media) Read(VcdCall call, VirtualMachine machine, bool mayBeLeftOut)
    {
        var body = BodyShape.InsertOrEject.Read(call, MediaTypes.InsertOrEjectParams);
        var target = MachineChanges.Target(call, machine);
        var reference = body.Element(Xml.Namespace + "Media");
        if (reference is null && mayBeLeftOut) return (target, null);
        if (reference is null) throw VcdException.BadRequest("validation error on field 'Media': the element must be present in MediaInsertOrEjectParams.");
        var href = (string?)reference.Attribute("href") ?? "";
        if (EntityLookup.ByHref(call, href) is not Media media) throw new VcdException(StatusCodes.Status403Forbidden, "ACCESS_TO_RESOURCE_IS_FORBIDDEN", $"No access to entity \"{href}\".");
        if (media.Status != EntityStatus.Resolved) throw VcdException.BadRequest($"The requested operation could not be executed since media \"{media.Name}\" is not ready.");
        return (target, media);
    }
}
