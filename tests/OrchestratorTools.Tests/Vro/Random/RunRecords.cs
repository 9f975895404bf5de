using System.Text.Json;

namespace OrchestratorTools.Tests.Vro.Random;

/// <summary>What somebody ordered, and what he was told became of it. Nothing but texts and numbers: whoever judges it need not know the code that made it.</summary>
/// <param name="Actor">A, B (another caller of the same process) or outsider (nothing of him passes the client).</param>
/// <param name="Action">The last part of the path of what was to be sent, with its method; "Wait" where nothing was.</param>
/// <param name="Waits">Whether he stayed to the end.</param>
/// <param name="Said">Success, Sent, Nothing (there was nothing to do), or the kind of the error.</param>
/// <param name="Text">The error's text.</param>
/// <param name="Advice">What it recommends.</param>
internal sealed record RunReport(string Actor, string Action, bool Waits, string Said, string? Text, string? Advice)
{
    /// <summary>The state that a success names.</summary>
    public string? State { get; init; }

    /// <summary>The check's result that a success names.</summary>
    public string? CheckResult { get; init; }

    /// <summary>How long he was to stay at the most.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The requests that came with it: the first of them is after this one in the log.</summary>
    public long After { get; init; }

    /// <summary>The last of them.</summary>
    public long Last { get; init; }

    /// <summary>How the plan was before.</summary>
    public PlanTruth Before { get; init; } = PlanTruth.None;

    /// <summary>How it was, and what had happened to it, when this was said.</summary>
    public PlanTruth At { get; init; } = PlanTruth.None;

    public override string ToString() => $"{Actor}: {Action}{(Waits ? " and wait" : string.Empty)} -> {Said} {State}{(Text is null ? string.Empty : $"'{Text}'")} (requests {After + 1}..{Last})";
}

/// <summary>How a plan is, as its server knows it.</summary>
internal sealed record PlanTruth(DateTime Now, string State, string Mode, bool IsRunning, bool IsIdle, bool IsScheduled, IReadOnlyList<PlanEvent> Events)
{
    public static PlanTruth None { get; } = new(default, string.Empty, string.Empty, false, true, false, []);

    public static PlanTruth From(JsonElement told) => new(
        told.GetProperty("now").GetDateTime(),
        told.GetProperty("state").GetString()!,
        told.GetProperty("mode").GetString()!,
        told.GetProperty("isRunning").GetBoolean(),
        told.GetProperty("isIdle").GetBoolean(),
        told.GetProperty("isScheduled").GetBoolean(),
        [.. told.GetProperty("events").EnumerateArray().Select(e => new PlanEvent(e.GetProperty("at").GetDateTime(), e.GetProperty("event").GetString()!, e.GetProperty("operation").GetString()!, e.GetProperty("state").GetString()!, e.GetProperty("result").GetString()!))]);
}

/// <summary>Something that happened to a plan.</summary>
internal sealed record PlanEvent(DateTime At, string Event, string Operation, string State, string Result)
{
    public override string ToString() => $"{At:HH:mm:ss.fff} {Event} {Operation} -> {State} {Result}";
}

/// <summary>One run: a plan, what was done to it and against it, what was said, and what the server saw.</summary>
internal sealed class RunRecord
{
    public required int Number { get; init; }

    public required string PlanId { get; init; }

    public required string PlanType { get; init; }

    /// <summary>What the run was made of, in words.</summary>
    public List<string> Script { get; } = [];

    public List<RunReport> Reports { get; } = [];

    public List<LoggedRequest> Log { get; } = [];

    /// <summary>Disturbances that stand in no log: a restart, a clock that was set, a halt by somebody else.</summary>
    public int Disturbances { get; set; }

    /// <summary>How often the server was restarted, and forgot.</summary>
    public int Restarts { get; set; }

    /// <summary>How the plan was at the end.</summary>
    public PlanTruth End { get; set; } = PlanTruth.None;

    public override string ToString()
        => $"run {Number}, plan {PlanId} ({PlanType})\n"
            + string.Join("\n", Script.Select(s => "  script  " + s)) + "\n"
            + string.Join("\n", Reports.Select(r => "  said    " + r)) + "\n"
            + string.Join("\n", Log.Where(r => r.Method != "GET" || r.Fault is not null || r.Status != 200).Select(r => $"  request {r.Id} {r.Method} {r.Path} {r.Status}{(r.Aborted ? " cut" : string.Empty)} {r.Fault}")) + "\n"
            + string.Join("\n", End.Events.Select(e => "  plan    " + e));
}
