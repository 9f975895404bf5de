using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>
/// Where an upload goes: to a catalog, or, on servers before API 5.5, to a virtual data center, with an item in the catalog afterwards (facts/vcd.md, "OVF upload" 2 and "Media upload").
/// Follows the links of both.
/// </summary>
internal sealed class UploadPlace
{
    private readonly VcdSession _session;
    private readonly VcdClient _client;
    private readonly VcdUpload _upload;
    private readonly VcdTransferKind _kind;
    private readonly XElement _catalog;
    private readonly XElement? _vdc;
    private readonly VcdLink? _add;

    private UploadPlace(VcdSession session, VcdClient client, VcdUpload upload, VcdTransferKind kind, XElement catalog, XElement? vdc, VcdLink? add)
    {
        _session = session;
        _client = client;
        _upload = upload;
        _kind = kind;
        _catalog = catalog;
        _vdc = vdc;
        _add = add;
    }

    /// <summary>"media" or "template".</summary>
    public string Title => TitleOf(_kind);

    /// <summary>True where the upload goes to a virtual data center: the catalog gets its item when the import has ended.</summary>
    public bool IsVdc => _vdc is not null;

    public static string TitleOf(VcdTransferKind kind) => kind is VcdTransferKind.Media ? "media" : "template";

    /// <summary>Looks at the catalog, and at the virtual data center where the catalog takes no uploads.</summary>
    public static async Task<UploadPlace> FindAsync(VcdSession session, VcdClient client, VcdUpload upload, VcdTransferKind kind, CancellationToken cancellationToken)
    {
        var type = kind is VcdTransferKind.Media ? VcdBodies.MediaType : VcdBodies.TemplateType;
        var catalog = await client.GetXmlAsync(session.Resolve(upload.CatalogHref), cancellationToken, "Catalog", "AdminCatalog").ConfigureAwait(false);
        var add = VcdClient.FindLink(catalog, "add", type);
        XElement? vdc = null;
        if (add is null && session.Version! < VcdAssumptions.FirstWithCatalogUpload)
        {
            var href = upload.VdcHref ?? await OnlyVdcAsync(session, client, upload, VcdLink.Of(catalog).FirstOrDefault(l => l.Rel == "up")?.Href, cancellationToken).ConfigureAwait(false);
            vdc = await client.GetXmlAsync(session.Resolve(href), cancellationToken, "Vdc", "AdminVdc").ConfigureAwait(false);
            add = VcdClient.FindLink(vdc, "add", type);
        }

        return new UploadPlace(session, client, upload, kind, catalog, vdc, add);
    }

    /// <summary>What stands under a name: an item of the catalog, or an entity of the virtual data center that is in no catalog yet; null where there is nothing.</summary>
    /// <param name="recorded">The entity that this machine began to upload; null where it did not.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<UploadFound?> FindExistingAsync(string? recorded, CancellationToken cancellationToken)
    {
        var items = VcdXml.Child(_catalog, "CatalogItems") is { } list ? VcdXml.Children(list, "CatalogItem") : [];
        if (items.FirstOrDefault(i => string.Equals(VcdXml.Text(i, "name"), _upload.Name, StringComparison.Ordinal)) is { } existing && VcdXml.Text(existing, "href") is { } itemHref)
        {
            var item = await _client.GetXmlAsync(_session.Resolve(itemHref), cancellationToken, "CatalogItem").ConfigureAwait(false);
            var entity = VcdReference.Of(VcdXml.Child(item, "Entity"));
            return IsKind(entity) ? new UploadFound(entity!.Href, itemHref) : throw Conflict($"has an item '{_upload.Name}' that is no {Title}", "Choose another name with -Name.");
        }

        if (_vdc is null)
        {
            return null;
        }

        // Names need not be unique in a virtual data center: what is finished is somebody's, what is not may be what an earlier run left.
        foreach (var entity in VcdReference.AllOf(VcdXml.Child(_vdc, "ResourceEntities"), "ResourceEntity").Where(IsKind))
        {
            if (VcdObject.IsSame(entity.Href, recorded) || string.Equals(entity.Name, _upload.Name, StringComparison.Ordinal))
            {
                var resource = await ReadAsync(entity.Href, cancellationToken).ConfigureAwait(false);
                if (VcdObject.IsSame(entity.Href, recorded) || !VcdAssumptions.IsImported(resource.StatusCode))
                {
                    return new UploadFound(entity.Href, null);
                }
            }
        }

        return null;
    }

    /// <summary>Throws with kind Permission where nothing may be added.</summary>
    public void EnsureMayAdd()
    {
        if (_vdc is not null && VcdClient.FindLink(_catalog, "add", VcdBodies.CatalogItemType) is null)
        {
            throw ReadOnly($"the server names no way to add {(_kind is VcdTransferKind.Media ? "media" : "templates")}");
        }

        if (_add is null)
        {
            throw _vdc is null
                ? ReadOnly($"the server names no way to add {(_kind is VcdTransferKind.Media ? "media" : "templates")}")
                : _session.Error(OrchestratorErrorKind.Permission, $"Virtual data center '{VcdXml.Text(_vdc, "name")}' takes no uploads from '{_session.User}'.", "Choose another one with -Vdc, or ask for the right to upload to this one.");
        }
    }

