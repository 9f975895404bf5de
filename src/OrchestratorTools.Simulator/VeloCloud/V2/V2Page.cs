using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>Where a list of APIv2 goes on, or back: opaque to the client. What the first request filtered by holds for all pages; what comes with a link is ignored [spec].</summary>
/// <param name="Limit">Items on a page.</param>
/// <param name="At">The id of the item beside the page.</param>
/// <param name="Time">Its time in milliseconds, where the list is in the order of time.</param>
/// <param name="IsBack">Whether the page lies before that item.</param>
/// <param name="From">The list's interval.</param>
/// <param name="To">Its end.</param>
/// <param name="Filters">The query of the first request.</param>
internal sealed record V2Page(int Limit, long At, long Time, bool IsBack, long From, long To, string Filters)
{
    public string Text => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["l"] = Limit,
        ["a"] = At,
        ["t"] = Time,
        ["b"] = IsBack,
        ["f"] = From,
        ["e"] = To,
        ["q"] = Filters,
    }));

    /// <summary>Reads a link. Throws a 400 for one that this server did not make.</summary>
    public static V2Page Parse(string text, string parameter)
    {
        try
        {
            var json = JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(text)))!;
            return new V2Page(
                json["l"]!.GetValue<int>(),
                json["a"]!.GetValue<long>(),
                json["t"]!.GetValue<long>(),
                json["b"]!.GetValue<bool>(),
                json["f"]!.GetValue<long>(),
                json["e"]!.GetValue<long>(),
                json["q"]!.GetValue<string>());
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException or NullReferenceException)
        {
            throw V2Error.Validation("Invalid page link", parameter);
        }
    }

    /// <summary>Filters as a text, and back.</summary>
    public static string Pack(V2Call call, IEnumerable<string> names)
        => new JsonObject([.. names.Where(n => call.Query(n) is not null).Select(n => KeyValuePair.Create<string, JsonNode?>(n, call.Query(n)))]).ToJsonString();

    public IReadOnlyList<RuleFilter> Unpack()
        => [.. JsonNode.Parse(Filters)!.AsObject().Select(f =>
        {
            var bracket = f.Key.IndexOf('[', StringComparison.Ordinal);
            var op = f.Key[(bracket + 1)..^1];
            var value = f.Value!.GetValue<string>();
            return RuleFilter.Of(f.Key[..bracket], op, op is "in" or "notIn" ? value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [value])!;
        })];
}
