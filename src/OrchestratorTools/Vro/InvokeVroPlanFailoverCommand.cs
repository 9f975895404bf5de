using System.Management.Automation;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>Starts the failover of recovery plans, each after a question of its own. A start is sent once, whatever happens to its answer.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "VroPlanFailover", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(VroPlanRuntime), typeof(VroPlan))]
public sealed class InvokeVroPlanFailoverCommand : VroPlanStartCmdlet
{
    /// <inheritdoc/>
    private protected override VroPlanAction Rules => VroPlanActions.Failover;

    /// <inheritdoc/>
    private protected override VroPlanOrder OrderFor(VroClient client, VroPlanSeen seen)
        => new VroFailover { RestorePointDate = RestorePointDate, ExecuteChainedPlans = !NoChainedPlans, ProtectStorageVolumes = ProtectStorageVolumes };
}
