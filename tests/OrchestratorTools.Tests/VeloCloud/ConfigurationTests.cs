using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Tests.Http;
using static OrchestratorTools.Tests.VeloCloud.Wire;

namespace OrchestratorTools.Tests.VeloCloud;

/// <summary>Profiles, modules and rules on a scripted wire.</summary>
public sealed class ConfigurationTests
{
    private static readonly ConfigurationTarget Target = new(7, "Acme", 12, null, "log-12", "Branches");

    [Fact]
    public async Task A_write_reads_again_and_sends_the_data_as_they_stand()
    {
        var (client, wire) = await ClientAsync(sent => MethodOf(sent) is "configuration/getConfigurationModules"
            ? Json("""[{"id":5,"configurationId":12,"name":"firewall","version":"1","data":{"a":1.50}}]""")
            : Json("""{"rows":1,"error":null}"""));
        var read = await client.GetModuleAsync(Target, "firewall", CancellationToken.None);
        await client.WriteModuleAsync(Target, "firewall", read, JsonEdit.Parse("""{"a":1.50,"n":123456789012345678901234567890}"""), CancellationToken.None);
        Assert.Equal("configuration/getConfigurationModules configuration/getConfigurationModules configuration/updateConfigurationModule", string.Join(' ', Calls(wire).Select(MethodOf)));
        Assert.Equal("""{"configurationId":12,"enterpriseId":7,"modules":["firewall"]}""", Calls(wire)[0].Body);
        Assert.Equal("""{"id":5,"enterpriseId":7,"_update":{"data":{"a":1.50,"n":123456789012345678901234567890}}}""", Calls(wire)[2].Body);
    }

