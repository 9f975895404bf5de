using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>
/// Two Orchestrators that can be made a pair, and all that happens between them. A standby shares its active's database from the moment that both run; what is promoted keeps it.
/// Safe for many threads: everything happens under one lock, and steps are taken when somebody looks and their time has come.
/// </summary>
internal sealed class ReplicationPair(TimeProvider clock)
{
    private readonly object _lock = new();
    private readonly List<ReplicationBox> _boxes = [];

    /// <summary>How long each state lasts.</summary>
    public double StepSeconds { get; set; } = 1;

    /// <summary>How long a restart takes.</summary>
    public double RestartSeconds { get; set; } = 3;

    private TimeSpan Step => TimeSpan.FromSeconds(StepSeconds);

    public void Add(ReplicationBox box)
    {
        lock (_lock)
        {
            _boxes.Add(box);
        }
    }

    /// <summary>Looks at a box as it is now.</summary>
    public T Read<T>(ReplicationBox box, Func<ReplicationBox, T> read)
    {
        lock (_lock)
        {
            Settle();
            return read(box);
        }
    }

    /// <summary>Does something with a box as it is now; a text that comes back is why not.</summary>
    public string? Do(ReplicationBox box, Func<ReplicationBox, DateTimeOffset, string?> work)
    {
        lock (_lock)
        {
            Settle();
            return work(box, clock.GetUtcNow());
        }
    }

    /// <summary>Becomes ready to be somebody's standby: it restarts, and answers nothing else from then on.</summary>
    public string? Prepare(ReplicationBox box)
        => Do(box, (b, now) =>
        {
            if (b.Role is not (ReplicationRole.Standalone or ReplicationRole.Zombie) || b.IsBusy)
                return $"The Orchestrator is {Name(b.Role)}: only one that stands alone is prepared for standby";

            b.Peer = null;
            b.Become(ReplicationRole.Standby, now);
            Begin(b, "PENDING_STANDBY_CANDIDATE", now, () => b.Restart(TimeSpan.FromSeconds(RestartSeconds)));
            b.Then(TimeSpan.FromSeconds(RestartSeconds), ReplicationStates.Candidate);
            return null;
        });

