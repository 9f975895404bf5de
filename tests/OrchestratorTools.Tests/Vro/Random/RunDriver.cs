using System.Globalization;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Tests.Vro.Random;

/// <summary>
/// Makes one random run: a plan somewhere in its life, one to three orders for it as the cmdlets give them (look, claim, send once, wait), and what disturbs them. Everything comes from
/// the seed; nothing is judged here.
/// </summary>
internal sealed class RunDriver(Simulator simulator, VroClient client, DrivenTime time, VroPlan plan, VroPlan other, int seed, int number)
{
    private static readonly Dictionary<string, (string State, int Weight)[]> Beginnings = new(StringComparer.Ordinal)
    {
        ["Replica"] = [("Ready", 32), ("Disabled", 8), ("FailoverComplete", 24), ("Halted", 10), ("PrepareForFailbackComplete", 8), ("FailbackComplete", 8), ("Running", 8), ("UndoFailoverComplete", 2)],
        ["Storage"] = [("Ready", 45), ("Disabled", 10), ("FailoverComplete", 15), ("Halted", 20), ("Running", 10)],
        ["Restore"] = [("Ready", 50), ("Disabled", 10), ("RestoreComplete", 10), ("Halted", 20), ("Running", 10)],
    };

    private static readonly string[] AtOnce = ["POST Enable", "POST Disable", "POST Clone", "POST ResetChangeLog", "PUT Schedule/SaveTime", "PUT Schedule/SaveRunAfter", "DELETE Schedule"];

    private static readonly string[] Runs =
    [
        "POST Failover", "POST Restore", "POST PermanentFailover", "POST PrepareToFailback", "POST FailbackToProduction", "POST SwitchoverToProduction", "POST CommitFailback", "POST Undo",
        "POST Continue", "POST Halt", "POST ResetState", "POST ReadinessCheck",
    ];

    private readonly System.Random _random = new(unchecked((seed * 7919) + number));
    private readonly RunRecord _record = new() { Number = number, PlanId = plan.Id, PlanType = plan.Type! };
    private readonly List<(int Wait, string What, Func<Task> Do)> _events = [];
    private readonly double _slowness = new[] { 1.0, 3.0, 10.0 }[number % 3];
    private int _waits;
    private int _depth;
    private long _lastSeen;

    public static IEnumerable<string> Actions => [.. Runs, .. AtOnce];

    /// <summary>Makes the run.</summary>
    public async Task<RunRecord> RunAsync(long lastRequest)
    {
        _lastSeen = lastRequest;
        await PrepareAsync();
        time.OnWait = OnWaitAsync;
        for (var orders = 1 + _random.Next(3); orders > 0; orders--)
        {
            await GiveOrderAsync();
        }

        if ((await TruthAsync()).IsScheduled)
        {
            // Few runs come to this by themselves.
            await GiveOrderAsync();
        }

        time.OnWait = Task.FromResult;
        _record.End = await TruthAsync();
        return _record;
    }

    private async Task PrepareAsync()
    {
        var state = Pick(Beginnings.TryGetValue(plan.Type!, out var own) ? own : Beginnings["Replica"]);
        var seconds = _random.Next(5) == 0 ? _random.Next(60, 240) : _random.Next(3, 40);
        var delay = new[] { 0, 0, 0, 1, 1, 5, 20, 45, 45, 400 }[_random.Next(10)];
        await simulator.CommandAsync("vro", "plan", new { id = plan.Id, state, runSeconds = seconds, startDelaySeconds = state is "Running" ? 0 : delay, verification = "Verified" });
        _record.Script.Add(string.Create(CultureInfo.InvariantCulture, $"{state}, a run takes {seconds} s and shows after {delay} s; pauses take {_slowness} times as long"));
        if (_random.Next(100) < 30)
        {
            var fails = _random.Next(3) == 0 ? -1 : _random.Next(1, 3);
            bool? critical = _random.Next(3) switch { 0 => false, _ => true };
            await simulator.CommandAsync("vro", "plan", new { id = plan.Id, failStep = "*/*/*", failCount = fails, critical });
            _record.Script.Add(string.Create(CultureInfo.InvariantCulture, $"steps fail {fails} times, critical {critical}"));
        }

        await simulator.CommandAsync("vro", "plan", new { id = plan.Id, startDelaySeconds = delay });
    }

