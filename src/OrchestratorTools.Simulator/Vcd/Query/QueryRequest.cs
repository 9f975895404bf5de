using System.Globalization;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The parameters of a query (facts/vcd.md, "Query").</summary>
internal sealed class QueryRequest
{
    public const int LargestPage = 128;
    private const int DefaultPage = 25;
    private const int MostMetadataFields = 8;
    private readonly List<KeyValuePair<string, string>> _parameters;

    private QueryRequest(List<KeyValuePair<string, string>> parameters)
    {
        _parameters = parameters;
        Page = Number("page", 1, 1);

        // A page that asks for more gets the most there is (guide: "to a maximum of 128").
        PageSize = Math.Min(LargestPage, Number("pageSize", DefaultPage, 1));
        Offset = Number("offset", 0, 0);
        Format = Value("format") ?? "records";
        if (Format is not ("records" or "idrecords" or "references")) throw VcdException.BadRequest($"validation error on field 'format': '{Format}' is none of records, idrecords, references.");
        Fields = Value("fields")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    public string? Type => Value("type");

    public int Page { get; }

    public int PageSize { get; }

    public int Offset { get; }

    public string Format { get; }

    public string[]? Fields { get; }

    public string? Filter => Value("filter");

    /// <summary>How the filter is to be read.</summary>
    public FilterSyntax Syntax(ApiVersion version) => new(version >= Assumptions.FiltersAreEscapedFrom, version < Assumptions.FiltersAreEscapedFrom && Flag("filterEncoded"));

    /// <summary>The metadata that is asked for.</summary>
    public IReadOnlyList<MetadataField> Metadata => [.. (Fields ?? []).Select(MetadataField.Parse).OfType<MetadataField>()];

    /// <exception cref="VcdException">400: the query names more metadata than it may (facts/vcd.md, "Query": eight fields).</exception>
    public void RequireFewMetadata(FilterExpression? filter)
    {
        var named = new HashSet<MetadataField>(Metadata);
        if (filter is not null) Collect(filter);
        if (named.Count > MostMetadataFields) throw VcdException.BadRequest($"A query may name {MostMetadataFields} metadata fields at most; this one names {named.Count}.");

        void Collect(FilterExpression expression)
        {
            switch (expression)
            {
                case FilterExpression.All all:
                    foreach (var part in all.Parts) Collect(part);
                    break;
                case FilterExpression.Any any:
                    foreach (var part in any.Parts) Collect(part);
                    break;
                case FilterExpression.Comparison comparison when MetadataField.Parse(comparison.Field) is { } field:
                    named.Add(field);
                    break;
            }
        }
    }

    public bool Links => Flag("links");

    public string? SortAscending => Value("sortAsc");

    public string? SortDescending => Value("sortDesc");

    /// <summary>Reads the query string itself: it is decoded exactly once, whatever is in it.</summary>
    public static QueryRequest Read(VcdCall call)
    {
        var parameters = new List<KeyValuePair<string, string>>();
        foreach (var pair in (call.Request.QueryString.Value ?? "").TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            parameters.Add(new(Decode(equals < 0 ? pair : pair[..equals]), equals < 0 ? "" : Decode(pair[(equals + 1)..])));
        }

        return new QueryRequest(parameters);
    }

    /// <summary>The same query with another page or format: all other parameters stay.</summary>
    public string Rewrite(int page, string format)
    {
        var kept = _parameters.Where(p => p.Key is not ("type" or "page" or "pageSize" or "format"));
        var type = Type is null ? [] : new[] { KeyValuePair.Create("type", Type) };
        var own = new[]
        {
            KeyValuePair.Create("page", page.ToString(CultureInfo.InvariantCulture)),
            KeyValuePair.Create("pageSize", PageSize.ToString(CultureInfo.InvariantCulture)),
            KeyValuePair.Create("format", format),
        };
        return string.Join('&', type.Concat(own).Concat(kept).Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private string? Value(string name) => _parameters.Find(p => string.Equals(p.Key, name, StringComparison.Ordinal)) is { Value.Length: > 0 } found ? found.Value : null;

    private bool Flag(string name) => string.Equals(Value(name), "true", StringComparison.OrdinalIgnoreCase);

    private int Number(string name, int otherwise, int smallest)
    {
        if (Value(name) is not { } text) return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= smallest
            ? n
            : throw VcdException.BadRequest($"validation error on field '{name}': '{text}' is no whole number from {smallest} on.");
    }
}
