namespace OrchestratorTools.Clients.Vcd;

/// <summary>What to list of one kind of object. The server's answer may hold more than what is meant: names are compared exactly by the caller.</summary>
public sealed record VcdListing
{
    /// <summary>Names; empty: all.</summary>
    public IReadOnlyCollection<VcdNamePattern> Names { get; init; } = [];

    /// <summary>The organization that the objects belong to, as far as records tell it; null: any.</summary>
    public VcdTenant? Organization { get; init; }

    /// <summary>True where the whole representations will be read: what the lists say and those do not (names of what an object belongs to, counts) is kept for them.</summary>
    public bool ForDetails { get; init; }

    /// <summary>What else is asked for; all of it must be true.</summary>
    public IReadOnlyList<VcdCondition> Conditions { get; init; } = [];
}

/// <summary>A condition of a listing: a field is one of several patterns, or one of several values exactly.</summary>
/// <param name="Field">The field of the record.</param>
public sealed record VcdCondition(string Field)
{
    /// <summary>Any of these patterns, in any letter case.</summary>
    public IReadOnlyCollection<VcdNamePattern> Patterns { get; init; } = [];

    /// <summary>Any of these values, exactly.</summary>
    public IReadOnlyCollection<string> Values { get; init; } = [];

    /// <summary>Not this value.</summary>
    public string? Except { get; init; }

    /// <summary>Decides exactly what patterns ask for: the server's answer to them holds more (letter case, longer names).</summary>
    public Func<VcdObject, bool>? Means { get; init; }

    internal string? ToFilter()
        => Except is not null ? VcdFilter.IsNot(Field, Except)
            : Values.Count > 0 ? VcdFilter.IsOneOf(Field, Values)
            : VcdFilter.AnyOf(Field, Patterns);
}

/// <summary>An object in its whole representation, or why it could not be had.</summary>
/// <param name="Item">The whole representation.</param>
/// <param name="Record">What the list said of it.</param>
/// <param name="Error">Why the whole representation could not be had.</param>
public sealed record VcdDetail<T>(T? Item, T Record, Http.OrchestratorApiException? Error)
    where T : VcdObject;
