using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <content>Sharing of catalogs and vApps, and owners.</content>
public sealed partial class VcdClient
{
    /// <summary>Who may do what with a catalog or vApp.</summary>
    /// <param name="href">Its address.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public async Task<IReadOnlyList<VcdAccess>> GetAccessAsync(string href, CancellationToken cancellationToken)
    {
        var entity = await ReadAsync(href, cancellationToken, "Catalog", "AdminCatalog", "VApp").ConfigureAwait(false);
        var (read, _) = await AccessAddressesAsync(entity, cancellationToken).ConfigureAwait(false);
        return Grants(await ReadAccessAsync(entity, read, cancellationToken).ConfigureAwait(false), entity, href);
    }

    /// <summary>Changes who may do what with a catalog or vApp: reads the whole of it, changes one thing, and sends the whole. Returns what the server then has.</summary>
    internal async Task<IReadOnlyList<VcdAccess>> SetAccessAsync(string href, VcdAccessChange change, CancellationToken cancellationToken)
    {
        var entity = await ReadAsync(href, cancellationToken, "Catalog", "AdminCatalog", "VApp").ConfigureAwait(false);
        var (read, write) = await AccessAddressesAsync(entity, cancellationToken).ConfigureAwait(false);
        if (write is null)
        {
            throw NotAllowed(entity, "Sharing", "Its owner, who has FullControl, and the administrators of the organization may share it.");
        }

        var present = await ReadAccessAsync(entity, read, cancellationToken).ConfigureAwait(false);
        if (change.Level is VcdAccessLevel.None && change.Subjects.FirstOrDefault(subject => !VcdBodies.Settings(present).Any(s => VcdBodies.IsFor(s, subject))) is { } stranger)
        {
            throw _session.Error(OrchestratorErrorKind.NotFound, $"'{NameOf(entity)}' is not shared with '{stranger.Name ?? stranger.Href}'. Nothing was sent.", "Get-VcdAccess shows with whom it is shared.");
        }

        var sent = VcdBodies.ControlAccess(present, change);
        var answer = await ChangeAsync(
            new VcdChangeRequest(HttpMethod.Post, write, "Get-VcdAccess shows what became of it.") { Body = sent, ContentType = VcdBodies.ControlAccessType },
            cancellationToken).ConfigureAwait(false);
        await FollowAsync(answer.Task, null, null, cancellationToken).ConfigureAwait(false);

        // The answer repeats what was taken; where it does not, it is asked for.
        var now = answer is { Task: null, Entity: { } echo } && echo.Name.LocalName is "ControlAccessParams" ? echo : await ReadAccessAsync(entity, read, cancellationToken).ConfigureAwait(false);
        return Grants(now, entity, href);
    }

    /// <summary>An organization as a subject of sharing, by its id or address; it need not be one that this user may see.</summary>
    internal VcdAccessSubject OrganizationSubject(string id, string? name)
    {
        var address = AddressOf("org", id).AbsoluteUri;
        return new VcdAccessSubject(VcdAssumptions.AdminAddress(address) ?? address, VcdAssumptions.OrganizationType, name);
    }

    /// <summary>Who owns something.</summary>
    /// <param name="href">Its address.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public async Task<VcdOwner> GetOwnerAsync(string href, CancellationToken cancellationToken)
    {
        var entity = await ReadAsync(href, cancellationToken).ConfigureAwait(false);
        if (VcdXml.Child(entity, "Owner") is { } told && VcdXml.Child(told, "User") is not null)
        {
            return OwnerOf(told, entity, href);
        }

        var (view, link) = await LinkOfAsync(entity, "down", VcdBodies.OwnerType, cancellationToken).ConfigureAwait(false) ?? throw NoOwner(entity);
        return OwnerOf(await ReadAsync(link.Href, cancellationToken, "Owner").ConfigureAwait(false), view, href);
    }

