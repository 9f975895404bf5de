using System.Management.Automation;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>Disables recovery plans: a disabled plan cannot be run.</summary>
[Cmdlet(VerbsLifecycle.Disable, "VroPlan", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(VroPlan))]
public sealed class DisableVroPlanCommand : VroPlanModeCmdlet
{
    /// <inheritdoc/>
    private protected override VroPlanAction Rules => VroPlanActions.Disable;

    /// <inheritdoc/>
    private protected override bool IsThere(VroPlan plan) => VroAssumptions.IsDisabled(plan.Mode) is true;
}