    /// <summary>Makes the media or template. Throws as the change does; with kind OutcomeUnknown it may have been made.</summary>
    /// <param name="body">Makes the body, with the address of the storage profile.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<string> CreateAsync(Func<string?, XElement> body, CancellationToken cancellationToken)
    {
        EnsureMayAdd();
        var profile = await ProfileAsync(cancellationToken).ConfigureAwait(false);
        var made = await _client.ChangeAsync(
            new VcdChangeRequest(HttpMethod.Post, _add!.Href, "Run the same command again: it looks whether the item was made, and goes on with it if so.")
            {
                Body = body(profile),
                ContentType = _kind is VcdTransferKind.Media ? VcdBodies.MediaType : VcdBodies.TemplateType,
            },
            cancellationToken).ConfigureAwait(false);

        // facts/vcd.md: 201 with the catalog item from 5.5 on, with the media or template itself before.
        var href = made.Entity?.Name.LocalName switch
        {
            "Media" or "VAppTemplate" => VcdXml.Text(made.Entity, "href"),
            "CatalogItem" => VcdReference.Of(VcdXml.Child(made.Entity, "Entity"))?.Href,
            _ => null,
        };
        return href ?? throw _session.Error(OrchestratorErrorKind.Protocol, $"The server made '{_upload.Name}', but does not say where it is.", "Run the same command again.");
    }

    /// <summary>Enters what was uploaded to a virtual data center into the catalog.</summary>
    public async Task AddItemAsync(VcdResource entity, CancellationToken cancellationToken)
    {
        var add = VcdClient.FindLink(_catalog, "add", VcdBodies.CatalogItemType)!;
        await _client.ChangeAsync(
            new VcdChangeRequest(HttpMethod.Post, add.Href, "Run the same command again: it enters the item into the catalog if it is not there.")
            {
                Body = VcdBodies.CatalogItem(_upload.Name, _upload.Description, entity.Href, null, entity.Name),
                ContentType = VcdBodies.CatalogItemType,
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The media or template as it is now.</summary>
    public async Task<VcdResource> ReadAsync(string href, CancellationToken cancellationToken)
        => _kind is VcdTransferKind.Media
            ? await _client.GetEntityAsync<VcdMedia>(href, cancellationToken).ConfigureAwait(false)
            : await _client.GetEntityAsync<VcdTemplate>(href, cancellationToken).ConfigureAwait(false);

    /// <summary>An error about what stands in the catalog.</summary>
    public OrchestratorApiException Conflict(string what, string advice) => _session.Error(OrchestratorErrorKind.Conflict, $"Catalog '{_upload.CatalogName}' {what}.", advice);

    private static async Task<string> OnlyVdcAsync(VcdSession session, VcdClient client, VcdUpload upload, string? org, CancellationToken cancellationToken)
    {
        var vdcs = new List<VcdVdc>();
        await foreach (var vdc in client.ListAsync<VcdVdc>(new VcdListing(), cancellationToken).ConfigureAwait(false))
        {
            if (org is null || vdc.OrganizationHref is null || VcdObject.IsSame(vdc.OrganizationHref, org))
            {
                vdcs.Add(vdc);
            }
        }

        return vdcs switch
        {
            [var one] => one.Href,
            [] => throw session.Error(OrchestratorErrorKind.Permission, $"API {session.ApiVersion} takes uploads to virtual data centers, and '{session.User}' sees none of the organization that has catalog '{upload.CatalogName}'.", "Ask for the right to see one."),
            _ => throw session.Error(OrchestratorErrorKind.Ambiguous, $"API {session.ApiVersion} takes uploads to a virtual data center, and there are {vdcs.Count}: {string.Join(", ", vdcs.Select(v => $"'{v.Name}'").Order(StringComparer.Ordinal))}.", "Name the one that is to store it with -Vdc."),
        };
    }

    // A virtual data center stands for its default storage profile: the request can name nothing else.
    private async Task<string?> ProfileAsync(CancellationToken cancellationToken)
    {
        if (_upload.StorageProfileHref is { } named)
        {
            return _session.Version! >= VcdAssumptions.FirstWithStorageProfiles
                ? named
                : throw _session.Error(OrchestratorErrorKind.Validation, $"API {_session.ApiVersion} knows no storage profiles; they came with {VcdAssumptions.FirstWithStorageProfiles}.", "Leave -StorageProfile out.");
        }

        if (_vdc is not null || _upload.VdcHref is not { } href)
        {
            return null;
        }

        var vdc = await _client.GetEntityAsync<VcdVdc>(href, cancellationToken).ConfigureAwait(false);
        if (vdc.StorageProfiles is [var only])
        {
            return only.Href;
        }

        foreach (var reference in vdc.StorageProfiles)
        {
            if (await _client.GetEntityAsync<VcdStorageProfile>(reference.Href, cancellationToken).ConfigureAwait(false) is { IsDefault: true } profile)
            {
                return profile.Href;
            }
        }

        throw _session.Error(OrchestratorErrorKind.NotFound, $"Virtual data center '{vdc.Name}' has no default storage profile.", "Name a storage profile with -StorageProfile.");
    }

    private bool IsKind(VcdReference? entity)
    {
        var word = VcdAssumptions.EntityTypeWord(_kind is VcdTransferKind.Media ? VcdCatalogItemType.Media : VcdCatalogItemType.VAppTemplate);
        return entity is not null && (entity.Type?.Contains(word, StringComparison.OrdinalIgnoreCase) ?? entity.Href.Contains("/" + word + "/", StringComparison.OrdinalIgnoreCase));
    }

    private OrchestratorApiException ReadOnly(string why)
        => _session.Error(OrchestratorErrorKind.Permission, $"Catalog '{_upload.CatalogName}' takes no {Title} from '{_session.User}': it is read-only for this user ({why}).", "Choose a catalog of your own organization, or ask for the right to add to this one.");
}

/// <summary>What stands under the name of an upload.</summary>
/// <param name="Href">The media or template.</param>
/// <param name="ItemHref">Its item; null where it has none yet.</param>
internal sealed record UploadFound(string Href, string? ItemHref);
