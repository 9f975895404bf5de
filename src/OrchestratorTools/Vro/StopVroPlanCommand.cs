using System.Management.Automation;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>Halts what runs in recovery plans. The steps under way are finished first.</summary>
[Cmdlet(VerbsLifecycle.Stop, "VroPlan", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(VroPlanRuntime), typeof(VroPlan))]
public sealed class StopVroPlanCommand : VroPlanRunCmdlet
{
    /// <summary>Stops the plans that are chained to this one too.</summary>
    [Parameter]
    public SwitchParameter Full { get; set; }

    /// <inheritdoc/>
    private protected override VroPlanAction Rules => VroPlanActions.Halt;

    /// <inheritdoc/>
    private protected override VroPlanOrder OrderFor(VroClient client, VroPlanSeen seen) => new VroHalt(Full);

    /// <inheritdoc/>
    private protected override string? DoubtAbout(VroPlanRuntime ended)
        => VroAssumptions.IsHalted(ended.State, ended.StateName) ? null : $"ended in state {ended.StateName ?? ended.State}, not halted: what ran had come to its end, or was a readiness check.";
}
