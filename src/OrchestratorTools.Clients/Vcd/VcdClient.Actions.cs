using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <content>What is done with vApps, virtual machines and disks: by the links of their present state, and by the sections that can be edited.</content>
public sealed partial class VcdClient
{
    // Links that every entity has in every state: they say nothing about what may be done.
    private static readonly HashSet<string> Standing = new(StringComparer.Ordinal) { "up", "down", "alternate", "edit", "ovf" };

    /// <summary>Reads an entity anew and does what one of its links is for. Without the link nothing is sent: the error, of kind WrongState, says the state and what can be done in it.</summary>
    /// <param name="href">The entity's address or id.</param>
    /// <param name="action">What to do.</param>
    /// <param name="body">Makes the body from the entity as it is; null where there is none.</param>
    /// <param name="cancellationToken">Ends the sending; whether the change was taken is then unknown.</param>
    internal async Task<VcdChange> ActAsync(string href, VcdAction action, Func<XElement, XElement>? body, CancellationToken cancellationToken)
    {
        var entity = await ReadAsync(href, cancellationToken).ConfigureAwait(false);
        return await ActAsync(entity, action, body?.Invoke(entity), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Does what a link of an entity is for, which was read right before.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="action">What to do.</param>
    /// <param name="body">The body; null where there is none.</param>
    /// <param name="cancellationToken">Ends the sending; whether the change was taken is then unknown.</param>
    internal async Task<VcdChange> ActAsync(XElement entity, VcdAction action, XElement? body, CancellationToken cancellationToken)
    {
        var link = FindLink(entity, action.Rel) ?? throw NotOffered(entity, action);
        return await ChangeAsync(
            new VcdChangeRequest(HttpMethod.Post, link.Href, OutcomeOf(entity)) { Body = body, ContentType = body is null ? null : action.ContentType ?? link.Type },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Reads an entity anew and sends one of its sections back, changed, to where the section's link "edit" leads. Throws with kind NotFound where the entity has no such section, with kind WrongState where it may not be edited.
    /// </summary>
    /// <param name="href">The entity's address or id.</param>
    /// <param name="section">The local name of the section: <c>LeaseSettingsSection</c>.</param>
    /// <param name="title">What is done, as it begins a sentence: "Changing the leases".</param>
    /// <param name="edit">Makes the body from the section as it is; null: nothing is to be changed, and nothing is sent.</param>
    /// <param name="cancellationToken">Ends the sending; whether the change was taken is then unknown.</param>
    internal async Task<VcdChange?> EditSectionAsync(string href, string section, string title, Func<XElement, XElement?> edit, CancellationToken cancellationToken)
    {
        var entity = await ReadAsync(href, cancellationToken).ConfigureAwait(false);
        var present = VcdXml.Child(entity, section)
            ?? throw _session.Error(OrchestratorErrorKind.NotFound, $"{title} of '{NameOf(entity)}' is not possible: the server shows no {section} of it.", "The API version of the connection may be too old for it, or this user may not see it.");
        var body = edit(present);
        if (body is null)
        {
            return null;
        }

        var link = FindLink(present, "edit") ?? throw NotOffered(entity, new VcdAction("edit", title));
        return await ChangeAsync(new VcdChangeRequest(HttpMethod.Put, link.Href, OutcomeOf(entity)) { Body = body, ContentType = link.Type ?? VcdXml.Text(present, "type"), IsSecret = VcdBodies.HoldsSecret(body) }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The error that a missing link is: which state the entity is in, and what the server offers in it.</summary>
    internal OrchestratorApiException NotOffered(XElement entity, VcdAction action)
    {
        var offered = VcdLink.Of(entity).Select(l => l.Rel).Where(r => !Standing.Contains(r) && !r.Contains("download", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).ToArray();
        var state = VcdEntities.Read(entity) is VcdResource { Status: { Length: > 0 } status } ? $" ({status}{(VcdXml.Flag(entity, "deployed") is true ? ", deployed" : string.Empty)})" : string.Empty;
        return _session.Error(
            OrchestratorErrorKind.WrongState,
            $"{action.Title} is not possible for {VcdEntities.TitleOf(VcdEntities.Read(entity).GetType())} '{NameOf(entity)}'{state}: the server offers no '{action.Rel}'; it offers {(offered.Length == 0 ? "nothing" : string.Join(", ", offered))}. Nothing was sent.",
            action.Hint ?? "What may be done goes by the state, by the lease and by this user's rights; Get-VcdTask shows whether something is at work on it.");
    }

    private static string OutcomeOf(XElement entity)
        => $"Get-{VcdEntities.Read(entity).GetType().Name} '{NameOf(entity)}' -Detailed shows what became of it, Get-VcdTask what is at work.";
}
