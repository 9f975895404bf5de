using System.Management.Automation;
using System.Text;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>
/// The names that were asked for: what the server is asked about them, and what is matched here. A name means itself first, letter case aside, and is a pattern after that: plans are
/// called "[dc2] 100% *" too.
/// </summary>
internal sealed class PlanNames
{
    private readonly Entry[] _names;

    public PlanNames(IEnumerable<string>? names) => _names = names?.Select(n => new Entry(n)).ToArray() ?? [];

    /// <summary>The names without wildcards that no plan met.</summary>
    public IEnumerable<string> Missing => _names.Where(n => !n.IsPattern && !n.WasMet).Select(n => n.Text);

    /// <summary>The query, narrowed to the names.</summary>
    public VroPlanQuery Narrow(VroPlanQuery query)
    {
        if (_names.Length == 0)
        {
            return query;
        }

        // One name that the server cannot be asked for makes asking for the others useless.
        var askable = Array.TrueForAll(_names, n => !n.IsPattern || n.Part.Length > 0);
        return query with
        {
            Names = askable ? _names.Where(n => !n.IsPattern).Select(n => n.Literal).ToArray() : [],
            NameParts = askable ? _names.Where(n => n.IsPattern).Select(n => n.Part).ToArray() : [],
            DoubtsNothing = query.DoubtsNothing || askable,
            Match = plan => IsMet(plan.Name) && query.Match?.Invoke(plan) is not false,
        };
    }

    /// <summary>The error of a name that no plan has.</summary>
    public static OrchestratorApiException NotFound(string parameter, string value, IEnumerable<OrchestratorSession> sessions)
        => new(OrchestratorSystem.Vro, OrchestratorErrorKind.NotFound, $"-{parameter} '{value}': there is no such plan at {string.Join(", ", sessions.Select(s => s.Server.Authority))}, or this account may not see it.")
        {
            RecommendedAction = "Get-VroPlan lists the plans that it may see.",
        };

    private bool IsMet(string name)
    {
        var met = false;
        foreach (var entry in _names.Where(n => n.Meets(name)))
        {
            entry.WasMet = true;
            met = true;
        }

        return met;
    }

    private sealed class Entry
    {
        private readonly WildcardPattern? _pattern;

        public Entry(string text)
        {
            Text = text;
            Literal = WildcardPattern.Unescape(text);
            if (!WildcardPattern.ContainsWildcardCharacters(text))
            {
                return;
            }

            try
            {
                var pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase);
                pattern.IsMatch(string.Empty);
                _pattern = pattern;
                Part = VroAssumptions.PlainPart(LiteralsOf(text));
            }
            catch (WildcardPatternException)
            {
                // "[x" is no pattern, but it may be a name.
                Literal = text;
            }
        }

        public string Text { get; }

        public string Literal { get; }

        public string Part { get; } = string.Empty;

        public bool IsPattern => _pattern is not null;

        public bool WasMet { get; set; }

        public bool Meets(string name)
            => name.Equals(Text, StringComparison.OrdinalIgnoreCase) || name.Equals(Literal, StringComparison.OrdinalIgnoreCase) || _pattern?.IsMatch(name) is true;

        // The characters that stand for themselves; a NUL where something else may stand.
        private static string LiteralsOf(string pattern)
        {
            var text = new StringBuilder();
            for (var i = 0; i < pattern.Length; i++)
            {
                switch (pattern[i])
                {
                    case '`' when i + 1 < pattern.Length:
                        text.Append(pattern[++i]);
                        break;
                    case '*' or '?':
                        text.Append('\0');
                        break;
                    case '[' when pattern.IndexOf(']', i) is var end and > 0:
                        text.Append('\0');
                        i = end;
                        break;
                    default:
                        text.Append(pattern[i]);
                        break;
                }
            }

            return text.ToString();
        }
    }
}