    /// <summary>Takes a candidate for standby. Where the standby is not to be configured from here, the active waits for it.</summary>
    public string? Configure(ReplicationBox box, JsonElement standby, bool isAutomatic, string user, string password)
        => Do(box, (b, now) =>
        {
            if (b.Role != ReplicationRole.Standalone || b.IsBusy)
                return $"The Orchestrator is {Name(b.Role)}: only one that stands alone becomes active";

            var address = standby.GetProperty("standbyAddress").GetString()!;
            var uuid = standby.GetProperty("standbyUuid").GetString();
            var other = Find(address);
            if (other == b)
                return "An Orchestrator cannot be its own standby";

            if (other is not null && other.Uuid != uuid)
                return $"The Orchestrator at {address} is not {uuid}";

            if (other is not null && (other.IsAway || other.State != ReplicationStates.Candidate))
                return $"The Orchestrator at {address} is not a standby candidate";

            if (isAutomatic && other is not null && other.World.Accounts.Find(user, password, isOperatorLogin: true) is not { Role.Level: RoleLevel.Superuser })
                return $"The login of {user} at {address} failed";

            b.StandbyList = [JsonNode.Parse(standby.GetRawText())];
            b.ActiveAddress = b.Ip;
            b.DrUser = user;
            b.Blob = Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["activeUuid"] = b.Uuid, ["key"] = Invented.Code(Random.Shared, 24) }));
            b.Become(ReplicationRole.Active, now);
            Begin(b, "ACTIVE_CONFIGURING", now);
            b.Then(Step, "ACTIVE_CONFIGURED");
            if (other is null)
            {
                b.Then(Step, "ACTIVE_WAIT_STANDBY");
                b.FailAt = "ACTIVE_WAIT_STANDBY";
            }
            else if (isAutomatic)
            {
                b.Then(Step, "LAUNCHING_STANDBY");
                b.Then(Step, "LAUNCHED_STANDBY", () => Join(b, other, b.StateTime));
                b.Then(Step, "ACTIVE_WAIT_STANDBY");
            }
            else
            {
                b.Peer = other;
                b.Then(Step, "ACTIVE_WAIT_STANDBY");
            }

            return null;
        });

    /// <summary>The half of pairing that a standby does by hand.</summary>
    public string? Transition(ReplicationBox box, string blob)
        => Do(box, (b, now) =>
        {
            if (b.State != ReplicationStates.Candidate)
                return "The Orchestrator is not a standby candidate";

            var active = _boxes.Find(a => a != b && a.Blob == blob && a.Role == ReplicationRole.Active);
            if (active is null)
                return "The data is not that of an active Orchestrator that waits for this one";

            Join(active, b, now);
            return null;
        });

    /// <summary>Takes over. From a standby that runs well only by force: the active is demoted then.</summary>
    public string? Promote(ReplicationBox box, bool force)
        => Do(box, (b, now) =>
        {
            if (b.Role != ReplicationRole.Standby || b.Peer is null || b.IsBusy)
                return $"The Orchestrator is {Name(b.Role)}{(b.IsBusy ? ", " + b.State : "")}: only the standby of a pair is promoted";

            if (b.State == ReplicationStates.Running && !force)
                return "The standby replicates without problems: promoting it needs force";

            if (b.State != ReplicationStates.Running && !b.HasFailed)
                return $"A standby is not promoted in the state {b.State}";

            var active = b.Peer;
            var wasWell = b.State == ReplicationStates.Running;
            var world = active.World;
            Begin(b, ReplicationStates.PendingPromotion, now, () =>
            {
                if (wasWell && !active.IsAway)
                    StartDemotion(active, clock.GetUtcNow());
            });
            if (!b.HasFailed)
            {
                b.Then(Step, "STANDBY_PROMOTED", () =>
                {
                    b.Adopt(world);
                    b.Become(ReplicationRole.Standalone, b.StateTime);
                    b.Peer = null;
                    b.ActiveAddress = null;
                    b.StandbyList = [];
                    b.Restart(TimeSpan.FromSeconds(RestartSeconds));
                });
                b.Then(TimeSpan.FromSeconds(RestartSeconds), ReplicationStates.Unconfigured);
            }

            return null;
        });

    /// <summary>Stops being the active, for good. From one that sees no problem only by force.</summary>
    public string? Demote(ReplicationBox box, bool force)
        => Do(box, (b, now) =>
        {
            if (b.Role != ReplicationRole.Active || b.IsBusy)
                return $"The Orchestrator is {Name(b.Role)}{(b.IsBusy ? ", " + b.State : "")}: only the active of a pair is demoted";

            if (!b.HasFailed && !force)
                return "The active sees no problem with its standby: demoting it needs force";

            StartDemotion(b, now);
            return null;
        });

    /// <summary>Ends the pair, and tries to tell the other one.</summary>
    public string? Remove(ReplicationBox box)
        => Do(box, (b, now) =>
        {
            if (b.Role == ReplicationRole.Standalone && b.State == ReplicationStates.Unconfigured)
                return "The Orchestrator has no standby and is none";

            var other = b.Peer;
            Unpair(b, now);
            if (other is { IsAway: false } && other.Role is ReplicationRole.Active or ReplicationRole.Standby)
                Unpair(other, now);

            return null;
        });

    private static string Name(ReplicationRole role) => role.ToString().ToUpperInvariant();

    /// <summary>Enters a first state at once; it can fail there like everywhere.</summary>
    private static void Begin(ReplicationBox box, string state, DateTimeOffset now, Action? work = null)
    {
        box.Stop();
        box.Enter(state, now);
        if (box.FailAt == state)
        {
            box.FailAt = null;
            box.Fail(ReplicationStates.FailureOf(state), $"{state} did not succeed", now);
            return;
        }

        work?.Invoke();
    }

    private ReplicationBox? Find(string address)
        => _boxes.Find(b => string.Equals(address, b.Address, StringComparison.OrdinalIgnoreCase) || string.Equals(address, b.Ip, StringComparison.Ordinal)
            || string.Equals(address.Replace("localhost", "127.0.0.1", StringComparison.OrdinalIgnoreCase), b.Address, StringComparison.Ordinal));

    /// <summary>Both go through the same states, until both run.</summary>
    private void Join(ReplicationBox active, ReplicationBox standby, DateTimeOffset now)
    {
        active.Peer = standby;
        standby.Peer = active;
        standby.ActiveAddress = active.Ip;
        standby.DrUser = active.DrUser;
        standby.StandbyList = active.StandbyList.DeepClone().AsArray();
        Begin(standby, "STANDBY_CONFIG_RQST", now);
        if (standby.HasFailed)
        {
            Lose(active, standby);
            return;
        }

        standby.Then(Step, "STANDBY_CONFIGURING");
        standby.Then(Step, "STANDBY_CONFIGURED");
        foreach (var box in new[] { active, standby })
        {
            foreach (var state in new[] { "COPYING_DB", "COPY_DB_DONE", "COPYING_FILES", "COPY_FILES_DONE", "SYNC_CONFIGURING", "STANDBY_SYNC" })
            {
                box.Then(Step, state);
            }

            box.Then(Step, ReplicationStates.Running, () =>
            {
                box.LastProtected = box.StateTime;
                if (box == standby)
                    standby.Adopt(active.World);
            });
        }
    }

    private void StartDemotion(ReplicationBox active, DateTimeOffset now)
    {
        Begin(active, ReplicationStates.PendingDemotion, now);
        if (active.HasFailed)
            return;

        active.Then(Step, ReplicationStates.Unconfigured, () =>
        {
            active.Become(ReplicationRole.Zombie, active.StateTime);
            active.Peer = null;
            active.StandbyList = [];
            active.Restart(TimeSpan.FromSeconds(RestartSeconds));
        });
    }

    private void Unpair(ReplicationBox box, DateTimeOffset now)
    {
        var wasStandby = box.Role == ReplicationRole.Standby;
        Begin(box, wasStandby ? "PENDING_STANDBY_UNCONFIG" : "ACTIVE_UNCONFIG", now);
        if (box.HasFailed)
            return;

        if (wasStandby)
            box.Then(Step, "STANDBY_UNCONFIG", () => box.Restart(TimeSpan.FromSeconds(RestartSeconds)));

        box.Then(wasStandby ? TimeSpan.FromSeconds(RestartSeconds) : Step, ReplicationStates.Unconfigured, () =>
        {
            box.Become(ReplicationRole.Standalone, box.StateTime);
            box.Peer = null;
            box.StandbyList = [];
            box.ActiveAddress = null;
            box.DrUser = null;
            box.Blob = null;
            if (wasStandby)
                box.Adopt(box.Own);
        });
    }

    /// <summary>One of the two has failed: the other one hears nothing of it any more.</summary>
    private static void Lose(ReplicationBox box, ReplicationBox lost)
    {
        if (!box.HasFailed && box.Peer == lost)
            box.Fail(box.Role == ReplicationRole.Active ? ReplicationStates.StandbyLost : ReplicationStates.ActiveLost, $"No status of {lost.Ip}", lost.StateTime);
    }

    /// <summary>Takes every step whose time has come, in the order of time, and notices who is not there.</summary>
    private void Settle()
    {
        var now = clock.GetUtcNow();
        while (_boxes.Where(b => !b.IsDown && b.Due <= now).MinBy(b => b.Due) is { } next)
        {
            next.Take();
            if (next.HasFailed && next.Peer is { } peer && peer.IsBusy)
                Lose(peer, next);
        }

        foreach (var box in _boxes.Where(b => b is { Peer: not null, IsDown: false } && !b.IsBusy))
        {
            if (box.State == ReplicationStates.Running && (box.Peer!.IsDown || box.Peer.Peer != box))
                Lose(box, box.Peer);
            else if (box.State is ReplicationStates.StandbyLost or ReplicationStates.ActiveLost && IsMended(box))
                box.Enter(ReplicationStates.Running, now);

            if (box.State == ReplicationStates.Running)
                box.LastProtected = now;
        }
    }

    /// <summary>Whether two that were a running pair hear each other again.</summary>
    private static bool IsMended(ReplicationBox box)
        => box.FailureDescription?.StartsWith("No status of", StringComparison.Ordinal) == true
            && box is { LastProtected: not null, Peer: { IsDown: false, LastProtected: not null } peer }
            && peer.Peer == box
            && (peer.State == ReplicationStates.Running || (peer.State is ReplicationStates.StandbyLost or ReplicationStates.ActiveLost && peer.FailureDescription?.StartsWith("No status of", StringComparison.Ordinal) == true));
}