    private async Task GiveOrderAsync()
    {
        var before = await TruthAsync();
        var action = ChooseAction(before);
        var waits = Runs.Contains(action, StringComparer.Ordinal) && _random.Next(100) < 80;
        TimeSpan? timeout = _random.Next(4) == 0 ? TimeSpan.FromSeconds(_random.Next(60, 400)) : null;
        (_waits, _depth) = (0, 0);
        _events.Clear();
        await DisturbAsync(action, waits);
        var said = await OrderAsync("A", action, waits, timeout);
        _record.Script.Add($"A ordered {action}{(waits ? " and waited" : string.Empty)}{(timeout is null ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" for {timeout.Value.TotalSeconds} s at most"))}: {said.Said}");
        if (said.Said is "OutcomeUnknown" && Runs.Contains(action, StringComparer.Ordinal) && _random.Next(100) < 60)
        {
            // What the error recommends: look, and wait.
            await simulator.ClearFaultsAsync();
            _events.Clear();
            await ReportAsync("A", "Wait", waits: true, null, async () => Ended(await WaitAsync(null, null)));
        }

        await simulator.ClearFaultsAsync();
    }

    private string ChooseAction(PlanTruth truth)
    {
        if (truth.IsScheduled && _random.Next(100) < 70)
        {
            return "DELETE Schedule";
        }

        if (_random.Next(100) < 12)
        {
            return Any([.. Actions]);
        }

        if (!truth.IsIdle && truth.IsRunning)
        {
            return Any("POST Halt", "POST Halt", "POST Halt", "POST ResetState", "POST Clone");
        }

        string[] beside = ["POST ResetState", "POST Clone", "POST ResetChangeLog"];
        var run = plan.Type is "Restore" ? "POST Restore" : "POST Failover";
        return truth.State switch
        {
            "Ready" => Any(run, run, run, run, "POST ReadinessCheck", "POST ReadinessCheck", "POST Disable", "POST Clone", "POST ResetChangeLog", "PUT Schedule/SaveTime", "PUT Schedule/SaveRunAfter", run),
            "Disabled" => Any("POST Enable", "POST Enable", "POST ReadinessCheck", "POST ResetState", "POST Clone"),
            "FailoverComplete" => Any(["POST PermanentFailover", "POST PermanentFailover", "POST PrepareToFailback", "POST PrepareToFailback", "POST FailbackToProduction", "POST FailbackToProduction", "POST Undo", "POST Undo", .. beside]),
            "PrepareForFailbackComplete" => Any(["POST SwitchoverToProduction", "POST SwitchoverToProduction", "POST SwitchoverToProduction", "POST Undo", .. beside]),
            "FailbackComplete" => Any(["POST CommitFailback", "POST CommitFailback", "POST CommitFailback", "POST Undo", .. beside]),
            "Halted" => Any(["POST Continue", "POST Continue", "POST Continue", "POST Undo", .. beside]),
            _ => Any(beside),
        };
    }

