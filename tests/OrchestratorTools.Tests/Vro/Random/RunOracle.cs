using System.Globalization;

namespace OrchestratorTools.Tests.Vro.Random;

/// <summary>
/// Judges a run by what the server saw: its request log, and what happened to the plan in it. Has its own tables of what leads where, and neither looks at the client's code nor at the
/// simulator's. Says what contradicts.
/// </summary>
internal sealed class RunOracle
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    // An end that was there for so long need not have been seen: pauses of ten seconds, taken ten times as long, and twenty seconds in which a state must stay.
    private static readonly TimeSpan Unseen = TimeSpan.FromSeconds(250);

    private static readonly Dictionary<string, string> GoalOf = new(StringComparer.Ordinal)
    {
        ["Failover"] = "FailoverComplete",
        ["Restore"] = "RestoreComplete",
        ["PermanentFailover"] = "PermanentFailoverComplete",
        ["PrepareToFailback"] = "PrepareForFailbackComplete",
        ["SwitchoverToProduction"] = "FailbackComplete",
        ["FailbackToProduction"] = "FailbackComplete",
        ["CommitFailback"] = "CommitFailbackComplete",
        ["UndoFailover"] = "UndoFailoverComplete",
        ["UndoFailback"] = "FailoverComplete",
        ["Reset"] = "Disabled",
    };

    // Where each may start when nothing runs: the user guide's arrows.
    private static readonly Dictionary<string, string[]> StartsFrom = new(StringComparer.Ordinal)
    {
        ["POST Failover"] = ["Replica Ready", "CdpReplica Ready", "Storage Ready"],
        ["POST Restore"] = ["Restore Ready"],
        ["POST PermanentFailover"] = ["Replica FailoverComplete", "CdpReplica FailoverComplete"],
        ["POST PrepareToFailback"] = ["Replica FailoverComplete", "CdpReplica FailoverComplete"],
        ["POST FailbackToProduction"] = ["Replica FailoverComplete", "CdpReplica FailoverComplete"],
        ["POST SwitchoverToProduction"] = ["Replica PrepareForFailbackComplete", "CdpReplica PrepareForFailbackComplete"],
        ["POST CommitFailback"] = ["Replica FailbackComplete", "CdpReplica FailbackComplete"],
        ["POST Continue"] = ["Replica Halted", "CdpReplica Halted", "Storage Halted", "Restore Halted"],
        ["POST ResetChangeLog"] = ["Replica Ready", "CdpReplica Ready", "Storage Ready", "Restore Ready"],
        ["POST ReadinessCheck"] = ["Replica Ready", "CdpReplica Ready", "Storage Ready", "Restore Ready"],
    };

    private readonly RunRecord _run;
    private readonly List<string> _found = [];
    private readonly Dictionary<long, int> _acceptedAs = [];

    private RunOracle(RunRecord run) => _run = run;

    /// <summary>What contradicts in a run; empty where nothing does.</summary>
    public static IReadOnlyList<string> Judge(RunRecord run)
    {
        var oracle = new RunOracle(run);
        oracle.MatchOrdersWithWhatBegan();
        foreach (var report in run.Reports)
        {
            oracle.JudgeOrder(report);
        }

        return oracle._found;
    }

    /// <summary>True where something went wrong in it, or was made to.</summary>
    public static bool HitsAFault(RunRecord run)
        => run.Disturbances > 0 || run.Log.Exists(r => r.Fault is not null || r.Status is 401) || run.End.Events.Any(e => e.Event is "halted" || e.Result is "Error" or "Warning");

    /// <summary>The actions that reached the server.</summary>
    public static IEnumerable<string> Sent(RunRecord run) => run.Log.Select(r => ActionOf(r, run.PlanId)).OfType<string>();

    private static string? ActionOf(LoggedRequest request, string planId)
    {
        var mark = $"/Plans/{planId}/";
        var at = request.Path.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
        return request.Method is "GET" || at < 0 ? null : request.Method + " " + request.Path[(at + mark.Length)..];
    }

    private static bool WasCarriedOut(LoggedRequest request) => request.Status is >= 200 and < 300;

    private static bool MayHaveBeenCarriedOut(LoggedRequest request) => request.Fault?.Contains("replaceBody", StringComparison.Ordinal) is true;

    // Cut after its headers: an answer without a body was whole by then, and that of a refusal says enough.
    private static bool MayHaveBeenHeard(LoggedRequest request) => request.Aborted && request.ResponseBytes == 0 && request.Fault is "resetResponse" or "closeResponse";

    private static bool WasHeard(LoggedRequest request) => (!request.Aborted || MayHaveBeenHeard(request)) && request.Fault?.Contains("replaceBody", StringComparison.Ordinal) is not true;

    private static bool Means(string action, string operation) => action switch
    {
        "POST Undo" => operation is "UndoFailover" or "UndoFailback",
        "POST ResetState" => operation is "Reset",
        "POST Continue" => true,
        _ => action == "POST " + operation,
    };

    private static bool StartsSomething(string action) => StartsFrom.ContainsKey(action) ? action is not "POST ResetChangeLog" : action is "POST Undo" or "POST ResetState";

    // Every order that the server carried out and that starts something stands in the plan's history, in the same sequence.
    private void MatchOrdersWithWhatBegan()
    {
        var events = _run.End.Events;
        var accepted = Enumerable.Range(0, events.Count)
            .Where(i => events[i].Event is "accepted")
            .ToList();
        var orders = _run.Log.Where(r => ActionOf(r, _run.PlanId) is { } action && StartsSomething(action) && WasCarriedOut(r)).ToList();
        var uncertain = accepted.Count - orders.Count(o => !MayHaveBeenCarriedOut(o));
        var next = 0;
        foreach (var order in orders)
        {
            if (MayHaveBeenCarriedOut(order) && (uncertain == 0 || next >= accepted.Count || !Means(ActionOf(order, _run.PlanId)!, events[accepted[next]].Operation)))
            {
                continue;
            }

            uncertain -= MayHaveBeenCarriedOut(order) ? 1 : 0;
            if (next >= accepted.Count || !Means(ActionOf(order, _run.PlanId)!, events[accepted[next]].Operation))
            {
                _found.Add($"The server's own history has no beginning of request {order.Id}.");
                return;
            }

            _acceptedAs[order.Id] = accepted[next++];
        }

        if (next < accepted.Count)
        {
            _found.Add($"{accepted.Count - next} more were begun at the server than were ordered.");
        }
    }

    private void JudgeOrder(RunReport report)
    {
        var inner = _run.Reports.Where(r => !ReferenceEquals(r, report) && r.After >= report.After && r.Last <= report.Last && r.Last > r.After).ToList();
        var own = _run.Log.Where(r => r.Id > report.After && r.Id <= report.Last && !inner.Exists(i => r.Id > i.After && r.Id <= i.Last)).ToList();
        var orders = own.Where(r => ActionOf(r, _run.PlanId) is not null).ToList();
        var wrong = orders.Find(o => ActionOf(o, _run.PlanId) != report.Action);
        if (wrong is not null)
        {
            Contradict(report, $"request {wrong.Id} was sent, which nobody ordered");
            return;
        }

        // Once: only what the server certainly did not take may have been sent before.
        var last = orders.LastOrDefault();
        if (orders.Take(Math.Max(0, orders.Count - 1)).FirstOrDefault(o => o.Status is not (401 or 429) || o.Aborted) is { } first)
        {
            Contradict(report, $"it was sent again after request {first.Id} ({first.Status}{(first.Aborted ? ", cut" : string.Empty)})");
        }

        if (report.Actor is not "outsider" && last is not null)
        {
            NothingWasPending(report, last);
        }

        if (report.Action is "Wait")
        {
            JudgeWait(report, own);
        }
        else if (last is null)
        {
            JudgeUnsent(report, own);
        }
        else
        {
            JudgeSent(report, own, last);
        }

        if (report.Said is "OutcomeUnknown" or "Failed" or "Timeout" && report.Actor is not "outsider" && report.Advice?.Contains("-VroPlan", StringComparison.Ordinal) is not true)
        {
            Contradict(report, $"it names no way on: '{report.Advice}'");
        }
    }

    // While an order of this process has been taken and shows nothing yet, no other may be sent: the plan looks as if it waited to be started.
    private void NothingWasPending(RunReport report, LoggedRequest order)
    {
        if (report.Action.Contains("Schedule", StringComparison.Ordinal) || report.Action.EndsWith("Clone", StringComparison.Ordinal))
        {
            return;
        }

        if (_run.Log.Exists(r => r.Id > report.After && r.Id < order.Id && (r.Fault is not null || r.Aborted || r.Status is not 200)))
        {
            // Time went by between the first look and the order: whether it showed meanwhile is not told.
            return;
        }

        foreach (var earlier in _run.Reports.Where(r => r.Actor is not "outsider" && r.Action is not "Wait"))
        {
            foreach (var sent in _run.Log.Where(r => r.Id > earlier.After && r.Id <= earlier.Last && r.Id < order.Id && ActionOf(r, _run.PlanId) == earlier.Action && _acceptedAs.ContainsKey(r.Id)))
            {
                var events = report.Before.Events;
                var at = _acceptedAs[sent.Id];
                if (at < events.Count && report.Before.Now - events[at].At < Grace && !events.Skip(at + 1).Any(e => e.Event is "begun" or "resumed" or "abandoned"))
                {
                    Contradict(report, $"it was sent while request {sent.Id} of the same process had not shown yet");
                }
            }
        }
    }

    private void JudgeUnsent(RunReport report, List<LoggedRequest> own)
    {
        // It went out on a connection that the server was just breaking off for another request: it never arrived, and nobody on this side can tell.
        if (report.Said is "OutcomeUnknown" && _run.Log.Any(r => r.Id <= report.After && r.Fault is "resetResponse" or "resetRequest"))
        {
            return;
        }

        if (report.Said is "Success" or "Sent" or "Failed" or "OutcomeUnknown" or "Timeout")
        {
            Contradict(report, "nothing was sent");
            return;
        }

        if (report.Said is "Nothing")
        {
            var there = report.Action is "POST Enable" ? "Enabled" : "Disabled";
            if (report.Before.Mode != there)
            {
                Contradict(report, $"the plan was {report.Before.Mode}");
            }

            return;
        }

        if (report.Said is not "WrongState")
        {
            NeedsAReason(report, own);
            return;
        }

        if (report.Text?.Contains("Nothing was sent", StringComparison.Ordinal) is not true)
        {
            Contradict(report, "it does not say that nothing was sent");
        }

        // A plan that was in the right state, idle, and had not been sent anything lately: refused for nothing.
        if (report.Before is { IsIdle: true } before && StartsFrom.TryGetValue(report.Action, out var states) && states.Contains($"{_run.PlanType} {before.State}", StringComparer.Ordinal)
            && !own.Exists(r => r.Fault is not null)
            && !_run.Log.Exists(r => r.Id <= report.After && ActionOf(r, _run.PlanId) is not null)
            && report.At is { IsIdle: true })
        {
            Contradict(report, $"the plan was {before.State}, and nothing stood in the way");
        }
    }

    private void JudgeSent(RunReport report, List<LoggedRequest> own, LoggedRequest order)
    {
        if (report.Said is "OutcomeUnknown" && MayHaveBeenHeard(order))
        {
            return;
        }

        if (!WasHeard(order) || order.Status is 502 or 503 or 504)
        {
            Expect(report, "OutcomeUnknown");
            return;
        }

        switch (order.Status)
        {
            case 500:
                Expect(report, "ServerError");
                return;
            case 401:
                Expect(report, "Authentication");
                return;
            case 403:
                Expect(report, "Permission");
                return;
            case 404:
                Expect(report, "NotFound");
                return;
            case 400:
                Expect(report, "Validation", "WrongState");
                return;
            case 409:
                Expect(report, "WrongState");
                return;
            case 429:
                Expect(report, "RateLimited");
                return;
            case 0:
                Expect(report, "OutcomeUnknown");
                return;
            default:
                break;
        }

        if (!report.Waits || report.Actor is "outsider" || !StartsSomething(report.Action) && report.Action is not "POST Halt")
        {
            Expect(report, "Sent");
            return;
        }

        if (report.Action is "POST Halt")
        {
            JudgeHalt(report, own);
        }
        else if (_acceptedAs.TryGetValue(order.Id, out var accepted))
        {
            JudgeEnd(report, own, accepted, report.Action);
        }
        else
        {
            Contradict(report, $"nothing in the plan's history comes of request {order.Id}");
        }
    }

    private void JudgeHalt(RunReport report, List<LoggedRequest> own)
    {
        var events = report.At.Events;
        var asked = Enumerable.Range(report.Before.Events.Count, Math.Max(0, events.Count - report.Before.Events.Count)).Where(i => events[i].Event is "haltAsked").DefaultIfEmpty(-1).First();
        if (asked < 0)
        {
            Contradict(report, "the server was asked to halt nothing");
            return;
        }

        var end = FindEnd(events, asked, events[asked].Operation);
        if (end < 0)
        {
            StillRuns(report, own);
        }
        else
        {
            Expect(report, end, "Success");
        }
    }

    // A wait without an order of its own: after an answer that was lost.
    private void JudgeWait(RunReport report, List<LoggedRequest> own)
    {
        var before = _run.Reports.TakeWhile(r => !ReferenceEquals(r, report)).Last(r => r.Actor is "A");
        var sent = _run.Log.LastOrDefault(r => r.Id > before.After && r.Id <= before.Last && ActionOf(r, _run.PlanId) == before.Action);
        if (sent is null)
        {
            NeedsAReason(report, own);
            return;
        }

        if (before.Action is "POST Halt")
        {
            if (report.At.IsRunning)
            {
                StillRuns(report, own);
            }

            return;
        }

        if (!_acceptedAs.TryGetValue(sent.Id, out var accepted))
        {
            // Whatever else moved the plan meanwhile is what he saw.
            if (report.At.Events.Count == before.Before.Events.Count && !IsThereAlready(before))
            {
                Expect(report, "OutcomeUnknown");
            }

            return;
        }

        var events = report.At.Events;
        if (report.At.Now - events[accepted].At >= Grace && Find(events, accepted, e => e.Event is "begun" or "resumed") < 0)
        {
            // So long after it nobody takes what may come for an answer to that order: the plan is told as it is. Who began to wait before says that nothing was seen.
            Expect(report, report.At.State is "Halted" ? "Failed" : "Success", report.Before.Now - events[accepted].At < Grace ? "OutcomeUnknown" : "Success");
            return;
        }

        JudgeEnd(report, own, accepted, before.Action);
    }

    private void JudgeEnd(RunReport report, List<LoggedRequest> own, int accepted, string action)
    {
        var events = report.At.Events;
        if (accepted >= events.Count)
        {
            Contradict(report, "the server began it after this was said");
            return;
        }

        var operation = events[accepted].Operation;
        var begun = Find(events, accepted, e => e.Operation == operation && e.Event is "begun" or "resumed" or "abandoned");
        if (begun < 0)
        {
            if (action is "POST ResetState" && report.At.State is "Disabled" && report.Said is "Success")
            {
                // It was disabled before, and is so still: nothing need be seen of the way.
                return;
            }

            if (report.Said is "OutcomeUnknown" && report.At.Now - events[accepted].At >= Grace)
            {
                return;
            }

            StillRuns(report, own);
            return;
        }

        if (events[begun].Event is "abandoned")
        {
            Expect(report, begun, "Failed", "OutcomeUnknown", report.Timeout is null ? "Failed" : "Timeout");
            return;
        }

        var end = FindEnd(events, begun, operation);
        if (operation is "Reset" && end >= 0 && Find(events, end, e => e.Event is "follows") == end + 1)
        {
            // A check follows, whose end is the end.
            end = FindEnd(events, end + 1, "ReadinessCheck");
            if (end >= 0)
            {
                Expect(report, end, events[end].Event is "abandoned" ? "Failed" : "Success");
                return;
            }
        }

        if (end < 0)
        {
            StillRuns(report, own);
            return;
        }

        switch (events[end].Event)
        {
            case "abandoned" when report.Said is "Success":
                Contradict(report, $"the plan's history ends with '{events[end]}': it was cut off");
                return;
            case "abandoned" or "halted":
                Expect(report, end, "Failed");
                return;
            case "ended" when operation is "ReadinessCheck":
                if (report.Said is "Success" && report.CheckResult != events[end].Result && !IsOvertaken(report, end))
                {
                    Contradict(report, $"the check's result is {events[end].Result}, and it names {report.CheckResult}");
                }

                Expect(report, end, "Success");
                return;
            default:
                if (GoalOf[operation] != events[end].State)
                {
                    Contradict(report, $"{operation} ended in {events[end].State}: a defect of the server");
                }

                if (report.Said is "Success" && report.State != events[end].State && !IsOvertaken(report, end))
                {
                    Contradict(report, $"the plan is in {events[end].State}, and it names {report.State}");
                }

                Expect(report, end, "Success");
                return;
        }
    }

    // It has not come to its end: only that may be said, or why nothing more could be heard.
    private void StillRuns(RunReport report, List<LoggedRequest> own)
    {
        if (report.Said is "Timeout")
        {
            if (report.Timeout is null)
            {
                NeedsAReason(report, own);
            }

            return;
        }

        if (report.Said is "Success" or "Failed" or "Sent" or "Nothing" or "OutcomeUnknown")
        {
            Contradict(report, "it has not come to its end at the server");
            return;
        }

        NeedsAReason(report, own);
    }

    private void NeedsAReason(RunReport report, List<LoggedRequest> own)
    {
        if (!own.Exists(r => r.Fault is not null || r.Status is 401 or 404 or >= 500))
        {
            Contradict(report, "nothing that the server saw is a reason for that");
        }
    }

    private void Expect(RunReport report, params string[] allowed)
    {
        if (!allowed.Contains(report.Said, StringComparer.Ordinal))
        {
            Contradict(report, $"by the server's log it should say {string.Join(" or ", allowed)}");
        }
    }

    // An end that stands in the history: said, unless something else was begun before anybody looked, or the time was up before.
    private void Expect(RunReport report, int end, params string[] allowed)
    {
        if (allowed.Contains(report.Said, StringComparer.Ordinal) || (IsOvertaken(report, end) && report.Said is "Success" or "Failed" or "Timeout" or "OutcomeUnknown"))
        {
            return;
        }

        if (report.Said is "Timeout" && report.Timeout is not null && (report.At.Now - report.At.Events[end].At < Unseen || LastLookFailed(report)))
        {
            return;
        }

        if ((report.Said is "OutcomeUnknown" || (report.Said is "Timeout" && report.Timeout is not null)) && _run.Restarts > 0 && report.At.Events[end].State == report.Before.State)
        {
            // Where it was before, and what told its times is gone: nobody can see that anything happened.
            return;
        }

        if (report.Said is "Unreachable" or "ServerError" or "Protocol" or "Authentication" or "NotFound")
        {
            NeedsAReason(report, _run.Log.Where(r => r.Id > report.After && r.Id <= report.Last).ToList());
            return;
        }

        Contradict(report, $"the plan's history ends with '{report.At.Events[end]}', so it should say {string.Join(" or ", allowed)}");
    }

    private static bool IsOvertaken(RunReport report, int end) => Find(report.At.Events, end, e => e.Event is "begun" or "resumed" or "abandoned" or "done") >= 0;

    private bool LastLookFailed(RunReport report) => _run.Log.LastOrDefault(r => r.Id > report.After && r.Id <= report.Last && r.Method is "GET") is { } look && (look.Fault is not null || look.Aborted || look.Status is not 200);

    private static bool IsThereAlready(RunReport report) => report.Action is "POST ResetState" && report.Before.State is "Disabled";

    private static int FindEnd(IReadOnlyList<PlanEvent> events, int after, string operation) => Find(events, after, e => e.Operation == operation && e.Event is "ended" or "halted" or "abandoned");

    private static int Find(IReadOnlyList<PlanEvent> events, int after, Func<PlanEvent, bool> condition)
    {
        for (var i = after + 1; i < events.Count; i++)
        {
            if (condition(events[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private void Contradict(RunReport report, string why) => _found.Add(string.Create(CultureInfo.InvariantCulture, $"{report}: {why}."));
}
