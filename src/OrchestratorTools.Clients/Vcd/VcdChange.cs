using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>What a change was answered with: the task that carries it out, or, where the server did it at once, the entity as it is now.</summary>
/// <param name="Task">The task; null where the server did it at once.</param>
/// <param name="Entity">The document of the answer, where it is no task: the entity that was made or changed.</param>
/// <param name="Location">The address that the answer's header names.</param>
public sealed record VcdChange(VcdTask? Task, XElement? Entity, string? Location)
{
    /// <summary>What was to be done is done already: nothing was sent.</summary>
    internal static VcdChange Nothing { get; } = new(null, null, null) { IsNothing = true };

    /// <summary>True where nothing was to be done, and nothing was sent.</summary>
    public bool IsNothing { get; private init; }

    /// <summary>The address of what was made or changed: the entity's own, else what the task works on; null where the server does not say.</summary>
    public string? Href => (Entity is null ? null : VcdXml.Text(Entity, "href")) is { Length: > 0 } own ? own : Task?.ObjectHref;

    /// <summary>
    /// The task of a document (facts/vcd.md, "Task"): the document itself, or the one in its <c>Tasks</c>. Of several the first that has not ended is the change's own: what stands in an entity is what works on it now.
    /// </summary>
    internal static XElement? TaskIn(XElement document)
    {
        if (document.Name.LocalName is "Task")
        {
            return document;
        }

        var tasks = VcdXml.Child(document, "Tasks") is { } list ? VcdXml.Children(list, "Task").ToArray() : [];
        return Array.Find(tasks, t => !new VcdTask(t).IsFinished) ?? tasks.FirstOrDefault();
    }
}

/// <summary>A change to send.</summary>
/// <param name="Method">POST, PUT or DELETE.</param>
/// <param name="Href">The address, of a link where there is one.</param>
/// <param name="Outcome">Which cmdlet shows what became of it, as a sentence: shown where the answer was lost.</param>
internal sealed record VcdChangeRequest(HttpMethod Method, string Href, string Outcome)
{
    /// <summary>The body.</summary>
    public XElement? Body { get; init; }

    /// <summary>The body's media type.</summary>
    public string? ContentType { get; init; }

    /// <summary>True where the body holds a secret: shown nowhere, not even under -Debug.</summary>
    public bool IsSecret { get; init; }
}
