using System.Net;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Tests.Http;

/// <summary>Renewal, and where credentials may go.</summary>
public sealed class SessionTests
{
    private const string OldTicket = "Bearer ticket-1";

    [Fact]
    public async Task Fifty_requests_that_meet_an_ended_session_renew_it_once()
    {
        var release = new TaskCompletionSource();
        var wire = new ScriptedHandler(sent => sent.Headers["Authorization"] == OldTicket ? new HttpResponseMessage(HttpStatusCode.Unauthorized) : ScriptedHandler.Json("good"));
        await using var session = RetryTests.Session(wire, new ManualTime(), renew: async number =>
        {
            await release.Task;
            return $"ticket-{number + 1}";
        });

        var requests = Enumerable.Range(0, 50).Select(i => session.GetAsync("x" + i)).ToArray();
        await RetryTests.UntilAsync(() => wire.Sent.Count == 50);
        release.SetResult();
        await Task.WhenAll(requests);

        Assert.Equal(1, session.Renewals);
        Assert.Equal(100, wire.Sent.Count);
    }

    [Fact]
    public async Task A_request_that_learns_late_that_its_session_ended_takes_the_one_that_another_renewed()
    {
        var late = new TaskCompletionSource();
        var wire = new ScriptedHandler(async (sent, _) =>
        {
            if (sent.Headers["Authorization"] != OldTicket)
            {
                return ScriptedHandler.Json("good");
            }

            if (sent.Uri.AbsolutePath == "/late")
            {
                await late.Task;
            }

            return new HttpResponseMessage(HttpStatusCode.Unauthorized);
        });
        await using var session = RetryTests.Session(wire, new ManualTime());

        var waiting = session.GetAsync("late");
        await RetryTests.UntilAsync(() => wire.Sent.Count == 1);
        await session.GetAsync("early");
        late.SetResult();

        Assert.Equal("good", await waiting);
        Assert.Equal(1, session.Renewals);
    }

    [Fact]
    public async Task A_change_that_met_an_ended_session_is_sent_once_more_and_no_more()
    {
        var wire = new ScriptedHandler(sent => sent.Headers["Authorization"] == OldTicket ? new HttpResponseMessage(HttpStatusCode.Unauthorized) : ScriptedHandler.Json("done"));
        await using var session = RetryTests.Session(wire, new ManualTime());

        Assert.Equal("done", await session.SendTextAsync(HttpMethod.Post, "x", RequestClass.Change, "b"));
        Assert.Equal("Bearer ticket-1 Bearer ticket-2", string.Join(' ', wire.Sent.Select(s => s.Headers["Authorization"])));
        Assert.All(wire.Sent, s => Assert.Equal("b", s.Body));
    }

    [Fact]
    public async Task A_session_that_is_refused_twice_is_an_authentication_error()
    {
        var wire = new ScriptedHandler(_ => new HttpResponseMessage(HttpStatusCode.Unauthorized));
        await using var session = RetryTests.Session(wire, new ManualTime());

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => session.GetAsync("x"));

