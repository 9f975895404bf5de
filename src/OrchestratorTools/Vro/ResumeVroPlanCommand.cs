using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>Lets halted recovery plans go on: with the next step, VM or group, or with another try of the one that failed.</summary>
[Cmdlet(VerbsLifecycle.Resume, "VroPlan", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(VroPlanRuntime), typeof(VroPlan))]
public sealed class ResumeVroPlanCommand : VroPlanRunCmdlet
{
    private VroContinueOption _option;

    /// <summary>How it goes on. A text, and not an enumeration: PowerShell completes that by all its values, whatever the step allows.</summary>
    [Parameter(Mandatory = true)]
    [ArgumentCompleter(typeof(VroContinueCompleter))]
    [ValidateNotNullOrEmpty]
    public string Action { get; set; } = string.Empty;

    /// <inheritdoc/>
    private protected override VroPlanAction Rules => VroPlanActions.Continue;

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (!Enum.TryParse(Action, ignoreCase: true, out _option) || !Enum.IsDefined(_option) || !char.IsAsciiLetter(Action[0]))
        {
            ThrowBadParameter(nameof(Action), Action, $"one of {string.Join(", ", Enum.GetNames<VroContinueOption>())} is needed.");
        }
    }

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
            if (VroFailedPart.IsAboutFailure(_option))
            {
                WriteWarning($"Plan '{seen.Plan.Name}': no step of it is known to have failed, so there may be nothing for {_option} to try again.");
            }

            return new VroContinue(_option);
        }

        if (!Force && !failed.Allowed.Contains(_option))
        {
            throw Rules.Refusal(seen.Plan, $"-Action {_option} is not allowed here; failed: {failed}", $"Allowed: {string.Join(", ", failed.Allowed)}. If the server is known to take it, -Force skips this check.");
        }

        return new VroContinue(_option, failed.ToString());
    }
}
