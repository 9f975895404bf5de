using System.Text;
using System.Text.Json;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.Tests.VeloCloud;

/// <summary>The operation table, the list of methods that only read, and the check of parameters before anything is sent.</summary>
public sealed class OperationTests
{
    [Fact]
    public void The_table_has_287_operations() => Assert.Equal(287, VeloCloudOperations.All.Count);

    [SkippableFact]
    public void The_table_is_the_recorded_one()
    {
        var path = Path.Combine(Simulator.SharedFolder, "facts", "velocloud-v1-operations.json");
        Skip.IfNot(File.Exists(path), $"the facts are not beside the repository ({path})");
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        Assert.Equal(document.RootElement.EnumerateObject().Select(o => o.Name).Order(StringComparer.Ordinal), VeloCloudOperations.All.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_method_that_only_reads_is_in_the_table_or_was_seen_in_use()
        => Assert.All(VeloCloudReadMethods.All, m => Assert.True(VeloCloudOperations.All.ContainsKey(m) || VeloCloudReadMethods.Undefined.Contains(m), m));

    [Fact]
    public void Nothing_that_writes_is_among_the_methods_that_only_read()
    {
        // Two signs, and a name: a privilege to change, the answer of a write, a name that does not say get.
        string[] reviewed = ["enterprise/isEnterpriseUpgradedLaterThan", "enterprise/decodeEnterpriseKey", "enterpriseProxy/getEnterpriseProxyGatewayPools", "async/getStatus"];
        foreach (var name in VeloCloudReadMethods.All.Except(reviewed, StringComparer.Ordinal))
        {
            Assert.StartsWith("get", name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..], StringComparison.Ordinal);
            if (VeloCloudOperations.All.TryGetValue(name, out var operation))
            {
                Assert.All(operation.Privileges, p => Assert.True(p.StartsWith("READ ", StringComparison.Ordinal) || p.StartsWith("VIEW_", StringComparison.Ordinal), $"{name}: {p}"));
                Assert.DoesNotContain("rows", operation.Members, StringComparer.Ordinal);
                Assert.DoesNotContain(operation.Parameters, p => p.Name == "_update");
            }
        }
    }

    [Theory]
    [InlineData("enterprise/downloadApiToken")]
    [InlineData("enterpriseProxy/downloadApiToken")]
    [InlineData("network/downloadApiToken")]
    [InlineData("disasterRecovery/getReplicationBlob")]
    [InlineData("enterprise/getNSDConfiguration")]
    [InlineData("enterprise/getEnterprisesMissingGateway")]
    [InlineData("migration/verifyNSDTunnels")]
    [InlineData("license/exportNetworkEdgeLicenseData")]
    [InlineData("edge/deleteEdge")]
    [InlineData("no/suchMethod")]
    [InlineData("enterprise/GetEnterprise")]
    public void These_are_changes(string method) => Assert.False(VeloCloudReadMethods.Contains(method));

    [Fact]
    public void What_the_table_calls_get_and_is_no_read_stands_in_the_reviewed_list()
    {
        // A new get method in the table must be judged by a person.
        var left = VeloCloudOperations.All.Keys.Where(n => n[(n.IndexOf('/', StringComparison.Ordinal) + 1)..].StartsWith("get", StringComparison.Ordinal) && !VeloCloudReadMethods.Contains(n)).Order(StringComparer.Ordinal);
        Assert.Equal("disasterRecovery/getReplicationBlob enterprise/getEnterprisesMissingGateway enterprise/getNSDConfiguration", string.Join(' ', left));
    }

    [Theory]
    [InlineData("edge/getEdge", """{"id":1,"with":["site"]}""", null)]
    [InlineData("edge/getEdge", """{"id":1,"with":"site"}""", null)]
    [InlineData("edge/getEdge", """{"id":null}""", null)]
    [InlineData("edge/getEdge", """{"id":"1"}""", "'id' \"1\": a whole number is needed, this is a text.")]
    [InlineData("edge/getEdge", """{"id":1.5}""", "a whole number is needed, this is a number")]
    [InlineData("edge/getEdge", """{"id":true}""", "this is a truth value")]
    [InlineData("edge/getEdge", """{"ID":1}""", "did you mean 'id'?")]
    [InlineData("edge/getEdge", """{"wiht":["site"]}""", "did you mean 'with'?")]
    [InlineData("edge/getEdge", """{"with":["sites"]}""", "(did you mean 'site'?)")]
    [InlineData("edge/getEdge", """{"with":[["site"]]}""", "'with'")]
    [InlineData("edge/getEdge", """{"somethingElse":1}""", "it takes id, enterpriseId, logicalId, activationKey, name, with.")]
    [InlineData("system/getVersionInfo", """{"x":1}""", "the method takes no parameters")]
    [InlineData("enterprise/getEnterpriseAddresses", "{}", "'enterpriseId' is required (a whole number).")]
    [InlineData("enterprise/getEnterpriseAddresses", """{"enterpriseId":null}""", "is required")]
    [InlineData("edge/updateEdgeAttributes", """{"id":1,"_update":"x"}""", "an object, such as a hashtable is needed")]
    [InlineData("edge/updateEdgeAttributes", """{"id":1,"_update":{}}""", null)]
    [InlineData("enterprise/insertEnterprise", """{"name":"x","shippingSameAsLocation":2}""", "0, 1")]
    [InlineData("enterprise/insertEnterprise", """{"name":"x","configurationId":1,"shippingSameAsLocation":1,"lat":5,"lon":5.5,"created":"2024-01-01T00:00:00Z"}""", null)]
    [InlineData("enterprise/insertEnterprise", """{"name":"x","created":"yesterday"}""", "ISO 8601")]
    [InlineData("enterprise/getEnterpriseEdges", """{"_count":1}""", "$true or $false is needed, this is a whole number")]
    [InlineData("compositeRole/createByEnterprise", """{"userType":"enterprise","enterpriseId":1,"name":"n","description":"d","functionalRoleIds":[1,"2"]}""", "did you mean 'ENTERPRISE'")]
    [InlineData("some/thing", """{"whatever":[1,{"a":2}]}""", null)]
    public void Parameters_are_checked_before_they_are_sent(string method, string parameters, string? said)
    {
        using var document = JsonDocument.Parse(parameters);

        VeloCloudOperations.Prepare(method, document.RootElement, out var problems);

        if (said is null)
        {
            Assert.Empty(problems);
        }
        else
        {
            Assert.Contains(said, string.Join(' ', problems), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void One_value_becomes_a_list_of_one_where_a_list_is_meant()
    {
        using var document = JsonDocument.Parse("""{"id":5,"with":"site"}""");
        Assert.Equal("""{"id":5,"with":["site"]}""", Encoding.UTF8.GetString(VeloCloudOperations.Prepare("edge/getEdge", document.RootElement, out _)));
    }

    [Fact]
    public void A_wrong_password_is_not_repeated_in_the_error()
    {
        using var document = JsonDocument.Parse("""{"id":5,"password":12345678}""");
        VeloCloudOperations.Prepare("edge/updateEdgeAdminPassword", document.RootElement, out var problems);
        Assert.DoesNotContain("12345678", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("enterprise/getEnterpriseEdge", "enterprise/getEnterpriseEdges")]
    [InlineData("getEnterpriseEdges", "enterprise/getEnterpriseEdges")]
    [InlineData("Edge/GetEdge", "edge/getEdge")]
    [InlineData("enterprises/getEnterpriseEdges", "enterprise/getEnterpriseEdges")]
    public void A_name_that_is_nearly_one_finds_it(string wrong, string right) => Assert.Equal(right, VeloCloudOperations.NamesLike(wrong)[0]);

    [Fact]
    public void A_name_that_is_like_none_finds_none() => Assert.Empty(VeloCloudOperations.NamesLike("completely/different"));

    [Theory]
    [InlineData("enterprise/getEnterprise", true)]
    [InlineData("logout", true)]
    [InlineData("../login", false)]
    [InlineData("edge/getEdge?x=1", false)]
    [InlineData("edge//getEdge", false)]
    [InlineData("/edge/getEdge", false)]
    [InlineData("edge/get Edge", false)]
    [InlineData("https://x/y", false)]
    [InlineData("edge/%2e%2e", false)]
    public void Only_a_name_becomes_a_part_of_an_address(string method, bool expected) => Assert.Equal(expected, VeloCloudOperations.IsMethodName(method));
}
