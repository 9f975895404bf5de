using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.Vro.Plans;

/// <summary>What happened to a plan since it was prepared, oldest first, for those who check what others say of it. Bounded.</summary>
internal sealed class PlanHistory
{
    private const int Kept = 1000;
    private readonly Queue<(DateTimeOffset At, string Event, string What, string State, string Result)> _events = new();

    /// <summary>Notes something.</summary>
    /// <param name="at">When, in simulated time.</param>
    /// <param name="happened">accepted, follows (accepted by itself, after a reset), begun, resumed, haltAsked, ended, halted, abandoned or done (at once).</param>
    /// <param name="what">The operation.</param>
    /// <param name="plan">The plan, as it is afterwards.</param>
    public void Add(DateTimeOffset at, string happened, string what, Plan plan)
    {
        _events.Enqueue((at, happened, what, plan.State.Wire, (VroChoices.IsCheck(what) ? plan.CheckResult : plan.RunResult).ToString()));
        if (_events.Count > Kept)
            _events.Dequeue();
    }

    /// <summary>Forgets all of it.</summary>
    public void Clear() => _events.Clear();

    /// <summary>All of it.</summary>
    public JsonArray Describe() => new([.. _events.Select(e => new JsonObject
    {
        ["at"] = e.At.UtcDateTime,
        ["event"] = e.Event,
        ["operation"] = e.What,
        ["state"] = e.State,
        ["result"] = e.Result,
    })]);
}
