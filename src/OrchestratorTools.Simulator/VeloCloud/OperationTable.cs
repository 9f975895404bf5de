using System.Text.Json;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The methods of the portal API: those of the vendor's definition, and the few that are called in the wild although no definition has them.</summary>
internal static class OperationTable
{
    private static readonly Lazy<Dictionary<string, Operation>> Defined = new(Load);

    /// <summary>Methods that clients call and no definition describes: nothing is known of their parameters.</summary>
    private static readonly HashSet<string> Undefined = new(StringComparer.Ordinal)
    {
        "enterprise/getEnterpriseEdgeList",
        "enterprise/getEnterpriseDataCenters",
        "enterprise/getEnterpriseConfigurationsPolicies",
        "enterprise/getEnterprisePrivateNetworks",
        "edge/getEdgeGatewayAssignments",
        "license/getEnterpriseEdgeLicenses",
        "license/getNetworkEdgeLicenses",
        "license/addEdgeLicensesToEnterprise",
        "license/updateEnterpriseEdgeLicenses",
        "license/setEnterpriseEdgeLicenseEdition",
        "license/exportNetworkEdgeLicenseData",
        "service/getEnterpriseServiceLicense",
        "async/getStatus",
        "alert/getEnterpriseAlertDefinitions",
    };

    public static Operation? Find(string name) => Defined.Value.GetValueOrDefault(name);

    public static bool IsUndefined(string name) => Undefined.Contains(name);

    /// <summary>Whether clients send this parameter to this method, and are answered, although the definition does not know it.</summary>
    public static bool IsSeenInTheWild(string method, string parameter)
        => method is "enterprise/getEnterpriseEdges" && parameter is "sortBy";

    /// <summary>Reads the table now, so that the first request need not.</summary>
    public static void Warm() => _ = Defined.Value;

    private static Dictionary<string, Operation> Load()
    {
        using var stream = typeof(OperationTable).Assembly.GetManifestResourceStream("velocloud-v1-operations.json")
            ?? throw new InvalidOperationException("The operation table is missing from the assembly.");
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.EnumerateObject().ToDictionary(m => m.Name, m => Read(m.Name, m.Value), StringComparer.Ordinal);
    }

    private static Operation Read(string name, JsonElement json)
        => new(
            name,
            [.. json.GetProperty("params").EnumerateArray().Select(p => new Parameter(
                p.GetProperty("name").GetString()!,
                ParameterType.Parse(p.GetProperty("type").GetString()!),
                p.TryGetProperty("required", out var required) && required.GetBoolean()))],
            Enum.Parse<ReturnShape>(json.GetProperty("returns").GetString()!, ignoreCase: true),
            Texts(json, "members"),
            Texts(json, "privileges"),
            json.TryGetProperty("operatorOnly", out var only) && only.GetBoolean());

    private static string[] Texts(JsonElement json, string name)
        => json.TryGetProperty(name, out var texts) ? [.. texts.EnumerateArray().Select(t => t.GetString()!)] : [];
}
