using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Changes the name, the description or the storage profile of catalogs.</summary>
[Cmdlet(VerbsCommon.Set, "VcdCatalog", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdCatalog))]
public sealed class SetVcdCatalogCommand : VcdTaskCmdlet
{
    private int _catalogs;

    /// <summary>The catalogs: names, ids, or what Get-VcdCatalog returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdCatalogCompleter))]
    [ValidateNotNullOrEmpty]
    public VcdCatalogArgument[] Catalog { get; set; } = [];

    /// <summary>The new name. For one catalog only.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The new description; an empty text takes it away.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Description { get; set; }

    /// <summary>The storage profile that new items are stored by.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdStorageProfile>))]
    [ValidateNotNull]
    public VcdStorageProfileArgument? StorageProfile { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (Name is null && Description is null && StorageProfile is null)
        {
            ThrowBadParameter(nameof(Name), null, "there is nothing to change; -Name, -Description or -StorageProfile is needed.");
        }
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var argument in Catalog)
        {
            if (++_catalogs > 1 && Name is not null)
            {
                ThrowBadParameter(nameof(Name), Name, "one name is for one catalog.");
            }

            Attempt(() => Change(argument), argument.Catalog ?? (object)argument.Name);
        }
    }

    private void Change(VcdCatalogArgument argument)
    {
        var session = SessionOf(argument.Catalog);
        var client = ClientFor(session, argument.Catalog);
        var catalog = argument.Catalog ?? Await(token => VcdLookup.CatalogAsync(client, argument.Name, nameof(Catalog), token));
        var profile = StorageProfile is null ? null : Await(token => VcdLookup.OneAsync(client, StorageProfile, nameof(StorageProfile), [], p => VcdObject.IsSame(p.OrganizationHref, catalog.OrganizationHref), token));
        var changes = new List<string>();
        if (Name is not null)
        {
            changes.Add($"name '{Name}'");
        }

        if (Description is not null)
        {
            changes.Add($"description '{Description}'");
        }

        if (profile is not null)
        {
            changes.Add($"storage profile '{profile.Name}'");
        }

        if (ShouldProcess($"catalog '{catalog.Name}' at {session.Server.Authority}", "Set " + string.Join(", ", changes)))
        {
            Start(
                client,
                $"Changing catalog '{catalog.Name}'",
                catalog,
                (c, token) => c.SetCatalogAsync(catalog.Href, Name, Description, profile?.Href, token),
                async (c, change, token) => await c.CatalogOfAsync(change, catalog.Href, catalog.Organization, token).ConfigureAwait(false));
        }
    }
}
