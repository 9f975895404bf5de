using System.Management.Automation;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>Switches recovery plans that were prepared for failback over to production: the second half of a failback.</summary>
[Cmdlet(VerbsCommon.Switch, "VroPlanToProduction", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(VroPlanRuntime), typeof(VroPlan))]
public sealed class SwitchVroPlanToProductionCommand : VroPlanRunCmdlet
{
    /// <inheritdoc/>
    private protected override VroPlanAction Rules => VroPlanActions.SwitchoverToProduction;

    /// <inheritdoc/>
    private protected override VroPlanOrder OrderFor(VroClient client, VroPlanSeen seen) => new VroSimpleOrder(Rules);
}