    // What goes wrong: at the wire for the order itself, at the wire while somebody waits, and around both.
    private async Task DisturbAsync(string action, bool waits)
    {
        if (_random.Next(100) < 45)
        {
            var (method, path) = (action.Split(' ')[0], $"*/Plans/{plan.Id}/{action.Split(' ')[1]}");
            await AddFaultAsync(_random.Next(13) switch
            {
                0 or 1 or 2 => new { system = "vro", kind = "lostAnswer", method, path, close = _random.Next(2) == 0 },
                3 => new { system = "vro", kind = "refuse", method, path },
                4 => new { system = "vro", kind = "resetRequest", method, path, bytes = 0 },
                5 => new { system = "vro", kind = _random.Next(2) == 0 ? "resetResponse" : "closeResponse", method, path, bytes = 0 },
                6 or 7 => new { system = "vro", kind = "status", method, path, status = Any(500, 502, 503, 504) },
                8 => new { system = "vro", kind = "status", method, path, status = Any(400, 403, 404, 409), body = "{\"message\":\"no\"}", contentType = "application/json" },
                9 => new { system = "vro", kind = "replaceBody", method, path, body = "<html><title>Sign in</title></html>", contentType = "text/html" },
                10 => new { system = "vro", kind = "rateLimit", method, path, retryAfter = 2 },
                _ => new { system = "vro", kind = "expireSessions", method, path, refreshTokens = _random.Next(2) == 0 },
            });
        }

        if (waits && _random.Next(100) < 40)
        {
            var (method, path, skip, count) = ("GET", $"*/RuntimeDetails/Plans/{plan.Id}", _random.Next(1, 12), _random.Next(1, 9));
            await AddFaultAsync(_random.Next(8) switch
            {
                0 => new { system = "vro", kind = "refuse", method, path, skip, count },
                1 => new { system = "vro", kind = "resetResponse", method, path, skip, count, bytes = 40 },
                2 => new { system = "vro", kind = "truncate", method, path, skip, count, bytes = 60 },
                3 => new { system = "vro", kind = "status", method, path, skip, count, status = Any(500, 502, 503) },
                4 => new { system = "vro", kind = "status", method, path, skip, count, status = 404 },
                5 => new { system = "vro", kind = "replaceBody", method, path, skip, count, body = "{\"state\":\"Rea", contentType = "application/json" },
                6 => new { system = "vro", kind = "replaceBody", method, path, skip, count, body = "<html>Starting...</html>", contentType = "text/html" },
                _ => new { system = "vro", kind = "expireSessions", method, path, skip, count, refreshTokens = _random.Next(2) == 0 },
            });
        }

        if (waits && _random.Next(100) < 12)
        {
            // As soon as the order was taken, another caller of the process halts what it began: nobody may take the goal of the one for that of the other.
            Add(1, "B orders POST Halt at once", () => OrderAsync("B", "POST Halt", waits: false, null));
        }

        for (var more = waits ? _random.Next(3) : 0; more > 0; more--)
        {
            var at = Any(1, 1, 2, 3, 5, 8, 13, 25);
            switch (_random.Next(9))
            {
                case 0 or 1:
                    Add(at, "the server restarts", () =>
                    {
                        _record.Restarts++;
                        return simulator.CommandAsync("vro", "restart");
                    });
                    break;
                case 2:
                    Add(at, "the tokens die", () => simulator.ExpireSessionsAsync("vro", refreshTokens: _random.Next(2) == 0));
                    break;
                case 3:
                    var server = TimeSpan.FromSeconds(_random.Next(10, 90));
                    Add(at, $"the server's clock is set forward by {server}", () => simulator.AdvanceAsync(server));
                    break;
                case 4 or 5:
                    var wall = TimeSpan.FromSeconds(_random.Next(-7200, 7200));
                    Add(at, $"the clock of this machine is set by {wall}", () =>
                    {
                        time.Set(wall);
                        return Task.CompletedTask;
                    });
                    break;
                case 6:
                    var what = Any("POST Halt", "POST Halt", "POST ResetState");
                    Add(at, $"somebody else sends {what}", () => ReportAsync("outsider", what, waits: false, null, async () =>
                    {
                        await client.SendOrderAsync(plan, OrderOf(what), default);
                        return ("Sent", null, null);
                    }));
                    break;
                default:
                    var order = Any("POST Halt", "POST Halt", "POST ResetState", "POST Failover", "POST ReadinessCheck");
                    var stays = _random.Next(3) == 0;
                    Add(at, $"B orders {order}{(stays ? " and waits" : string.Empty)}", () => OrderAsync("B", order, stays, null));
                    break;
            }
        }
    }

    private async Task<RunReport> OrderAsync(string actor, string action, bool waits, TimeSpan? timeout) => await ReportAsync(actor, action, waits, timeout, async () =>
    {
        var order = OrderOf(action);
        var now = await client.GetPlanAsync(plan.Id, default);
        var desk = new VroPlanDesk(client, SilentObserver.Instance);
        var seen = await desk.LookAsync(now, order.Action, insist: false, default);
        if ((action is "POST Enable" && VroAssumptions.IsEnabled(now.Mode) is true) || (action is "POST Disable" && VroAssumptions.IsDisabled(now.Mode) is true))
        {
            return ("Nothing", null, null);
        }

        var sent = await desk.SendAsync(seen, order, insist: false, null, default);
        return waits && sent.Own is { } own ? Ended(await WaitAsync(own, timeout)) : ("Sent", null, null);
    });

    private Task<VroPlanRuntime> WaitAsync(VroPendingStart? own, TimeSpan? timeout)
        => new VroPlanWaiter(client, SilentObserver.Instance, new VroPlanRadar(client, SilentObserver.Instance)).WaitAsync(plan.Id, plan.Name, own, timeout, withStep: false, null, default);

