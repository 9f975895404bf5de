namespace OrchestratorTools.Clients.Vcd;

/// <summary>What to search.</summary>
public sealed record VcdSearch
{
    /// <summary>The query type, or a packaged query.</summary>
    public required string Type { get; init; }

    /// <summary>A filter in the service's language.</summary>
    public string? Filter { get; init; }

    /// <summary>What else must be true.</summary>
    public IReadOnlyList<VcdFieldCondition> Conditions { get; init; } = [];

    /// <summary>The fields to get; empty: all.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>The field to sort by; null: in the server's order.</summary>
    public string? SortBy { get; init; }

    /// <summary>The largest first.</summary>
    public bool Descending { get; init; }

    /// <summary>So many at the most.</summary>
    public int? First { get; init; }

    internal bool NamesFields => Filter is { Length: > 0 } || Conditions.Count > 0 || Fields.Count > 0 || SortBy is not null;
}

/// <summary>A field (or a metadata entry, as <see cref="VcdMetadataField"/> writes it) that must have one of several values; or, by <see cref="Comparison"/>, something else.</summary>
/// <param name="Field">The field.</param>
/// <param name="Values">Texts, in which <c>*</c> stands for anything (in comparisons for equality only) and <c>`*</c> for itself; numbers, true or false, times.</param>
public sealed record VcdFieldCondition(string Field, IReadOnlyList<object> Values)
{
    /// <summary>How the values are compared: equal to one of them, or otherwise with all of them. Larger and smaller are for numbers and times.</summary>
    public VcdComparison Comparison { get; init; }
}

/// <summary>The comparisons of the query service (facts/vcd.md, "Query").</summary>
public enum VcdComparison
{
    /// <summary>Equal.</summary>
    Equal,

    /// <summary>Not equal.</summary>
    NotEqual,

    /// <summary>Larger.</summary>
    Greater,

    /// <summary>Larger or equal.</summary>
    GreaterOrEqual,

    /// <summary>Smaller.</summary>
    Less,

    /// <summary>Smaller or equal.</summary>
    LessOrEqual,
}
