using System.Management.Automation;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>Undoes the last run of recovery plans: a failover, a failback, or what was halted on the way.</summary>
[Cmdlet(VerbsCommon.Undo, "VroPlan", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(VroPlanRuntime), typeof(VroPlan))]
public sealed class UndoVroPlanCommand : VroPlanRunCmdlet
{
    /// <inheritdoc/>
    private protected override VroPlanAction Rules => VroPlanActions.Undo;

    /// <inheritdoc/>
    private protected override VroPlanOrder OrderFor(VroClient client, VroPlanSeen seen) => new VroSimpleOrder(Rules);
}
