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
        ("Add-VeloCloudFirewallRule", ["configuration/updateConfigurationModule", "configuration/insertConfigurationModule"]),
        ("Connect-VeloCloud", ["login/enterpriseLogin", "login/operatorLogin", "system/getVersionInfo"]),
        ("Copy-VeloCloudProfile", ["configuration/cloneConfiguration", "configuration/getConfiguration"]),
        ("Disable-VeloCloudReplication", ["disasterRecovery/removeStandby"]),
        ("Disconnect-VeloCloud", ["logout"]),
        ("Enable-VeloCloudReplication", ["disasterRecovery/configureActiveForReplication"]),
        ("Export-VeloCloudConfiguration", ["configuration/getConfigurationModules", "edge/getEdgeConfigurationStack"]),
        ("Get-VeloCloudAlert", ["enterprise/getEnterpriseAlerts", "v2:getEnterpriseAlerts"]),
        ("Get-VeloCloudAlertConfiguration", ["enterprise/getEnterpriseAlertConfigurations"]),
        ("Get-VeloCloudApiToken", ["enterprise/getApiTokens", "enterpriseProxy/getApiTokens", "network/getApiTokens", "enterpriseUser/getApiTokens", "operatorUser/getApiTokens"]),
        ("Get-VeloCloudBgpSession", ["monitoring/getEnterpriseEdgeBgpPeerStatus", "monitoring/getEnterpriseBgpPeerStatus"]),
        ("Get-VeloCloudClientDevice", ["v2:getEnterpriseClientDevices"]),
        ("Get-VeloCloudConfigurationModule", ["configuration/getConfigurationModules", "edge/getEdgeConfigurationStack"]),
        ("Get-VeloCloudDeviceSetting", ["v2:getEnterpriseProfileDeviceSettings", "v2:getEdgeProfileDeviceSettings"]),
        ("Get-VeloCloudEdge", ["enterprise/getEnterpriseEdges", "edge/getEdge"]),
        ("Get-VeloCloudEdgeStack", ["edge/getEdgeConfigurationStack"]),
        ("Get-VeloCloudEdgeStatus", ["monitoring/getEnterpriseEdgeStatus"]),
        ("Get-VeloCloudEnterprise", ["enterprise/getEnterprise", "enterpriseProxy/getEnterpriseProxyEnterprises", "network/getNetworkEnterprises"]),
        ("Get-VeloCloudEvent", ["event/getEnterpriseEvents", "event/getProxyEvents", "event/getOperatorEvents", "v2:getEnterpriseEvents"]),
        ("Get-VeloCloudFirewallLog", ["firewall/getEnterpriseFirewallLogs"]),
        ("Get-VeloCloudFirewallRule", ["configuration/getConfigurationModules", "edge/getEdgeConfigurationStack"]),
        ("Get-VeloCloudGateway", ["network/getNetworkGateways", "enterpriseProxy/getEnterpriseProxyGateways"]),
        ("Get-VeloCloudGatewayPool", ["network/getNetworkGatewayPools", "enterpriseProxy/getEnterpriseProxyGatewayPools"]),
        ("Get-VeloCloudLicense", ["license/getEnterpriseEdgeLicenses", "license/getNetworkEdgeLicenses"]),
        ("Get-VeloCloudLink", ["enterprise/getEnterpriseEdges", "edge/getEdge"]),
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
        ("Get-VeloCloudObjectGroup", ["enterprise/getObjectGroups"]),
        ("Get-VeloCloudPartner", ["network/getNetworkEnterprises"]),
        ("Get-VeloCloudProfile", ["enterprise/getEnterpriseConfigurations"]),
        ("Get-VeloCloudReplication", ["disasterRecovery/getReplicationStatus"]),
        ("Get-VeloCloudRole", ["role/getUserTypeRoles"]),
        ("Get-VeloCloudSoftwareImage", ["enterprise/getEnterpriseSpecificOperatorConfigurations", "enterpriseProxy/getEnterpriseProxyOperatorProfiles", "network/getNetworkConfigurations"]),
        ("Get-VeloCloudSystemInfo", ["system/getVersionInfo"]),
        ("Get-VeloCloudSystemProperty", ["systemProperty/getSystemProperties", "systemProperty/getSystemProperty"]),
        ("Get-VeloCloudTunnel", ["monitoring/getEnterpriseEdgeNvsTunnelStatus", "edge/getEdgeSDWANPeers"]),
        ("Get-VeloCloudUser", ["enterprise/getEnterpriseUsers", "enterpriseProxy/getEnterpriseProxyUsers", "network/getNetworkOperatorUsers"]),
        ("Import-VeloCloudConfiguration", ["configuration/updateConfigurationModule", "configuration/insertConfigurationModule"]),
        ("Initialize-VeloCloudStandby", ["disasterRecovery/prepareForStandby"]),
        ("Invoke-VeloCloudDemotion", ["disasterRecovery/demoteActive"]),
        ("Invoke-VeloCloudEdgeAction", ["v2:createEdge"]),
        ("Invoke-VeloCloudFailover", ["disasterRecovery/promoteStandbyToActive"]),
        ("New-VeloCloudApiToken",
        [
            "enterprise/createApiToken",
            "enterpriseProxy/createApiToken",
            "network/createApiToken",
            "enterprise/downloadApiToken",
            "enterpriseProxy/downloadApiToken",
            "network/downloadApiToken",
        ]),
        ("New-VeloCloudEdge", ["edge/edgeProvision"]),
        ("New-VeloCloudEnterprise", ["enterprise/insertEnterprise", "enterpriseProxy/insertEnterpriseProxyEnterprise"]),
        ("New-VeloCloudGatewayPool", ["network/insertNetworkGatewayPool"]),
        ("New-VeloCloudObjectGroup", ["enterprise/insertObjectGroup"]),
        ("New-VeloCloudUser", ["enterprise/insertEnterpriseUser", "enterpriseProxy/insertEnterpriseProxyUser", "operatorUser/insertOperatorUser"]),
        ("Remove-VeloCloudEdge", ["edge/deleteEdge"]),
        ("Remove-VeloCloudEnterprise", ["enterprise/deleteEnterprise"]),
        ("Remove-VeloCloudFirewallRule", ["configuration/updateConfigurationModule"]),
        ("Remove-VeloCloudGatewayPool", ["network/deleteNetworkGatewayPool"]),
        ("Remove-VeloCloudObjectGroup", ["enterprise/deleteObjectGroup"]),
        ("Remove-VeloCloudProfile", ["configuration/deleteConfiguration", "configuration/getConfiguration"]),
        ("Remove-VeloCloudUser", ["enterpriseUser/deleteEnterpriseUser", "enterpriseProxy/deleteEnterpriseProxyUser", "operatorUser/deleteOperatorUser"]),
        ("Request-VeloCloudEdgeReactivation", ["edge/edgeRequestReactivation"]),
        ("Revoke-VeloCloudApiToken", ["enterprise/revokeApiToken", "enterpriseProxy/revokeApiToken", "network/revokeApiToken"]),
        ("Set-VeloCloudAlertConfiguration", ["enterprise/insertOrUpdateEnterpriseAlertConfigurations", "enterprise/getEnterpriseAlertConfigurations"]),
        ("Set-VeloCloudConfigurationModule", ["configuration/updateConfigurationModule", "configuration/insertConfigurationModule"]),
        ("Set-VeloCloudDeviceSetting",
        [
            "v2:updateEnterpriseProfileDeviceSettings",
            "v2:replaceEnterpriseProfileDeviceSettings",
            "v2:updateEdgeProfileDeviceSettings",
            "v2:replaceEdgeProfileDeviceSettings",
        ]),
        ("Set-VeloCloudEdge", ["edge/updateEdgeAttributes"]),
        ("Set-VeloCloudEdgeLicense", ["license/setEnterpriseEdgeLicenseEdition"]),
        ("Set-VeloCloudEdgeProfile", ["edge/setEdgeEnterpriseConfiguration"]),
        ("Set-VeloCloudEdgeSoftwareImage", ["edge/setEdgeOperatorConfiguration", "edge/unsetEdgeOperatorConfiguration"]),
        ("Set-VeloCloudEnterprise", ["enterprise/updateEnterprise"]),
        ("Set-VeloCloudGatewayPool", ["network/updateNetworkGatewayPoolAttributes"]),
        ("Set-VeloCloudObjectGroup", ["enterprise/updateObjectGroup"]),
        ("Set-VeloCloudSystemProperty", ["systemProperty/updateSystemProperty"]),
        ("Set-VeloCloudUser", ["enterpriseUser/updateEnterpriseUser", "enterpriseProxy/updateEnterpriseProxyUser", "operatorUser/updateOperatorUser"]),
        ("Undo-VeloCloudEdgeReactivation", ["edge/edgeCancelReactivation"]),
        ("Update-VeloCloudApiToken", ["enterprise/refreshApiToken", "network/refreshApiToken"]),
        ("Wait-VeloCloudReplication", ["disasterRecovery/getReplicationStatus"]),
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
