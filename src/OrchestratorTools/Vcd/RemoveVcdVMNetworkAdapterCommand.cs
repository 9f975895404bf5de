using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Removes network adapters of virtual machines. Where the primary one goes, the first that is left takes its place.</summary>
[Cmdlet(VerbsCommon.Remove, "VcdVMNetworkAdapter", DefaultParameterSetName = NameSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(VcdTask))]
public sealed class RemoveVcdVMNetworkAdapterCommand : VcdVMNetworkAdapterTaskCmdlet
{
    /// <inheritdoc/>
    private protected override string Doing => "Removing network adapters";

    /// <inheritdoc/>
    private protected override (string Action, object Change)? Plan(VcdClient client, VcdVM vm, VcdNetworkCard part)
    {
        VcdMachineChecks.NotSuspended(vm, "network adapters");
        return ($"Remove network adapter {part.Index} (network '{part.Network}', {part.IPAddress ?? "no address"}, {part.MacAddress}); its MAC address and address are lost", new VcdNetworkCardChange { Index = part.Index, Remove = true });
    }

    /// <inheritdoc/>
    private protected override Func<VcdClient, VcdChange, CancellationToken, Task<object?>>? Afterwards(VcdVM vm, IReadOnlyList<object> changes) => null;
}
