using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Shows the network adapters of virtual machines.</summary>
[Cmdlet(VerbsCommon.Get, "VcdVMNetworkAdapter")]
[OutputType(typeof(VcdNetworkCard))]
public sealed class GetVcdVMNetworkAdapterCommand : VcdVMShowingCmdlet
{
    /// <summary>Numbers of adapters: the first has 0.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public int[]? Index { get; set; }

    /// <inheritdoc/>
    private protected override void OnVM(VcdClient client, VcdVM vm)
        => WriteObject(VcdVMParts.Adapters(Await(token => client.GetNetworkCardsAsync(vm, token)), vm, Index), enumerateCollection: true);
}
