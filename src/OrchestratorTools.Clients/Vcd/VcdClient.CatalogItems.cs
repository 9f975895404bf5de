using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <content>What is in catalogs: added, copied, moved, removed.</content>
public sealed partial class VcdClient
{
    private const string ItemOutcome = "Get-VcdCatalogItem shows what became of it.";
    private const string TargetHint = "It needs a catalog that this user may change and that is not subscribed to another one.";

    /// <summary>True where removing a catalog item removes the media or template with it; before API 5.5 the item was a mere entry.</summary>
    public bool RemovesWhatItemsStandFor => VcdAssumptions.ItemOwnsEntity(_session.Version!);

    /// <summary>Makes a media or vApp template that there is an item of a catalog.</summary>
    /// <param name="catalog">The id or address of the catalog.</param>
    /// <param name="entity">The address of the media or template.</param>
    /// <param name="name">The item's name; null: the name of the media or template.</param>
    /// <param name="description">The item's description.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public async Task<VcdChange> AddCatalogItemAsync(string catalog, string entity, string? name, string? description, CancellationToken cancellationToken)
    {
        var added = await ReadAsync(entity, cancellationToken, "Media", "VAppTemplate").ConfigureAwait(false);
        var target = await ReadCatalogAsync(catalog, cancellationToken).ConfigureAwait(false);
        var (_, add) = await NeedLinkAsync(target, "add", VcdBodies.CatalogItemType, "Adding an item to the catalog", TargetHint, cancellationToken).ConfigureAwait(false);
        var body = VcdBodies.CatalogItem(name ?? NameOf(added), description, VcdXml.Text(added, "href") ?? entity, VcdXml.Text(added, "type"), NameOf(added));
        return await ChangeAsync(new VcdChangeRequest(HttpMethod.Post, add.Href, ItemOutcome) { Body = body, ContentType = VcdBodies.CatalogItemType }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Copies or moves an item into a catalog.</summary>
    /// <param name="item">The id or address of the item.</param>
    /// <param name="catalog">The id or address of the catalog that it comes into.</param>
    /// <param name="name">Its name there; null: the same.</param>
    /// <param name="description">Its description there; null: the same.</param>
    /// <param name="move">True: it leaves the catalog that it is in.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public async Task<VcdChange> CopyCatalogItemAsync(string item, string catalog, string? name, string? description, bool move, CancellationToken cancellationToken)
    {
        var source = await ReadItemAsync(item, cancellationToken).ConfigureAwait(false);
        var target = await ReadCatalogAsync(catalog, cancellationToken).ConfigureAwait(false);
        NeedVersion(true, move ? "Moving catalog items" : "Copying catalog items");
        var (_, link) = await NeedLinkAsync(target, move ? "move" : "copy", VcdBodies.CopyOrMoveType, move ? "Moving items into the catalog" : "Copying items into the catalog", TargetHint, cancellationToken).ConfigureAwait(false);
        var body = VcdBodies.CopyOrMove(name ?? NameOf(source), description ?? VcdXml.ChildText(source, "Description"), VcdXml.Text(source, "href") ?? item);
        return await ChangeAsync(new VcdChangeRequest(HttpMethod.Post, link.Href, ItemOutcome) { Body = body, ContentType = VcdBodies.CopyOrMoveType }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes an item from its catalog; what it stands for goes with it.</summary>
    public async Task<VcdChange> RemoveCatalogItemAsync(string item, CancellationToken cancellationToken)
        => await RemoveAsync(await ReadItemAsync(item, cancellationToken).ConfigureAwait(false), "Removing the item", ItemOutcome, cancellationToken).ConfigureAwait(false);

    /// <summary>Removes a media.</summary>
    public async Task<VcdChange> RemoveMediaAsync(string media, CancellationToken cancellationToken)
        => await RemoveAsync(await GetXmlAsync(AddressOf("media", media), cancellationToken, "Media").ConfigureAwait(false), "Removing the media", "Get-VcdMedia shows what became of it.", cancellationToken).ConfigureAwait(false);

    /// <summary>Removes a vApp template.</summary>
    public async Task<VcdChange> RemoveTemplateAsync(string template, CancellationToken cancellationToken)
        => await RemoveAsync(await GetXmlAsync(AddressOf("vAppTemplate", template), cancellationToken, "VAppTemplate").ConfigureAwait(false), "Removing the vApp template", "Get-VcdTemplate shows what became of it.", cancellationToken).ConfigureAwait(false);

    /// <summary>The item that was added, copied or moved, as it is now: the answer's own, or the one of the name in the catalog.</summary>
    public async Task<VcdCatalogItem> CatalogItemOfAsync(VcdChange change, string catalog, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var target = await ReadCatalogAsync(catalog, cancellationToken).ConfigureAwait(false);
        var made = change.Entity is { } entity && entity.Name.LocalName is "CatalogItem" ? entity : null;
        var found = made ?? VcdXml.Children(VcdXml.Child(target, "CatalogItems"), "CatalogItem").FirstOrDefault(i => string.Equals(VcdXml.Text(i, "name"), name, StringComparison.Ordinal));
        if (found is not null && VcdXml.Text(found, "href") is { } href)
        {
            // The item itself does not tell its catalog's name.
            var item = ItemOf(made is not null && change.Task is null ? made : await ReadItemAsync(href, cancellationToken).ConfigureAwait(false));
            item.Catalog ??= NameOf(target);
            return item;
        }

        throw _session.Error(OrchestratorErrorKind.NotFound, $"The task ended well, but catalog '{NameOf(target)}' has no item '{name}'.", ItemOutcome);
    }

    private VcdCatalogItem ItemOf(XElement entity) => Guard(_session, new VcdCatalogItem(entity), Tenant);

    private Task<XElement> ReadItemAsync(string id, CancellationToken cancellationToken)
        => GetXmlAsync(AddressOf("catalogItem", id), cancellationToken, "CatalogItem");

    private async Task<VcdChange> RemoveAsync(XElement entity, string operation, string outcome, CancellationToken cancellationToken)
    {
        var (_, remove) = await NeedLinkAsync(entity, "remove", null, operation, "It needs the right to change its catalog; what a subscription brought cannot be removed by itself.", cancellationToken).ConfigureAwait(false);
        try
        {
            return await ChangeAsync(new VcdChangeRequest(HttpMethod.Delete, remove.Href, outcome), cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e) when (VcdAssumptions.IsBusy(e) && VcdXml.Children(VcdXml.Child(entity, "Tasks"), "Task").Select(t => new VcdTask(t)).Any(t => !t.IsFinished && VcdAssumptions.IsUploadTask(t.OperationName)))
        {
            throw new OrchestratorApiException(e.System, e.Kind, e.Message, e)
            {
                StatusCode = e.StatusCode,
                ServerCode = e.ServerCode,
                ServerMessage = e.ServerMessage,
                RequestId = e.RequestId,
                Method = e.Method,
                Uri = e.Uri,
                RecommendedAction = "It is still being uploaded or imported: Stop-VcdTransfer ends that and removes it.",
            };
        }
    }
}
