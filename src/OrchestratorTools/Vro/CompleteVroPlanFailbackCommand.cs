using System.Management.Automation;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>Commits the failback of recovery plans. It cannot be undone afterwards.</summary>
[Cmdlet(VerbsLifecycle.Complete, "VroPlanFailback", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(VroPlanRuntime), typeof(VroPlan))]
public sealed class CompleteVroPlanFailbackCommand : VroPlanRunCmdlet
{
    /// <inheritdoc/>
    private protected override VroPlanAction Rules => VroPlanActions.CommitFailback;

    /// <inheritdoc/>
    private protected override VroPlanOrder OrderFor(VroClient client, VroPlanSeen seen) => new VroSimpleOrder(Rules, "This cannot be undone.");
}
