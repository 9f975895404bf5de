using System.Collections.Frozen;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>
/// The methods of the portal API that change nothing, each one read and judged: only these are repeated when their answer is lost, and only these are sent without
/// asking (ShouldProcess). Whatever is not here is a change. The names alone do not tell:
/// <list type="bullet">
/// <item>downloadApiToken (three objects) gives a token once only: a second request finds it gone.</item>
/// <item>disasterRecovery/getReplicationBlob takes the privilege to create a replication and hands out an access to this server.</item>
/// <item>enterprise/getEnterprisesMissingGateway takes the privilege to update and answers as a write does (rows, error).</item>
/// <item>enterprise/getNSDConfiguration takes the privilege to update and passes an _update on to another cloud.</item>
/// <item>migration/verifyNSDTunnels notes that the tunnels were verified.</item>
/// </list>
/// </summary>
public static class VeloCloudReadMethods
{
    // The operation table's.
    private static readonly string[] Defined =
    [
        "compositeRole/getByEnterprise",
        "compositeRole/getByEnterpriseProxy",
        "compositeRole/getByOperator",

        "configuration/getConfiguration",
        "configuration/getConfigurationModules",
        "configuration/getIdentifiableApplications",
        "configuration/getRoutableApplications",

        "disasterRecovery/getReplicationStatus",

        "edge/getClientVisibilityMode",
        "edge/getEdge",
        "edge/getEdgeConfigurationModules",
        "edge/getEdgeConfigurationStack",
        "edge/getEdgeSDWANPeers",

        "enterprise/decodeEnterpriseKey",
        "enterprise/getAnalyticsConfiguration",
        "enterprise/getApiTokens",
        "enterprise/getEnterprise",
        "enterprise/getEnterpriseAddresses",
        "enterprise/getEnterpriseAlertConfigurations",
        "enterprise/getEnterpriseAlertDefinitions",
        "enterprise/getEnterpriseAlerts",
        "enterprise/getEnterpriseAllAlertsRecipients",
        "enterprise/getEnterpriseCapabilities",
        "enterprise/getEnterpriseConfigurations",
        "enterprise/getEnterpriseDefaultOperatorConfiguration",
        "enterprise/getEnterpriseDistributedCostCalculation",
        "enterprise/getEnterpriseEdges",
        "enterprise/getEnterpriseGatewayHandoff",
        "enterprise/getEnterpriseMaximumSegments",
        "enterprise/getEnterpriseNetworkAllocation",
        "enterprise/getEnterpriseNetworkAllocations",
        "enterprise/getEnterpriseNetworkSegments",
        "enterprise/getEnterpriseOperatorConfiguration",
        "enterprise/getEnterpriseProperty",
        "enterprise/getEnterpriseProxyEnterprisesWithProperty",
        "enterprise/getEnterpriseRateLimits",
        "enterprise/getEnterpriseRouteConfiguration",
        "enterprise/getEnterpriseRouteTable",
        "enterprise/getEnterpriseServices",
        "enterprise/getEnterpriseSpecificOperatorConfigurations",
        "enterprise/getEnterpriseUseNSDPolicy",
        "enterprise/getEnterpriseUsers",
        "enterprise/getEnterprisesWithProperty",
        "enterprise/getObjectGroups",
        "enterprise/isEnterpriseUpgradedLaterThan",

        "enterpriseProxy/getApiTokens",
        "enterpriseProxy/getEnterpriseProxyCapabilities",
        "enterpriseProxy/getEnterpriseProxyCloneableEnterprises",
        "enterpriseProxy/getEnterpriseProxyEdgeInventory",
        "enterpriseProxy/getEnterpriseProxyEnterprises",
        "enterpriseProxy/getEnterpriseProxyGatewayPools",
        "enterpriseProxy/getEnterpriseProxyGateways",
        "enterpriseProxy/getEnterpriseProxyOperatorProfiles",
        "enterpriseProxy/getEnterpriseProxyProperty",
        "enterpriseProxy/getEnterpriseProxyRateLimits",
        "enterpriseProxy/getEnterpriseProxyUser",
        "enterpriseProxy/getEnterpriseProxyUsers",

        "enterpriseUser/getApiTokens",
        "enterpriseUser/getEnterpriseUser",

        "event/getEnterpriseEvents",
        "event/getOperatorEvents",
        "event/getProxyEvents",

        "firewall/getEnterpriseFirewallLogs",

        "functionalRole/getByEnterprise",
        "functionalRole/getByEnterpriseProxy",
        "functionalRole/getByOperator",

        "gateway/getGatewayEdgeAssignments",

        "gatewayProperty/getGatewayProperties",

        "linkQualityEvent/getLinkQualityEvents",

        "metrics/getEdgeAppLinkMetrics",
        "metrics/getEdgeAppLinkSeries",
        "metrics/getEdgeAppMetrics",
        "metrics/getEdgeAppSeries",
        "metrics/getEdgeCategoryMetrics",
        "metrics/getEdgeCategorySeries",
        "metrics/getEdgeDestMetrics",
        "metrics/getEdgeDestSeries",
        "metrics/getEdgeDeviceMetrics",
        "metrics/getEdgeDeviceSeries",
        "metrics/getEdgeLinkMetrics",
        "metrics/getEdgeLinkSeries",
        "metrics/getEdgeOsMetrics",
        "metrics/getEdgeOsSeries",
        "metrics/getEdgeSDWANPeerPathMetrics",
        "metrics/getEdgeSDWANPeerPathSeries",
        "metrics/getEdgeSegmentMetrics",
        "metrics/getEdgeSegmentSeries",
        "metrics/getEdgeStatusMetrics",
        "metrics/getEdgeStatusSeries",
        "metrics/getEnterpriseFlowMetrics",
        "metrics/getGatewayStatusMetrics",
        "metrics/getGatewayStatusSeries",

        "migration/getEnterprisesUsingQuiescedGateways",
        "migration/getMigrationActions",
        "migration/getMigrationGateways",

        "monitoring/getAggregateEdgeLinkMetrics",
        "monitoring/getAggregateEnterpriseEvents",
        "monitoring/getAggregates",
        "monitoring/getEnterpriseBgpPeerStatus",
        "monitoring/getEnterpriseEdgeBfdPeerStatus",
        "monitoring/getEnterpriseEdgeBgpPeerStatus",
        "monitoring/getEnterpriseEdgeClusterStatus",
        "monitoring/getEnterpriseEdgeLinkStatus",
        "monitoring/getEnterpriseEdgeNvsTunnelStatus",
        "monitoring/getEnterpriseEdgeStatus",
        "monitoring/getNetworkGatewayStatus",
        "monitoring/getVPNEdgeActionStatus",
        "monitoring/getVPNSiteStatus",

        "network/getApiTokens",
        "network/getEligibleReplacementGateways",
        "network/getNetworkCloneableEnterprises",
        "network/getNetworkConfigurations",
        "network/getNetworkEnterprises",
        "network/getNetworkGatewayPools",
        "network/getNetworkGateways",
        "network/getNetworkOperatorUsers",

        "operatorUser/getApiTokens",
        "operatorUser/getOperatorUser",

        "role/getEligiblePrivilegesForCustomization",
        "role/getRoleCustomizationPrivileges",
        "role/getRoleCustomizations",
        "role/getUserTypeRoles",

        "softwareUpdate/getFirmwareUpdatesList",
        "softwareUpdate/getSoftwareUpdatesList",

        "sshConfig/getEnterpriseProxyUserSSHKey",
        "sshConfig/getEnterpriseUserSSHKey",
        "sshConfig/getOperatorUserSSHKey",

        "system/getVersionInfo",

        "systemProperty/getSystemProperties",
        "systemProperty/getSystemProperty",

        "vcoDiagnostics/getVcoDbDiagnostics",

        "vcoInventory/getPendingInventory",
    ];

