using System.Management.Automation;
using System.Text;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>What -Name and the like hold: names and wildcards. Says what to ask the server for, decides exactly what is meant, and remembers which names matched nothing.</summary>
internal sealed class VcdNames
{
    private readonly Entry[] _entries;

    public VcdNames(IEnumerable<string>? names)
    {
        _entries = names?.Select(n => new Entry(n)).ToArray() ?? [];
        Patterns = _entries.Select(e => new VcdNamePattern(PiecesOf(e.Text))).ToArray();
    }

    /// <summary>What the server is asked for: a superset of what is meant. Empty: everything.</summary>
    public IReadOnlyCollection<VcdNamePattern> Patterns { get; }

    /// <summary>The names without wildcards that matched nothing so far.</summary>
    public IEnumerable<string> NotFound => _entries.Where(e => !e.IsPattern && !e.Found).Select(e => e.Text);

    /// <summary>True where the name is meant; letter case does not count.</summary>
    public bool Means(string? name)
    {
        if (_entries.Length == 0)
        {
            return true;
        }

        var meant = false;
        foreach (var entry in _entries)
        {
            if (entry.Means(name ?? string.Empty))
            {
                entry.Found = true;
                meant = true;
            }
        }

        return meant;
    }

    /// <summary>The literal pieces of a PowerShell wildcard: *, ? and [set] are gaps, a backtick makes the next of these literal.</summary>
    internal static IReadOnlyList<string> PiecesOf(string pattern)
    {
        var pieces = new List<string>();
        var literal = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            var end = c is '[' ? pattern.IndexOf(']', i + 1) : -1;
            if (c is '`' && i + 1 < pattern.Length && pattern[i + 1] is '*' or '?' or '[' or ']' or '`')
            {
                literal.Append(pattern[++i]);
            }
            else if (c is '*' or '?' or '`' || end > i)
            {
                pieces.Add(literal.ToString());
                literal.Clear();
                i = end > i ? end : i;
            }
            else
            {
                literal.Append(c);
            }
        }

        pieces.Add(literal.ToString());
        return pieces;
    }

    private sealed class Entry
    {
        private readonly WildcardPattern? _pattern;

        public Entry(string text)
        {
            Text = text;
            try
            {
                _pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase);
                _ = _pattern.IsMatch(text);
            }
            catch (WildcardPatternException)
            {
                // A set that is never closed is no pattern: the text is meant as it stands.
                _pattern = null;
            }
        }

        public string Text { get; }

        public bool IsPattern => _pattern is not null && WildcardPattern.ContainsWildcardCharacters(Text);

        public bool Found { get; set; }

        // A name with brackets is mostly meant as it stands; as a pattern it would match other names only.
        public bool Means(string name) => string.Equals(name, Text, StringComparison.OrdinalIgnoreCase) || (_pattern?.IsMatch(name) ?? false);
    }
}
