using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>What the answers of monitoring have in common.</summary>
internal static class VeloCloudMonitoring
{
    private static readonly JsonElement Nothing = JsonSerializer.SerializeToElement(new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>A member that is an object; an empty one where it is none.</summary>
    public static JsonElement Member(JsonElement parent, string name)
        => parent.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Object ? value : Nothing;

    /// <summary>The logical id of a resource of APIv2: its own member, else the one in its address (…/edges/ID).</summary>
    public static string? LogicalIdOf(JsonElement resource, string collection)
    {
        if (VeloCloudJson.Text(resource, "logicalId") is { Length: > 0 } own)
        {
            return own;
        }

        var parts = VeloCloudJson.Text(resource, "_href")?.Split('/', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var at = Array.LastIndexOf(parts, collection);
        return at >= 0 && at + 1 < parts.Length ? parts[at + 1] : null;
    }
}
