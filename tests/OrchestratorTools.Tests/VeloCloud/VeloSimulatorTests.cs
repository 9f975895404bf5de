using System.Text.Json;

namespace OrchestratorTools.Tests.VeloCloud;

/// <summary>The simulated Orchestrator by itself: tiers and their rights, enterprises, edges, profiles, users, roles, tokens.</summary>
public sealed class VeloSimulatorTests(VeloServer server) : IClassFixture<VeloServer>
{
    private const string Denied = "Permission denied";

    private Simulator Simulator => server.Simulator;

    [Fact]
    public async Task An_enterprise_is_made_changed_and_deleted()
    {
        using var velo = await VeloRaw.AsAsync(Simulator, "operator");
        var made = await velo.OkAsync("enterprise/insertEnterprise", new { name = "Born & Gone", configurationId = 12, city = "Köln", user = new { username = "first@born.example", password = "p w" } });
        var id = made.GetProperty("id").GetInt32();
        Assert.Equal("Köln", (await velo.OkAsync("enterprise/getEnterprise", new { enterpriseId = id })).GetProperty("city").GetString());
        (await velo.CallAsync("enterprise/insertEnterprise", new { name = "born & gone", configurationId = 12 })).Refused("already exists");

        using (await VeloRaw.LogInAsync(Simulator, "first@born.example", "p w", isOperator: false))
        {
            Assert.Equal(1, (await velo.OkAsync("enterprise/updateEnterprise", new { enterpriseId = id, _update = new { name = "Reborn" } })).GetProperty("rows").GetInt32());
        }

        Assert.Contains((await velo.OkAsync("network/getNetworkEnterprises")).EnumerateArray(), e => e.GetProperty("name").GetString() == "Reborn");
        Assert.Equal(1, (await velo.OkAsync("enterprise/deleteEnterprise", new { enterpriseId = id })).GetProperty("rows").GetInt32());
        (await velo.CallAsync("enterprise/getEnterprise", new { enterpriseId = id })).Refused("enterprise not found");
        await Assert.ThrowsAsync<InvalidOperationException>(() => VeloRaw.LogInAsync(Simulator, "first@born.example", "p w", isOperator: false));
    }

    [Fact]
    public async Task A_partner_makes_enterprises_of_its_own_and_sees_no_others()
    {
        using var partner = await VeloRaw.AsAsync(Simulator, "partner");
        var id = (await partner.OkAsync("enterpriseProxy/insertEnterpriseProxyEnterprise", new { name = "Of the partner", configurationId = 12 })).GetProperty("id").GetInt32();
        var own = await partner.OkAsync("enterpriseProxy/getEnterpriseProxyEnterprises");
        Assert.Contains(own.EnumerateArray(), e => e.GetProperty("id").GetInt32() == id);
        Assert.All(own.EnumerateArray(), e => Assert.Equal(7, e.GetProperty("enterpriseProxyId").GetInt32()));
        (await partner.CallAsync("enterprise/getEnterprise", new { enterpriseId = 1801 })).Refused(Denied);
        (await partner.CallAsync("enterprise/getEnterprise", new { enterpriseId = 999_999 })).Refused(Denied);
        (await partner.CallAsync("enterpriseProxy/getEnterpriseProxyEnterprises", new { enterpriseProxyId = 8 })).Refused(Denied);
        (await partner.CallAsync("network/getNetworkEnterprises")).Refused(Denied);
        (await partner.CallAsync("enterprise/getEnterpriseEdges")).Refused("enterpriseId");
    }

    [Theory]
    [InlineData("enterprise/insertEnterprise", """{"name":"x","configurationId":12}""")]
    [InlineData("enterprise/deleteEnterprise", "{}")]
    [InlineData("network/getNetworkEnterprises", "{}")]
    [InlineData("enterpriseProxy/getEnterpriseProxyEnterprises", "{}")]
    [InlineData("disasterRecovery/getReplicationStatus", "{}")]
    [InlineData("systemProperty/getSystemProperties", "{}")]
    [InlineData("enterprise/getEnterprise", """{"enterpriseId":1802}""")]
    [InlineData("event/getProxyEvents", "{}")]
    public async Task A_customer_is_refused_what_is_not_a_customers(string method, string parameters)
    {
        using var velo = await VeloRaw.AsAsync(Simulator, "customer");
        (await velo.CallAsync(method, parameters)).Refused(Denied);
    }

