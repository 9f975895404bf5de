using System.Management.Automation;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>Enables recovery plans: an enabled plan can be run, and is checked every day.</summary>
[Cmdlet(VerbsLifecycle.Enable, "VroPlan", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(VroPlan))]
public sealed class EnableVroPlanCommand : VroPlanModeCmdlet
{
    /// <inheritdoc/>
    private protected override VroPlanAction Rules => VroPlanActions.Enable;

    /// <inheritdoc/>
    private protected override bool IsThere(VroPlan plan) => VroAssumptions.IsEnabled(plan.Mode) is true;
}
