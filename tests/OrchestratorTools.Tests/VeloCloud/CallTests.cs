using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Tests.Http;
using static OrchestratorTools.Tests.VeloCloud.Wire;

namespace OrchestratorTools.Tests.VeloCloud;

/// <summary>The ways in which every area calls a method of the portal API.</summary>
public sealed class CallTests
{
    [Theory]
    [InlineData("""[{"id":7,"rows":0,"error":"Cannot delete edge: it is connected"}]""")]
    [InlineData("""{"rows":0,"error":"Cannot delete edge: it is connected"}""")]
    [InlineData("""{"id":7,"rows":0,"error":{"code":-32603,"message":"Cannot delete edge: it is connected"}}""")]
    public async Task A_result_that_is_an_error_is_thrown_whatever_its_shape(string answer)
    {
        var (session, _) = await ConnectAsync(_ => Json(answer));
        await using var __ = session;

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => Client(session).DeleteEdgeAsync(7, null, CancellationToken.None));

        Assert.Contains("it is connected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_result_of_a_list_has_its_own_error()
    {
        var (session, _) = await ConnectAsync(_ => Json("""[{"id":1,"rows":1,"error":null},{"id":2,"rows":0,"error":"edge not found"},{"id":3,"rows":0}]"""));
        await using var __ = session;

        var results = await Client(session).ChangeManyAsync("edge/deleteEdge", static _ => { }, null, CancellationToken.None);

        Assert.Equal("1 2 3", string.Join(' ', results.Select(r => r.Id)));
        Assert.Null(results[0].Error);
        Assert.Equal(OrchestratorErrorKind.NotFound, results[1].Error!.Kind);
        Assert.Null(results[2].Error);
    }

    [Fact]
    public async Task A_change_whose_answer_is_lost_names_the_cmdlet_that_shows_the_outcome()
    {
        var (session, wire) = await ConnectAsync(_ => throw ScriptedHandler.Reset());
        await using var _ = session;

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => Client(session).DeleteEdgeAsync(7, null, CancellationToken.None));

        Assert.Equal(OrchestratorErrorKind.OutcomeUnknown, error.Kind);
        Assert.Contains("Get-VeloCloudEdge", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Single(wire.Sent, s => MethodOf(s) == "edge/deleteEdge");
    }

    [Fact]
    public async Task An_enterprise_that_is_changed_is_always_named_by_its_id()
    {
        var (session, wire) = await ConnectAsync(_ => Json("""{"rows":1}"""));
        await using var _ = session;

        await Client(session).UpdateEnterpriseAsync(42, new Dictionary<string, object?>(StringComparer.Ordinal) { ["name"] = "x" }, CancellationToken.None);
        await Client(session).DeleteEnterpriseAsync(42, CancellationToken.None);

        Assert.All(wire.Sent.Skip(1), s => Assert.Contains("\"enterpriseId\":42", s.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_only_reads_is_no_change_and_what_changes_is_no_list()
    {
        var (session, wire) = await ConnectAsync(_ => Json("[]"));
        await using var _ = session;
        var client = Client(session);

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.ChangeAsync("edge/getEdge", static _ => { }, null, CancellationToken.None));
        Assert.Throws<InvalidOperationException>(() => client.ReadListAsync("edge/deleteEdge", static _ => { }, e => new VeloCloudLicense(e), CancellationToken.None));
        Assert.Single(wire.Sent);
    }

    [Fact]
    public async Task An_edge_that_was_made_and_cannot_be_read_is_told_with_its_id()
    {
        var (session, _) = await ConnectAsync(sent => MethodOf(sent) == "edge/edgeProvision" ? Json("""{"id":77,"activationKey":"ABCD-EFGH-1234"}""") : Json("""{"error":{"code":-32603,"message":"it broke"}}""", System.Net.HttpStatusCode.InternalServerError), retries: 0);
        await using var __ = session;

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(
            () => Client(session).ProvisionEdgeAsync(new VeloCloudEdgeDraft("store", 5, "virtual", null, null, null, null, HighAvailability: false, null), null, null, CancellationToken.None));

        Assert.Contains("(id 77)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ABCD", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listings_of_pages_end_where_the_server_says_so_and_keep_the_parameters()
    {
        var (session, wire) = await ConnectAsync(sent => sent.Body!.Contains("nextPageLink", StringComparison.Ordinal)
            ? Json("""{"metaData":{"limit":1,"more":false},"data":[{"id":2,"name":"b"}]}""")
            : Json("""{"metaData":{"limit":1,"more":true,"nextPageLink":"two"},"data":[{"id":1,"name":"a"}]}"""));
        await using var _ = session;

        var all = await AllAsync(Client(session).ReadListAsync("enterprise/getEnterpriseEdges", writer => writer.WriteNumber("enterpriseId", 7), e => new VeloCloudLicense(e), CancellationToken.None));

        Assert.Equal("a b", string.Join(' ', all.Select(a => a.Name)));
        Assert.Equal("""{"enterpriseId":7,"nextPageLink":"two"}""", wire.Sent[^1].Body);
    }

    private static VeloCloudClient Client(VeloCloudSession session) => new(session, SilentObserver.Instance);
}
