using System.Globalization;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>One of the answers that a question can be given.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Text">Its words; empty where the server gives none.</param>
public sealed record VcdVMChoice(int Id, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}{(Text.Length > 0 ? " = " + Text : string.Empty)}");
}

/// <summary>What a virtual machine asks, and waits for the answer of (schema type VmPendingQuestionType).</summary>
public sealed class VcdVMQuestion : ServerObject, IOfTenant
{
    internal VcdVMQuestion(XElement question, VcdVM vm)
    {
        VM = vm.Name;
        Href = vm.Href;
        VApp = vm.VApp;
        VAppHref = vm.VAppHref;
        Question = VcdXml.ChildText(question, "Question")?.Trim() ?? string.Empty;
        QuestionId = VcdXml.ChildText(question, "QuestionId") ?? string.Empty;
        Choices = VcdXml.Children(question, "Choices").Select(c => new VcdVMChoice((int)(VcdXml.Number(VcdXml.ChildText(c, "Id")) ?? -1), VcdXml.ChildText(c, "Text")?.Trim() ?? string.Empty)).Where(c => c.Id >= 0).ToArray();
        Answer = VcdClient.FindLink(question, "answer");
    }

    /// <summary>The name of the virtual machine.</summary>
    public string VM { get; }

    /// <summary>The address of the virtual machine.</summary>
    public string Href { get; }

    /// <summary>The name of its vApp, where it is known.</summary>
    public string? VApp { get; }

    /// <summary>The address of its vApp.</summary>
    public string? VAppHref { get; }

    /// <summary>What it asks.</summary>
    public string Question { get; }

    /// <summary>The number of the question.</summary>
    public string QuestionId { get; }

    /// <summary>The answers that it takes.</summary>
    public IReadOnlyList<VcdVMChoice> Choices { get; }

    /// <summary>Where the answer goes.</summary>
    internal VcdLink? Answer { get; }

    /// <inheritdoc/>
    VcdTenant? IOfTenant.Tenant { get; set; }

    /// <inheritdoc/>
    public override string ToString() => Question;

    /// <summary>The choice that an answer means: its words, in any letter case, or its number. Null where it means none, or two.</summary>
    internal VcdVMChoice? ChoiceOf(string answer)
    {
        var text = answer.Trim();
        return Choices.Where(c => string.Equals(c.Text, text, StringComparison.OrdinalIgnoreCase)).ToArray() is [var said] ? said
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Choices.Where(c => c.Id == number).ToArray() is [var numbered] ? numbered
            : null;
    }
}
