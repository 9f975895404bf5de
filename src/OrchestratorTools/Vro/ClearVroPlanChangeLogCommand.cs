using System.Management.Automation;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>Clears the change log of recovery plans.</summary>
[Cmdlet(VerbsCommon.Clear, "VroPlanChangeLog", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(VroPlan))]
public sealed class ClearVroPlanChangeLogCommand : VroPlanActionCmdlet
{
    /// <summary>Has the server write its own report of the plan.</summary>
    [Parameter]
    public SwitchParameter Report { get; set; }

    /// <inheritdoc/>
    private protected override VroPlanAction Rules => VroPlanActions.ClearChangeLog;

    /// <inheritdoc/>
    private protected override bool CountsVms => false;

    /// <inheritdoc/>
    private protected override VroPlanOrder OrderFor(VroClient client, VroPlanSeen seen) => new VroClearChangeLog(Report);
}
