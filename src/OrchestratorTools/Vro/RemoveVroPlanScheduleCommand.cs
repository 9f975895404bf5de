using System.Management.Automation;
using System.Text.Json;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>Removes the schedule of recovery plans: they do not run by themselves any more.</summary>
[Cmdlet(VerbsCommon.Remove, "VroPlanSchedule", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(VroPlan))]
public sealed class RemoveVroPlanScheduleCommand : VroPlanActionCmdlet
{
    /// <inheritdoc/>
    private protected override VroPlanAction Rules => VroPlanActions.DeleteSchedule;

    /// <inheritdoc/>
    private protected override bool CountsVms => false;

    /// <inheritdoc/>
    private protected override VroPlanOrder OrderFor(VroClient client, VroPlanSeen seen)
        => seen.Plan is { TellsSchedule: true, Schedule: null } && !Force
            ? throw Rules.Refusal(seen.Plan, "it has no schedule", "Get-VroPlan | Where-Object Schedule lists the plans that have one.")
            : new VroScheduleRemoval { Present = seen.Plan.Schedule };

    /// <inheritdoc/>
    private protected override void OnSent(VroClient client, VroPlanSeen seen, VroPlanOrder order, JsonElement? answer)
    {
        if (PassThru)
        {
            WriteObject(Await(token => client.GetPlanAsync(seen.Plan.Id, token)));
        }
    }
}
