using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Downloads vApp templates; interrupted, the same command goes on where it stopped.</summary>
[Cmdlet(VerbsCommunications.Receive, "VcdTemplate", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ReceiveVcdTemplateCommand : VcdReceivePackageCmdlet
{
    /// <summary>The vApp templates: names, ids, or what Get-VcdTemplate or Get-VcdCatalogItem returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdTemplate>))]
    [ValidateNotNullOrEmpty]
    public VcdTemplateArgument[] Template { get; set; } = [];

    /// <summary>The catalog that they are in, where names are given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdCatalogCompleter))]
    [ValidateNotNull]
    public VcdCatalogArgument? Catalog { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var argument in Template)
        {
            Attempt(
                () =>
                {
                    var client = ClientFor(SessionOf(argument.Source ?? Catalog?.Catalog), argument.Source ?? Catalog?.Catalog);
                    var item = Await(token => VcdLookup.OneAsync(client, argument, nameof(Template), VcdLookup.In(Catalog), null, token));
                    ReceivePackage(client, VcdReceiveKind.Template, item, item.Catalog is { } catalog ? $" of catalog '{catalog}'" : string.Empty);
                },
                argument.Item ?? (object)argument.Text);
        }
    }
}
