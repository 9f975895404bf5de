using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Downloads media; interrupted, the same command goes on where it stopped.</summary>
[Cmdlet(VerbsCommunications.Receive, "VcdMedia", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ReceiveVcdMediaCommand : VcdReceiveCmdlet
{
    /// <summary>The media: names, ids, or what Get-VcdMedia or Get-VcdCatalogItem returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdMedia>))]
    [ValidateNotNullOrEmpty]
    public VcdMediaArgument[] Media { get; set; } = [];

    /// <summary>The catalog that they are in, where names are given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdCatalogCompleter))]
    [ValidateNotNull]
    public VcdCatalogArgument? Catalog { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var argument in Media)
        {
            Attempt(
                () =>
                {
                    var client = ClientFor(SessionOf(argument.Source ?? Catalog?.Catalog), argument.Source ?? Catalog?.Catalog);
                    var item = Await(token => VcdLookup.OneAsync(client, argument, nameof(Media), VcdLookup.In(Catalog), null, token));
                    Receive(client, VcdReceiveKind.Media, item, item.Catalog is { } catalog ? $" of catalog '{catalog}'" : string.Empty);
                },
                argument.Item ?? (object)argument.Text);
        }
    }
}
