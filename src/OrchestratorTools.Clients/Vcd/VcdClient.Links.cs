using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <content>Finds what an entity allows. Several kinds have two views, the users' and the administrators', and each names links that the other does not.</content>
public sealed partial class VcdClient
{
    /// <summary>The link of an entity for a relation and a media type; null where the entity has none, which means that it is not allowed at the moment or to this user. Servers name most links twice, for XML and for JSON.</summary>
    internal static VcdLink? FindLink(XElement entity, string rel, string? type = null)
        => VcdLink.Of(entity).FirstOrDefault(l => string.Equals(l.Rel, rel, StringComparison.Ordinal) && (type is null || VcdXml.IsMediaType(l.Type, type)));

    private static string NameOf(XElement entity) => VcdXml.Text(entity, "name") ?? string.Empty;

    private Task<XElement> ReadAsync(string href, CancellationToken cancellationToken, params string[] roots)
        => GetXmlAsync(AddressOf(_session, null, href), cancellationToken, roots);

    /// <summary>The link of an entity, in the view at hand or in the other one; with the view that has it. Null where neither does.</summary>
    private async Task<(XElement View, VcdLink Link)?> LinkOfAsync(XElement entity, string rel, string? type, CancellationToken cancellationToken)
    {
        if (FindLink(entity, rel, type) is { } own)
        {
            return (entity, own);
        }

        return await OtherViewAsync(entity, cancellationToken).ConfigureAwait(false) is { } other && FindLink(other, rel, type) is { } link ? (other, link) : null;
    }

    /// <summary>The other view of an entity: where its link "alternate" leads, or, of a users' view without one, the administrators'. Null where there is none, or none for this user.</summary>
    private async Task<XElement?> OtherViewAsync(XElement entity, CancellationToken cancellationToken)
    {
        var kind = entity.Name.LocalName;
        var address = VcdLink.Of(entity).FirstOrDefault(l => l.Rel == "alternate" && l.Type?.Contains("+json", StringComparison.OrdinalIgnoreCase) is not true)?.Href
            ?? (VcdXml.Text(entity, "href") is { } href ? VcdAssumptions.AdminAddress(href) : null);
        if (address is null)
        {
            return null;
        }

        try
        {
            return await ReadAsync(address, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.NotFound or OrchestratorErrorKind.Permission)
        {
            _observer.Verbose($"The other view of this {kind} is not for '{_session.User}': {e.Message}");
            return null;
        }
    }

    /// <summary>The link that an operation needs; throws with kind Permission where neither view has it.</summary>
    private async Task<(XElement View, VcdLink Link)> NeedLinkAsync(XElement entity, string rel, string? type, string operation, string hint, CancellationToken cancellationToken)
        => await LinkOfAsync(entity, rel, type, cancellationToken).ConfigureAwait(false) ?? throw NotAllowed(entity, operation, hint);

    private OrchestratorApiException NotAllowed(XElement entity, string operation, string hint)
        => _session.Error(OrchestratorErrorKind.Permission, $"{operation} is not allowed to '{_session.User}' for '{NameOf(entity)}' at the moment: the server names no way to do it.", hint);
}
