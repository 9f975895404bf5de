using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>What an edge has only when <c>with</c> asks for it.</summary>
internal static class EdgeDetails
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The edge with what the call wants of it. Without wishes these are the edge's own bytes.</summary>
    public static ReadOnlyMemory<byte> Render(Edge edge, Call call)
    {
        if (IsPlain(call))
            return edge.Utf8;

        var with = call.Texts("with");
        var fields = call.Texts("fieldsNeeded");
        var json = JsonNode.Parse(edge.Utf8.Span)!.AsObject();
        foreach (var what in with)
        {
            Add(json, edge, what);
        }

        if (fields.Count > 0)
        {
            var wanted = fields.Concat(with).Append("id").Append("logicalId").ToHashSet(StringComparer.Ordinal);
            foreach (var name in json.Select(m => m.Key).Where(k => !wanted.Contains(k)).ToList())
            {
                json.Remove(name);
            }
        }

        return JsonSerializer.SerializeToUtf8Bytes(json, Plain);
    }

    /// <summary>Whether the call wants edges as they are.</summary>
    public static bool IsPlain(Call call) => !call.Has("with") && !call.Has("fieldsNeeded");

    private static void Add(JsonObject json, Edge edge, string what)
    {
        switch (what)
        {
            case "site":
                json["site"] = EdgeSites.Of(edge);
                break;

            case "links" or "recentLinks":
                json[what] = new JsonArray([.. EdgeLinks.Of(edge, what is "recentLinks")]);
                break;

            case "configuration" or "configurationWithModules":
                json["configuration"] = Configuration(edge, what is "configurationWithModules");
                break;

            case "licenses":
                json["licenses"] = LicenseCatalog.OfEdge(edge);
                break;

            case "enterprise":
                json["enterprise"] = JsonNode.Parse(edge.Enterprise.Utf8.Span);
                break;

            case "selfHealing":
                json["selfHealing"] = false;
                break;

            case "vnfs":
                json["vnfs"] = null;
                break;

            default:
                json[what] = new JsonArray();
                break;
        }
    }

    private static JsonObject Configuration(Edge edge, bool withModules)
    {
        var image = edge.OperatorProfile;
        return new JsonObject
        {
            ["enterprise"] = Describe(edge.Profile, withModules),
            ["operator"] = withModules ? Describe(image, withModules) : new JsonObject { ["id"] = image.Id, ["name"] = image.Name, ["logicalId"] = image.LogicalId },
        };
    }

    private static JsonObject Describe(Profile profile, bool withModules)
    {
        var json = JsonNode.Parse(profile.Utf8.Span)!.AsObject();
        if (withModules)
            json["modules"] = new JsonArray([.. profile.Modules.Select(m => JsonNode.Parse(m.Utf8.Span))]);

        return json;
    }
}
