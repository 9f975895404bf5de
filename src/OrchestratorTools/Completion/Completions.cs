using System.Management.Automation;
using System.Management.Automation.Language;

namespace OrchestratorTools.Completion;

/// <summary>Turns names into completion results: filtered by what is typed, quoted where PowerShell needs it.</summary>
internal static class Completions
{
    /// <summary>The results for the names that begin with the word, letter case aside.</summary>
    public static IEnumerable<CompletionResult> From(IEnumerable<string> names, string wordToComplete)
    {
        var word = wordToComplete.Trim('\'', '"');
        foreach (var name in names.Where(n => n.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase))
        {
            yield return new CompletionResult(Quote(name), name, CompletionResultType.ParameterValue, name);
        }
    }

    /// <summary>The name as one argument: bare where it can be, else in single quotes; wildcard characters are escaped, since -Name takes wildcards.</summary>
    internal static string Quote(string name)
    {
        var escaped = WildcardPattern.Escape(name);
        return IsBare(escaped) ? escaped : "'" + CodeGeneration.EscapeSingleQuotedStringContent(escaped) + "'";
    }

    private static bool IsBare(string text)
        => text.Length > 0 && char.IsLetterOrDigit(text[0]) && text.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or ':' or '\\' or '/' or '@' or '+' or '*') && !text.Contains('@', StringComparison.Ordinal);
}
