using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Returns what ids stand for, whatever it is, in its whole representation.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "VcdEntity")]
[OutputType(typeof(VcdOrg), typeof(VcdVdc), typeof(VcdCatalog), typeof(VcdCatalogItem), typeof(VcdMedia), typeof(VcdTemplate), typeof(VcdVApp), typeof(VcdVM), typeof(VcdNetwork), typeof(VcdDisk), typeof(VcdStorageProfile), typeof(VcdUser), typeof(VcdGroup), typeof(VcdRole), typeof(VcdEdgeGateway), typeof(VcdTask), typeof(VcdEntity))]
public sealed class ResolveVcdEntityCommand : VcdShowingCmdlet
{
    /// <summary>Ids: urn:vcloud:KIND:UUID.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var session in Sessions())
        {
            foreach (var id in Id)
            {
                Attempt(() => WriteObject(Await(token => ClientFor(session).ResolveEntityAsync(id.Trim(), token))), id);
            }
        }
    }
}
