using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vro;

/// <summary>
/// Where orders for plans are given: the look that comes before the question, and the sending, once, of what was decided. What this process sent is remembered, so that neither
/// another caller nor the next order sends it again while nobody knows what became of it.
/// </summary>
internal sealed class VroPlanDesk(VroClient client, IRequestObserver observer)
{
    private readonly TimeProvider _time = client.Session.Settings.Time;

    /// <summary>Looks at a plan. Throws where the action is certainly not for it as it is.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="action">What is to be done to it.</param>
    /// <param name="insist">True where type, mode and state are not looked at.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task<VroPlanSeen> LookAsync(VroPlan plan, VroPlanAction action, bool insist, CancellationToken cancellationToken)
    {
        var at = _time.GetSteadyNow();
        VroPlanRuntime runtime;
        try
        {
            runtime = await client.FindRuntimeAsync(plan.Id, cancellationToken).ConfigureAwait(false) ?? VroPlanRuntime.From(plan);
        }
        catch (OrchestratorApiException e) when (e.Kind is not OrchestratorErrorKind.Authentication)
        {
            // What the plan itself says is enough to go on: a broken page of details must not stand in the way.
            observer.Verbose($"The runtime details of plan '{plan.Name}' cannot be read: {e.Message}");
            runtime = VroPlanRuntime.From(plan);
        }

        if (insist)
        {
            return new VroPlanSeen(plan, runtime, at, []);
        }

        var (wrong, doubts) = VroPlanCheck.Examine(action, plan, runtime);
        return wrong is null
            ? new VroPlanSeen(plan, runtime, at, doubts)
            : throw action.Refusal(plan, wrong, $"{VroPlanCheck.WayOn(plan, runtime)}Look at it with Get-VroPlanRuntime -Id {plan.Id}. If the server is known to take it, -Force skips this check.");
    }

    /// <summary>Sends an order, once. Throws without sending where this process has sent one that may still begin.</summary>
    /// <param name="seen">The plan as it was looked at.</param>
    /// <param name="order">The order.</param>
    /// <param name="insist">True where an earlier order that nothing was seen of does not count.</param>
    /// <param name="onSending">Told when nothing stands in the way any more: from now on it may be on its way.</param>
    /// <param name="cancellationToken">Ends the sending; whether the server took the order is then unknown.</param>
    public async Task<VroSentOrder> SendAsync(VroPlanSeen seen, VroPlanOrder order, bool insist, Action? onSending, CancellationToken cancellationToken)
    {
        var (server, planId, action) = (client.Session.Server, seen.Plan.Id, order.Action);
        if (VroStartedRuns.Claim(server, planId, VroPlanSnapshot.Of(seen.Runtime), seen.At, insist, _time, order) is { } why)
        {
            throw action.Refusal(seen.Plan, why, action.StartsRun
                ? $"Get-VroPlanRuntime -Id {planId} shows it, Wait-VroPlan -Id {planId} waits for it. If it certainly did not begin, -Force sends it again."
                : $"{action.ShownBy} -Id {planId} shows what became of it. If it certainly was not done, -Force sends it again.");
        }

        var isOnItsWay = true;
        try
        {
            onSending?.Invoke();
            var answer = await client.SendOrderAsync(seen.Plan, order, cancellationToken).ConfigureAwait(false);
            var own = VroStartedRuns.Sent(server, planId, answerLost: false, _time, order);
            isOnItsWay = false;
            observer.Verbose($"The server took the {action.Noun} of plan '{seen.Plan.Name}': {order}");
            return new VroSentOrder(answer, own);
        }
        catch (OrchestratorApiException e) when (e.Kind is not (OrchestratorErrorKind.OutcomeUnknown or OrchestratorErrorKind.ServerError))
        {
            // The server said no, or was never reached.
            VroStartedRuns.Release(server, planId, order);
            isOnItsWay = false;
            throw;
        }
        finally
        {
            if (isOnItsWay)
            {
                VroStartedRuns.Sent(server, planId, answerLost: true, _time, order);
            }
        }
    }
}

/// <summary>An order that the server took.</summary>
/// <param name="Answer">What it answered; null where that is nothing or no object.</param>
/// <param name="Own">What a wait for it needs to know; null where nothing runs after it.</param>
internal sealed record VroSentOrder(JsonElement? Answer, VroPendingStart? Own);
