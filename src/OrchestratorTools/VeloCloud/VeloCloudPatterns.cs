using System.Management.Automation;

namespace OrchestratorTools.VeloCloud;

/// <summary>Words with wildcards that choose among what a server sent: one of them must fit. Without any, everything does.</summary>
internal sealed class VeloCloudPatterns(string[]? texts)
{
    private readonly WildcardPattern[] _patterns = texts?.Select(t => WildcardPattern.Get(t, WildcardOptions.IgnoreCase)).ToArray() ?? [];

    /// <summary>The words as the server writes them, where all of them are whole words that it can choose by itself; otherwise none.</summary>
    public IReadOnlyCollection<string> ForServer { get; } = texts is null || Array.Exists(texts, WildcardPattern.ContainsWildcardCharacters) ? [] : [.. texts.Select(t => t.ToUpperInvariant()).Distinct(StringComparer.Ordinal)];

    /// <summary>True where the server cannot choose by itself.</summary>
    public bool AreChosenHere => _patterns.Length > 0 && ForServer.Count == 0;

    /// <summary>Whether a text fits.</summary>
    public bool Fit(string? text) => _patterns.Length == 0 || Array.Exists(_patterns, p => p.IsMatch(text ?? string.Empty));
}
