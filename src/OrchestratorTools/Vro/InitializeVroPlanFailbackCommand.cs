using System.Management.Automation;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>Prepares recovery plans for failback: the first half of one. Switch-VroPlanToProduction is the second.</summary>
[Cmdlet(VerbsData.Initialize, "VroPlanFailback", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(VroPlanRuntime), typeof(VroPlan))]
public sealed class InitializeVroPlanFailbackCommand : VroPlanRunCmdlet
{
    /// <summary>The recovery location, by name or id; default: where the VMs came from.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VroLocationCompleter))]
    [ValidateNotNullOrEmpty]
    public string? RestoreLocation { get; set; }

    /// <inheritdoc/>
    private protected override VroPlanAction Rules => VroPlanActions.PrepareToFailback;

    /// <inheritdoc/>
    private protected override VroPlanOrder OrderFor(VroClient client, VroPlanSeen seen)
        => new VroFailback(Rules) { Location = RestoreLocation is null ? null : FindLocation(client, RestoreLocation) };
}
