using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Vro;

/// <summary>The waits that a cmdlet has begun: they run on the pool; their progress and what they come to is shown by the pipeline's thread.</summary>
internal sealed class PlanWaits(OrchestratorCmdlet cmdlet, TimeSpan? timeout, bool withProgress)
{
    private const int ParentId = 1_430_100;
    private const int MostChildren = 5;
    private static readonly TimeSpan HostPatience = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan UpdatePause = TimeSpan.FromMilliseconds(200);

    private readonly object _gate = new();
    private readonly List<PlanWait> _running = [];
    private readonly HashSet<int> _shown = [];
    private readonly Dictionary<VroSession, VroPlanRadar> _radars = [];
    private DateTimeOffset _lastUpdate;
    private int _begun;
    private int _ended;

    /// <summary>How many run.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _running.Count;
            }
        }
    }

    /// <summary>The names of the plans that are waited for.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_gate)
            {
                return _running.Select(w => w.Name).ToArray();
            }
        }
    }

    /// <summary>False where nobody sees the progress: then the step that runs is not asked for either.</summary>
    public static bool IsProgressShown(InvocationInfo invocation, SessionState state)
    {
        var given = invocation.BoundParameters.TryGetValue("ProgressAction", out var typed) ? typed : state.PSVariable.GetValue("ProgressPreference");

        // Set in a scope of its own, the preference is a text.
        return !LanguagePrimitives.TryConvertTo(given, CultureInfo.InvariantCulture, out ActionPreference preference)
            || preference is not ActionPreference.SilentlyContinue and not ActionPreference.Ignore;
    }

    /// <summary>Begins a wait.</summary>
    /// <param name="client">The way to the plan's server.</param>
    /// <param name="planId">The plan.</param>
    /// <param name="name">Its name.</param>
    /// <param name="target">The target of its error.</param>
    /// <param name="own">What the caller has just sent; null: what this process sent last, if anything.</param>
    public void Begin(VroClient client, string planId, string name, object? target, VroPendingStart? own = null)
    {
        var wait = new PlanWait(Interlocked.Increment(ref _begun), client.Session, name, target);
        lock (_gate)
        {
            _running.Add(wait);
        }

        // One for all waits of a connection: many plans are not asked for one by one.
        if (!_radars.TryGetValue(client.Session, out var radar))
        {
            _radars[client.Session] = radar = new VroPlanRadar(client, cmdlet.RequestObserver);
        }

        var stop = cmdlet.StopToken;
        wait.Task = Task.Run(
            () => new VroPlanWaiter(client, cmdlet.RequestObserver, radar).WaitAsync(planId, name, own, timeout, withProgress, withProgress ? p => Report(wait, p) : null, stop),
            CancellationToken.None);
    }

    /// <summary>Ends when the next wait has ended, in whatever way.</summary>
    public Task NextAsync()
    {
        Task[] tasks;
        lock (_gate)
        {
            tasks = _running.Select(w => (Task)w.Task).ToArray();
        }

        return Task.WhenAny(tasks);
    }

    /// <summary>Takes the waits that have ended.</summary>
    public IReadOnlyList<PlanWait> TakeEnded()
    {
        PlanWait[] ended;
        lock (_gate)
        {
            ended = _running.Where(w => w.Task.IsCompleted).ToArray();

            // Exactly these: what ends at this very moment is taken the next time.
            _running.RemoveAll(ended.Contains);
            _ended += ended.Length;
        }

        foreach (var wait in ended.Where(w => _shown.Remove(w.Number)))
        {
            cmdlet.WriteProgress(new ProgressRecord(ParentId + wait.Number, wait.Name, "Ended") { ParentActivityId = ParentId, RecordType = ProgressRecordType.Completed });
        }

        if (ended.Length > 0 && Count == 0 && withProgress)
        {
            cmdlet.WriteProgress(new ProgressRecord(ParentId, "Recovery plans", "Ended") { RecordType = ProgressRecordType.Completed });
        }

        return ended;
    }

    /// <summary>
    /// Says, from the thread that stops the pipeline, what goes on at the server although nobody waits for it any more. Before the work is stopped: afterwards the prompt would be
    /// there first. A host that does not take the line at once is not waited for.
    /// </summary>
    public static void SayGoesOn(PSHost? host, IReadOnlyList<string> names, string? sending)
    {
        if (host is not null && (sending is not null || names.Count > 0))
        {
            Task.Run(() => Say(host, names, sending)).Wait(HostPatience);
        }
    }

    private static void Say(PSHost host, IReadOnlyList<string> names, string? sending)
    {
        try
        {
            if (sending is not null)
            {
                host.UI?.WriteWarningLine($"The {sending} was on its way: whether the server took it is unknown. Get-VroPlanRuntime shows it. It was not sent again.");
            }

            if (names.Count > 0)
            {
                host.UI?.WriteWarningLine($"The wait ended, not the work: {(names.Count == 1 ? "plan" : "plans")} {string.Join(", ", names.Select(n => $"'{n}'"))} {(names.Count == 1 ? "goes" : "go")} on at the server. Wait-VroPlan waits on, Get-VroPlanRuntime shows {(names.Count == 1 ? "it" : "them")}.");
            }
        }
        catch (Exception e) when (e is RuntimeException or InvalidOperationException or NotImplementedException or NotSupportedException or IOException)
        {
            // A host that cannot be written to just now: stopping comes first.
        }
    }

    private void Report(PlanWait wait, VroWaitProgress progress)
    {
        lock (_gate)
        {
            wait.Progress = progress;
            var now = DateTimeOffset.UtcNow;
            if (now - _lastUpdate < UpdatePause)
            {
                return;
            }

            _lastUpdate = now;
        }

        cmdlet.Post(Render);
    }

    // On the pipeline's thread.
    private void Render()
    {
        PlanWait[] running;
        int ended;
        lock (_gate)
        {
            running = _running.ToArray();
            ended = _ended;
        }

        if (running.Length == 0)
        {
            return;
        }

        if (_begun == 1)
        {
            cmdlet.WriteProgress(Record(ParentId, running[0]));
            return;
        }

        var parts = running.Sum(w => Percent(w)) + (ended * 100);
        cmdlet.WriteProgress(new ProgressRecord(ParentId, "Recovery plans", $"{ended} of {_begun} ended, {running.Length} waited for") { PercentComplete = Math.Clamp(parts / _begun, 0, 100) });
        foreach (var wait in running.Where(w => w.Progress is not null).Take(MostChildren))
        {
            if (_shown.Contains(wait.Number) || _shown.Count < MostChildren)
            {
                _shown.Add(wait.Number);
                var record = Record(ParentId + wait.Number, wait);
                record.ParentActivityId = ParentId;
                cmdlet.WriteProgress(record);
            }
        }
    }

    private static ProgressRecord Record(int id, PlanWait wait)
    {
        var runtime = wait.Progress?.Runtime;
        var status = wait.Progress?.Note ?? runtime?.StateName ?? runtime?.State ?? "asking";
        return new ProgressRecord(id, wait.Name, status.Length == 0 ? "asking" : status)
        {
            PercentComplete = runtime?.IsRunning is true ? Percent(wait) : -1,
            CurrentOperation = wait.Progress?.Step,
        };
    }

    private static int Percent(PlanWait wait) => wait.Progress?.Runtime is { IsRunning: true, Progress: { } percent } ? Math.Clamp(percent, 0, 100) : 0;
}

/// <summary>A wait for one plan.</summary>
internal sealed class PlanWait(int number, VroSession session, string name, object? target)
{
    public int Number { get; } = number;

    public VroSession Session { get; } = session;

    public string Name { get; } = name;

    public object? Target { get; } = target;

    public Task<VroPlanRuntime> Task { get; set; } = System.Threading.Tasks.Task.FromCanceled<VroPlanRuntime>(new CancellationToken(canceled: true));

    public VroWaitProgress? Progress { get; set; }
}
