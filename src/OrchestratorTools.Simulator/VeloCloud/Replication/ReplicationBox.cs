using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>What an Orchestrator is in a pair.</summary>
internal enum ReplicationRole
{
    Standalone,
    Active,
    Standby,
    Zombie,
}

/// <summary>
/// One Orchestrator of a pair: its role, the state of its replication, and what it will go through next. Used under the lock of its <see cref="ReplicationPair"/> only. The states
/// are those of the definition; the order in which they follow each other, and how long each lasts, is inferred.
/// </summary>
internal sealed class ReplicationBox(string uuid, string ip, VeloWorld world, TimeProvider clock)
{
    private readonly Queue<Step> _steps = new();
    private readonly List<(string From, string To, DateTimeOffset Time)> _history = [];

    public string Uuid => uuid;

    public string Ip => ip;

    /// <summary>Host and port that it really listens at; empty before it is known.</summary>
    public string Address { get; set; } = "";

    /// <summary>The database that it had before it was ever paired.</summary>
    public VeloWorld Own { get; } = world;

    /// <summary>The database that it has now: a standby's is its active's.</summary>
    public VeloWorld World { get; private set; } = world;

    public ReplicationRole Role { get; private set; } = ReplicationRole.Standalone;

    public DateTimeOffset RoleTime { get; private set; } = clock.GetUtcNow().AddDays(-20);

    public string State { get; private set; } = ReplicationStates.Unconfigured;

    public DateTimeOffset StateTime { get; private set; } = clock.GetUtcNow().AddDays(-20);

    public string? FailureDescription { get; private set; }

    public DateTimeOffset? LastProtected { get; set; }

    /// <summary>The other one; null while it has none.</summary>
    public ReplicationBox? Peer { get; set; }

    /// <summary>The addresses as they were said when it was paired.</summary>
    public JsonArray StandbyList { get; set; } = [];

    public string? ActiveAddress { get; set; }

    public string? DrUser { get; set; }

    /// <summary>What lets a standby in that is configured by hand.</summary>
    public string? Blob { get; set; }

    /// <summary>Until when it does not answer: it restarts.</summary>
    public DateTimeOffset RestartsUntil { get; private set; }

    /// <summary>Whether a command has switched it off.</summary>
    public bool IsDown { get; set; }

    /// <summary>The state at which it will fail; null where none.</summary>
    public string? FailAt { get; set; }

    /// <summary>Called when the database is another one.</summary>
    public Action<VeloWorld>? Adopted { get; set; }

    /// <summary>Called when it restarts: its sessions are forgotten.</summary>
    public Action? Restarted { get; set; }

    public bool IsAway => IsDown || clock.GetUtcNow() < RestartsUntil;

    /// <summary>Whether it answers nothing but what is about replication.</summary>
    public bool IsClosed => Role is ReplicationRole.Standby or ReplicationRole.Zombie;

    public bool IsBusy => _steps.Count > 0;

    public bool HasFailed => State.StartsWith("FAILURE_", StringComparison.Ordinal);

    public IReadOnlyList<(string From, string To, DateTimeOffset Time)> History => _history;

    /// <summary>When the next step is due.</summary>
    public DateTimeOffset? Due => _steps.TryPeek(out var step) ? StateTime + step.After : null;

    /// <summary>Adds a step that is taken so long after the one before it.</summary>
    public void Then(TimeSpan after, string state, Action? work = null) => _steps.Enqueue(new Step(after, state, work));

    /// <summary>Forgets what it would have gone through.</summary>
    public void Stop() => _steps.Clear();

    /// <summary>Takes the next step at its time.</summary>
    public void Take()
    {
        var time = Due!.Value;
        var step = _steps.Dequeue();
        Enter(step.State, time);
        step.Work?.Invoke();
        if (FailAt == step.State)
        {
            FailAt = null;
            Fail(ReplicationStates.FailureOf(step.State), $"{step.State} did not succeed", time);
        }
    }

    public void Enter(string state, DateTimeOffset time)
    {
        if (state == State)
            return;

        _history.Add((State, state, time));
        State = state;
        StateTime = time;
        if (!HasFailed)
            FailureDescription = null;
    }

    /// <summary>Ends in a failure; what was still to come does not come.</summary>
    public void Fail(string state, string description, DateTimeOffset time)
    {
        Stop();
        Enter(state, time);
        FailureDescription = description;
    }

    public void Become(ReplicationRole role, DateTimeOffset time)
    {
        Role = role;
        RoleTime = time;
    }

    /// <summary>Goes away for a while, from the time of the state that it is in.</summary>
    public void Restart(TimeSpan length)
    {
        RestartsUntil = StateTime + length;
        Restarted?.Invoke();
    }

    public void Adopt(VeloWorld database)
    {
        if (World == database)
            return;

        World = database;
        Adopted?.Invoke(database);
    }

    private sealed record Step(TimeSpan After, string State, Action? Work);
}
