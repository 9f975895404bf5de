using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>
/// Tells edges to do something at once. What cuts people off asks first (ConfirmImpact High), named with what it does to them; blinking lights do not.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "VeloCloudEdgeAction", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(VeloCloudEdge))]
public sealed class InvokeVeloCloudEdgeActionCommand : VeloCloudEdgeChangingCmdlet
{
    private bool _yesToAll;
    private bool _noToAll;

    /// <summary>What they are to do.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public VeloCloudEdgeAction Action { get; set; }

    /// <summary>Waits until the Orchestrator says that it is done.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>The longest wait for each edge with -Wait, in whole seconds; default: without end.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Timeout { get; set; }

    /// <summary>Does not ask the question of the actions that cut people off.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the edge as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (Timeout > 0 && !Wait)
        {
            ThrowBadParameter(nameof(Timeout), Timeout, "it is the longest wait of -Wait; without -Wait nothing is waited for.");
        }
    }

    /// <inheritdoc/>
    private protected override void OnEdge(VeloCloudClient client, VeloCloudEdgeTarget edge)
    {
        if (edge.Edge is { State: "NEVER_ACTIVATED" })
        {
            throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.WrongState, $"The {edge} was never activated: there is no device that could do it. Nothing was sent.");
        }

        if (!ShouldProcess(edge.ToString(), What(Action)) || !MayCutOff(edge))
        {
            return;
        }

        Start(edge, async token =>
        {
            var v2 = new VeloCloudV2Client(edge.Session, RequestObserver);
            var enterprise = await edge.Enterprise.GetLogicalIdAsync(client, token).ConfigureAwait(false);
            var answer = await v2.ActAsync(enterprise, edge.LogicalId ?? throw VeloCloudMessages.NoLogicalId(edge.ToString()), Word(Action), token).ConfigureAwait(false);
            if (Wait)
            {
                await v2.WaitAsync(answer, Timeout > 0 ? TimeSpan.FromSeconds(Timeout) : null, state => Post(() => WriteVerbose($"{edge}: {Word(Action)} is {state}")), token).ConfigureAwait(false);
            }

            return PassThru ? await client.AfterwardsAsync(edge.Id, $"{Word(Action)} was sent to {edge}", edge.Enterprise.Id, edge.Enterprise.Name, token).ConfigureAwait(false) : null;
        });
    }

    private static string Word(VeloCloudEdgeAction action) => action switch
    {
        VeloCloudEdgeAction.BlinkLeds => "blinkLeds",
        VeloCloudEdgeAction.Reboot => "reboot",
        VeloCloudEdgeAction.RestartService => "restartService",
        VeloCloudEdgeAction.Shutdown => "shutdown",
        _ => "hardReset",
    };

    private static string What(VeloCloudEdgeAction action) => action switch
    {
        VeloCloudEdgeAction.BlinkLeds => "Blink the lights",
        VeloCloudEdgeAction.Reboot => "Reboot: everybody behind it is cut off for minutes",
        VeloCloudEdgeAction.RestartService => "Restart the service: everybody behind it is cut off for a moment",
        VeloCloudEdgeAction.Shutdown => "Shut down: everybody behind it is cut off until somebody at the place turns it on",
        _ => "Hard reset: it forgets everything, and everybody behind it is cut off until it is activated again",
    };

    // The impact depends on the action, which the attribute cannot say: what is High asks as ShouldProcess would.
    private bool MayCutOff(VeloCloudEdgeTarget edge)
    {
        if (Action is VeloCloudEdgeAction.BlinkLeds || Force || MyInvocation.BoundParameters.ContainsKey("Confirm") || !AsksFor(ConfirmImpact.High))
        {
            return true;
        }

        return ShouldContinue($"{What(Action)}. {edge}", "Confirm", ref _yesToAll, ref _noToAll);
    }

    private bool AsksFor(ConfirmImpact impact)
        => LanguagePrimitives.TryConvertTo(SessionState.PSVariable.GetValue("ConfirmPreference"), CultureInfo.InvariantCulture, out ConfirmImpact preference) && preference is not ConfirmImpact.None && preference <= impact;
}
