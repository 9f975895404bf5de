using System.Security;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <content>Catalogs: made, changed, removed, published, subscribed and synchronized.</content>
public sealed partial class VcdClient
{
    private const string CatalogOutcome = "Get-VcdCatalog shows what became of it.";
    private const string ManageHint = "Catalogs are changed by their owner, by catalog authors and by administrators of the organization that owns them.";

    /// <summary>A catalog's whole representation, by id or address: the administrators' view where this user may see it.</summary>
    public async Task<VcdCatalog> GetWholeCatalogAsync(string id, CancellationToken cancellationToken)
    {
        var catalog = await ReadCatalogAsync(id, cancellationToken).ConfigureAwait(false);
        return CatalogOf(catalog.Name.LocalName is "AdminCatalog" ? catalog : await OtherViewAsync(catalog, cancellationToken).ConfigureAwait(false) ?? catalog);
    }

    /// <summary>Makes a catalog in an organization, empty or subscribed to another one.</summary>
    /// <param name="organization">The address of the organization.</param>
    /// <param name="name">The name.</param>
    /// <param name="description">The description.</param>
    /// <param name="storageProfile">The address of the storage profile for its items; null: the server's choice.</param>
    /// <param name="subscription">What it is subscribed to.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public async Task<VcdChange> NewCatalogAsync(string organization, string name, string? description, string? storageProfile, VcdSubscription? subscription, CancellationToken cancellationToken)
    {
        var org = await ReadAsync(organization, cancellationToken, "Org", "AdminOrg").ConfigureAwait(false);
        var (_, add) = await NeedLinkAsync(org, "add", VcdBodies.AdminCatalogType, "Making a catalog in the organization", "It needs the right to create catalogs in this organization (the role Catalog Author or Organization Administrator has it).", cancellationToken).ConfigureAwait(false);
        NeedVersion(storageProfile is not null, "-StorageProfile");
        NeedVersion(subscription is not null, "A subscription");
        using var secret = Reveal(subscription?.Password);
        var body = VcdBodies.NewCatalog(name, description, storageProfile, subscription is null ? null : SubscriptionOf(subscription, secret.Text));
        return await ChangeAsync(
            new VcdChangeRequest(HttpMethod.Post, add.Href, CatalogOutcome) { Body = body, ContentType = VcdBodies.AdminCatalogType, IsSecret = secret.Text is not null },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes a catalog: what is null stays. Sends the whole representation, read right before.</summary>
    public async Task<VcdChange> SetCatalogAsync(string catalog, string? name, string? description, string? storageProfile, CancellationToken cancellationToken)
    {
        var present = await ReadCatalogAsync(catalog, cancellationToken).ConfigureAwait(false);
        var (view, edit) = await NeedLinkAsync(present, "edit", VcdBodies.AdminCatalogType, "Changing the catalog", ManageHint, cancellationToken).ConfigureAwait(false);
        NeedVersion(storageProfile is not null, "-StorageProfile");
        if (VcdXml.Child(view, "PublishExternalCatalogParams") is { } published && VcdXml.Flag(VcdXml.ChildText(published, "IsPublishedExternally")) is true)
        {
            _observer.Warning($"Catalog '{NameOf(view)}' is published to other clouds. The server never tells the password of a publication, so the request has none; whether the server keeps it is documented nowhere. Publish-VcdCatalog sets it again.");
        }
        else if (VcdXml.Child(view, "ExternalCatalogSubscriptionParams") is { } subscribed && VcdXml.ChildText(subscribed, "Location") is { Length: > 0 })
        {
            _observer.Warning($"Catalog '{NameOf(view)}' is subscribed to another one. The server never tells the password of a subscription, so the request has none; whether the server keeps it is documented nowhere. Register-VcdCatalogSubscription sets it again.");
        }

        return await ChangeAsync(
            new VcdChangeRequest(HttpMethod.Put, edit.Href, CatalogOutcome) { Body = VcdBodies.EditedCatalog(view, name, description, storageProfile), ContentType = VcdBodies.AdminCatalogType },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a catalog.</summary>
    /// <param name="catalog">Its id or address.</param>
    /// <param name="withItems">True: with all that is in it. False: only if it is empty, which is looked at before anything is sent.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public async Task<VcdChange> RemoveCatalogAsync(string catalog, bool withItems, CancellationToken cancellationToken)
    {
        var present = await ReadCatalogAsync(catalog, cancellationToken).ConfigureAwait(false);
        var items = VcdXml.Children(VcdXml.Child(present, "CatalogItems"), "CatalogItem").Count();
        if (items > 0 && !withItems)
        {
            throw _session.Error(OrchestratorErrorKind.WrongState, $"Catalog '{NameOf(present)}' has {items} {(items == 1 ? "item" : "items")}; only an empty catalog is removed. Nothing was sent.", "-Force removes it with its items; Get-VcdCatalogItem shows them.");
        }

        var (_, remove) = await NeedLinkAsync(present, "remove", null, "Removing the catalog", ManageHint, cancellationToken).ConfigureAwait(false);
        var address = withItems ? remove.Href + (remove.Href.Contains('?', StringComparison.Ordinal) ? "&" : "?") + VcdAssumptions.WithItems : remove.Href;
        return await ChangeAsync(new VcdChangeRequest(HttpMethod.Delete, address, CatalogOutcome), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Shows a catalog to all organizations of the cloud, or hides it from them.</summary>
    public async Task<VcdChange> PublishCatalogAsync(string catalog, bool published, CancellationToken cancellationToken)
    {
        var present = await ReadCatalogAsync(catalog, cancellationToken).ConfigureAwait(false);
        var (_, publish) = await NeedLinkAsync(present, "publish", VcdBodies.PublishType, "Publishing the catalog to all organizations", "It needs the right to publish catalogs, and an organization that may publish.", cancellationToken).ConfigureAwait(false);
        return await ChangeAsync(
            new VcdChangeRequest(HttpMethod.Post, publish.Href, CatalogOutcome) { Body = VcdBodies.PublishToAll(published), ContentType = VcdBodies.PublishType },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets other clouds subscribe to a catalog, or ends that.</summary>
    /// <param name="catalog">Its id or address.</param>
    /// <param name="published">True: they may subscribe.</param>
    /// <param name="password">The password that subscribers need; null: none is sent.</param>
    /// <param name="cached">True: items are prepared for subscribers at once; null: as it is.</param>
    /// <param name="preserveIdentity">True: BIOS UUIDs and MAC addresses go along; null: as it is.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public async Task<VcdChange> PublishCatalogExternallyAsync(string catalog, bool published, SecureString? password, bool? cached, bool? preserveIdentity, CancellationToken cancellationToken)
    {
        var present = await ReadCatalogAsync(catalog, cancellationToken).ConfigureAwait(false);
        NeedVersion(true, "Publishing to other clouds");
        var (_, publish) = await NeedLinkAsync(present, "publishToExternalOrganizations", VcdBodies.PublishExternallyType, "Publishing the catalog to other clouds", "It needs an organization that may publish to other clouds, and a catalog that is not subscribed to another one.", cancellationToken).ConfigureAwait(false);
        using var secret = Reveal(password);
        return await ChangeAsync(
            new VcdChangeRequest(HttpMethod.Post, publish.Href, CatalogOutcome) { Body = VcdBodies.PublishExternally(published, secret.Text, cached, preserveIdentity), ContentType = VcdBodies.PublishExternallyType, IsSecret = secret.Text is not null },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Subscribes a catalog that there is, or changes its subscription.</summary>
    public async Task<VcdChange> SubscribeCatalogAsync(string catalog, VcdSubscription subscription, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        var present = await ReadCatalogAsync(catalog, cancellationToken).ConfigureAwait(false);
        NeedVersion(true, "A subscription");
        var (_, subscribe) = await NeedLinkAsync(present, "subscribeToExternalCatalog", VcdBodies.SubscriptionType, "Subscribing the catalog", "It needs an organization that may subscribe, and a catalog that is not published to other clouds.", cancellationToken).ConfigureAwait(false);
        using var secret = Reveal(subscription.Password);
        return await ChangeAsync(
            new VcdChangeRequest(HttpMethod.Post, subscribe.Href, CatalogOutcome) { Body = SubscriptionOf(subscription, secret.Text), ContentType = VcdBodies.SubscriptionType, IsSecret = secret.Text is not null },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Synchronizes a subscribed catalog, or one of its items, with what it is subscribed to.</summary>
    /// <param name="href">The id or address of the catalog or item.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public async Task<VcdChange> SyncAsync(string href, CancellationToken cancellationToken)
    {
        var present = await ReadAsync(href, cancellationToken, "Catalog", "AdminCatalog", "CatalogItem").ConfigureAwait(false);
        var (_, sync) = await NeedLinkAsync(present, "sync", null, "Synchronizing", "Only catalogs that are subscribed to another one, and their items, are synchronized (Register-VcdCatalogSubscription); it needs the rights of a catalog author.", cancellationToken).ConfigureAwait(false);
        return await ChangeAsync(new VcdChangeRequest(HttpMethod.Post, sync.Href, "Get-VcdTask shows whether the synchronization runs."), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The catalog that a change made or changed, as it is now.</summary>
    /// <param name="change">What the change was answered with, and its task as it ended.</param>
    /// <param name="href">The address of the catalog, where the change tells none.</param>
    /// <param name="organization">The name of its organization, which the catalog itself does not tell.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public async Task<VcdCatalog> CatalogOfAsync(VcdChange change, string href, string? organization, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var catalog = change is { Task: null, Entity: { } entity } && entity.Name.LocalName is "AdminCatalog" or "Catalog"
            ? CatalogOf(entity)
            : await GetWholeCatalogAsync(change.Entity is null ? href : change.Href ?? href, cancellationToken).ConfigureAwait(false);
        catalog.Organization ??= organization;
        return catalog;
    }

    private VcdCatalog CatalogOf(XElement entity) => Guard(_session, new VcdCatalog(entity), Tenant);

    private Task<XElement> ReadCatalogAsync(string id, CancellationToken cancellationToken)
        => GetXmlAsync(AddressOf("catalog", id), cancellationToken, "Catalog", "AdminCatalog");

    private static XElement SubscriptionOf(VcdSubscription subscription, string? password)
        => VcdBodies.Subscription(subscription.Location.OriginalString, password, subscription.Thumbprint, subscription.LocalCopy);

    private void NeedVersion(bool needed, string what)
    {
        if (needed && _session.Version! < VcdAssumptions.FirstWithCatalogUpload)
        {
            throw _session.Error(OrchestratorErrorKind.Validation, $"{what} needs API {VcdAssumptions.FirstWithCatalogUpload}; this connection speaks {_session.ApiVersion}. Nothing was sent.");
        }
    }

    // The text is in memory while the request is made, and every stream masks it meanwhile.
    private Secret Reveal(SecureString? secret)
    {
        var text = secret is null ? null : SecretText.Reveal(secret);
        return new Secret(text, text is null ? null : _session.Redactor.AddFor(text));
    }

    private sealed record Secret(string? Text, IDisposable? Mask) : IDisposable
    {
        public void Dispose() => Mask?.Dispose();

        public override string ToString() => SecretRedactor.Mask;
    }
}
