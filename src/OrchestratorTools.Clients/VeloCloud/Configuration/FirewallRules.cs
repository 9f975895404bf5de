using System.Globalization;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>
/// Reads and edits the rules in the data of a firewall module: <c>segments[].outbound[]</c>, in older profiles <c>outbound[]</c> without segments, and for edges <c>inbound[]</c>. What is not
/// edited stays as the server wrote it.
/// </summary>
internal static class FirewallRules
{
    /// <summary>The module that has the rules.</summary>
    public const string Module = "firewall";

    /// <summary>The segments of a module; one without number and name where the module has none.</summary>
    public static IReadOnlyList<FirewallSegment> Segments(JsonElement data)
    {
        if (data.ValueKind is not JsonValueKind.Object)
        {
            return [];
        }

        if (!data.TryGetProperty("segments", out var list) || list.ValueKind is not JsonValueKind.Array)
        {
            return data.TryGetProperty("outbound", out var flat) ? [new FirewallSegment(-1, null, null, default, flat)] : [];
        }

        var segments = new List<FirewallSegment>();
        var index = 0;
        foreach (var json in list.EnumerateArray())
        {
            if (json.ValueKind is JsonValueKind.Object)
            {
                json.TryGetProperty("segment", out var metadata);
                json.TryGetProperty("outbound", out var outbound);
                var hasMetadata = metadata.ValueKind is JsonValueKind.Object;
                segments.Add(new FirewallSegment(index, hasMetadata ? VeloCloudJson.Whole(metadata, "segmentId") : null, hasMetadata ? VeloCloudJson.Text(metadata, "name") : null, metadata, outbound));
            }

            index++;
        }

        return segments;
    }

    /// <summary>All rules of a module, segment by segment; the inbound ones last.</summary>
    public static IEnumerable<VeloCloudFirewallRule> Read(VeloCloudConfigurationModule module)
    {
        var data = module.Data();
        foreach (var segment in Segments(data))
        {
            foreach (var rule in RulesOf(segment.Outbound, module))
            {
                rule.Direction = "Outbound";
                rule.Segment = segment.Name;
                rule.SegmentId = segment.Id;
                rule.SegmentIndex = segment.Index;
                yield return rule;
            }
        }

        if (data.ValueKind is JsonValueKind.Object && data.TryGetProperty("inbound", out var inbound))
        {
            foreach (var rule in RulesOf(inbound, module))
            {
                rule.Direction = "Inbound";
                rule.SegmentIndex = -1;
                yield return rule;
            }
        }
    }

    /// <summary>The data with a rule put in.</summary>
    /// <param name="data">The module's data.</param>
    /// <param name="segment">The segment, of these data.</param>
    /// <param name="position">Where, from 1; one more than there are rules for the end.</param>
    /// <param name="rule">The rule, as JSON.</param>
    public static JsonElement Insert(JsonElement data, FirewallSegment segment, int position, string rule)
        => JsonEdit.Replace(data, PathOf(segment.Index, isInbound: false), JsonEdit.Insert(segment.Outbound, position - 1, rule));

    /// <summary>The data with a segment that has one rule: for an edge whose own module does not have the segment yet.</summary>
    public static JsonElement InsertSegment(JsonElement data, FirewallSegment like, string rule)
    {
        var segment = JsonEdit.Object(writer =>
        {
            writer.WritePropertyName("segment");
            writer.WriteRawValue(like.Metadata.ValueKind is JsonValueKind.Object ? like.Metadata.GetRawText() : "{}", skipInputValidation: true);
            writer.WritePropertyName("outbound");
            writer.WriteRawValue("[" + rule + "]", skipInputValidation: true);
        });
        data.TryGetProperty("segments", out var segments);
        var count = segments.ValueKind is JsonValueKind.Array ? segments.GetArrayLength() : 0;
        return JsonEdit.Replace(data, ["segments"], JsonEdit.Insert(segments, count, segment));
    }

    /// <summary>The data without a rule.</summary>
    public static JsonElement Remove(JsonElement data, VeloCloudFirewallRule rule)
    {
        var isInbound = rule.Direction is "Inbound";
        JsonElement list;
        if (isInbound || rule.SegmentIndex < 0)
        {
            list = data.GetProperty(isInbound ? "inbound" : "outbound");
        }
        else
        {
            list = data.GetProperty("segments")[rule.SegmentIndex].GetProperty("outbound");
        }

        return JsonEdit.Replace(data, PathOf(rule.SegmentIndex, isInbound), JsonEdit.RemoveAt(list, rule.Position - 1));
    }

    /// <summary>The rule of a freshly read module that is the one that was read before: the same content in the same segment. Throws where it is gone or not certain.</summary>
    public static VeloCloudFirewallRule FindAgain(VeloCloudFirewallRule rule, IReadOnlyList<VeloCloudFirewallRule> now)
    {
        var content = rule.Element();
        VeloCloudFirewallRule[] same = [.. now.Where(r => r.Direction == rule.Direction && r.SegmentId == rule.SegmentId && JsonDifferences.AreEqual(r.Element(), content))];
        return same.Length switch
        {
            1 => same[0],
            0 => throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.Conflict, $"Firewall rule '{rule.Name}' of {rule.Target}: it is not there any more, or somebody changed it since it was read. Nothing was written.")
            {
                RecommendedAction = "Get-VeloCloudFirewallRule shows what is there now.",
            },

            // Copies of one rule in one segment: which of them goes makes no difference but to the order, so the one at its place does.
            _ => same.FirstOrDefault(r => r.Position == rule.Position) ?? throw Ambiguous(rule.Name, same),
        };
    }

    /// <summary>The error of a name that several rules have.</summary>
    public static OrchestratorApiException Ambiguous(string name, IEnumerable<VeloCloudFirewallRule> rules)
        => new(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.Ambiguous, $"-Name '{name}' means several firewall rules: {string.Join(", ", rules.Select(Place))}. Nothing was written.")
        {
            RecommendedAction = "Pipe the one that is meant: Get-VeloCloudFirewallRule … | Where-Object Position -EQ … | Remove-VeloCloudFirewallRule. -Segment narrows it down, too.",
        };

    /// <summary>Where a rule stands, in words.</summary>
    public static string Place(VeloCloudFirewallRule rule)
        => string.Create(CultureInfo.InvariantCulture, $"{(rule.Segment is { } segment ? $"segment '{segment}'" : rule.Direction.ToLowerInvariant())} position {rule.Position}");

    private static object[] PathOf(int segment, bool isInbound) => isInbound ? ["inbound"] : segment < 0 ? ["outbound"] : ["segments", segment, "outbound"];

    private static IEnumerable<VeloCloudFirewallRule> RulesOf(JsonElement list, VeloCloudConfigurationModule module)
    {
        if (list.ValueKind is not JsonValueKind.Array)
        {
            yield break;
        }

        var position = 0;
        foreach (var json in list.EnumerateArray())
        {
            position++;
            if (json.ValueKind is JsonValueKind.Object)
            {
                yield return module.Rule(json, position);
            }
        }
    }
}
