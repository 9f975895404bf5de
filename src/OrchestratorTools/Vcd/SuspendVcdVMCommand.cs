using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Suspends virtual machines: the guests' memory is kept.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "VcdVM", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdVM))]
public sealed class SuspendVcdVMCommand : VcdVMOperationCmdlet
{
    /// <summary>Undeploys too: the runtime lease ends.</summary>
    [Parameter]
    public SwitchParameter Undeploy { get; set; }

    /// <inheritdoc/>
    private protected override VcdOperation Operation => Undeploy ? VcdOperations.SuspendAndUndeploy : VcdOperations.Suspend;
}