    [Fact]
    public async Task A_role_that_may_only_look_only_looks()
    {
        using var velo = await VeloRaw.AsAsync(Simulator, "readOnly");
        await velo.OkAsync("enterprise/getEnterpriseEdges");
        await velo.OkAsync("enterprise/getEnterpriseConfigurations", new { with = VeloRaw.Some("modules") });
        (await velo.CallAsync("edge/updateEdgeAttributes", new { id = 10_001, _update = new { description = "x" } })).Refused(Denied);
        (await velo.CallAsync("enterprise/insertEnterpriseUser", new { username = "x@y", password = "z", roleId = 8 })).Refused(Denied);
    }

    [Fact]
    public async Task A_delegation_that_is_withdrawn_closes_the_enterprise_to_those_above()
    {
        using var above = await VeloRaw.AsAsync(Simulator, "operator");
        var id = (await above.OkAsync("enterprise/insertEnterprise", new { name = "Closed", configurationId = 12, enableEnterpriseDelegationToOperator = false })).GetProperty("id").GetInt32();
        await above.OkAsync("enterprise/getEnterprise", new { enterpriseId = id });
        (await above.CallAsync("enterprise/getEnterpriseConfigurations", new { enterpriseId = id })).Refused(Denied);
    }

    [Fact]
    public async Task An_edge_is_provisioned_changed_replaced_and_deleted()
    {
        using var velo = await VeloRaw.AsAsync(Simulator, "customer");
        var profile = (await velo.OkAsync("enterprise/getEnterpriseConfigurations", new { }))[1].GetProperty("id").GetInt32();
        var made = await velo.OkAsync("edge/edgeProvision", new { configurationId = profile, modelNumber = "edge610lte", name = "new one", site = new { city = "Ulm" }, generateToken = true });
        var id = made.GetProperty("id").GetInt32();
        Assert.Matches("^[A-Z0-9]{4}(-[A-Z0-9]{4}){3}$", made.GetProperty("activationKey").GetString());
        Assert.Equal(JsonValueKind.Object, made.GetProperty("token").ValueKind);

        Assert.Equal(1, (await velo.OkAsync("edge/updateEdgeAttributes", new { id, _update = new { description = "d", site = new { contactName = "Zoë" } } })).GetProperty("rows").GetInt32());
        var edge = await velo.OkAsync("edge/getEdge", new { id, with = VeloRaw.Some("site", "configuration") });
        Assert.Equal("d", edge.GetProperty("description").GetString());
        Assert.Equal("Ulm", edge.GetProperty("site").GetProperty("city").GetString());
        Assert.Equal("Zoë", edge.GetProperty("site").GetProperty("contactName").GetString());
        Assert.Equal(profile, edge.GetProperty("configuration").GetProperty("enterprise").GetProperty("id").GetInt32());
        Assert.False((await velo.OkAsync("edge/getEdge", new { id })).TryGetProperty("site", out _));
        (await velo.CallAsync("edge/edgeRequestReactivation", new { enterpriseId = 1801, edgeId = id })).Refused("never activated");

        Assert.Equal(1, (await velo.OkAsync("edge/deleteEdge", new { id }))[0].GetProperty("rows").GetInt32());
        (await velo.CallAsync("edge/getEdge", new { id })).Refused("not found");
    }

