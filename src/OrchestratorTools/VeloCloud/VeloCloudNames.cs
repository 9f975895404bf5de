using System.Management.Automation;

namespace OrchestratorTools.VeloCloud;

/// <summary>What -Name asks for, and which of it was found. A name means itself before it means a pattern: brackets and stars occur in names.</summary>
internal sealed class VeloCloudNames(string[]? wanted)
{
    private readonly (string Text, WildcardPattern Pattern)[] _wanted = wanted?.Select(w => (w, WildcardPattern.Get(w, WildcardOptions.IgnoreCase))).ToArray() ?? [];
    private readonly HashSet<string> _found = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>True when the name is asked for, or nothing in particular is.</summary>
    public bool Takes(string name)
    {
        if (_wanted.Length == 0)
        {
            return true;
        }

        var taken = false;
        foreach (var (text, pattern) in _wanted)
        {
            if (string.Equals(text, name, StringComparison.OrdinalIgnoreCase) || pattern.IsMatch(name))
            {
                _found.Add(text);
                taken = true;
            }
        }

        return taken;
    }

    /// <summary>The names that are no patterns and matched nothing.</summary>
    public IEnumerable<string> Missing() => _wanted.Select(w => w.Text).Where(t => !WildcardPattern.ContainsWildcardCharacters(t) && !_found.Contains(t));
}
