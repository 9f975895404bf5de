using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>
/// Where a listing goes on: after which id, with which filters, by how many. Opaque to the client. The filters of the first request hold for the pages that follow it.
/// </summary>
internal sealed record PageLink(int AfterId, int Limit, string? QuickSearch, string? Filters)
{
    public string Text
    {
        get
        {
            var json = new JsonObject { ["a"] = AfterId, ["l"] = Limit, ["q"] = QuickSearch, ["f"] = Filters };
            return Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(json));
        }
    }

    /// <summary>Reads a link. Throws a 400 for one that this server did not make.</summary>
    public static PageLink Parse(string text)
    {
        try
        {
            var json = JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(text)))!;
            return new PageLink(json["a"]!.GetValue<int>(), json["l"]!.GetValue<int>(), json["q"]?.GetValue<string>(), json["f"]?.GetValue<string>());
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException or NullReferenceException)
        {
            throw VeloError.BadRequest("Invalid page link");
        }
    }
}
