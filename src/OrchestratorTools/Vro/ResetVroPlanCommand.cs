using System.Management.Automation;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>Resets the state of recovery plans: they are disabled and forget where they were. What they failed over or restored stays as it is.</summary>
[Cmdlet(VerbsCommon.Reset, "VroPlan", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(VroPlanRuntime), typeof(VroPlan))]
public sealed class ResetVroPlanCommand : VroPlanRunCmdlet
{
    /// <summary>Checks the plan's readiness afterwards.</summary>
    [Parameter]
    public SwitchParameter ReadinessCheck { get; set; }

    /// <inheritdoc/>
    private protected override VroPlanAction Rules => ReadinessCheck ? VroPlanActions.ResetAndCheck : VroPlanActions.Reset;

    /// <inheritdoc/>
    private protected override VroPlanOrder OrderFor(VroClient client, VroPlanSeen seen) => new VroReset(ReadinessCheck);

    /// <inheritdoc/>
    private protected override string? DoubtAbout(VroPlanRuntime ended) => ReadinessCheck ? InvokeVroPlanReadinessCheckCommand.DoubtAboutCheck(ended) : null;
}
