using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Tests.Http;

/// <summary>What the framework's own handler would do by itself, on real sockets.</summary>
public sealed class FrameworkTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_without_a_body_is_not_sent_again_by_the_framework(bool closedInOrder)
    {
        await using var simulator = await Simulator.StartAsync("--edges", "1");
        await using var session = new TestSession(simulator.Settings("vro"));

        // A connection that is kept alive: only on such a one would the framework try again.
        await Assert.ThrowsAsync<OrchestratorApiException>(() => session.GetAsync("nothing-here"));
        await simulator.AddFaultAsync(new { system = "vro", kind = "lostAnswer", method = "POST", count = 0, close = closedInOrder });
        await simulator.ClearRequestsAsync();

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => session.SendTextAsync(HttpMethod.Post, "api/v7.21/Plans/1/Undo", RequestClass.Change));

        Assert.Equal("Vro.OutcomeUnknown", error.ErrorId);
        Assert.Single(await simulator.RequestsAsync("vro"));
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_named_with_both_ways_out()
    {
        await using var simulator = await Simulator.StartAsync("--edges", "1");
        await using var session = new TestSession(simulator.Settings("vro") with { ServerCertificateThumbprints = [] });

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => session.GetAsync("x"));

        Assert.Equal("Vro.Certificate", error.ErrorId);
        Assert.Contains(simulator.Thumbprint, error.Message, StringComparison.Ordinal);
        Assert.Contains("-ServerCertificateThumbprint", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("-SkipCertificateCheck", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(await simulator.RequestsAsync("vro"));
    }

    [Fact]
    public async Task A_pinned_thumbprint_takes_the_place_of_the_name_check_and_refuses_every_other_certificate()
    {
        await using var simulator = await Simulator.StartAsync("--edges", "1");
        await simulator.CommandAsync("vro", "certificate", new { host = "another.example" });
        await using var pinned = new TestSession(simulator.Settings("vro"));

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => pinned.GetAsync("x"));

        Assert.Equal("Vro.Certificate", error.ErrorId);
        Assert.Contains("pinned", error.Message, StringComparison.Ordinal);
    }
}
