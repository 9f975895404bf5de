using System.Xml.Linq;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>What tests of the query service ask a plain session.</summary>
internal static class VcdRawQueries
{
    /// <summary>GET of what has to be refused: the error's element.</summary>
    public static async Task<XElement> RefusedAsync(this VcdRaw raw, string href, int status, params (string Name, string Value)[] headers)
        => (await raw.SendAsync(HttpMethod.Get, href, content: null, headers)).Expect(status).Xml;

    /// <summary>The answer to a query; the query string goes as it is.</summary>
    public static async Task<XElement> QueryAsync(this VcdRaw raw, string query, params (string Name, string Value)[] headers)
        => (await raw.SendAsync(HttpMethod.Get, query.Contains('?', StringComparison.Ordinal) || query.StartsWith("http", StringComparison.Ordinal) ? query : $"query?{query}", content: null, headers)).Expect(200).Xml;

    /// <summary>The records of a query.</summary>
    public static async Task<IReadOnlyList<XElement>> RecordsAsync(this VcdRaw raw, string query, params (string Name, string Value)[] headers)
        => [.. Records(await raw.QueryAsync(query, headers))];

    public static IEnumerable<XElement> Records(XElement result) => result.Elements().Where(e => e.Name.LocalName.EndsWith("Record", StringComparison.Ordinal));

    public static string Text(this XElement element, string attribute) => (string?)element.Attribute(attribute) ?? throw new Xunit.Sdk.XunitException($"There is no attribute {attribute} in {element}");

    /// <summary>The values of an attribute, in the order of the records; records without it are left out.</summary>
    public static IReadOnlyList<string> Values(this IEnumerable<XElement> records, string attribute) => [.. records.Select(r => (string?)r.Attribute(attribute)).OfType<string>()];
}
