using System.Globalization;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>One question to the query service (facts/vcd.md, "Query").</summary>
/// <param name="Address">The address with <c>type=</c> and, of a link, <c>format=</c>: what the server lists, or a packaged query.</param>
internal sealed record VcdQuery(string Address)
{
    // From this version on the service takes no filter that is encoded twice (guide of 10.6, "Query Parameters": there is no filterEncoded, and a backslash stands before ( ) , ; \ in a value).
    private static readonly VcdApiVersion FirstEscaped = VcdApiVersion.Parse("35.0");

    /// <summary>The filter in the service's language, its values percent-encoded.</summary>
    public string? Filter { get; init; }

    /// <summary>The field to sort by.</summary>
    public string? SortBy { get; init; }

    /// <summary>The largest first.</summary>
    public bool Descending { get; init; }

    /// <summary>The fields to get; empty: all.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Records a page.</summary>
    public int PageSize { get; init; } = VcdClient.MostAtOnce;

    /// <summary>So many records are wanted at the most: no page behind them is asked for.</summary>
    public int Most { get; init; } = int.MaxValue;

    /// <summary>A query of a type, by its name.</summary>
    public static VcdQuery OfType(string type) => new("/api/query?type=" + Uri.EscapeDataString(type));

    /// <summary>The address of one page, as a server of the version reads it.</summary>
    public string ToAddress(int page, VcdApiVersion version)
    {
        var address = Address;
        if (!address.Contains("format=", StringComparison.Ordinal))
        {
            address += (address.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "format=records";
        }

        address = string.Create(CultureInfo.InvariantCulture, $"{address}&page={page}&pageSize={PageSize}");
        if (SortBy is not null)
        {
            address += (Descending ? "&sortDesc=" : "&sortAsc=") + Uri.EscapeDataString(SortBy);
        }

        if (Fields.Count > 0)
        {
            address += "&fields=" + string.Join(',', Fields.Select(VcdAssumptions.QueryField));
        }

        if (Filter is not null)
        {
            // Older servers: what is encoded inside the filter is encoded once more as part of the address, and filterEncoded says so.
            address += version >= FirstEscaped
                ? "&filter=" + Uri.EscapeDataString(VcdFilter.Escaped(Filter))
                : "&filterEncoded=true&filter=" + Uri.EscapeDataString(Filter);
        }

        return address;
    }
}
