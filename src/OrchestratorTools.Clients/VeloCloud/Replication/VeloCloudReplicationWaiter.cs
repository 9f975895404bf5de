using System.Globalization;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>One of the Orchestrators that a wait looks at.</summary>
/// <param name="Title">Host and port.</param>
/// <param name="Look">Asks for its status.</param>
/// <param name="Watch">Judges what it says.</param>
internal sealed record VeloCloudReplicationBox(string Title, Func<CancellationToken, Task<VeloCloudReplicationStatus>> Look, VeloCloudReplicationWatch Watch);

/// <summary>How a wait goes on.</summary>
/// <param name="Text">Every box and its state.</param>
public sealed record VeloCloudReplicationProgress(string Text);

/// <summary>
/// Waits until every box is at the goal. A box that restarts cuts connections, forgets sessions and is away for minutes: that is a part of what is waited for, and ends no wait.
/// </summary>
internal sealed class VeloCloudReplicationWaiter(VeloCloudReplicationGoal goal, IReadOnlyList<VeloCloudReplicationBox> boxes, TimeProvider time, IRequestObserver observer)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private readonly VeloCloudReplicationStatus?[] _last = new VeloCloudReplicationStatus?[boxes.Count];
    private readonly DateTimeOffset?[] _silentSince = new DateTimeOffset?[boxes.Count];
    private readonly bool[] _isSaid = new bool[boxes.Count];

    /// <summary>
    /// Waits, and returns what each box has come to. Throws with kind Failed where one has failed, OutcomeUnknown where nothing was seen of what was asked for, Timeout, Authentication
    /// where a box refuses the login, and the box's error where it stays away.
    /// </summary>
    /// <param name="timeout">How long; null: as long as it takes.</param>
    /// <param name="report">Told after every round.</param>
    /// <param name="cancellationToken">Ends the wait, and nothing else.</param>
    public async Task<IReadOnlyList<VeloCloudReplicationStatus>> WaitAsync(TimeSpan? timeout, Action<VeloCloudReplicationProgress>? report, CancellationToken cancellationToken)
    {
        var began = time.GetUtcNow();
        using var limit = timeout is { } longest ? new CancellationTokenSource(longest, time) : new CancellationTokenSource();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            while (true)
            {
                var verdicts = await Task.WhenAll(Enumerable.Range(0, boxes.Count).Select(i => LookAsync(i, both.Token))).ConfigureAwait(false);
                if (Array.IndexOf(verdicts, VeloCloudReplicationVerdict.Failed) >= 0)
                {
                    throw Failed(verdicts);
                }

                if (Array.IndexOf(verdicts, VeloCloudReplicationVerdict.NeverBegan) is var silent && silent >= 0)
                {
                    throw NeverBegan(silent);
                }

                if (Array.TrueForAll(verdicts, v => v is VeloCloudReplicationVerdict.Reached))
                {
                    return _last!;
                }

                report?.Invoke(new VeloCloudReplicationProgress(States()));
                if (time.GetUtcNow() - began >= timeout)
                {
                    throw TimedOut(timeout.Value);
                }

                await Task.Delay(PauseAfter(time.GetUtcNow() - began), time, both.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw TimedOut(timeout!.Value);
        }
    }

    private async Task<VeloCloudReplicationVerdict> LookAsync(int i, CancellationToken cancellationToken)
    {
        var box = boxes[i];
        try
        {
            var now = await box.Look(cancellationToken).ConfigureAwait(false);
            if (_last[i] is not { } last || last.Role != now.Role || last.State != now.State)
            {
                observer.Verbose($"{box.Title} is {now.Role}, {now.State}");
            }

            _last[i] = now;
            _silentSince[i] = null;
            return box.Watch.Observe(now);
        }
        catch (OrchestratorApiException e) when (IsOutage(e))
        {
            box.Watch.ObserveAbsence();
            var now = time.GetUtcNow();
            if (_silentSince[i] is not { } since)
            {
                _silentSince[i] = now;
                observer.Verbose($"{box.Title} does not answer ({e.Message.TrimEnd('.')}). A restart is a part of this; the wait goes on.");
                return VeloCloudReplicationVerdict.Waiting;
            }

            if (now - since >= VeloCloudAssumptions.ReplicationOutageLimit)
            {
                throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, e.Kind, string.Create(CultureInfo.InvariantCulture, $"Nothing was heard of {box.Title} for {VeloCloudAssumptions.ReplicationOutageLimit.TotalMinutes:0} minutes: {e.Message} {GoesOn}"), e)
                {
                    StatusCode = e.StatusCode,
                    RecommendedAction = $"When it answers again: {WaitOn}.",
                };
            }

            if (now - since >= VeloCloudAssumptions.ReplicationOutageWarning && !_isSaid[i])
            {
                _isSaid[i] = true;
                observer.Warning(string.Create(CultureInfo.InvariantCulture, $"{box.Title} has not answered for {(now - since).TotalMinutes:0} minutes ({e.Message.TrimEnd('.')}). The wait goes on."));
            }

            return VeloCloudReplicationVerdict.Waiting;
        }
        catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.Authentication)
        {
            throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, e.Kind, $"{box.Title} refuses the connection's credential: {e.Message} A standby has its active's accounts once it holds the active's database. {GoesOn}", e)
            {
                StatusCode = e.StatusCode,
                ServerCode = e.ServerCode,
                ServerMessage = e.ServerMessage,
                RecommendedAction = $"Run Connect-VeloCloud with an operator's account that the Orchestrator knows now, then {WaitOn}.",
            };
        }
    }

    private string WaitOn => $"Wait-VeloCloudReplication -Goal {goal}";

    private const string GoesOn = "What was begun goes on at the Orchestrators.";

    // A path that is not there is a web server that is coming up.
    private static bool IsOutage(OrchestratorApiException e)
        => e.Kind is OrchestratorErrorKind.Unreachable or OrchestratorErrorKind.Timeout or OrchestratorErrorKind.ServerError or OrchestratorErrorKind.Protocol or OrchestratorErrorKind.RateLimited
            || (e.Kind is OrchestratorErrorKind.NotFound && e.StatusCode is System.Net.HttpStatusCode.NotFound);

    // What is over soon is seen to end soon; what takes an hour is not asked about all the time.
    private static TimeSpan PauseAfter(TimeSpan elapsed)
    {
        var pause = elapsed / 20;
        return pause < ShortestPause ? ShortestPause : pause > LongestPause ? LongestPause : pause;
    }

    private string States() => string.Join("; ", boxes.Select((b, i) => State(b, i)));

    private string State(VeloCloudReplicationBox box, int i)
    {
        var seen = _last[i] is { } status ? $"{box.Title} is {status.Role}, {status.State}" : $"nothing was heard of {box.Title}";
        return _silentSince[i] is { } since && _last[i] is not null ? string.Create(CultureInfo.InvariantCulture, $"{seen} (no answer for {(time.GetUtcNow() - since).TotalSeconds:0} s)") : seen;
    }

    private OrchestratorApiException Failed(VeloCloudReplicationVerdict[] verdicts)
    {
        // The one that failed by itself comes before the one that only lost it.
        var failed = Enumerable.Range(0, boxes.Count).Where(i => verdicts[i] is VeloCloudReplicationVerdict.Failed).OrderBy(i => VeloCloudReplicationStates.IsPeerLost(_last[i]!.State)).ToArray();
        var others = Enumerable.Range(0, boxes.Count).Except(failed).Select(i => State(boxes[i], i)).ToArray();
        var text = string.Join("; ", failed.Select(i => $"{State(boxes[i], i)}: {boxes[i].Watch.Reason}")) + (others.Length == 0 ? string.Empty : "; " + string.Join("; ", others));
        return new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.Failed, $"{text}. It was to come to {VeloCloudReplicationWatch.Describe(goal)}.")
        {
            ServerMessage = _last[failed[0]]!.FailureDescription,
            RecommendedAction = "Get-VeloCloudReplication -IncludeHistory shows the way there.",
        };
    }

    private OrchestratorApiException NeverBegan(int i)
        => new(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.OutcomeUnknown, string.Create(CultureInfo.InvariantCulture, $"Within {VeloCloudAssumptions.ReplicationStartGrace.TotalMinutes:0} minutes nothing was seen of what was asked for: {State(boxes[i], i)}, as before. Whether it will begin is unknown. It was not sent again."))
        {
            RecommendedAction = "Look at the Orchestrator (Get-VeloCloudReplication -IncludeHistory) before you ask again.",
        };

    private OrchestratorApiException TimedOut(TimeSpan timeout)
        => new(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.Timeout, string.Create(CultureInfo.InvariantCulture, $"Not at {VeloCloudReplicationWatch.Describe(goal)} within {timeout.TotalSeconds:0} s: {States()}. {GoesOn}"))
        {
            RecommendedAction = $"{WaitOn} waits on; Get-VeloCloudReplication shows the state.",
        };
}