    [Theory]
    [InlineData("""[{"id":5,"configurationId":12,"name":"firewall","version":"2","data":{"a":1}}]""", "somebody changed it")]
    [InlineData("""[{"id":5,"configurationId":12,"name":"firewall","version":"1","data":{"a":2}}]""", "somebody changed it")]
    [InlineData("""[{"id":6,"configurationId":12,"name":"firewall","version":"1","data":{"a":1}}]""", "it is another one")]
    [InlineData("[]", "somebody removed it")]
    public async Task What_somebody_else_changed_is_not_written_over(string second, string expected)
    {
        var asked = 0;
        var (client, wire) = await ClientAsync(_ => Json(asked++ == 0 ? """[{"id":5,"configurationId":12,"name":"firewall","version":"1","data":{"a":1}}]""" : second));
        var read = await client.GetModuleAsync(Target, "firewall", CancellationToken.None);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.WriteModuleAsync(Target, "firewall", read, JsonEdit.Parse("{}"), CancellationToken.None));
        Assert.Equal(OrchestratorErrorKind.Conflict, e.Kind);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.All(Calls(wire), c => Assert.Equal("configuration/getConfigurationModules", MethodOf(c)));
    }

    [Fact]
    public async Task A_module_that_is_not_there_is_inserted_unless_somebody_else_did()
    {
        var isThere = false;
        var (client, wire) = await ClientAsync(sent => MethodOf(sent) is "configuration/getConfigurationModules"
            ? Json(isThere ? """[{"id":5,"name":"QOS","version":"1","data":{}}]""" : "[]")
            : Json("""{"id":9,"rows":1,"error":null}"""));
        Assert.Equal(9, await client.WriteModuleAsync(Target, "QOS", null, JsonEdit.Parse("""{"x":1}"""), CancellationToken.None));
        Assert.Equal("""{"enterpriseId":7,"name":"QOS","configurationId":12,"data":{"x":1}}""", Calls(wire)[^1].Body);
        isThere = true;
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.WriteModuleAsync(Target, "QOS", null, JsonEdit.Parse("{}"), CancellationToken.None));
        Assert.Equal(OrchestratorErrorKind.Conflict, e.Kind);
    }

    [Theory]
    [InlineData("""{"rows":0,"error":null}""", "rows 0")]
    [InlineData("""{"rows":0,"error":"Permission denied for this request"}""", "Permission denied")]
    public async Task A_write_that_changed_nothing_is_an_error(string answer, string expected)
    {
        var (client, _) = await ClientAsync(sent => MethodOf(sent) is "configuration/getConfigurationModules" ? Json("""[{"id":5,"name":"WAN","version":"1","data":{}}]""") : Json(answer));
        var read = await client.GetModuleAsync(Target, "WAN", CancellationToken.None);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.WriteModuleAsync(Target, "WAN", read, JsonEdit.Parse("""{"y":1}"""), CancellationToken.None));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_modules_of_one_name_are_an_error()
    {
        var (client, _) = await ClientAsync(_ => Json("""[{"id":5,"name":"WAN","data":{}},{"id":6,"name":"WAN","data":{}}]"""));
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.GetModuleAsync(Target, "WAN", CancellationToken.None));
        Assert.Equal(OrchestratorErrorKind.Ambiguous, e.Kind);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[null]")]
    public async Task A_stack_that_is_none_is_said(string answer)
    {
        var (client, _) = await ClientAsync(_ => Json(answer));
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.GetConfigurationStackAsync(1, "edge", 7, "Acme", CancellationToken.None));
        Assert.Equal(OrchestratorErrorKind.Protocol, e.Kind);
    }

    [Fact]
    public async Task A_stack_is_the_edges_own_part_and_its_profile()
    {
        var (client, _) = await ClientAsync(_ => Json("""[{"id":20,"name":"own","modules":[{"id":1,"name":"WAN","data":{"links":[1]}}]},{"id":12,"logicalId":"log-12","name":"Branches","modules":[{"id":2,"name":"QOS","data":{}}]}]"""));
        var stack = await client.GetConfigurationStackAsync(10, "edge", 7, "Acme", CancellationToken.None);
        Assert.Equal("20 WAN Edge 10 12 QOS Profile", $"{stack.Own.Id} {stack.OwnModules[0].Name} {stack.OwnModules[0].OwnerType} {stack.OwnModules[0].EdgeId} {stack.Profile!.Id} {stack.ProfileModules[0].Name} {stack.ProfileModules[0].OwnerType}");
        Assert.Equal("""{"links":[1]}""", stack.OwnModules[0].DataJson());
        Assert.Equal(20, stack.OwnModules[0].ConfigurationId);
    }

    [Fact]
    public void Rules_are_read_from_segments_from_older_profiles_and_inbound()
    {
        var rules = Rules("""{"segments":[{"segment":{"segmentId":0,"name":"Global"},"outbound":[{"name":"a"},{"name":"b"}]},{"segment":{"segmentId":3,"name":"Guest"},"outbound":[{"name":"c"}]}],"inbound":[{"name":"nat","action":{"type":"port_forwarding"}}]}""");
        Assert.Equal("Outbound Global 1 a|Outbound Global 2 b|Outbound Guest 1 c|Inbound  1 nat", string.Join('|', rules.Select(r => $"{r.Direction} {r.Segment} {r.Position} {r.Name}")));
        Assert.Equal("Outbound 1 old", string.Join('|', Rules("""{"outbound":[{"name":"old"}]}""").Select(r => $"{r.Direction} {r.Position} {r.Name}")));
        Assert.Empty(Rules("""{"segments":null}"""));
    }

    [Fact]
    public void A_rule_is_put_in_and_taken_out_and_nothing_else_changes()
    {
        const string Text = """{"x":1.50,"segments":[{"segment":{"segmentId":0},"outbound":[{"name":"a"}]},{"segment":{"segmentId":3},"outbound":[{"name":"c"}]}],"inbound":[{"name":"nat"}]}""";
        var data = JsonEdit.Parse(Text);
        var more = FirewallRules.Insert(data, FirewallRules.Segments(data)[1], 1, """{"name":"new"}""");
        Assert.Equal(Text.Replace("""[{"name":"c"}]""", """[{"name":"new"},{"name":"c"}]""", StringComparison.Ordinal), more.GetRawText());
        var rule = FirewallRules.Read(Module(more.GetRawText())).Single(r => r.Name == "new");
        Assert.Equal(Text, FirewallRules.Remove(more, rule).GetRawText());
        var inbound = FirewallRules.Read(Module(Text)).Single(r => r.Direction == "Inbound");
        Assert.Equal(Text.Replace("""[{"name":"nat"}]""", "[]", StringComparison.Ordinal), FirewallRules.Remove(data, inbound).GetRawText());
        Assert.Equal("""{"segments":[{"segment":{"segmentId":3},"outbound":[{"name":"n"}]}]}""", FirewallRules.InsertSegment(JsonEdit.Parse("{}"), FirewallRules.Segments(data)[1], """{"name":"n"}""").GetRawText());
    }

    [Fact]
    public async Task Profiles_are_asked_for_with_the_id_that_the_method_insists_on()
    {
        var (client, wire) = await ClientAsync(sent => MethodOf(sent) is "enterprise/getEnterprise" ? Json("""{"id":77,"name":"Own"}""") : Json("""[{"id":1,"name":"p","edgeCount":"3"}]"""), asOperator: false);
        var profile = Assert.Single(await AllAsync(client.GetProfilesAsync(null, null, CancellationToken.None)));
        Assert.Equal("p 3 77", $"{profile.Name} {profile.EdgeCount} {profile.EnterpriseId}");
        Assert.Equal("""{"enterpriseId":77,"with":["edgeCount"]}""", Calls(wire)[^1].Body);
    }

    [Theory]
    [InlineData("enterprise/getEnterpriseConfigurations", "enterpriseId", "with")]
    [InlineData("configuration/getConfiguration", "id", "enterpriseId", "with")]
    [InlineData("configuration/cloneConfiguration", "configurationId", "enterpriseId", "name", "description")]
    [InlineData("configuration/deleteConfiguration", "enterpriseId", "id")]
    [InlineData("edge/getEdgeConfigurationStack", "edgeId", "enterpriseId")]
    [InlineData("configuration/getConfigurationModules", "configurationId", "enterpriseId", "modules")]
    [InlineData("configuration/insertConfigurationModule", "enterpriseId", "name", "configurationId", "data")]
    [InlineData("configuration/updateConfigurationModule", "id", "enterpriseId", "_update")]
    [InlineData("enterprise/getObjectGroups", "enterpriseId", "id", "type")]
    [InlineData("enterprise/insertObjectGroup", "enterpriseId", "name", "type", "description", "data")]
    [InlineData("enterprise/updateObjectGroup", "id", "enterpriseId", "name", "description", "data")]
    [InlineData("enterprise/deleteObjectGroup", "enterpriseId", "id")]
    public async Task Every_parameter_that_is_sent_stands_in_the_operation_table(string method, params string[] expected)
    {
        var (client, wire) = await ClientAsync(sent => Json(MethodOf(sent) switch
        {
            "configuration/getConfigurationModules" => """[{"id":5,"name":"WAN","version":"1","data":{}}]""",
            "enterprise/getObjectGroups" => """[{"id":3,"name":"g","type":"address_group","description":"d","data":[]}]""",
            "edge/getEdgeConfigurationStack" => """[{"id":20,"modules":[]}]""",
            "enterprise/getEnterpriseConfigurations" => "[]",
            "configuration/getConfiguration" => """{"id":1}""",
            _ => """{"id":1,"rows":1,"error":null}""",
        }));
        var group = (await client.GetObjectGroupAsync(3, 7, "Acme", CancellationToken.None))!;
        await AllAsync(client.GetObjectGroupsAsync(3, "address_group", 7, "Acme", CancellationToken.None));
        await AllAsync(client.GetProfilesAsync(7, "Acme", CancellationToken.None));
        var profile = (await client.GetProfileAsync(1, 7, "Acme", CancellationToken.None))!;
        await client.CopyProfileAsync(1, 7, "n", "d", CancellationToken.None);
        await client.RemoveProfileAsync(profile, 7, CancellationToken.None);
        await client.GetConfigurationStackAsync(10, "e", 7, "Acme", CancellationToken.None);
        await client.WriteModuleAsync(Target, "WAN", await client.GetModuleAsync(Target, "WAN", CancellationToken.None), JsonEdit.Parse("""{"x":1}"""), CancellationToken.None);
        await client.WriteModuleAsync(Target, "QOS", null, JsonEdit.Parse("{}"), CancellationToken.None);
        await client.NewObjectGroupAsync("n", "address_group", "d", "[]", 7, CancellationToken.None);
        await client.UpdateObjectGroupAsync(group, "n", "d", "[]", 7, CancellationToken.None);
        await client.RemoveObjectGroupAsync(group, 7, CancellationToken.None);

        var sent = Calls(wire).Where(c => MethodOf(c) == method).SelectMany(c => JsonDocument.Parse(c.Body!).RootElement.EnumerateObject().Select(m => m.Name)).Distinct(StringComparer.Ordinal).ToArray();
        Assert.Equal(expected.Order(StringComparer.Ordinal), sent.Order(StringComparer.Ordinal));
        Assert.All(sent, name => Assert.Contains(VeloCloudOperations.All[method].Parameters, p => p.Name == name));
    }

    private static VeloCloudConfigurationModule Module(string data)
    {
        var module = new VeloCloudConfigurationModule(JsonEdit.Parse("""{"id":1,"name":"firewall"}"""));
        module.Keep(System.Text.Encoding.UTF8.GetBytes($$"""{"id":1,"name":"firewall","data":{{data}}}"""));
        return module;
    }

    private static List<VeloCloudFirewallRule> Rules(string data) => [.. FirewallRules.Read(Module(data))];

    private static List<SentRequest> Calls(ScriptedHandler wire) => [.. wire.Sent.Where(r => !r.Uri.AbsolutePath.Contains("/login/", StringComparison.Ordinal))];

    private static async Task<(VeloCloudClient Client, ScriptedHandler Wire)> ClientAsync(Func<SentRequest, HttpResponseMessage> answer, bool asOperator = true)
    {
        var (session, wire) = await ConnectAsync(answer, asOperator: asOperator);
        return (new VeloCloudClient(session, SilentObserver.Instance), wire);
    }
}
