using System.Text.Json;

namespace OrchestratorTools.Tests.VeloCloud;

/// <summary>One operation of the recorded table.</summary>
internal sealed record WalkOperation(string Name, IReadOnlyList<(string Name, string Type, bool IsRequired)> Parameters, string Returns, IReadOnlyList<string> Members, bool IsOperators)
{
    /// <summary>The operations of the portal API, read from the simulator's own copy of the table.</summary>
    public static IReadOnlyList<WalkOperation> All { get; } = Read();

    public static WalkOperation Find(string name) => All.Single(o => o.Name == name);

    /// <summary>The words that a parameter may hold: for <c>with</c>, everything that can be asked for.</summary>
    public string[] Words(string parameter)
    {
        var type = Parameters.Single(p => p.Name == parameter).Type;
        var colon = type.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? [] : type[(colon + 1)..].Replace("[]", "", StringComparison.Ordinal).Split('|');
    }

    private static List<WalkOperation> Read()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Simulator.RepositoryRoot, "src", "OrchestratorTools.Simulator", "VeloCloud", "velocloud-v1-operations.json")));
        return [.. document.RootElement.EnumerateObject().Select(o => new WalkOperation(
            o.Name,
            [.. o.Value.GetProperty("params").EnumerateArray().Select(p => (
                p.GetProperty("name").GetString()!,
                p.GetProperty("type").GetString()!,
                p.TryGetProperty("required", out var required) && required.GetBoolean()))],
            o.Value.GetProperty("returns").GetString()!,
            [.. o.Value.GetProperty("members").EnumerateArray().Select(m => m.GetString()!)],
            o.Value.TryGetProperty("operatorOnly", out var only) && only.GetBoolean()))];
    }
}

/// <summary>Valid parameters for every operation, over what the simulator has at its start or what is made first.</summary>
internal sealed class VeloWalk(VeloRaw velo)
{
    public const int Acme = 1801;
    public const int Partner = 7;
    public const int Profile = 18_011;
    public const int Edge = 10_001;
    private static readonly object Interval = new { start = DateTimeOffset.UtcNow.AddHours(-6).ToUnixTimeMilliseconds(), end = DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeMilliseconds() };
    private static readonly string[] NoWith = ["softwareUpdate/getFirmwareUpdatesList", "softwareUpdate/getSoftwareUpdatesList", "enterprise/cloneEnterpriseV2"];
    private static int _number;

    private static int Next() => Interlocked.Increment(ref _number);

