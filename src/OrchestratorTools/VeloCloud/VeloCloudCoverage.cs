using System.Collections.Frozen;

namespace OrchestratorTools.VeloCloud;

/// <summary>
/// Which cmdlets send which operations: the one place that says so. Methods of the portal API by their names, operations of APIv2 as "v2:name". Find-VeloCloudMethod shows it, and tests prove that the
/// cmdlets and the operations exist.
/// </summary>
internal static class VeloCloudCoverage
{
    private static readonly (string Cmdlet, string[] Operations)[] Table =
    [
        ("Connect-VeloCloud", ["login/enterpriseLogin", "login/operatorLogin"]),
        ("Disconnect-VeloCloud", ["logout"]),
        ("Get-VeloCloudEdge", ["enterprise/getEnterpriseEdges", "edge/getEdge"]),
        ("Get-VeloCloudEnterprise", ["enterprise/getEnterprise", "enterpriseProxy/getEnterpriseProxyEnterprises", "network/getNetworkEnterprises"]),
    ];

    private static readonly Lazy<FrozenDictionary<string, string[]>> ByOperation = new(() => Table
        .SelectMany(t => t.Operations.Select(o => (Operation: o, t.Cmdlet)))
        .GroupBy(p => p.Operation, StringComparer.Ordinal)
        .ToFrozenDictionary(g => g.Key, g => g.Select(p => p.Cmdlet).Order(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal));

    /// <summary>The cmdlets of the table.</summary>
    public static IEnumerable<string> Cmdlets => Table.Select(t => t.Cmdlet);

    /// <summary>The operations of the table.</summary>
    public static IEnumerable<string> Operations => ByOperation.Value.Keys;

    /// <summary>The cmdlets that send an operation; none where none does.</summary>
    public static IReadOnlyList<string> Of(string operation) => ByOperation.Value.GetValueOrDefault(operation) ?? [];
}
