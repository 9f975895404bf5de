namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>One difference between what is and what is to be.</summary>
/// <param name="Kind">Added, changed or removed.</param>
/// <param name="Path">Where: a JSON pointer, for example <c>/segments/0/outbound/1/name</c>.</param>
/// <param name="Before">What is there, as JSON; null where nothing is. A secret is three stars.</param>
/// <param name="After">What is to be there, as JSON; null where nothing is. A secret is three stars.</param>
public sealed record VeloCloudDifference(VeloCloudDifferenceKind Kind, string Path, string? Before, string? After)
{
    private const int ShownText = 80;

    /// <summary>The difference in one line.</summary>
    public override string ToString() => Kind switch
    {
        VeloCloudDifferenceKind.Added => $"+ {Path}: {Shorten(After)}",
        VeloCloudDifferenceKind.Removed => $"- {Path}: {Shorten(Before)}",
        _ => $"~ {Path}: {Shorten(Before)} -> {Shorten(After)}",
    };

    private static string? Shorten(string? text) => text is { Length: > ShownText } ? text[..ShownText] + "…" : text;
}
