using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using static OrchestratorTools.Tests.VeloCloud.Wire;

namespace OrchestratorTools.Tests.VeloCloud;

/// <summary>Edges as real Orchestrators send them, oddities included.</summary>
public sealed class EdgeTests
{
    [Theory]
    [InlineData("2024-08-05T07:58:52.633Z", "2024-08-05T07:58:52.6330000+00:00")]
    [InlineData("2024-11-21 14:42:19", "2024-11-21T14:42:19.0000000+00:00")]
    [InlineData("2024-11-21T14:42:19", "2024-11-21T14:42:19.0000000+00:00")]
    [InlineData("2024-11-21 14:42:19.5", "2024-11-21T14:42:19.5000000+00:00")]
    [InlineData("2024-11-21T14:42:19.123456789Z", "2024-11-21T14:42:19.1234567+00:00")]
    [InlineData("2024-11-21T14:42:19+02:00", "2024-11-21T12:42:19.0000000+00:00")]
    [InlineData("2024-11-21T14:42:19-0530", "2024-11-21T20:12:19.0000000+00:00")]
    [InlineData("2024-02-29", "2024-02-29T00:00:00.0000000+00:00")]
    [InlineData("0000-00-00 00:00:00", null)]
    [InlineData("0000-00-00 00:00:00.000", null)]
    [InlineData("2023-02-29 00:00:00", null)]
    [InlineData("2024-13-01 00:00:00", null)]
    [InlineData("2024-11-21 24:00:00", null)]
    [InlineData("2024-11-21T14:42:19x", null)]
    [InlineData("0001-01-01T00:00:00+14:00", null)]
    [InlineData("9999-12-31T23:59:59-14:00", null)]
    [InlineData("+024-11-21", null)]
    [InlineData("now", null)]
    [InlineData("", null)]
    public void Times_are_UTC_or_nothing(string text, string? expected)
        => Assert.Equal(expected, VeloCloudJson.Time(Encoding.UTF8.GetBytes(text))?.ToString("O", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("1", true)]
    [InlineData("0", false)]
    [InlineData("\"1\"", true)]
    [InlineData("\"False\"", false)]
    [InlineData("\"\"", null)]
    [InlineData("null", null)]
    public async Task Truth_values_come_in_many_forms(string json, bool? expected)
    {
        var edge = await ReadAsync($$"""{"id":1,"alertsEnabled":{{json}}}""");
        Assert.Equal(expected, edge.AlertsEnabled);
    }

    [Fact]
    public async Task Every_member_with_a_property_reaches_it()
    {
        // Each member gets a value of its own; the property must show it. A name that the reader's dispatch missed would show nothing.
        var members = VeloCloudEdgeReader.KnownMembers.Except(["activationKey", "links", "recentLinks", "site"], StringComparer.Ordinal).ToArray();
        foreach (var member in members)
        {
            var seen = new List<object?>();
            foreach (var value in new[] { "\"2024-08-05T07:58:52Z\"", "1", "true" })
            {
                var edge = await ReadAsync($$"""{"{{member}}":{{value}}}""");
                seen.AddRange(typeof(VeloCloudEdge).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                    .Where(p => p.Name is not ("Link" or "Site")).Select(p => p.GetValue(edge)).Where(v => v is not (null or 0L or "")));
                Assert.Empty(edge.AdditionalProperties);
            }

            Assert.True(seen.Count > 0, member);
        }

        // The others are made of more than one member, or of none that a list brings.
        string[] others = ["EnterpriseName", "Link", "Site", "License", "ProfileId", "ProfileName", "SoftwareImageId", "SoftwareImageName"];
        Assert.Equal(members.Length, typeof(VeloCloudEdge).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(p => p.Name).Except(others, StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Values_of_another_kind_do_not_end_the_list()
    {
        var edge = await ReadAsync("""
            {"id":"12","name":5,"edgeState":{"a":[1]},"lastContact":1722844732633,"siteId":null,"isLive":"yes","serialNumber":true,"haState":["x"],"n\u0061me":"later","unknown":{"deep":[{"a":null}]}}
            """);

        Assert.Equal(12, edge.Id);
        Assert.Equal("later", edge.Name);
        Assert.Null(edge.State);
        Assert.Equal("2024-08-05T07:58:52.6330000+00:00", edge.LastContact?.ToString("O", CultureInfo.InvariantCulture));
        Assert.Null(edge.SiteId);
        Assert.Null(edge.IsLive);
        Assert.Equal("true", edge.SerialNumber);
    }

    [Theory]
    [InlineData("\\ud800", "\\ud800")]
    [InlineData("O'Hara \\\"North\\\" [7] *\\r\\n\\u0000", "O'Hara \"North\" [7] *\r\n\0")]
    [InlineData("東京支店 😀", "東京支店 😀")]
    public async Task Names_are_whatever_people_type(string json, string expected)
        => Assert.Equal(expected, (await ReadAsync($$"""{"id":1,"name":"{{json}}"}""")).Name);

    [Fact]
    public async Task What_has_no_property_stays_reachable_and_the_activation_key_is_not_shown()
    {
        var edge = await ReadAsync("""{"id":1,"name":"n","haMode":"enhanced","eligableExits":[1,2.5,"x",{"y":true}],"activationKey":"ABCD-EFGH","logicalId":"l"}""");

        Assert.Equal("eligableExits haMode", string.Join(' ', edge.AdditionalProperties.Keys.Order(StringComparer.Ordinal)));
        Assert.Equal("enhanced", edge.AdditionalProperties["HAMODE"]);
        var exits = Assert.IsType<object?[]>(edge.AdditionalProperties["eligableExits"]);
        Assert.Equal(1L, exits[0]);
        Assert.Equal(2.5m, exits[1]);
        Assert.Equal("ABCD-EFGH", edge.GetActivationKey());
        Assert.DoesNotContain("ABCD-EFGH", JsonSerializer.Serialize(edge), StringComparison.Ordinal);
        Assert.Contains("ABCD-EFGH", edge.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_and_site_are_read_when_they_are_looked_at()
    {
        var edge = await ReadAsync("""
            {"id":1,"name":"n","links":[{"id":9}],"recentLinks":[{"id":5,"displayName":"Telia","state":0,"lastActive":"0000-00-00 00:00:00","foo":1},{"id":6,"state":"STABLE"}],
             "site":{"id":3,"city":"Köln","lat":37.402866,"lon":-122.117332,"extra":"e"}}
            """);

        Assert.Equal("5 6", string.Join(' ', edge.Link!.Select(l => l.Id)));
        Assert.Equal("0", edge.Link![0].State);
        Assert.Null(edge.Link[0].LastActive);
        Assert.Equal(1L, edge.Link[0].AdditionalProperties["foo"]);
        Assert.Equal("Köln", edge.Site!.Address.City);
        Assert.Null(edge.Site.Address.Latitude);
        Assert.Equal("conn", edge.Link[0].Connection);
        Assert.Equal("e", edge.Site.AdditionalProperties["extra"]);
        Assert.Null((await ReadAsync("""{"id":1}""")).Link);
        Assert.Null((await ReadAsync("""{"id":1}""")).Site);
        Assert.Equal(9, (await ReadAsync("""{"id":1,"links":[{"id":9}]}""")).Link![0].Id);
    }

    [Fact]
    public async Task An_edge_that_comes_in_two_pieces_is_read_whole()
    {
        // Whatever the cut, the same edge comes out: the reader begins the element again when its bytes ran out.
        var json = Encoding.UTF8.GetBytes("[" + """{"id":12,"name":"n\"m","edgeState":"OFFLINE","x":{"y":[1,2]},"lastContact":"2024-11-21 14:42:19"}""" + "]");
        for (var cut = 1; cut < json.Length; cut++)
        {
            await using var stream = new JsonElementStream<VeloCloudEdge>(new PiecesStream(json, cut), "data", new VeloCloudEdgeReader().Read);
            Assert.True(await stream.ReadAsync(CancellationToken.None));
            Assert.Equal("12 n\"m OFFLINE", $"{stream.Current!.Id} {stream.Current.Name} {stream.Current.State}");
            Assert.NotNull(stream.Current.LastContact);
            Assert.False(await stream.ReadAsync(CancellationToken.None));
        }
    }

    [SkippableFact]
    public async Task The_recorded_edges_come_out_whole()
    {
        var path = Path.Combine(Simulator.SharedFolder, "samples", "velocloud", "v1-getEnterpriseEdges.json");
        Skip.IfNot(File.Exists(path), $"the recorded answers are not beside the repository ({path})");
        var text = await File.ReadAllTextAsync(path);
        var (session, _) = await ConnectAsync(_ => Json(text));
        await using var __ = session;

        var edges = await AllAsync(new VeloCloudClient(session, SilentObserver.Instance).GetEdgesAsync(null, null, [], CancellationToken.None));

        using var document = JsonDocument.Parse(text);
        Assert.Equal(document.RootElement.GetArrayLength(), edges.Count);
        Assert.Equal(string.Join("|", document.RootElement.EnumerateArray().Select(e => e.GetProperty("name").GetString())), string.Join("|", edges.Select(e => e.Name)));
        Assert.All(edges, e =>
        {
            Assert.Null(e.StateTime);
            Assert.NotNull(e.LastContact);
            Assert.Equal(TimeSpan.Zero, e.LastContact!.Value.Offset);
            Assert.True(e.AlertsEnabled);
            Assert.False(e.IsLive);
            Assert.Equal("**NA**", e.AdditionalProperties["platformFirmwareVersion"]);
        });
    }

    private static async Task<VeloCloudEdge> ReadAsync(string json)
    {
        var (session, _) = await ConnectAsync(_ => Json("[" + json + "]"));
        await using var __ = session;
        session.ConnectionName = "conn";
        return Assert.Single(await AllAsync(new VeloCloudClient(session, SilentObserver.Instance).GetEdgesAsync(null, null, [], CancellationToken.None)));
    }

    private sealed class PiecesStream(byte[] bytes, int cut) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => base.ReadAsync(Position < cut ? buffer[..Math.Min(buffer.Length, cut - (int)Position)] : buffer, cancellationToken);
    }
}