    /// <summary>Gives something another owner, and returns who the server then says owns it.</summary>
    /// <param name="href">Its address.</param>
    /// <param name="userHref">The address of the new owner.</param>
    /// <param name="userName">The new owner's name.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public async Task<VcdOwner> SetOwnerAsync(string href, string userHref, string? userName, CancellationToken cancellationToken)
    {
        var entity = await ReadAsync(href, cancellationToken).ConfigureAwait(false);
        var down = await LinkOfAsync(entity, "down", VcdBodies.OwnerType, cancellationToken).ConfigureAwait(false) ?? throw NoOwner(entity);

        // Newer servers name the way in the entity, all name it in the Owner document.
        var edit = FindLink(down.View, "edit", VcdBodies.OwnerType)
            ?? FindLink(await ReadAsync(down.Link.Href, cancellationToken, "Owner").ConfigureAwait(false), "edit", VcdBodies.OwnerType)
            ?? throw NotAllowed(entity, "Changing the owner", "Owners of vApps, disks, catalogs and (from API 31.0 on) vApp templates can be changed, by administrators of the organization; those of media cannot.");
        var answer = await ChangeAsync(
            new VcdChangeRequest(HttpMethod.Put, edit.Href, "Get-VcdOwner shows what became of it.") { Body = VcdBodies.Owner(userHref, userName), ContentType = VcdBodies.OwnerType },
            cancellationToken).ConfigureAwait(false);
        await FollowAsync(answer.Task, null, null, cancellationToken).ConfigureAwait(false);
        return OwnerOf(await ReadAsync(down.Link.Href, cancellationToken, "Owner").ConfigureAwait(false), entity, href);
    }

    private VcdOwner OwnerOf(XElement owner, XElement entity, string href) => Own(new VcdOwner(owner, NameOf(entity), VcdXml.Text(entity, "href") ?? href));

    private OrchestratorApiException NoOwner(XElement entity)
        => _session.Error(OrchestratorErrorKind.Validation, $"'{NameOf(entity)}' ({entity.Name.LocalName}) has no owner that the server tells.", "Catalogs, vApps, vApp templates, media and disks have owners.");

    private VcdAccess[] Grants(XElement controlAccess, XElement entity, string href)
        => VcdAccess.Of(controlAccess, NameOf(entity), VcdXml.Text(entity, "href") ?? href).Select(Own).ToArray();

    private Task<XElement> ReadAccessAsync(XElement entity, string? read, CancellationToken cancellationToken)
        => read is null
            ? throw NotAllowed(entity, "Seeing with whom it is shared", "Its owner, who has FullControl, and the administrators of the organization may see it.")
            : ReadAsync(read, cancellationToken, "ControlAccessParams");

    /// <summary>Where the sharing is read and written. vApps and the catalogs of newer servers name it themselves; those of older ones leave it to their organization, whose links hold the catalog's id.</summary>
    private async Task<(string? Read, string? Write)> AccessAddressesAsync(XElement entity, CancellationToken cancellationToken)
    {
        var read = (await LinkOfAsync(entity, "down", VcdBodies.ControlAccessType, cancellationToken).ConfigureAwait(false))?.Link.Href;
        var write = read is null ? null : (await LinkOfAsync(entity, "controlAccess", VcdBodies.ControlAccessType, cancellationToken).ConfigureAwait(false))?.Link.Href;
        if (read is not null || entity.Name.LocalName is "VApp" || VcdAssumptions.UuidOf(VcdXml.Text(entity, "href")) is not { } uuid)
        {
            return (read, write);
        }

        var up = VcdLink.Of(entity).FirstOrDefault(l => l.Rel == "up" && l.Type?.Contains("+json", StringComparison.OrdinalIgnoreCase) is not true)?.Href;
        if (up is null)
        {
            return (null, null);
        }

        var organization = await ReadAsync(up, cancellationToken, "Org", "AdminOrg").ConfigureAwait(false);
        if (organization.Name.LocalName is "AdminOrg")
        {
            // The guide: the administrators' view of an organization does not have these links.
            organization = await OtherViewAsync(organization, cancellationToken).ConfigureAwait(false) ?? organization;
        }

        string? Of(string rel) => VcdLink.Of(organization).FirstOrDefault(l => l.Rel == rel && VcdXml.IsMediaType(l.Type, VcdBodies.ControlAccessType) && l.Href.Contains(uuid, StringComparison.OrdinalIgnoreCase))?.Href;
        var known = VcdLink.Of(organization).Any(l => VcdXml.IsMediaType(l.Type, VcdBodies.ControlAccessType));
        var assumed = known ? default : VcdAssumptions.CatalogAccess(VcdXml.Text(organization, "href") ?? up, uuid);
        return (Of("down") ?? assumed.Read, Of("controlAccess") ?? assumed.Write);
    }
}
