using System.Management.Automation;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>Checks the readiness of recovery plans. Nothing is failed over; with -Wait the result says what was found.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "VroPlanReadinessCheck", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(VroPlanRuntime), typeof(VroPlan))]
public sealed class InvokeVroPlanReadinessCheckCommand : VroPlanRunCmdlet
{
    /// <summary>Has the server write its own report.</summary>
    [Parameter]
    public SwitchParameter Report { get; set; }

    /// <inheritdoc/>
    private protected override VroPlanAction Rules => VroPlanActions.ReadinessCheck;

    /// <inheritdoc/>
    private protected override bool CountsVms => false;

    /// <summary>What is to be warned about in the result of a check; null where nothing is.</summary>
    internal static string? DoubtAboutCheck(VroPlanRuntime ended)
        => VroAssumptions.IsError(ended.CheckResult) ? $"was checked, and is not ready: {ended.ResultName ?? ended.CheckResult}" : null;

    /// <inheritdoc/>
    private protected override VroPlanOrder OrderFor(VroClient client, VroPlanSeen seen) => new VroReadinessCheck(Report);

    /// <inheritdoc/>
    private protected override string? DoubtAbout(VroPlanRuntime ended) => DoubtAboutCheck(ended);
}