    private static (string Said, string? State, string? CheckResult) Ended(VroPlanRuntime runtime) => ("Success", runtime.State, runtime.CheckResult);

    private async Task<RunReport> ReportAsync(string actor, string action, bool waits, TimeSpan? timeout, Func<Task<(string Said, string? State, string? CheckResult)>> work)
    {
        var before = await TruthAsync();
        await ReadLogAsync();
        var after = _lastSeen;
        RunReport report;
        try
        {
            var (said, state, check) = await work();
            report = new RunReport(actor, action, waits, said, null, null) { State = state, CheckResult = check };
        }
        catch (OrchestratorApiException e)
        {
            report = new RunReport(actor, action, waits, e.Kind.ToString(), e.Message, e.RecommendedAction);
        }

        await ReadLogAsync();
        report = report with { Timeout = timeout, After = after, Last = _lastSeen, Before = before, At = await TruthAsync() };
        _record.Reports.Add(report);
        return report;
    }

    private async Task<PlanTruth> TruthAsync() => PlanTruth.From(await simulator.CommandAsync("vro", "history", new { id = plan.Id }));

    private async Task ReadLogAsync()
    {
        var news = await simulator.RequestsAsync("vro", _lastSeen);
        _record.Log.AddRange(news);
        _lastSeen = news.Count > 0 ? news[^1].Id : _lastSeen;
    }

    private async Task<TimeSpan> OnWaitAsync(TimeSpan asked)
    {
        var took = asked * _slowness;
        await simulator.AdvanceAsync(took);
        if (_depth > 0)
        {
            return took;
        }

        if (++_waits > 5000)
        {
            throw new InvalidOperationException("This wait has no end.");
        }

        _depth++;
        foreach (var (_, what, act) in _events.Where(e => e.Wait == _waits).ToArray())
        {
            _record.Disturbances++;
            _record.Script.Add($"at wait {_waits}: {what}");
            await act();
        }

        _depth--;
        return took;
    }

    private async Task AddFaultAsync(object fault)
    {
        _record.Script.Add("fault " + System.Text.Json.JsonSerializer.Serialize(fault));
        await simulator.AddFaultAsync(fault);
    }

    private void Add(int wait, string what, Func<Task> act) => _events.Add((wait, what, act));

    private VroPlanOrder OrderOf(string action) => action switch
    {
        "POST Failover" => new VroFailover(),
        "POST Restore" => new VroRestore { LocationId = plan.RecoveryLocationId ?? other.Id },
        "POST PermanentFailover" => new VroSimpleOrder(VroPlanActions.PermanentFailover),
        "POST PrepareToFailback" => new VroFailback(VroPlanActions.PrepareToFailback),
        "POST FailbackToProduction" => new VroFailback(VroPlanActions.FailbackToProduction) { RestoreTags = false },
        "POST SwitchoverToProduction" => new VroSimpleOrder(VroPlanActions.SwitchoverToProduction),
        "POST CommitFailback" => new VroSimpleOrder(VroPlanActions.CommitFailback),
        "POST Undo" => new VroSimpleOrder(VroPlanActions.Undo),
        "POST Continue" => new VroContinue(Any(Enum.GetValues<VroContinueOption>())),
        "POST Halt" => new VroHalt(_random.Next(2) == 0),
        "POST ResetState" => new VroReset(_random.Next(4) == 0),
        "POST ReadinessCheck" => new VroReadinessCheck(_random.Next(2) == 0),
        "POST Enable" => new VroSimpleOrder(VroPlanActions.Enable),
        "POST Disable" => new VroSimpleOrder(VroPlanActions.Disable),
        "POST Clone" => new VroClone(_random.Next(2) == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"copy {number}")),
        "POST ResetChangeLog" => new VroClearChangeLog(_random.Next(2) == 0),
        "PUT Schedule/SaveTime" => new VroScheduleOrder { At = new DateTime(2999, 1, 1, 0, 0, 0, DateTimeKind.Unspecified) },
        "PUT Schedule/SaveRunAfter" => new VroScheduleOrder { After = other },
        "DELETE Schedule" => new VroScheduleRemoval(),
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "No order."),
    };

    private T Any<T>(params T[] items) => items[_random.Next(items.Length)];

    private string Pick((string State, int Weight)[] items)
    {
        var left = _random.Next(items.Sum(i => i.Weight));
        return items.First(i => (left -= i.Weight) < 0).State;
    }
}
