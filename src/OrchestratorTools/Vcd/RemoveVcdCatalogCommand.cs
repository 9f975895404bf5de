using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Removes catalogs: empty ones, and with -Force those that have items, with all of them.</summary>
[Cmdlet(VerbsCommon.Remove, "VcdCatalog", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(VcdTask))]
public sealed class RemoveVcdCatalogCommand : VcdTaskCmdlet
{
    /// <summary>The catalogs: names, ids, or what Get-VcdCatalog returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdCatalogCompleter))]
    [ValidateNotNullOrEmpty]
    public VcdCatalogArgument[] Catalog { get; set; } = [];

    /// <summary>Removes the items that a catalog has with it.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var argument in Catalog)
        {
            Attempt(() => Remove(argument), argument.Catalog ?? (object)argument.Name);
        }
    }

    private void Remove(VcdCatalogArgument argument)
    {
        var session = SessionOf(argument.Catalog);
        var client = ClientFor(session, argument.Catalog);

        // Lists count late, and do not count what is being uploaded: the question tells what the catalog itself says.
        var listed = argument.Catalog ?? Await(token => VcdLookup.CatalogAsync(client, argument.Name, nameof(Catalog), token));
        var catalog = Await(token => client.GetWholeCatalogAsync(listed.Href, token));
        var items = catalog.Items.Count switch
        {
            0 => "it is empty",
            1 => $"with its 1 item ('{catalog.Items[0].Name}')",
            var many => string.Create(CultureInfo.InvariantCulture, $"with its {many} items"),
        };
        if (ShouldProcess($"catalog '{catalog.Name}'{(listed.Organization is { } organization ? $" of organization '{organization}'" : string.Empty)} at {session.Server.Authority}", $"Remove ({items}; it cannot be undone)"))
        {
            Start(client, $"Removing catalog '{catalog.Name}'", listed, (c, token) => c.RemoveCatalogAsync(catalog.Href, Force, token));
        }
    }
}
