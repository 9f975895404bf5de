using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vro;

/// <summary>
/// One of the things that can be done to a plan: its path, its words, and the rules of the user guide about it (facts/vro.md, "State machine", "By type"): from which types, modes and
/// states it starts, and where it ends. The actions themselves are in <see cref="VroPlanActions"/>.
/// </summary>
public sealed class VroPlanAction
{
    private static readonly HashSet<VroPlanPhase> NoPhases = [];

    internal VroPlanAction(string path, string noun, string imperative, string done)
    {
        Path = path;
        Noun = noun;
        Imperative = imperative;
        Done = done;
    }

    /// <summary>The last part of the path, <c>POST Plans/{id}/…</c>.</summary>
    public string Path { get; }

    /// <summary>What it is called: "failover".</summary>
    public string Noun { get; }

    /// <summary>How a question begins: "Fail over".</summary>
    public string Imperative { get; }

    /// <summary>What a plan is afterwards: "failed over".</summary>
    public string Done { get; }

    /// <summary>How a question ends.</summary>
    public string Question { get; internal init; } = "Start it?";

    /// <summary>What is sent, in the words of a text about it on its way.</summary>
    public string Request { get; internal init; } = "request";

    /// <summary>The noun with its article.</summary>
    public string NounWithArticle => ("aeiou".Contains(char.ToLowerInvariant(Noun[0]), StringComparison.Ordinal) ? "an " : "a ") + Noun;

    /// <summary>False for what the server does at once: nothing runs afterwards that could be waited for.</summary>
    public bool StartsRun { get; internal init; } = true;

    /// <summary>The cmdlet that shows what became of it.</summary>
    public string ShownBy { get; internal init; } = "Get-VroPlanRuntime";

    /// <summary>The types that it is for; null: all.</summary>
    internal IReadOnlySet<string>? Types { get; init; }

    /// <summary>The same in words.</summary>
    internal string TypesInWords { get; init; } = "plans of every type";

    /// <summary>The states that it starts from; null: all.</summary>
    internal IReadOnlySet<VroPlanPhase>? From { get; init; }

    /// <summary>States that no document speaks of: doubtful, not wrong.</summary>
    internal IReadOnlySet<VroPlanPhase> Doubtful { get; init; } = NoPhases;

    /// <summary>What must be so about what runs in the plan: false: nothing may run, true: something must, null: either.</summary>
    internal bool? NeedsRun { get; init; } = false;

    /// <summary>More that must be so, told as the reason why not; null where all is well.</summary>
    internal Func<VroPlan, VroPlanRuntime, List<string>, string?>? Rule { get; init; }

    /// <summary>The states that it leads to, from the state before; an empty set: any.</summary>
    internal Func<VroPlanPhase, IReadOnlySet<VroPlanPhase>> Goals { get; init; } = static _ => NoPhases;

    /// <summary>True for a state that ends it well although it is one in which a run ends badly.</summary>
    internal bool EndsHalted { get; init; }

    /// <summary>True where how the plan's last run ended says nothing about this.</summary>
    internal bool LeavesResult { get; init; }

    /// <summary>True where a readiness check follows, whose end is the end.</summary>
    internal bool ChecksAfterwards { get; init; }

    /// <summary>True where the goal may have been reached before, and nothing need be seen of it.</summary>
    internal bool MayHaveBeenThere { get; init; }

    /// <summary>The first version of the API that does not have it any more; null where all have.</summary>
    internal Version? GoneInVersion { get; init; }

    /// <summary>The error of a plan that it is not done to.</summary>
    public OrchestratorApiException Refusal(VroPlan plan, string wrong, string? action = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new OrchestratorApiException(OrchestratorSystem.Vro, OrchestratorErrorKind.WrongState, $"Plan '{plan.Name}' is not {Done}: {wrong}. Nothing was sent.") { RecommendedAction = action };
    }

    /// <summary>The path.</summary>
    public override string ToString() => Path;
}
