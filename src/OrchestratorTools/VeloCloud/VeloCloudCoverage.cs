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
        ("Connect-VeloCloud", ["login/enterpriseLogin", "login/operatorLogin", "system/getVersionInfo"]),
        ("Disconnect-VeloCloud", ["logout"]),
        ("Get-VeloCloudAlert", ["enterprise/getEnterpriseAlerts", "v2:getEnterpriseAlerts"]),
        ("Get-VeloCloudAlertConfiguration", ["enterprise/getEnterpriseAlertConfigurations"]),
        ("Get-VeloCloudBgpSession", ["monitoring/getEnterpriseEdgeBgpPeerStatus", "monitoring/getEnterpriseBgpPeerStatus"]),
        ("Get-VeloCloudClientDevice", ["v2:getEnterpriseClientDevices"]),
        ("Get-VeloCloudEdge", ["enterprise/getEnterpriseEdges", "edge/getEdge"]),
        ("Get-VeloCloudEdgeStack", ["edge/getEdgeConfigurationStack"]),
        ("Get-VeloCloudEdgeStatus", ["monitoring/getEnterpriseEdgeStatus"]),
        ("Get-VeloCloudEnterprise", ["enterprise/getEnterprise", "enterpriseProxy/getEnterpriseProxyEnterprises", "network/getNetworkEnterprises"]),
        ("Get-VeloCloudEvent", ["event/getEnterpriseEvents", "event/getProxyEvents", "event/getOperatorEvents", "v2:getEnterpriseEvents"]),
        ("Get-VeloCloudFirewallLog", ["firewall/getEnterpriseFirewallLogs"]),
        ("Get-VeloCloudGateway", ["network/getNetworkGateways", "enterpriseProxy/getEnterpriseProxyGateways"]),
        ("Get-VeloCloudGatewayPool", ["network/getNetworkGatewayPools", "enterpriseProxy/getEnterpriseProxyGatewayPools"]),
        ("Get-VeloCloudLicense", ["license/getEnterpriseEdgeLicenses", "license/getNetworkEdgeLicenses"]),
        ("Get-VeloCloudLink", ["enterprise/getEnterpriseEdges"]),
        ("Get-VeloCloudLinkStatus", ["monitoring/getEnterpriseEdgeLinkStatus"]),
        ("Get-VeloCloudMetric",
        [
            "metrics/getEdgeLinkMetrics",
            "metrics/getEdgeLinkSeries",
            "metrics/getEdgeAppMetrics",
            "metrics/getEdgeAppSeries",
            "metrics/getEdgeCategoryMetrics",
            "metrics/getEdgeCategorySeries",
            "metrics/getEdgeDestMetrics",
            "metrics/getEdgeDestSeries",
            "metrics/getEdgeDeviceMetrics",
            "metrics/getEdgeDeviceSeries",
            "metrics/getEdgeOsMetrics",
            "metrics/getEdgeOsSeries",
            "metrics/getEdgeSegmentMetrics",
            "metrics/getEdgeSegmentSeries",
            "metrics/getEdgeStatusMetrics",
            "metrics/getEdgeStatusSeries",
            "metrics/getEdgeSDWANPeerPathMetrics",
            "metrics/getEdgeSDWANPeerPathSeries",
            "metrics/getEnterpriseFlowMetrics",
            "monitoring/getAggregateEdgeLinkMetrics",
            "linkQualityEvent/getLinkQualityEvents",
            "configuration/getIdentifiableApplications",
            "edge/getEdgeSDWANPeers",
            "v2:getEdgeHealthMetrics",
            "v2:getEdgeHealthSeries",
        ]),
        ("Get-VeloCloudPartner", ["network/getNetworkEnterprises"]),
        ("Get-VeloCloudSoftwareImage", ["enterprise/getEnterpriseSpecificOperatorConfigurations", "enterpriseProxy/getEnterpriseProxyOperatorProfiles", "network/getNetworkConfigurations"]),
        ("Get-VeloCloudTunnel", ["monitoring/getEnterpriseEdgeNvsTunnelStatus"]),
        ("Invoke-VeloCloudEdgeAction", ["v2:createEdge"]),
        ("New-VeloCloudEdge", ["edge/edgeProvision"]),
        ("New-VeloCloudEnterprise", ["enterprise/insertEnterprise", "enterpriseProxy/insertEnterpriseProxyEnterprise"]),
        ("New-VeloCloudGatewayPool", ["network/insertNetworkGatewayPool"]),
        ("Remove-VeloCloudEdge", ["edge/deleteEdge"]),
        ("Remove-VeloCloudEnterprise", ["enterprise/deleteEnterprise"]),
        ("Remove-VeloCloudGatewayPool", ["network/deleteNetworkGatewayPool"]),
        ("Request-VeloCloudEdgeReactivation", ["edge/edgeRequestReactivation"]),
        ("Set-VeloCloudAlertConfiguration", ["enterprise/insertOrUpdateEnterpriseAlertConfigurations"]),
        ("Set-VeloCloudEdge", ["edge/updateEdgeAttributes"]),
        ("Set-VeloCloudEdgeLicense", ["license/setEnterpriseEdgeLicenseEdition"]),
        ("Set-VeloCloudEdgeProfile", ["edge/setEdgeEnterpriseConfiguration"]),
        ("Set-VeloCloudEdgeSoftwareImage", ["edge/setEdgeOperatorConfiguration", "edge/unsetEdgeOperatorConfiguration"]),
        ("Set-VeloCloudEnterprise", ["enterprise/updateEnterprise"]),
        ("Set-VeloCloudGatewayPool", ["network/updateNetworkGatewayPoolAttributes"]),
        ("Undo-VeloCloudEdgeReactivation", ["edge/edgeCancelReactivation"]),
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
