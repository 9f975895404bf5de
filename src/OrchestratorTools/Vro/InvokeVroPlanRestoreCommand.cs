using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>Starts the restore of recovery plans, each after a question of its own. A start is sent once, whatever happens to its answer.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "VroPlanRestore", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(VroPlanRuntime), typeof(VroPlan))]
public sealed class InvokeVroPlanRestoreCommand : VroPlanStartCmdlet, IScanParameters
{
    /// <summary>The recovery location, by name or id; default: the plan's own.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VroLocationCompleter))]
    [ValidateNotNullOrEmpty]
    public string? RestoreLocation { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public SwitchParameter VirusScan { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public SwitchParameter YaraScan { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? YaraScanRule { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public SwitchParameter ScanInfected { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public SwitchParameter ScanSuspicious { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? ScanRestorePointCount { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RansomwareAction { get; set; }

    /// <inheritdoc/>
    private protected override VroPlanAction Rules => VroPlanActions.Restore;

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (ScanParameters.WhatIsWrong(this) is var (parameter, value, wanted))
        {
            ThrowBadParameter(parameter, value, wanted);
        }
    }

    /// <inheritdoc/>
    private protected override VroPlanOrder OrderFor(VroClient client, VroPlanSeen seen)
    {
        var (id, name) = (seen.Plan.RecoveryLocationId, seen.Plan.RecoveryLocationName);
        if (RestoreLocation is not null)
        {
            var location = FindLocation(client, RestoreLocation);
            (id, name) = (location.Id, location.Name);
        }

        if (string.IsNullOrEmpty(id))
        {
            throw new OrchestratorApiException(OrchestratorSystem.Vro, OrchestratorErrorKind.Validation, $"Plan '{seen.Plan.Name}' names no recovery location of its own: -RestoreLocation is needed. Nothing was sent.")
            {
                RecommendedAction = "Get-VroRecoveryLocation lists them.",
            };
        }

        return new VroRestore
        {
            LocationId = id,
            LocationName = name,
            RestorePointDate = RestorePointDate,
            ExecuteChainedPlans = !NoChainedPlans,
            ProtectStorageVolumes = ProtectStorageVolumes,
            Scan = ScanParameters.Read(this),
        };
    }
}
