using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>
/// <c>enterprise/getEnterpriseEdges</c>: a bare array, or with <c>limit</c> a page of <c>{metaData: {limit, more, nextPageLink}, data: []}</c> [live]. A limit above the server's
/// own is lowered to it. Pages are in the order of the ids and go on after the last one seen, so that edges that come or go meanwhile are neither skipped nor repeated.
/// </summary>
internal static class EdgeListing
{
    public static Answer Read(Call call)
    {
        var link = (call.Text("nextPageLink") ?? call.Text("prevPageLink")) is { Length: > 0 } text ? PageLink.Parse(text) : null;
        var search = link is null ? call.Text("quickSearch") : link.QuickSearch;
        var filters = link is null ? call.Object("filters")?.GetRawText() : link.Filters;
        var limit = call.Integer("limit") ?? link?.Limit;
        var found = Find(call.Enterprise.Edges, link?.AfterId ?? 0, search, Filter(filters));
        if (limit is null)
            return List(found, call);

        if (limit < 1)
            throw VeloError.Invalid([new Complaint("MINIMUM", "Value is less than minimum 1", "#/limit")]);

        var size = (int)Math.Min(limit.Value, call.Settings.PageLimit);
        var page = found.Take(size + 1).ToList();
        var more = page.Count > size;
        if (more)
            page.RemoveAt(size);

        var metaData = new JsonObject
        {
            ["limit"] = size,
            ["more"] = more,
            ["nextPageLink"] = more ? new PageLink(page[^1].Id, size, search, filters).Text : null,
        };
        if (call.Flag("_count"))
            metaData["count"] = Find(call.Enterprise.Edges, 0, search, Filter(filters)).Count();

        return List(page, call, metaData);
    }

    /// <summary>Edges as they are, are there already; those with wishes are made one by one while they are sent.</summary>
    private static Answer List(IEnumerable<Edge> edges, Call call, JsonObject? metaData = null)
    {
        var items = edges.Select(e => EdgeDetails.Render(e, call));
        return EdgeDetails.IsPlain(call) ? Answer.List(items.ToList(), metaData) : Answer.List(items, metaData);
    }

    private static RuleFilter Filter(string? json)
    {
        if (json is null)
            return RuleFilter.Parse(json: null);

        using var document = JsonDocument.Parse(json);
        return RuleFilter.Parse(document.RootElement);
    }

    private static IEnumerable<Edge> Find(IReadOnlyList<Edge> edges, int after, string? search, RuleFilter filter)
    {
        for (var i = FirstAfter(edges, after); i < edges.Count; i++)
        {
            var edge = edges[i];
            if ((string.IsNullOrEmpty(search) || IsFound(edge, search)) && filter.Passes(edge.Utf8))
                yield return edge;
        }
    }

    private static bool IsFound(Edge edge, string search)
        => edge.Name.Contains(search, StringComparison.OrdinalIgnoreCase)
            || edge.SerialNumber?.Contains(search, StringComparison.OrdinalIgnoreCase) == true;

    private static int FirstAfter(IReadOnlyList<Edge> edges, int id)
    {
        var (low, high) = (0, edges.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (edges[middle].Id <= id)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