        Assert.Equal("Vro.Authentication", error.ErrorId);
        Assert.Equal(2, wire.Sent.Count);
    }

    [Fact]
    public async Task A_credential_that_is_refused_is_not_tried_again()
    {
        // Every further try would count against the account's lock-out.
        var wire = new ScriptedHandler(_ => new HttpResponseMessage(HttpStatusCode.Unauthorized));
        await using var session = RetryTests.Session(wire, new ManualTime(), renew: _ => throw new OrchestratorApiException(OrchestratorSystem.Vro, OrchestratorErrorKind.Authentication, "wrong password"));

        await Assert.ThrowsAsync<OrchestratorApiException>(() => session.GetAsync("x"));
        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => session.GetAsync("y"));

        Assert.Equal("wrong password", error.Message);
        Assert.Equal(1, session.Renewals);
        Assert.Single(wire.Sent);
    }

    [Fact]
    public async Task A_renewal_goes_on_when_the_request_that_wanted_it_is_stopped()
    {
        var release = new TaskCompletionSource();
        var wire = new ScriptedHandler(sent => sent.Headers["Authorization"] == OldTicket ? new HttpResponseMessage(HttpStatusCode.Unauthorized) : ScriptedHandler.Json("good"));
        await using var session = RetryTests.Session(wire, new ManualTime(), renew: async _ =>
        {
            await release.Task;
            return "ticket-2";
        });
        using var stop = new CancellationTokenSource();
        var stopped = session.GetAsync("x", cancellationToken: stop.Token);
        await RetryTests.UntilAsync(() => session.Renewals == 1);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        release.SetResult();

        Assert.Equal("good", await session.GetAsync("y"));
        Assert.Equal(1, session.Renewals);
    }

    [Fact]
    public async Task A_ticket_is_renewed_before_it_runs_out()
    {
        var time = new ManualTime();
        var wire = new ScriptedHandler(_ => ScriptedHandler.Json("good"));
        await using var session = RetryTests.Session(wire, time);

        time.Advance(TimeSpan.FromMinutes(13.9));
        await session.GetAsync("x");
        Assert.Equal(0, session.Renewals);

        time.Advance(TimeSpan.FromMinutes(0.2));
        await session.GetAsync("y");

        Assert.Equal(1, session.Renewals);
        Assert.Equal("Bearer ticket-2", wire.Sent[1].Headers["Authorization"]);
    }

    [Fact]
    public async Task An_outage_during_an_early_renewal_does_not_cost_a_ticket_that_is_still_good()
    {
        var time = new ManualTime();
        var wire = new ScriptedHandler(_ => ScriptedHandler.Json("good"));
        await using var session = RetryTests.Session(wire, time, renew: _ => throw new OrchestratorApiException(OrchestratorSystem.Vro, OrchestratorErrorKind.Unreachable, "outage"));
        time.Advance(TimeSpan.FromMinutes(14.5));

        Assert.Equal("good", await session.GetAsync("x"));
        Assert.Equal("Bearer ticket-1", wire.Sent[0].Headers["Authorization"]);
    }

    [Fact]
    public async Task Credentials_do_not_go_to_an_address_that_an_answer_names()
    {
        var wire = new ScriptedHandler(_ => ScriptedHandler.Json("good"));
        await using var session = RetryTests.Session(wire, new ManualTime());

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => session.GetAsync("https://elsewhere.example/x"));

        Assert.Equal("Vro.Protocol", error.ErrorId);
        Assert.Empty(wire.Sent);
    }

    [Theory]
    [InlineData("http://server.example/x")]
    [InlineData("https://server.example:8443/x")]
    public async Task Another_scheme_or_port_is_another_address(string uri)
    {
        var wire = new ScriptedHandler(_ => ScriptedHandler.Json("good"));
        await using var session = RetryTests.Session(wire, new ManualTime());

        await Assert.ThrowsAsync<OrchestratorApiException>(() => session.GetAsync(uri));

        Assert.Empty(wire.Sent);
    }

    [Fact]
    public async Task A_trusted_origin_gets_them()
    {
        var wire = new ScriptedHandler(_ => ScriptedHandler.Json("good"));
        await using var session = RetryTests.Session(wire, new ManualTime());
        session.Trusted.Add("https://public.example");

        await session.GetAsync("https://public.example/x");

        Assert.True(wire.Sent[0].Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task A_transfer_goes_without_credentials()
    {
        var wire = new ScriptedHandler(_ => ScriptedHandler.Json("good"));
        await using var session = RetryTests.Session(wire, new ManualTime());

        await session.SendTextAsync(HttpMethod.Put, "https://transfer.example/transfer/secret-id/file", RequestClass.Transfer, "bytes");

        Assert.False(wire.Sent[0].Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        var wire = new ScriptedHandler(_ => new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new Uri("https://evil.example/steal") } });
        await using var session = RetryTests.Session(wire, new ManualTime());

        var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => session.GetAsync("x"));

        Assert.Equal("Vro.Protocol", error.ErrorId);
        Assert.Contains("evil.example", error.Message, StringComparison.Ordinal);
        Assert.Single(wire.Sent);
    }

    [Theory]
    [InlineData("http://server.example/", false)]
    [InlineData("http://127.0.0.1:8080/", true)]
    [InlineData("http://localhost/", true)]
    [InlineData("https://server.example/", true)]
    public void Plain_http_is_taken_for_loopback_only(string server, bool taken)
    {
        var settings = new ConnectionSettings { Server = new Uri(server) };
        if (taken)
        {
            Assert.NotNull(new TestSession(settings));
        }
        else
        {
            Assert.Equal("Vro.Validation", Assert.Throws<OrchestratorApiException>(() => new TestSession(settings)).ErrorId);
        }
    }
}
