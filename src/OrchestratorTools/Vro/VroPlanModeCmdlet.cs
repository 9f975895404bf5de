using System.Text.Json;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>The base of the cmdlets that enable and disable plans. A plan that is so already is left alone.</summary>
public abstract class VroPlanModeCmdlet : VroPlanActionCmdlet
{
    /// <inheritdoc/>
    private protected override bool CountsVms => false;

    /// <summary>True where there is nothing to do.</summary>
    private protected abstract bool IsThere(VroPlan plan);

    /// <inheritdoc/>
    private protected override VroPlanOrder? OrderFor(VroClient client, VroPlanSeen seen)
    {
        if (!IsThere(seen.Plan) || Force)
        {
            return new VroSimpleOrder(Rules);
        }

        WriteVerbose($"Plan '{seen.Plan.Name}' is {Rules.Done} already. Nothing was sent.");
        if (PassThru)
        {
            WriteObject(seen.Plan);
        }

        return null;
    }

    /// <inheritdoc/>
    private protected override void OnSent(VroClient client, VroPlanSeen seen, VroPlanOrder order, JsonElement? answer)
    {
        if (PassThru)
        {
            WriteObject(Await(token => client.GetPlanAsync(seen.Plan.Id, token)));
        }
    }
}
