using System.IO.Enumeration;

namespace OrchestratorTools.Simulator.Vro.Plans;

/// <summary>
/// A step that is to fail: <c>group/vm/step</c>, or <c>group/step</c> for a virtual group; each part may have wildcards. It fails <c>count</c> times, so that
/// Continue with a retry gets past it.
/// </summary>
internal sealed class StepFault(string path, int count, bool? critical, IReadOnlyList<string>? prohibited = null)
{
    private readonly string[] _parts = path.Split('/');
    private int _left = count;

    /// <summary>Whether its failure halts the plan whatever the plan says of the step; null for what the plan says.</summary>
    public bool? IsCritical => critical;

    /// <summary>The ways to go on that the step does not allow after it failed.</summary>
    public IReadOnlyList<string> Prohibited { get; } = prohibited ?? [];

    /// <summary>Whether it has failed as often as it was to.</summary>
    public bool IsSpent => _left == 0;

    /// <summary>Whether a step is meant.</summary>
    public bool Means(PlanGroup group, PlanVm? vm, PlanStep step)
        => vm is null
            ? _parts.Length == 2 && Fits(_parts[0], group.Name) && Fits(_parts[1], step.Name)
            : _parts.Length == 3 && Fits(_parts[0], group.Name) && Fits(_parts[1], vm.Name) && Fits(_parts[2], step.Name);

    /// <summary>Whether a step fails now; that uses up one of the failures.</summary>
    public bool Strikes(PlanGroup group, PlanVm? vm, PlanStep step)
    {
        if (_left == 0 || !Means(group, vm, step))
            return false;
        _left--;
        return true;
    }

    private static bool Fits(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true);
}
