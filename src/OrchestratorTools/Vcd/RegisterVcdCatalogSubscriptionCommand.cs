using System.Management.Automation;
using System.Security;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Makes a catalog that is subscribed to one that another cloud publishes, or subscribes one that there is.</summary>
[Cmdlet(VerbsLifecycle.Register, "VcdCatalogSubscription", DefaultParameterSetName = NewSet, SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdCatalog))]
public sealed class RegisterVcdCatalogSubscriptionCommand : VcdTaskCmdlet
{
    private const string NewSet = "New";
    private const string ExistingSet = "Existing";

    /// <summary>The name of the new catalog.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NewSet)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = string.Empty;

    /// <summary>The catalogs that are subscribed: names, ids, or what Get-VcdCatalog returned.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ExistingSet, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdCatalogCompleter))]
    [ValidateNotNullOrEmpty]
    public VcdCatalogArgument[] Catalog { get; set; } = [];

    /// <summary>The address that the publishing catalog names (its PublishedUrl).</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNull]
    public Uri? Url { get; set; }

    /// <summary>The password of the publication, where it has one.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Password { get; set; }

    /// <summary>The thumbprint of the publisher's certificate that this server is to expect.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SslThumbprint { get; set; }

    /// <summary>Items are copied when the catalog is synchronized, not when they are used first; -LocalCopy:$false says the other.</summary>
    [Parameter]
    public SwitchParameter LocalCopy { get; set; }

    /// <summary>The description of the new catalog.</summary>
    [Parameter(ParameterSetName = NewSet)]
    [ValidateNotNull]
    public string? Description { get; set; }

    /// <summary>The organization that gets the new catalog, or has the one that there is; the provider's session then acts for it. Default: the session's own.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdOrgCompleter))]
    [ValidateNotNull]
    public override VcdOrgArgument? Organization { get; set; }

    /// <summary>The storage profile that the new catalog's items are stored by; default: the server's choice.</summary>
    [Parameter(ParameterSetName = NewSet)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdStorageProfile>))]
    [ValidateNotNull]
    public VcdStorageProfileArgument? StorageProfile { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (!Url!.IsAbsoluteUri || Url.Scheme is not ("https" or "http"))
        {
            ThrowBadParameter(nameof(Url), Url, "the address that the publishing catalog names is needed, https://… (Get-VcdCatalog -Detailed shows it as PublishedUrl).");
        }
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var subscription = new VcdSubscription(Url!)
        {
            Password = Password,
            Thumbprint = SslThumbprint,
            LocalCopy = MyInvocation.BoundParameters.ContainsKey(nameof(LocalCopy)) ? LocalCopy.ToBool() : null,
        };
        if (ParameterSetName == NewSet)
        {
            CurrentTarget = Name;
            Make(subscription);
            return;
        }

        foreach (var argument in Catalog)
        {
            Attempt(() => Subscribe(argument, subscription), argument.Catalog ?? (object)argument.Name);
        }
    }

    private void Make(VcdSubscription subscription)
    {
        var session = Session(Organization?.Organization);
        var organization = Await(token => VcdLookup.OrganizationAsync(Client(session), session, Organization, nameof(Organization), token));
        var client = Client(session, session.IsProvider ? VcdTenant.Of(organization) : null);
        var profile = StorageProfile is null ? null : Await(token => VcdLookup.OneAsync(client, StorageProfile, nameof(StorageProfile), [], p => VcdObject.IsSame(p.OrganizationHref, organization.Href), token));
        if (ShouldProcess($"organization '{organization.Name}' at {session.Server.Authority}", $"Make catalog '{Name}', subscribed to {Url}"))
        {
            Start(
                client,
                $"Making catalog '{Name}'",
                Name,
                (c, token) => c.NewCatalogAsync(organization.Href, Name, Description, profile?.Href, subscription, token),
                async (c, change, token) => await c.CatalogOfAsync(change, change.Href ?? organization.Href, organization.Name, token).ConfigureAwait(false));
        }
    }

    private void Subscribe(VcdCatalogArgument argument, VcdSubscription subscription)
    {
        var session = SessionOf(argument.Catalog);
        var client = ClientFor(session, argument.Catalog);
        var catalog = argument.Catalog ?? Await(token => VcdLookup.CatalogAsync(client, argument.Name, nameof(Catalog), token));
        if (ShouldProcess($"catalog '{catalog.Name}' at {session.Server.Authority}", $"Subscribe to {Url}"))
        {
            Start(
                client,
                $"Subscribing catalog '{catalog.Name}'",
                catalog,
                (c, token) => c.SubscribeCatalogAsync(catalog.Href, subscription, token),
                async (c, change, token) => await c.CatalogOfAsync(change, catalog.Href, catalog.Organization, token).ConfigureAwait(false));
        }
    }
}
