using OrchestratorTools.Clients.Vro.Report;

namespace OrchestratorTools.Clients.Vro;

/// <summary>What a report is made from.</summary>
public sealed partial class VroClient
{
    /// <summary>A plan with all that is known of its present or last run. Costs a request for every group and VM.</summary>
    public async Task<VroReportPlan> ReadForReportAsync(string planId, CancellationToken cancellationToken)
    {
        var plan = await GetPlanAsync(planId, cancellationToken).ConfigureAwait(false);
        var runtime = await FindRuntimeAsync(planId, cancellationToken).ConfigureAwait(false);
        if (runtime is null)
        {
            runtime = Session.Stamp(VroPlanRuntime.From(plan));
        }
        else
        {
            runtime.Groups = await GetRuntimeGroupsAsync(planId, cancellationToken).ConfigureAwait(false);
        }

        return new VroReportPlan(plan, runtime)
        {
            Server = Session.Server.Authority,
            ApiVersion = Session.ApiVersion,
            ReadBy = Session.User,
            ReadAt = Session.Settings.Time.GetUtcNow(),
        };
    }
}