    [Fact]
    public async Task An_activated_edge_is_replaced_under_a_new_key()
    {
        using var velo = await VeloRaw.AsAsync(Simulator, "customer");
        var before = await velo.OkAsync("edge/getEdge", new { id = 10_001 });
        var asked = await velo.OkAsync("edge/edgeRequestReactivation", new { enterpriseId = 1801, edgeId = 10_001 });
        var pending = await velo.OkAsync("edge/getEdge", new { id = 10_001 });
        Assert.Equal("REACTIVATION_PENDING", pending.GetProperty("activationState").GetString());
        Assert.Equal(asked.GetProperty("activationKey").GetString(), pending.GetProperty("activationKey").GetString());
        Assert.NotEqual(before.GetProperty("activationKey").GetString(), pending.GetProperty("activationKey").GetString(), StringComparer.Ordinal);
        Assert.Equal(1, (await velo.OkAsync("edge/edgeCancelReactivation", new { enterpriseId = 1801, edgeId = 10_001 })).GetProperty("rows").GetInt32());
        Assert.Equal(0, (await velo.OkAsync("edge/edgeCancelReactivation", new { enterpriseId = 1801, edgeId = 10_001 })).GetProperty("rows").GetInt32());
        Assert.Contains("connected", (await velo.OkAsync("edge/deleteEdge", new { id = 10_001 }))[0].GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_keeps_what_was_changed()
    {
        using var velo = await VeloRaw.AsAsync(Simulator, "customer");
        Assert.Equal(1, (await velo.OkAsync("link/updateLinkAttributes", new { linkId = 100_031, _update = new { displayName = "Backup line" } })).GetProperty("rows").GetInt32());
        var links = (await velo.OkAsync("edge/getEdge", new { id = 10_003, with = VeloRaw.Some("links") })).GetProperty("links");
        Assert.Equal("Backup line", links[0].GetProperty("displayName").GetString());
        Assert.NotEqual("Backup line", links[1].GetProperty("displayName").GetString(), StringComparer.Ordinal);
        (await velo.CallAsync("link/updateLinkAttributes", new { linkId = 100_021, _update = new { displayName = "not mine" } })).Refused("not found");
        (await velo.CallAsync("link/updateLinkAttributes", new { linkId = 100_031, _update = new { macAddress = "x" } })).Refused("macAddress");
    }

    [Fact]
    public async Task A_profile_is_cloned_changed_given_and_deleted()
    {
        using var velo = await VeloRaw.AsAsync(Simulator, "customer");
        var first = (await velo.OkAsync("enterprise/getEnterpriseConfigurations", new { with = VeloRaw.Some("edgeCount") }))[0];
        var id = (await velo.OkAsync("configuration/cloneConfiguration", new { configurationId = first.GetProperty("id").GetInt32(), name = "A clone" })).GetProperty("id").GetInt32();
        (await velo.CallAsync("configuration/cloneConfiguration", new { configurationId = id, name = "a CLONE" })).Refused("already exists");

        var module = (await velo.OkAsync("configuration/getConfigurationModules", new { configurationId = id, modules = VeloRaw.Some("firewall") }))[0];
        Assert.Equal(id, module.GetProperty("configurationId").GetInt32());
        Assert.Equal(1, (await velo.OkAsync("configuration/updateConfigurationModule", new { id = module.GetProperty("id").GetInt32(), _update = new { data = new { firewall_enabled = false } } })).GetProperty("rows").GetInt32());
        var changed = (await velo.OkAsync("configuration/getConfigurationModules", new { configurationId = id, modules = VeloRaw.Some("firewall") }))[0];
        Assert.Equal("""{"firewall_enabled":false}""", changed.GetProperty("data").GetRawText());
        Assert.NotEqual(module.GetProperty("version").GetString(), changed.GetProperty("version").GetString(), StringComparer.Ordinal);
        var source = (await velo.OkAsync("configuration/getConfigurationModules", new { configurationId = first.GetProperty("id").GetInt32(), modules = VeloRaw.Some("firewall") }))[0];
        Assert.True(source.GetProperty("data").GetProperty("firewall_enabled").GetBoolean());

        Assert.Equal(1, (await velo.OkAsync("edge/setEdgeEnterpriseConfiguration", new { edgeId = 10_005, configurationId = id })).GetProperty("rows").GetInt32());
        Assert.Contains("in use", (await velo.OkAsync("configuration/deleteConfiguration", new { id })).GetProperty("error").GetString(), StringComparison.Ordinal);
        var stack = await velo.OkAsync("edge/getEdgeConfigurationStack", new { edgeId = 10_005 });
        Assert.Equal(2, stack.GetArrayLength());
        Assert.Equal(id, stack[1].GetProperty("id").GetInt32());
        await velo.OkAsync("edge/setEdgeEnterpriseConfiguration", new { edgeId = 10_005, configurationId = first.GetProperty("id").GetInt32() });
        Assert.Equal(1, (await velo.OkAsync("configuration/deleteConfiguration", new { id })).GetProperty("rows").GetInt32());
        (await velo.CallAsync("configuration/getConfiguration", new { id })).Refused("not found");
    }

    [Fact]
    public async Task A_module_that_an_edge_lacks_is_inserted_once()
    {
        using var velo = await VeloRaw.AsAsync(Simulator, "customer");
        var own = (await velo.OkAsync("edge/getEdgeConfigurationStack", new { edgeId = 10_007 }))[0];
        var configurationId = own.GetProperty("id").GetInt32();
        Assert.DoesNotContain(own.GetProperty("modules").EnumerateArray(), m => m.GetProperty("name").GetString() == "QOS");
        var inserted = await velo.OkAsync("configuration/insertConfigurationModule", new { configurationId, name = "QOS", data = new { segments = Array.Empty<int>() } });
        (await velo.CallAsync("configuration/insertConfigurationModule", new { configurationId, name = "QOS", data = new { } })).Refused("already");
        Assert.Equal(1, (await velo.OkAsync("configuration/updateConfigurationModule", new { configurationModuleId = inserted.GetProperty("id").GetInt32(), _update = new { data = new { segments = VeloRaw.Some(1) } } })).GetProperty("rows").GetInt32());
        var modules = await velo.OkAsync("edge/getEdgeConfigurationModules", new { edgeId = 10_007, modules = VeloRaw.Some("QOS", "imageUpdate") });
        Assert.Equal("[1]", modules.GetProperty("QOS").GetProperty("data").GetProperty("segments").GetRawText());
        Assert.Equal("OPERATOR", modules.GetProperty("imageUpdate").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Profiles_belong_to_their_enterprise_and_the_operators_to_the_operator()
    {
        using var above = await VeloRaw.AsAsync(Simulator, "operator");
        var profiles = await above.OkAsync("network/getNetworkConfigurations");
        await above.OkAsync("configuration/getConfiguration", new { id = 12 });
        (await above.CallAsync("configuration/getConfiguration", new { id = 18_011 })).Refused("not found");
        await above.OkAsync("configuration/getConfiguration", new { id = 18_011, enterpriseId = 1801 });
        using var velo = await VeloRaw.AsAsync(Simulator, "customer");
        (await velo.CallAsync("configuration/getConfiguration", new { id = 12 })).Refused("not found");
        (await velo.CallAsync("configuration/getConfiguration", new { id = 18_021 })).Refused("not found");
        Assert.Contains(profiles.EnumerateArray(), p => p.GetProperty("id").GetInt32() == 12);
    }

    [Theory]
    [InlineData("customer", "enterprise/insertEnterpriseUser", "enterpriseUser/getEnterpriseUser", "enterpriseUser/updateEnterpriseUser", "enterpriseUser/deleteEnterpriseUser", 6)]
    [InlineData("partner", "enterpriseProxy/insertEnterpriseProxyUser", "enterpriseProxy/getEnterpriseProxyUser", "enterpriseProxy/updateEnterpriseProxyUser", "enterpriseProxy/deleteEnterpriseProxyUser", 10)]
    [InlineData("operator", "operatorUser/insertOperatorUser", "operatorUser/getOperatorUser", "operatorUser/updateOperatorUser", "operatorUser/deleteOperatorUser", 2)]
    public async Task A_user_is_made_logs_in_is_locked_and_deleted(string tier, string insert, string get, string update, string delete, int role)
    {
        using var velo = await VeloRaw.AsAsync(Simulator, tier);
        var name = $"new+{tier}@x.example";
        var id = (await velo.OkAsync(insert, new { username = name, password = "first", password2 = "first", roleId = role, firstName = "Ann" })).GetProperty("id").GetInt32();
        (await velo.CallAsync(insert, new { username = name, password = "first", roleId = role })).Refused("already exists");
        (await velo.CallAsync(insert, new { username = "b" + name, password = "a", password2 = "b", roleId = role })).Refused("differ");
        (await velo.CallAsync(insert, new { username = "c" + name, password = "a", roleId = 4711 })).Refused("no role");
        (await VeloRaw.LogInAsync(Simulator, name, "first", tier == "operator")).Dispose();

        var user = await velo.OkAsync(get, new { id });
        Assert.Equal("Ann", user.GetProperty("firstName").GetString());
        Assert.Equal("", user.GetProperty("password").GetString());
        Assert.Equal(role, user.GetProperty("roleId").GetInt32());
        Assert.Equal(1, (await velo.OkAsync(update, new { id, _update = new { password = "second", isLocked = true } })).GetProperty("rows").GetInt32());
        var locked = await Assert.ThrowsAsync<InvalidOperationException>(() => VeloRaw.LogInAsync(Simulator, name, "second", tier == "operator"));
        Assert.Contains("locked", locked.Message, StringComparison.Ordinal);
        await velo.OkAsync(update, new { id, _update = new { isLocked = false } });
        (await VeloRaw.LogInAsync(Simulator, name, "second", tier == "operator")).Dispose();
        Assert.Equal(1, (await velo.OkAsync(delete, new { id })).GetProperty("rows").GetInt32());
        (await velo.CallAsync(get, new { id })).Refused("not found");
    }

    [Fact]
    public async Task A_custom_role_allows_what_its_parts_allow()
    {
        using var velo = await VeloRaw.AsAsync(Simulator, "customer");
        var parts = await velo.OkAsync("functionalRole/getByEnterprise", new { userType = "ENTERPRISE" });
        int Part(string name) => parts.EnumerateArray().First(p => p.GetProperty("name").GetString() == name).GetProperty("id").GetInt32();
        var role = (await velo.OkAsync("compositeRole/createByEnterprise", new { userType = "ENTERPRISE", name = "Installers", description = "d", functionalRoleIds = new[] { Part("Monitoring"), Part("Deployment") } })).GetProperty("id").GetInt32();
        await velo.OkAsync("enterprise/insertEnterpriseUser", new { username = "installer@acme.example", password = "i", roleId = role });
        using var installer = await VeloRaw.LogInAsync(Simulator, "installer@acme.example", "i", isOperator: false);
        await installer.OkAsync("edge/updateEdgeAttributes", new { id = 10_009, _update = new { description = "installed" } });
        (await installer.CallAsync("configuration/updateConfiguration", new { id = 18_011, _update = new { description = "x" } })).Refused(Denied);
        (await velo.CallAsync("compositeRole/deleteByEnterprise", new { roleIds = new[] { role } })).Refused("in use");
        await velo.OkAsync("compositeRole/updateByEnterprise", new { roleId = role, _update = new { functionalRoleIds = new[] { Part("Monitoring") } } });
        (await installer.CallAsync("edge/updateEdgeAttributes", new { id = 10_009, _update = new { description = "again" } })).Refused(Denied);
    }

    [Fact]
    public async Task A_token_is_shown_once_and_ends_with_its_user()
    {
        using var velo = await VeloRaw.AsAsync(Simulator, "customer");
        var user = (await velo.OkAsync("enterprise/insertEnterpriseUser", new { username = "robot@acme.example", password = "r", roleId = 5 })).GetProperty("id").GetInt32();
        var id = (await velo.OkAsync("enterprise/createApiToken", new { enterpriseUserId = user, name = "ci", lifetimeMs = 3_600_000 })).GetProperty("id").GetInt32();
        var token = (await velo.OkAsync("enterprise/downloadApiToken", new { id })).GetProperty("token").GetString()!;
        (await velo.CallAsync("enterprise/downloadApiToken", new { id })).Refused("downloaded already");
        using var robot = VeloRaw.WithToken(Simulator, token);
        await robot.OkAsync("enterprise/getEnterprise");
        var next = (await robot.OkAsync("enterprise/refreshApiToken", new { apiToken = token })).GetProperty("token").GetString()!;
        (await robot.CallAsync("enterprise/getEnterprise")).Refused("tokenError [Invalid API Token]", status: 200);
        using var again = VeloRaw.WithToken(Simulator, next);
        await again.OkAsync("enterprise/getEnterprise");
        await velo.OkAsync("enterpriseUser/deleteEnterpriseUser", new { id = user });
        (await again.CallAsync("enterprise/getEnterprise")).Refused("tokenError", status: 200);
        (await velo.CallAsync("enterprise/createApiToken", new { enterpriseUserId = 504, name = "no", lifetimeMs = 1 })).Refused("not available");
        (await velo.CallAsync("enterprise/createApiToken", new { enterpriseUserId = 501, name = "no", lifetimeMs = 367L * 86_400_000 })).Refused("12 months");
    }
}
