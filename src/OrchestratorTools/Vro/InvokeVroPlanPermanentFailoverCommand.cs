using System.Management.Automation;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>Makes the failover of recovery plans permanent. There is no way back: neither undo nor failback.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "VroPlanPermanentFailover", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(VroPlanRuntime), typeof(VroPlan))]
public sealed class InvokeVroPlanPermanentFailoverCommand : VroPlanRunCmdlet
{
    /// <inheritdoc/>
    private protected override VroPlanAction Rules => VroPlanActions.PermanentFailover;

    /// <inheritdoc/>
    private protected override VroPlanOrder OrderFor(VroClient client, VroPlanSeen seen) => new VroSimpleOrder(Rules, "This cannot be undone, and no failback is possible after it.");
}
