using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>The base of the cmdlets that change network adapters of virtual machines.</summary>
public abstract class VcdVMNetworkAdapterTaskCmdlet : VcdVMPartTaskCmdlet<VcdNetworkCard>
{
    /// <summary>Numbers of adapters: the first has 0.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    public int[] Index { get; set; } = [];

    /// <inheritdoc/>
    private protected sealed override VcdVM MachineOf(VcdNetworkCard part) => part.Machine;

    /// <inheritdoc/>
    private protected sealed override IEnumerable<VcdNetworkCard> Named(VcdClient client, VcdVM vm) => VcdVMParts.Adapters(Await(token => client.GetNetworkCardsAsync(vm, token)), vm, Index);

    /// <inheritdoc/>
    private protected sealed override Task<VcdChange> SendAsync(VcdClient client, string href, IReadOnlyList<object> changes, CancellationToken cancellationToken)
        => client.ChangeNetworkCardsAsync(href, changes.Cast<VcdNetworkCardChange>().ToArray(), cancellationToken);
}
