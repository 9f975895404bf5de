using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OrchestratorTools.Clients.Vro;

/// <summary>Which part of a collection is wanted: filter and sort, then start, then how many (facts/vro.md, B, "Order of application").</summary>
public sealed record VroListQuery
{
    /// <summary>The filter: a condition or a list of them; sent as it is.</summary>
    public JsonElement? Filter { get; init; }

    /// <summary>The field to sort by.</summary>
    public string? SortBy { get; init; }

    /// <summary>Whether the last comes first.</summary>
    public bool Descending { get; init; }

    /// <summary>How many to pass over.</summary>
    public int Skip { get; init; }

    /// <summary>How many at the most; null: all.</summary>
    public int? First { get; init; }

    /// <summary>The value of <c>sort</c>; null where nothing was asked for.</summary>
    internal string? SortText => SortBy is null ? null : SortOf(SortBy, Descending);

    internal static string SortOf(string property, bool descending)
        => $$"""[{"property":{{JsonSerializer.Serialize(property)}},"direction":"{{(descending ? "DESC" : "ASC")}}"}]""";

    /// <summary>The value of <c>filter</c>: always a list; null where there is none.</summary>
    internal string? FilterText => Filter is not { } filter ? null : filter.ValueKind is JsonValueKind.Array ? filter.GetRawText() : $"[{filter.GetRawText()}]";

    internal string AddressOf(string path, int start, int limit)
    {
        var address = new StringBuilder(path);
        address.Append(CultureInfo.InvariantCulture, $"?start={start}&limit={limit}");
        if (FilterText is { } filter)
        {
            address.Append("&filter=").Append(Uri.EscapeDataString(filter));
        }

        if (SortText is { } sort)
        {
            address.Append("&sort=").Append(Uri.EscapeDataString(sort));
        }

        return address.ToString();
    }
}
