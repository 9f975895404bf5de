using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>Lets halted recovery plans go on: with the next step, VM or group, or with another try of the one that failed.</summary>
[Cmdlet(VerbsLifecycle.Resume, "VroPlan", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(VroPlanRuntime), typeof(VroPlan))]
public sealed class ResumeVroPlanCommand : VroPlanRunCmdlet
{
    /// <summary>How it goes on.</summary>
    [Parameter(Mandatory = true)]
    [ArgumentCompleter(typeof(VroContinueCompleter))]
    public VroContinueOption Action { get; set; }

    /// <inheritdoc/>
    private protected override VroPlanAction Rules => VroPlanActions.Continue;

    /// <inheritdoc/>
    private protected override VroPlanOrder OrderFor(VroClient client, VroPlanSeen seen)
    {
        VroFailedPart? failed;
        try
        {
            failed = Await(token => client.FindFailedPartAsync(seen.Plan.Id, token));
        }
        catch (OrchestratorApiException e) when (e.Kind is not OrchestratorErrorKind.Authentication)
        {
            WriteQueued();
            WriteVerbose($"Which step of plan '{seen.Plan.Name}' failed cannot be read: {e.Message}");
            failed = null;
        }

        if (failed is null)
        {
            if (VroFailedPart.IsAboutFailure(Action))
            {
                WriteWarning($"Plan '{seen.Plan.Name}': no step of it is known to have failed, so there may be nothing for {Action} to try again.");
            }

            return new VroContinue(Action);
        }

        if (!Force && !failed.Allowed.Contains(Action))
        {
            throw Rules.Refusal(seen.Plan, $"-Action {Action} is not allowed here; failed: {failed}", $"Allowed: {string.Join(", ", failed.Allowed)}. If the server is known to take it, -Force skips this check.");
        }

        return new VroContinue(Action, failed.ToString());
    }
}
