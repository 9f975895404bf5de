using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Suspends vApps: the guests' memory is kept.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "VcdVApp", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdVApp))]
public sealed class SuspendVcdVAppCommand : VcdVAppOperationCmdlet
{
    /// <summary>Undeploys too: the runtime lease ends.</summary>
    [Parameter]
    public SwitchParameter Undeploy { get; set; }

    /// <inheritdoc/>
    private protected override VcdOperation Operation => Undeploy ? VcdOperations.SuspendAndUndeploy : VcdOperations.Suspend;
}
