using System.Management.Automation;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>Fails recovery plans back to where their VMs came from, or to another location.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "VroPlanFailback", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(VroPlanRuntime), typeof(VroPlan))]
public sealed class InvokeVroPlanFailbackCommand : VroPlanRunCmdlet
{
    /// <summary>The recovery location, by name or id; default: where the VMs came from.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VroLocationCompleter))]
    [ValidateNotNullOrEmpty]
    public string? RestoreLocation { get; set; }

    /// <summary>Restores the VMs' tags.</summary>
    [Parameter]
    public SwitchParameter RestoreTags { get; set; }

    /// <inheritdoc/>
    private protected override VroPlanAction Rules => VroPlanActions.FailbackToProduction;

    /// <inheritdoc/>
    private protected override VroPlanOrder OrderFor(VroClient client, VroPlanSeen seen)
        => new VroFailback(Rules) { Location = RestoreLocation is null ? null : FindLocation(client, RestoreLocation), RestoreTags = RestoreTags };
}