    // In no definition, but seen in use against real Orchestrators (facts/velocloud.md, "Used in the wild").
    private static readonly string[] Seen =
    [
        "alert/getEnterpriseAlertDefinitions",
        "async/getStatus",
        "edge/getEdgeGatewayAssignments",
        "enterprise/getEnterpriseConfigurationsPolicies",
        "enterprise/getEnterpriseDataCenters",
        "enterprise/getEnterpriseEdgeList",
        "enterprise/getEnterprisePrivateNetworks",
        "license/getEnterpriseEdgeLicenses",
        "license/getNetworkEdgeLicenses",
        "service/getEnterpriseServiceLicense",
    ];

    // The same, but these change something, or may (an export writes an event at least).
    private static readonly string[] SeenChanges =
    [
        "license/addEdgeLicensesToEnterprise",
        "license/exportNetworkEdgeLicenseData",
        "license/setEnterpriseEdgeLicenseEdition",
        "license/updateEnterpriseEdgeLicenses",
    ];

    /// <summary>All of them.</summary>
    public static FrozenSet<string> All { get; } = Defined.Concat(Seen).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Methods that no definition has and that are in use all the same.</summary>
    public static FrozenSet<string> Undefined { get; } = Seen.Concat(SeenChanges).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True where sending a request twice is the same as sending it once, and once the same as not at all.</summary>
    public static bool Contains(string method) => All.Contains(method);
}
