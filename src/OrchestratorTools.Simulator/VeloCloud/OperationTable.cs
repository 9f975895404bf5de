using System.Text.Json;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The methods of the portal API: those of the vendor's definition, and the few that are called in the wild although no definition has them.</summary>
internal static class OperationTable
{
    private static readonly Lazy<Dictionary<string, Operation>> Defined = new(Load);

    /// <summary>
    /// Methods that clients call and no definition describes [live]: of their parameters is known only what those clients send, so that others are let through. What a caller
    /// must be allowed is inferred.
    /// </summary>
    private static readonly Dictionary<string, Operation> Undefined = new[]
    {
        Open("enterprise/getEnterpriseEdgeList", "READ EDGE", "id:integer", "with:string[]", "limit:integer", "nextPageLink:string", "prevPageLink:string", "quickSearch:string", "filters:object", "_count:boolean"),
        Open("enterprise/getEnterpriseDataCenters", "READ NETWORK_SERVICE"),
        Open("enterprise/getEnterpriseConfigurationsPolicies", "READ ENTERPRISE_PROFILE", "configurationType:string", "with:string[]"),
        Open("enterprise/getEnterprisePrivateNetworks", "READ NETWORK_SERVICE"),
        Open("edge/getEdgeGatewayAssignments", "READ EDGE", "edgeId:integer", "id:integer", "with:string[]"),
        Open("license/getEnterpriseEdgeLicenses", "READ ENTERPRISE", "with:string[]"),
        Open("license/getNetworkEdgeLicenses", "READ ENTERPRISE", "networkId:integer", "edition:string", "with:string[]"),
        Open("license/addEdgeLicensesToEnterprise", "UPDATE ENTERPRISE", "ids:integer[]"),
        Open("license/updateEnterpriseEdgeLicenses", "UPDATE ENTERPRISE", "ids:integer[]"),
        Open("license/setEnterpriseEdgeLicenseEdition", "UPDATE EDGE", "edition:string", "edgeIds:integer[]", "edgeId:integer", "edgeLicenseId:integer", "licenseId:integer"),
        Open("license/exportNetworkEdgeLicenseData", "READ ENTERPRISE", "networkId:integer"),
        Open("service/getEnterpriseServiceLicense", "READ ENTERPRISE"),
        Open("async/getStatus", privilege: null, "apiToken:string"),
        Open("alert/getEnterpriseAlertDefinitions", "READ ENTERPRISE_ALERT"),
    }.ToDictionary(o => o.Name, StringComparer.Ordinal);

    public static Operation? Find(string name) => Defined.Value.GetValueOrDefault(name) ?? Undefined.GetValueOrDefault(name);

    /// <summary>Whether clients send this parameter to this method, and are answered, although the definition does not know it.</summary>
    public static bool IsSeenInTheWild(string method, string parameter)
        => method is "enterprise/getEnterpriseEdges" && parameter is "sortBy";

    /// <summary>Whether clients send a value of another type than the declared one: the data of an object group is an array [live].</summary>
    public static bool IsSeenInTheWild(string method, string parameter, JsonValueKind kind)
        => method is "enterprise/insertObjectGroup" or "enterprise/updateObjectGroup" && parameter is "data" && kind == JsonValueKind.Array;

    /// <summary>Reads the table now, so that the first request need not.</summary>
    public static void Warm() => _ = Defined.Value;

    private static Dictionary<string, Operation> Load()
    {
        using var stream = typeof(OperationTable).Assembly.GetManifestResourceStream("velocloud-v1-operations.json")
            ?? throw new InvalidOperationException("The operation table is missing from the assembly.");
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.EnumerateObject().ToDictionary(m => m.Name, m => Read(m.Name, m.Value), StringComparer.Ordinal);
    }

    private static Operation Open(string name, string? privilege, params string[] parameters)
        => new(
            name,
            [.. parameters.Prepend("enterpriseId:integer").Where(p => !(p is "enterpriseId:integer" && (privilege is null || parameters.Contains("networkId:integer", StringComparer.Ordinal))))
                .Select(p => new Parameter(p.Split(':')[0], ParameterType.Parse(p.Split(':')[1]), Required: false))],
            ReturnShape.Array,
            [],
            privilege is null ? [] : [privilege],
            OperatorOnly: false) { IsOpen = true };

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
