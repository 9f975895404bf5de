using System.Globalization;
using System.Text;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vro;

/// <summary>What a wait tells while it lasts.</summary>
/// <param name="Runtime">The last that the server said.</param>
/// <param name="Step">What runs at the moment: group, VM and step; null where that was not asked for or is not known.</param>
/// <param name="Note">Why nothing newer is known.</param>
public sealed record VroWaitProgress(VroPlanRuntime? Runtime, string? Step, string? Note);

/// <summary>
/// Waits for a plan's run. A token that ends, a short outage and a restart of the server are part of a night's work: the wait goes on. Repeating a question is what waiting is;
/// each single question is repeated by the HTTP layer as any other.
/// </summary>
public sealed class VroPlanWaiter
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StepPause = TimeSpan.FromSeconds(5);
    private const int RequestsForAFailure = 3;
    private readonly VroClient _client;
    private readonly IRequestObserver _observer;
    private readonly TimeProvider _time;
    private readonly VroPlanRadar? _radar;

    /// <summary>A waiter that asks through a client.</summary>
    public VroPlanWaiter(VroClient client, IRequestObserver observer)
        : this(client, observer, null)
    {
    }

    /// <summary>A waiter that shares its looks with others.</summary>
    internal VroPlanWaiter(VroClient client, IRequestObserver observer, VroPlanRadar? radar)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(observer);
        _client = client;
        _observer = observer;
        _time = client.Session.Settings.Time;
        _radar = radar;
    }

    /// <summary>
    /// Waits until nothing runs any more and returns what the plan has come to. Throws with kind Failed where it was halted, Timeout where it still runs, OutcomeUnknown where a start
    /// of this process was never seen to begin.
    /// </summary>
    /// <param name="planId">The plan.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="timeout">How long; null: as long as it takes.</param>
    /// <param name="withStep">Whether to look for the step that runs (some requests more, every five seconds).</param>
    /// <param name="report">Told after every look.</param>
    /// <param name="cancellationToken">Ends the wait; the plan goes on.</param>
    public Task<VroPlanRuntime> WaitAsync(string planId, string name, TimeSpan? timeout, bool withStep, Action<VroWaitProgress>? report, CancellationToken cancellationToken)
        => WaitAsync(planId, name, null, timeout, withStep, report, cancellationToken);

    /// <summary>The same for a start that the caller has just sent: what somebody else of this process sends to the plan meanwhile (a halt, say) is not what is waited for.</summary>
    internal async Task<VroPlanRuntime> WaitAsync(string planId, string name, VroPendingStart? own, TimeSpan? timeout, bool withStep, Action<VroWaitProgress>? report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(planId);
        if (_radar is null)
        {
            return await LookUntilEndAsync(planId, name, own, timeout, withStep, report, cancellationToken).ConfigureAwait(false);
        }

        _radar.Join(planId);
        try
        {
            // Waits that begin together are seen together: how many they are decides how they look.
            await Task.Delay(Gathering, _time, cancellationToken).ConfigureAwait(false);
            return await LookUntilEndAsync(planId, name, own, timeout, withStep, report, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _radar.Leave(planId);
        }
    }

    private async Task<VroPlanRuntime> LookUntilEndAsync(string planId, string name, VroPendingStart? own, TimeSpan? timeout, bool withStep, Action<VroWaitProgress>? report, CancellationToken cancellationToken)
    {
        var began = _time.GetSteadyNow();
        var pending = own ?? VroStartedRuns.Find(_client.Session.Server, planId, _time);
        var watch = pending is null ? VroPlanWatch.OfAnyRun(_time) : VroPlanWatch.OfOwnRun(pending.Before, pending.SentAt, _time, pending.Action);
        using var limit = timeout is { } longest ? new CancellationTokenSource(longest, _time) : new CancellationTokenSource();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        VroPlanRuntime? last = null;
        DateTimeOffset? silentSince = null;
        var step = new RunningStep(null, DateTimeOffset.MinValue);
        try
        {
            while (true)
            {
                try
                {
                    var now = await (_radar is null ? _client.GetRuntimeAsync(planId, both.Token) : _radar.LookAsync(planId, both.Token)).ConfigureAwait(false);
                    silentSince = null;
                    last = now;
                    var verdict = watch.Observe(VroPlanSnapshot.Of(now));
                    if (watch.HasBegun && pending is not null)
                    {
                        VroStartedRuns.Release(_client.Session.Server, planId, null, pending.SentAt);
                    }

                    switch (verdict)
                    {
                        case VroPlanVerdict.Ended:
                            return now;
                        case VroPlanVerdict.Failed:
                            throw await FailureAsync(now, name, both.Token).ConfigureAwait(false);
                        case VroPlanVerdict.NeverBegan:
                            throw NeverBegan(now, name, pending!);
                        default:
                            break;
                    }

                    if (withStep && _radar is not { IsShared: true } && now.IsRunning is true && _time.GetSteadyNow() - step.At >= StepPause)
                    {
                        step = new RunningStep(await FindRunningStepAsync(planId, both.Token).ConfigureAwait(false), _time.GetSteadyNow());
                    }

                    report?.Invoke(new VroWaitProgress(now, now.IsRunning is true ? step.Text : "waiting for the run to begin", null));
                }
                catch (OrchestratorApiException e) when (IsOutage(e) || (IsDoubtful(e) && last is not null))
                {
                    var time = _time.GetSteadyNow();
                    if (silentSince is null)
                    {
                        silentSince = time;
                        Warn($"{_client.Session.Server.Authority} does not answer as it should ({e.Message.TrimEnd('.')}). The wait for plan '{name}' goes on; the plan does not depend on it.");
                    }
                    else if (IsDoubtful(e) && time - silentSince >= VroAssumptions.GoneLimit)
                    {
                        throw;
                    }
                    else if (time - silentSince >= VroAssumptions.OutageLimit)
                    {
                        throw new OrchestratorApiException(OrchestratorSystem.Vro, e.Kind, string.Create(CultureInfo.InvariantCulture, $"Nothing was heard of plan '{name}' for {VroAssumptions.OutageLimit.TotalMinutes:0} minutes: {e.Message} What runs at the server goes on."), e)
                        {
                            StatusCode = e.StatusCode,
                            RecommendedAction = $"When the server answers again: Wait-VroPlan -Id {planId}.",
                        };
                    }

                    report?.Invoke(new VroWaitProgress(last, null, string.Create(CultureInfo.InvariantCulture, $"no answer for {(time - silentSince.Value).TotalSeconds:0} s")));
                }

                if (_time.GetSteadyNow() - began >= timeout)
                {
                    throw TimedOut(planId, name, timeout.Value, last, watch);
                }

                if (_radar is { IsShared: true })
                {
                    // The radar's rounds are the pause.
                    continue;
                }

                await Task.Delay(PauseAfter(_time.GetSteadyNow() - began), _time, both.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw TimedOut(planId, name, timeout!.Value, last, watch);
        }
    }

    private void Warn(string text)
    {
        if (_radar is null)
        {
            _observer.Warning(text);
        }
        else
        {
            _radar.Warn(text);
        }
    }

    // Short runs are seen to end soon, long ones are not asked about all the time.
    private static TimeSpan PauseAfter(TimeSpan elapsed)
    {
        var pause = elapsed / 20;
        return pause < ShortestPause ? ShortestPause : pause > LongestPause ? LongestPause : pause;
    }

    private static bool IsOutage(OrchestratorApiException e)
        => e.Kind is OrchestratorErrorKind.Unreachable or OrchestratorErrorKind.Timeout or OrchestratorErrorKind.ServerError or OrchestratorErrorKind.Protocol or OrchestratorErrorKind.RateLimited;

    // Of a plan that was there a moment ago: a web server that is coming up knows no path, and where two sessions log each other out even a fresh token may be refused.
    // A login that was refused has no such status, and ends the wait.
    private static bool IsDoubtful(OrchestratorApiException e)
        => e.Kind is OrchestratorErrorKind.NotFound || (e.Kind is OrchestratorErrorKind.Authentication && e.StatusCode is System.Net.HttpStatusCode.Unauthorized);

    private static OrchestratorApiException TimedOut(string planId, string name, TimeSpan timeout, VroPlanRuntime? last, VroPlanWatch watch)
    {
        var seen = last is null
            ? "nothing was heard of it"
            : string.Create(CultureInfo.InvariantCulture, $"its state is {last.State}{(last.StateName is null ? string.Empty : $" ({last.StateName})")}{(last.Progress is null || !watch.HasBegun ? string.Empty : $", {last.Progress} percent")}");
        return new OrchestratorApiException(OrchestratorSystem.Vro, OrchestratorErrorKind.Timeout, string.Create(CultureInfo.InvariantCulture, $"Plan '{name}' has not ended within {timeout.TotalSeconds:0} second{(timeout.TotalSeconds > 1 ? "s" : string.Empty)}: {seen}. It goes on at the server."))
        {
            RecommendedAction = $"Wait-VroPlan -Id {planId} waits on; Get-VroPlanRuntime -Id {planId} shows it.",
        };
    }

    private static OrchestratorApiException NeverBegan(VroPlanRuntime now, string name, VroPendingStart pending)
        => new(OrchestratorSystem.Vro, OrchestratorErrorKind.OutcomeUnknown, string.Create(CultureInfo.InvariantCulture, $"{(pending.AnswerLost ? $"The answer to the {pending.Action.Noun} of plan '{name}' was lost" : $"The server took the {pending.Action.Noun} of plan '{name}'")} at {pending.SentAtUtc:HH:mm:ss} UTC, but within {VroAssumptions.StartGrace.TotalMinutes:0} minutes nothing was seen of a run: its state is still {now.State}{(now.StateName is null ? string.Empty : $" ({now.StateName})")}. Whether it will begin is unknown. It was not sent again."))
        {
            RecommendedAction = $"Look at the plan: Get-VroPlanRuntime -Id {now.Id}.",
        };

    private async Task<OrchestratorApiException> FailureAsync(VroPlanRuntime now, string name, CancellationToken cancellationToken)
    {
        // Of very many that fail together not every one is looked into: that they failed must not be said late.
        var where = _radar is null || _radar.TryReserve(RequestsForAFailure) ? await FindFailureAsync(now.Id, cancellationToken).ConfigureAwait(false) : null;
        var message = new StringBuilder();
        message.Append(CultureInfo.InvariantCulture, $"Plan '{name}' did not reach its goal: its state is {now.State}");
        if (!string.IsNullOrEmpty(now.StateName) && !string.Equals(now.StateName, now.State, StringComparison.OrdinalIgnoreCase))
        {
            message.Append(CultureInfo.InvariantCulture, $" ({now.StateName})");
        }

        if (!string.IsNullOrWhiteSpace(now.ResultName))
        {
            message.Append(CultureInfo.InvariantCulture, $", its result '{now.ResultName}'");
        }

        message.Append('.').Append(where ?? " Which step failed was not found out.");
        return new OrchestratorApiException(OrchestratorSystem.Vro, OrchestratorErrorKind.Failed, _client.Session.Redactor.Redact(message.ToString()))
        {
            ServerMessage = now.ResultName,
            RecommendedAction = $"Get-VroPlanRuntime -Id {now.Id} -Recurse shows every step.",
        };
    }

    /// <summary>The first group, VM and step that failed, in words; null where that cannot be told.</summary>
    private async Task<string?> FindFailureAsync(string planId, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.FindFailedPartAsync(planId, cancellationToken).ConfigureAwait(false) is { } failed ? $" Failed: {failed.Description}." + failed.Others : null;
        }
        catch (OrchestratorApiException)
        {
            // That the plan failed is what counts; where it failed can be looked up.
            return null;
        }
    }

    private async Task<string?> FindRunningStepAsync(string planId, CancellationToken cancellationToken)
    {
        try
        {
            var groups = await _client.ListRuntimeGroupsAsync(planId, cancellationToken).ConfigureAwait(false);
            if (groups.FirstOrDefault(g => g.Runs) is not { } group)
            {
                return null;
            }

            var vms = await _client.ListRuntimeVmsAsync(planId, group.Id, cancellationToken).ConfigureAwait(false);
            var vm = vms.FirstOrDefault(v => v.Runs);
            var steps = vm is not null
                ? await _client.ListVmStepsAsync(planId, vm.Id, cancellationToken).ConfigureAwait(false)
                : await _client.ListGroupStepsAsync(planId, group.Id, cancellationToken).ConfigureAwait(false);
            return string.Join(" / ", new[] { group.Name, vm?.Name, steps.FirstOrDefault(s => s.Runs)?.Name }.Where(n => !string.IsNullOrEmpty(n)));
        }
        catch (OrchestratorApiException)
        {
            // The text of a progress bar; the wait itself does not depend on it.
            return null;
        }
    }

    private readonly record struct RunningStep(string? Text, DateTimeOffset At);
}