    /// <summary>The parameters of an operation: what every one has, and what only this one needs.</summary>
    public async Task<Dictionary<string, object>> ParametersAsync(WalkOperation operation)
    {
        var parameters = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, type, required) in operation.Parameters)
        {
            if (Common(operation, name, type, required) is { } value)
                parameters[name] = value;
        }

        foreach (var (name, value) in await SpecialAsync(operation.Name))
        {
            parameters[name] = value;
        }

        return parameters;
    }

    private static object? Common(WalkOperation operation, string name, string type, bool required)
        => name switch
        {
            "enterpriseId" when type == "integer[]" => null,
            "enterpriseId" => operation.Name.StartsWith("configuration/updateApplicationMap", StringComparison.Ordinal) ? null : Acme,
            "enterpriseProxyId" => operation.Name.StartsWith("enterpriseProxy/", StringComparison.Ordinal) || required ? Partner : null,
            "networkId" => 1,
            "with" => NoWith.Contains(operation.Name, StringComparer.Ordinal) ? null : type.EndsWith("[]", StringComparison.Ordinal) ? operation.Words("with") : operation.Words("with")[0],
            "interval" => Interval,
            "name" when required && !type.Contains(':', StringComparison.Ordinal) => $"walk {Next()}",
            "username" when required => $"walk{Next()}@x.example",
            "password" when required => "p-w",
            "description" when required => "d",
            "functionalRoleIds" => Array.Empty<int>(),
            "lifetimeMs" => 60_000,
            "edgeId" when required => type == "integer[]" ? new[] { Edge } : Edge,
            "gatewayId" when required => 21,
            _ when !required => null,
            _ when type.StartsWith("boolean", StringComparison.Ordinal) => true,
            _ when type.Contains(':', StringComparison.Ordinal) => type.EndsWith("[]", StringComparison.Ordinal) ? operation.Words(name) : operation.Words(name)[0],
            "configurationId" => Profile,
            _ when type == "object" => new { },
            _ when type.EndsWith("[]", StringComparison.Ordinal) => Array.Empty<object>(),
            _ when type.StartsWith("string", StringComparison.Ordinal) => "x",
            _ => 1,
        };

    private async Task<int> IdAsync(string method, object parameters) => (await velo.OkAsync(method, parameters)).GetProperty("id").GetInt32();

    private async Task<int> ProfileAsync() => await IdAsync("configuration/cloneConfiguration", new { enterpriseId = Acme, configurationId = Profile, name = $"walked {Next()}" });

    private async Task<int> ModuleAsync(int profile, string name)
        => (await velo.OkAsync("configuration/getConfigurationModules", new { enterpriseId = Acme, configurationId = profile, modules = VeloRaw.Some(name) }))[0].GetProperty("id").GetInt32();

    private async Task<int> UserAsync(string method, int role)
        => await IdAsync(method, method.StartsWith("operator", StringComparison.Ordinal)
            ? new { username = $"walked{Next()}@x.example", password = "p", roleId = role }
            : method.StartsWith("enterpriseProxy", StringComparison.Ordinal)
                ? new { username = $"walked{Next()}@x.example", password = "p", roleId = role, enterpriseProxyId = Partner }
                : new { username = $"walked{Next()}@x.example", password = "p", roleId = role, enterpriseId = Acme });

    private async Task<int> TokenAsync(string level, int user)
        => await IdAsync(level + "/createApiToken", level == "network" ? new { operatorUserId = user, name = "walked", lifetimeMs = 60_000 } : new { enterpriseUserId = user, name = "walked", lifetimeMs = 60_000 });

    private async Task<string> SecretAsync(string level, int user)
        => (await velo.OkAsync(level + "/downloadApiToken", level == "enterprise" ? (object)new { id = await TokenAsync(level, user), enterpriseId = Acme } : new { id = await TokenAsync(level, user) })).GetProperty("token").GetString()!;

    private async Task<int> ObjectAsync(string kind, string type, object data)
        => await IdAsync($"enterprise/insert{kind}", new { enterpriseId = Acme, name = $"object {Next()}", type, data });

    private async Task<int> AllocationAsync() => await IdAsync("enterprise/insertEnterpriseNetworkAllocation", new { enterpriseId = Acme, name = $"object {Next()}" });

    private async Task<int> ClusterAsync() => await IdAsync("enterprise/insertEnterpriseEdgeCluster", new { enterpriseId = Acme, name = $"cluster {Next()}", type = "edgeHubCluster", edges = VeloRaw.Some(Edge) });

    private async Task<int> RoleAsync(string level, string userType, int part)
        => await IdAsync($"compositeRole/createBy{level}", level switch
        {
            "Enterprise" => new { userType, enterpriseId = Acme, name = $"role {Next()}", description = "d", functionalRoleIds = VeloRaw.Some(part) },
            "EnterpriseProxy" => new { userType, enterpriseProxyId = Partner, name = $"role {Next()}", description = "d", functionalRoleIds = VeloRaw.Some(part) },
            _ => (object)new { userType, networkId = 1, name = $"role {Next()}", description = "d", functionalRoleIds = VeloRaw.Some(part) },
        });

    private async Task<int> EnterpriseAsync() => await IdAsync("enterprise/insertEnterprise", new { name = $"Walked {Next()}", configurationId = 12 });

    private async Task<int> GatewayAsync() => await IdAsync("gateway/gatewayProvision", new { networkId = 1, ipAddress = $"203.0.113.{100 + Next() % 100}", name = $"gateway {Next()}" });

    private async Task<int> PoolAsync() => await IdAsync("network/insertNetworkGatewayPool", new { networkId = 1, name = $"pool {Next()}" });

    private async Task<int> EdgeAsync() => await IdAsync("edge/edgeProvision", new { enterpriseId = Acme, configurationId = Profile, modelNumber = "virtual", name = $"walked {Next()}" });

    private async Task<int> PackageAsync()
        => await IdAsync("role/insertRoleCustomizationPackage", new { name = $"package {Next()}", blobContent = new { roleCustomizations = VeloRaw.Some(new { forRoleId = 6, addPrivileges = VeloRaw.Some(new { privilege = "SHUTDOWN_EDGE" }) }) } });

    private async Task<JsonElement> ServiceAsync()
        => (await velo.OkAsync("enterprise/getEnterpriseServices", new { enterpriseId = Acme, type = "dataCenter" }))[0];

    private async Task<string> PeerAsync()
        => (await velo.OkAsync("edge/getEdgeSDWANPeers", new { enterpriseId = Acme, edgeId = Edge }))[0].GetProperty("deviceLogicalId").GetString()!;

    private async Task<JsonElement> InventoryAsync() => (await velo.OkAsync("vcoInventory/getPendingInventory", new { enterpriseId = Acme }))[0];

    private async Task<string> KeyAsync() => (await velo.OkAsync("enterprise/encodeEnterpriseKey", new { key = "secret" })).GetProperty("key").GetString()!;

    private async Task<JsonElement> RouteAsync() => (await velo.OkAsync("enterprise/getEnterpriseRouteTable", new { enterpriseId = Acme })).GetProperty("subnets")[0];

    private static Dictionary<string, object> Some(params (string Name, object Value)[] members) => members.ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal);

    private async Task<Dictionary<string, object>> SpecialAsync(string name)
    {
        switch (name)
        {
            case "clientDevice/setClientDeviceHostName": return Some(("hostName", "named"), ("clientDeviceId", Edge * 10));
            case "compositeRole/createByEnterprise": return Some(("functionalRoleIds", VeloRaw.Some(100)));
            case "compositeRole/createByEnterpriseProxy": return Some(("functionalRoleIds", VeloRaw.Some(110)));
            case "compositeRole/createByOperator": return Some(("functionalRoleIds", VeloRaw.Some(120)));
            case "compositeRole/deleteByEnterprise": return Some(("roleIds", VeloRaw.Some(await RoleAsync("Enterprise", "ENTERPRISE", 100))));
            case "compositeRole/deleteByEnterpriseProxy": return Some(("roleIds", VeloRaw.Some(await RoleAsync("EnterpriseProxy", "MSP", 110))), ("enterpriseProxyId", Partner));
            case "compositeRole/deleteByOperator": return Some(("roleIds", VeloRaw.Some(await RoleAsync("Operator", "OPERATOR", 120))));
            case "compositeRole/getByEnterpriseProxy": return Some(("enterpriseProxyId", Partner));
            case "compositeRole/updateByEnterprise": return Some(("roleId", await RoleAsync("Enterprise", "ENTERPRISE", 100)), ("_update", new { description = "new" }));
            case "compositeRole/updateByEnterpriseProxy": return Some(("roleId", await RoleAsync("EnterpriseProxy", "MSP", 110)), ("enterpriseProxyId", Partner), ("_update", new { description = "new" }));
            case "compositeRole/updateByOperator": return Some(("roleId", await RoleAsync("Operator", "OPERATOR", 120)), ("_update", new { description = "new" }));
            case "configuration/cloneConfiguration": return Some(("configurationId", Profile), ("name", $"clone {Next()}"));
            case "configuration/cloneAndConvertConfiguration": return Some(("name", $"clone {Next()}"));
            case "configuration/cloneEnterpriseTemplate": return Some(("name", $"clone {Next()}"));
            case "configuration/deleteConfiguration": return Some(("id", await ProfileAsync()));
            case "configuration/getConfiguration": return Some(("id", Profile));
            case "configuration/insertConfigurationModule": return Some(("name", "analyticsSettings"), ("configurationId", await ProfileAsync()));
            case "configuration/removeOperatorConfigurationAssocFromEnterprises": return Some(("configurationId", 13));
            case "configuration/updateApplicationMapContent": return Some(("ids", VeloRaw.Some(1)));
            case "configuration/updateConfiguration": return Some(("id", await ProfileAsync()), ("_update", new { description = "new" }));
            case "configuration/updateConfigurationModule": return Some(("id", await ModuleAsync(await ProfileAsync(), "QOS")), ("_update", new { data = new { } }));
            case "disasterRecovery/configureActiveForReplication": return Some(("standbyList", VeloRaw.Some(new { standbyAddress = "192.0.2.1", standbyUuid = "x" })), ("drVCOUser", "super@vco.example"));
            case "edge/deleteEdge": return Some(("id", await EdgeAsync()));
            case "edge/edgeCancelReactivation":
                await velo.OkAsync("edge/edgeRequestReactivation", new { enterpriseId = Acme, edgeId = Edge });
                return [];
            case "edge/getEdge": return Some(("id", Edge));
            case "edge/getEdgeConfigurationModules": return Some(("edgeId", Edge));
            case "edge/setEdgeEnterpriseConfiguration": return Some(("edgeId", Edge + 2));
            case "edge/setEdgeHandOffGateways": return Some(("edgeId", Edge), ("gateways", new { primary = 21 }));
            case "edge/setEdgeOperatorConfiguration" or "edge/unsetEdgeOperatorConfiguration": return Some(("configurationId", 13));
            case "edge/updateAnalyticsSettingsForEdges": return Some(("configData", new { analyticsMode = "SDWAN_ONLY" }));
            case "edge/updateEdgeAdminPassword": return Some(("id", Edge));
            case "edge/updateEdgeAttributes": return Some(("id", Edge), ("_update", new { description = "walked" }));
            case "edge/updateEdgeCredentialsByConfiguration": return Some(("credentials", new { username = "admin", password = "p" }));
            case "enterprise/addEnterpriseOperatorConfiguration": return Some(("configurationId", 13), ("enterpriseIds", VeloRaw.Some(Acme)));
            case "enterprise/assignEnterpriseOperatorConfigurations": return Some(("configurationIds", VeloRaw.Some(13)));
            case "enterprise/cloneEnterpriseV2": return Some(("id", Acme), ("configurationId", 12), ("user", new { username = $"cloned{Next()}@x.example", password = "p" }));
            case "enterprise/createApiToken": return Some(("enterpriseUserId", 501));
            case "enterprise/decodeEnterpriseKey": return Some(("key", await KeyAsync()));
            case "enterprise/deleteEnterprise": return Some(("enterpriseId", await EnterpriseAsync()));
            case "enterprise/deleteEnterpriseNetworkAllocation" or "enterprise/getEnterpriseNetworkAllocation": return Some(("id", await AllocationAsync()));
            case "enterprise/updateEnterpriseNetworkAllocation": return Some(("id", await AllocationAsync()), ("_update", new { description = "new" }));
            case "enterprise/deleteEnterpriseNetworkSegment": return Some(("id", await ObjectAsync("EnterpriseNetworkSegment", "REGULAR", new { })));
            case "enterprise/updateEnterpriseNetworkSegment": return Some(("id", await ObjectAsync("EnterpriseNetworkSegment", "CDE", new { })), ("_update", new { description = "new" }));
            case "enterprise/deleteEnterpriseService": return Some(("id", await ObjectAsync("EnterpriseService", "dns", new { })));
            case "enterprise/updateEnterpriseService": return Some(("id", await ObjectAsync("EnterpriseService", "dns", new { })), ("_update", new { description = "new" }));
            case "enterprise/deleteObjectGroup": return Some(("id", await ObjectAsync("ObjectGroup", "port_group", new { })));
            case "enterprise/updateObjectGroup": return Some(("id", await ObjectAsync("ObjectGroup", "port_group", new { })), ("description", "new"));
            case "enterprise/disableClusterForEdgeHub" or "enterprise/enableClusterForEdgeHub": return Some(("id", await ClusterAsync()), ("moduleId", await ModuleAsync(Profile, "deviceSettings")));
            case "enterprise/updateEnterpriseEdgeCluster": return Some(("id", await ClusterAsync()), ("_update", new { description = "new" }), ("addEdges", VeloRaw.Some(Edge + 2)));
            case "enterprise/downloadApiToken": return Some(("id", await TokenAsync("enterprise", 501)));
            case "enterprise/revokeApiToken": return Some(("id", await TokenAsync("enterprise", 501)));
            case "enterprise/refreshApiToken": return Some(("apiToken", await SecretAsync("enterprise", 501)));
            case "enterprise/getApiTokens": await TokenAsync("enterprise", 501); return [];
            case "enterprise/getEnterprise": return Some(("id", Acme));
            case "enterprise/getEnterpriseEdges": return Some(("id", Acme));
            case "enterprise/getEnterpriseUsers": return Some(("id", Acme));
            case "enterprise/getEnterpriseProperty" or "enterprise/getEnterprisesWithProperty" or "enterprise/getEnterpriseProxyEnterprisesWithProperty":
                await velo.OkAsync("enterprise/insertOrUpdateEnterpriseProperty", new { enterpriseId = Acme, name = "walked", value = "v" });
                return name == "enterprise/getEnterpriseProperty" ? Some(("name", "walked")) : Some(("name", "walked"), ("value", "v"));
            case "enterprise/getNSDConfiguration": return Some(("id", (await ServiceAsync()).GetProperty("id").GetInt32()));
            case "enterprise/insertEnterprise": return Some(("configurationId", 12));
            case "enterpriseProxy/insertEnterpriseProxyEnterprise": return Some(("configurationId", 12));
            case "enterprise/insertEnterpriseEdgeCluster": return Some(("edges", VeloRaw.Some(Edge)));
            case "enterprise/insertEnterpriseUser": return Some(("roleId", 6));
            case "enterpriseProxy/insertEnterpriseProxyUser": return Some(("roleId", 10));
            case "operatorUser/insertOperatorUser": return Some(("roleId", 2));
            case "enterprise/insertOrUpdateEnterpriseAlertConfigurations": return Some(("enterpriseAlertConfigurations", VeloRaw.Some(new { name = "EDGE_UP", enabled = true })));
            case "enterprise/insertOrUpdateEnterpriseGatewayHandoff": return Some(("value", new { type = "NONE" }));
            case "enterprise/insertOrUpdateEnterpriseRateLimits": return Some(("value", Array.Empty<object>()));
            case "enterprise/insertOrUpdateEnterpriseProxyRateLimits": return Some(("value", Array.Empty<object>()), ("enterpriseProxyId", Partner));
            case "enterprise/isEnterpriseUpgradedLaterThan": return Some(("toVersion", "5.0.0"));
            case "enterprise/setDefaultEnterpriseOperatorConfiguration" or "enterprise/setEnterpriseOperatorConfiguration": return Some(("configurationId", 12));
            case "enterprise/setEnterpriseMaximumSegments": return Some(("value", 32));
            case "enterprise/setEnterpriseAllAlertsRecipients": return Some(("emailList", VeloRaw.Some("a@b.example")));
            case "enterprise/updateEdgeImageManagementForEnterprises": return Some(("enterpriseIds", VeloRaw.Some(Acme)));
            case "enterprise/updateEnterprise": return Some(("_update", new { contactName = "walker" }));
            case "enterprise/updateEnterpriseRoute": return Some(("updated", await RouteAsync()));
            case "enterpriseProxy/createApiToken": return Some(("enterpriseUserId", 502));
            case "enterpriseProxy/downloadApiToken" or "enterpriseProxy/revokeApiToken": return Some(("id", await TokenAsync("enterpriseProxy", 502)));
            case "enterpriseProxy/getApiTokens": await TokenAsync("enterpriseProxy", 502); return [];
            case "enterpriseProxy/deleteEnterpriseProxyUser": return Some(("id", await UserAsync("enterpriseProxy/insertEnterpriseProxyUser", 10)));
            case "enterpriseProxy/getEnterpriseProxyUser": return Some(("id", 502));
            case "enterpriseProxy/updateEnterpriseProxyUser": return Some(("id", await UserAsync("enterpriseProxy/insertEnterpriseProxyUser", 10)), ("_update", new { lastName = "new" }));
            case "enterpriseProxy/getEnterpriseProxyProperty":
                await velo.OkAsync("enterpriseProxy/insertOrUpdateEnterpriseProxyProperty", new { enterpriseProxyId = Partner, name = "walked", value = "v" });
                return Some(("name", "walked"), ("enterpriseId", 1802));
            case "enterpriseUser/deleteEnterpriseUser": return Some(("id", await UserAsync("enterprise/insertEnterpriseUser", 6)));
            case "enterpriseUser/getApiTokens": await TokenAsync("enterprise", 501); return Some(("id", 501));
            case "enterpriseUser/getEnterpriseUser": return Some(("id", 501));
            case "enterpriseUser/updateEnterpriseUser": return Some(("id", await UserAsync("enterprise/insertEnterpriseUser", 6)), ("_update", new { lastName = "new" }));
            case "gateway/deleteGateway" or "gateway/updateGatewayAttributes": return Some(("id", await GatewayAsync()));
            case "gateway/gatewayProvision": return Some(("ipAddress", $"203.0.113.{200 + Next() % 50}"));
            case "gatewayProperty/setReplacementGateway" or "gatewayProperty/getGatewayProperties":
                await velo.OkAsync("gatewayProperty/setReplacementGateway", new { gatewayId = 21, replacementGatewayId = 23, migrationDeadline = 1_900_000_000_000 });
                return name.EndsWith("Properties", StringComparison.Ordinal) ? [] : Some(("replacementGatewayId", 23));
            case "link/updateLinkAttributes": return Some(("linkId", (Edge * 10) + 1), ("_update", new { displayName = "walked" }));
            case "metrics/getEdgeAppMetrics" or "metrics/getEdgeAppSeries" or "metrics/getEdgeCategoryMetrics" or "metrics/getEdgeCategorySeries" or "metrics/getEdgeDestMetrics" or "metrics/getEdgeDestSeries"
                or "metrics/getEdgeDeviceMetrics" or "metrics/getEdgeDeviceSeries" or "metrics/getEdgeLinkMetrics" or "metrics/getEdgeLinkSeries" or "metrics/getEdgeOsMetrics" or "metrics/getEdgeOsSeries"
                or "metrics/getEdgeSegmentMetrics" or "metrics/getEdgeSegmentSeries": return Some(("edgeId", Edge));
            case "metrics/getEdgeAppLinkMetrics" or "metrics/getEdgeAppLinkSeries": return Some(("id", Edge));
            case "metrics/getEdgeSDWANPeerPathMetrics" or "metrics/getEdgeSDWANPeerPathSeries": return Some(("peerLogicalId", await PeerAsync()));
            case "metrics/getEnterpriseFlowMetrics": return Some(("viewBy", "application"));
            case "migration/getMigrationGateways":
                await velo.OkAsync("gatewayProperty/setReplacementGateway", new { gatewayId = 21, replacementGatewayId = 23, migrationDeadline = 1_900_000_000_000 });
                return [];
            case "monitoring/getAggregateEdgeLinkMetrics": return Some(("enterprises", VeloRaw.Some(Acme)));
            case "monitoring/getEnterpriseEdgeLinkStatus": return Some(("enterprises", VeloRaw.Some(Acme)));
            case "monitoring/getEnterpriseEdgeClusterStatus": await ClusterAsync(); return [];
            case "monitoring/getVPNEdgeActionStatus": return Some(("providerObjectId", (await ServiceAsync()).GetProperty("id").GetInt32()));
            case "monitoring/getVPNSiteStatus": return Some(("providerObjectId", (await ServiceAsync()).GetProperty("id").GetInt32()));
            case "network/createApiToken": return Some(("operatorUserId", 503));
            case "network/downloadApiToken" or "network/revokeApiToken": return Some(("id", await TokenAsync("network", 503)));
            case "network/refreshApiToken": return Some(("apiToken", await SecretAsync("network", 503)));
            case "network/getApiTokens": await TokenAsync("network", 503); return [];
            case "network/deleteNetworkGatewayPool": return Some(("id", await PoolAsync()));
            case "network/updateNetworkGatewayPoolAttributes": return Some(("id", await PoolAsync()), ("description", "new"));
            case "operatorUser/deleteOperatorUser": return Some(("id", await UserAsync("operatorUser/insertOperatorUser", 2)));
            case "operatorUser/getApiTokens": await TokenAsync("network", 503); return Some(("id", 503));
            case "operatorUser/getOperatorUser": return Some(("id", 503));
            case "operatorUser/setOperatorUserBastionState": return Some(("operatorUserId", await UserAsync("operatorUser/insertOperatorUser", 2)));
            case "operatorUser/updateOperatorUser": return Some(("id", await UserAsync("operatorUser/insertOperatorUser", 2)), ("_update", new { lastName = "new" }));
            case "role/applyRoleCustomizationPackage": return Some(("id", await PackageAsync()));
            case "role/saveAndApplyRoleCustomizationPackage": return Some(("id", await PackageAsync()), ("_update", new { description = "new" }));
            case "role/getRoleCustomizations":
                await velo.OkAsync("role/applyRoleCustomizationPackage", new { id = await PackageAsync() });
                return Some(("roleCustomizationLevel", "ALL"));
            case "role/createRoleCustomization": return Some(("forRoleId", 6), ("privilegeIds", VeloRaw.Some(7001)));
            case "role/deleteRoleCustomization": return Some(("forRoleId", 6));
            case "role/getEligiblePrivilegesForCustomization": return Some(("roleId", 6));
            case "role/removeEnterpriseProxyCustomRoles": return Some(("enterpriseProxyId", Partner));
            case "role/setEnterpriseDelegatedToOperator" or "role/setEnterpriseUserManagementDelegatedToOperator" or "role/setEnterpriseViewSensitiveDataDelegatedToEnterpriseProxy"
                or "role/setEnterpriseViewSensitiveDataDelegatedToOperator": return Some(("isDelegated", true));
            case "role/setEnterpriseProxyDelegatedToOperator": return Some(("enterpriseProxyId", Partner));
            case "sshConfig/getEnterpriseProxyUserSSHKey" or "sshConfig/revokeEnterpriseProxyUserSSHKey": return Some(("enterpriseProxyId", Partner));
            case "sshConfig/getOperatorUserSSHKey": await velo.OkAsync("sshConfig/generateSshKey"); return [];
            case "sshConfig/importSshKey": return Some(("publicKey", "ssh-ed25519 AAAA"));
            case "systemProperty/getSystemProperty": return Some(("name", "network.public.address"));
            case "systemProperty/insertOrUpdateSystemProperty" or "systemProperty/insertSystemProperty": return Some(("name", $"walk.{Next()}"));
            case "systemProperty/updateSystemProperty": return Some(("name", "edge.offline.limit.sec"), ("_update", new { value = "121" }));
            case "vcoInventory/associateEdges":
                return Some(("edges", VeloRaw.Some(new { serialNumber = (await InventoryAsync()).GetProperty("serialNumber").GetString(), licenseId = 300, configurationId = Profile })));
            case "vcoInventory/associateExistingEdge": return Some(("edgeId", await EdgeAsync()), ("inventoryEdgeId", (await InventoryAsync()).GetProperty("id").GetInt32()));
            case "vcoInventory/reassignInventoryItems": return Some(("edges", Array.Empty<object>()));
            case "vcoInventory/deleteRmaInventoryItems": return Some(("serialNumbers", VeloRaw.Some("none")));
            default: return [];
        }
    }
}
