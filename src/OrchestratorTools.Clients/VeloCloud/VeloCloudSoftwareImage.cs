using System.Collections.Frozen;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>
/// A software image that edges are given: an operator profile, whose module imageUpdate names the software (enterprise/getEnterpriseSpecificOperatorConfigurations, network/getNetworkConfigurations,
/// enterpriseProxy/getEnterpriseProxyOperatorProfiles).
/// </summary>
public sealed class VeloCloudSoftwareImage : VeloCloudObject, IVeloCloudNamed
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "id", "logicalId", "name", "description", "edgeCount", "isTemplate", "enterpriseId", "created", "modified", "modules",
    }.ToFrozenSet(StringComparer.Ordinal);

    internal VeloCloudSoftwareImage(JsonElement e)
    {
        Id = VeloCloudJson.Whole(e, "id") ?? 0;
        LogicalId = VeloCloudJson.Text(e, "logicalId");
        Name = VeloCloudJson.Text(e, "name") ?? string.Empty;
        Description = VeloCloudJson.Text(e, "description");
        EdgeCount = VeloCloudJson.Whole(e, "edgeCount");
        Created = VeloCloudJson.Time(e, "created");
        Modified = VeloCloudJson.Time(e, "modified");
        var data = DataOf(e);
        Version = Deep(data, "version");
        BuildNumber = Deep(data, "buildNumber");
    }

    /// <summary>The operator profile's id, as an edge is given it.</summary>
    public long Id { get; }

    /// <summary>The logical id.</summary>
    public string? LogicalId { get; }

    /// <summary>The operator profile's name.</summary>
    public string Name { get; }

    /// <summary>Free text.</summary>
    public string? Description { get; }

    /// <summary>The software's version, where the profile names one.</summary>
    public string? Version { get; }

    /// <summary>The software's build, where the profile names one.</summary>
    public string? BuildNumber { get; }

    /// <summary>How many edges have it, where the answer says so.</summary>
    public long? EdgeCount { get; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset? Created { get; }

    /// <summary>When it was changed last (UTC).</summary>
    public DateTimeOffset? Modified { get; }

    /// <summary>The enterprise that may choose it; null where all were asked for.</summary>
    public long? EnterpriseId { get; internal set; }

    /// <summary>The enterprise's name, where it is known.</summary>
    public string? EnterpriseName { get; internal set; }

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => Known;

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private static JsonElement DataOf(JsonElement e)
    {
        if (e.TryGetProperty("modules", out var modules) && modules.ValueKind is JsonValueKind.Array)
        {
            foreach (var module in modules.EnumerateArray())
            {
                if (module.ValueKind is JsonValueKind.Object && VeloCloudJson.Text(module, "name") is "imageUpdate" && module.TryGetProperty("data", out var data))
                {
                    return data;
                }
            }
        }

        return default;
    }

    // The member wherever it stands in the module's data: what the data look like is not defined. The outermost one counts.
    private static string? Deep(JsonElement data, string name)
    {
        var level = new List<JsonElement> { data };
        for (var depth = 0; depth < 6 && level.Count > 0; depth++)
        {
            foreach (var element in level.Where(l => l.ValueKind is JsonValueKind.Object))
            {
                if (VeloCloudJson.Text(element, name) is { Length: > 0 } text)
                {
                    return text;
                }
            }

            level = level.SelectMany(l => l.ValueKind switch
            {
                JsonValueKind.Object => l.EnumerateObject().Select(m => m.Value),
                JsonValueKind.Array => l.EnumerateArray().AsEnumerable(),
                _ => [],
            }).ToList();
        }

        return null;
    }
}
