using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>The login matrix, the lists and bad input against a simulated server.</summary>
public sealed class VcdSimulatorTests : IClassFixture<VcdServer>, IAsyncLifetime
{
    private readonly VcdServer _server;
    private static readonly string[] AllVersions = ["36.0", "37.0", "38.0", "39.0", "39.1"];
    private static readonly string[] OldVersion = ["33.0"];
    private readonly RecordingObserver _observer = new();

    public VcdSimulatorTests(VcdServer server) => _server = server;

    public static TheoryData<string, string> Logins
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var version in new[] { "1.5", "5.1", "5.5", "9.0", "20.0", "27.0", "29.0", "30.0", "31.0", "32.0", "33.0", "34.0", "35.0", "35.2", "36.0", "36.3", "37.0", "37.2", "38.0", "38.1", "39.0", "39.1" })
            {
                data.Add(version, "acme");
                data.Add(version, "System");
            }

            return data;
        }
    }

    public async Task InitializeAsync()
    {
        await _server.Simulator.ClearFaultsAsync();
        await _server.Simulator.ClearRequestsAsync();
    }

    public async Task DisposeAsync()
    {
        await _server.Simulator.ClearFaultsAsync();
        await _server.Simulator.CommandAsync("vcd", "settings", new { versions = AllVersions, legacyLogin = true });
    }

    [Theory]
    [MemberData(nameof(Logins))]
    public async Task Every_version_logs_in_reads_renews_and_logs_out(string version, string organization)
    {
        await _server.Simulator.CommandAsync("vcd", "settings", new { versions = new[] { version } });
        var session = await _server.ConnectAsync(_observer, _server.Login(organization));
        Assert.Equal(version, session.ApiVersion);
        Assert.Equal(organization, session.Scope);
        var client = new VcdClient(session, _observer);
        var catalogs = await client.GetCatalogsAsync([], [], CancellationToken.None).ToListAsync();
        Assert.NotEmpty(catalogs);
        Assert.All(catalogs, c => Assert.True(session.Server == c.Origin));
        await _server.Simulator.ExpireSessionsAsync("vcd");
        Assert.Equal(catalogs.Count, (await client.GetCatalogsAsync([], [], CancellationToken.None).ToListAsync()).Count);
        await session.ProbeAsync(_observer, CancellationToken.None);
        await session.LogoutAsync(_observer, CancellationToken.None);

        var requests = await _server.Simulator.RequestsAsync("vcd");
        var logins = requests.Where(r => r.Method == "POST").Select(r => r.Path).ToArray();
        Assert.Equal(2, logins.Length);
        Assert.Equal((204, "DELETE"), (requests[^1].Status, requests[^1].Method));
        if (VcdApiVersion.Parse(version) >= VcdApiVersion.Parse("38.0"))
        {
            Assert.DoesNotContain(requests, r => r.Path.StartsWith("/api/session", StringComparison.Ordinal));
        }

        Assert.DoesNotContain(SecretText.Reveal(_server.Login(organization).Password!), _observer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("36.1")]
    [InlineData("37.0")]
    [InlineData("39.1")]
    public async Task An_API_token_logs_in_and_is_renewed_before_it_expires(string version)
    {
        await _server.Simulator.CommandAsync("vcd", "settings", new { versions = new[] { version } });
        var time = new ManualTime { AutoAdvance = TimeSpan.FromMinutes(1) };
        var session = await _server.ConnectAsync(_observer, _server.TokenLogin, time);
        Assert.NotNull(session.ExpiresAt);
        Assert.False(session.User == "API token");
        time.Advance(session.ExpiresAt.Value - time.GetUtcNow() - TimeSpan.FromSeconds(1));
        await session.ProbeAsync(_observer, CancellationToken.None);
        await _server.Simulator.ExpireSessionsAsync("vcd");
        await session.ProbeAsync(_observer, CancellationToken.None);
        var exchanges = (await _server.Simulator.RequestsAsync("vcd")).Count(r => r.Path.StartsWith("/oauth/", StringComparison.Ordinal));
        Assert.Equal(3, exchanges);
        Assert.DoesNotContain(SecretText.Reveal(_server.TokenLogin.ApiToken!), _observer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_API_token_that_the_server_does_not_know_is_tried_once()
    {
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => _server.ConnectAsync(_observer, _server.TokenLogin with { ApiToken = SecretText.From("no-such-token-12345") }));
        Assert.Equal("Vcd.Authentication", e.ErrorId);
        Assert.NotNull(e.RequestId);
        Assert.DoesNotContain("no-such-token-12345", _observer.Text + e, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_old_login_leads_to_the_new_one()
    {
        await _server.Simulator.CommandAsync("vcd", "settings", new { versions = OldVersion, legacyLogin = false });
        foreach (var organization in new[] { "acme", "System" })
        {
            var session = await _server.ConnectAsync(_observer, _server.Login(organization));
            await session.LogoutAsync(_observer, CancellationToken.None);
        }

        Assert.Equal(2, (await _server.Simulator.RequestsAsync("vcd")).Count(r => r.Method == "POST" && r.Path.StartsWith("/cloudapi/", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("acme", "wrong")]
    [InlineData("nobody", null)]
    public async Task A_wrong_password_or_organization_is_said_once(string organization, string? password)
    {
        var login = _server.Login() with { Organization = organization };
        if (password is not null)
        {
            login = login with { Password = SecretText.From(password) };
        }

        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => _server.ConnectAsync(_observer, login));
        Assert.Equal("Vcd.Authentication", e.ErrorId);
        Assert.Contains($"'{organization}'", e.Message, StringComparison.Ordinal);
        Assert.Single(await _server.Simulator.RequestsAsync("vcd"), r => r.Method == "POST");
    }

    [Fact]
    public async Task A_tenant_cannot_log_in_as_the_provider()
    {
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => _server.ConnectAsync(_observer, _server.Login() with { Organization = "System" }));
        Assert.Equal("Vcd.Authentication", e.ErrorId);
    }

    [Theory]
    [InlineData("vro")]
    [InlineData("veloCloud")]
    public async Task Another_kind_of_server_is_named_as_such(string system)
    {
        var settings = _server.Simulator.Settings(system);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => VcdSession.ConnectAsync(settings, _server.Login(), _observer, CancellationToken.None));
        Assert.Equal("Vcd.Protocol", e.ErrorId);
        Assert.Contains("vCloud Director", e.Message + e.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain(await _server.Simulator.RequestsAsync(system), r => r.HasCredential);
    }

    [Fact]
    public async Task Credentials_do_not_follow_a_redirect()
    {
        await using var other = await Simulator.StartAsync();
        var session = await _server.ConnectAsync(_observer);
        await _server.Simulator.AddFaultAsync(new { system = "vcd", kind = "redirect", path = "/api/query", location = other.Server("vcd").AbsoluteUri + "api/query", count = 0 });
        var client = new VcdClient(session, _observer);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(async () => await client.GetCatalogsAsync([], [], CancellationToken.None).ToListAsync());
        Assert.Equal("Vcd.Protocol", e.ErrorId);
        Assert.Contains("redirects", e.Message, StringComparison.Ordinal);

        await _server.Simulator.ClearFaultsAsync();
        await _server.Simulator.AddFaultAsync(new { system = "vcd", kind = "redirect", path = "*sessions*", location = other.Server("vcd").AbsoluteUri + "api/sessions", count = 0 });
        await Assert.ThrowsAsync<OrchestratorApiException>(() => _server.ConnectAsync(_observer));
        Assert.Empty(await other.RequestsAsync("vcd"));
    }

    [Fact]
    public async Task Credentials_do_not_follow_an_href()
    {
        await using var other = await Simulator.StartAsync();
        var client = new VcdClient(await _server.ConnectAsync(_observer), _observer);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.GetTaskAsync(other.Server("vcd").AbsoluteUri + "api/task/025615cd-a591-4dec-89dc-331b322a3a75", CancellationToken.None));
        Assert.Equal("Vcd.Protocol", e.ErrorId);
        e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.InvokeAsync(HttpMethod.Get, other.Server("vcd").AbsoluteUri + "api/org", null, null, CancellationToken.None));
        Assert.Equal("Vcd.Protocol", e.ErrorId);
        Assert.Empty(await other.RequestsAsync("vcd"));
    }

    [Fact]
    public async Task A_page_that_breaks_off_is_read_again_and_in_the_end_an_error()
    {
        var client = new VcdClient(await _server.ConnectAsync(_observer), _observer);
        await _server.Simulator.AddFaultAsync(new { system = "vcd", kind = "truncate", path = "/api/query", bytes = 500, count = 2 });
        Assert.NotEmpty(await client.GetCatalogsAsync([], [], CancellationToken.None).ToListAsync());
        await _server.Simulator.AddFaultAsync(new { system = "vcd", kind = "truncate", path = "/api/query", bytes = 500, count = 0 });
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(async () => await client.GetCatalogsAsync([], [], CancellationToken.None).ToListAsync());
        Assert.Equal("Vcd.Unreachable", e.ErrorId);
    }

    [Fact]
    public async Task A_huge_error_page_costs_little()
    {
        var client = new VcdClient(await _server.ConnectAsync(_observer), _observer);
        await _server.Simulator.AddFaultAsync(new { system = "vcd", kind = "hugeBody", path = "/api/query", bytes = 512L * 1024 * 1024, status = 400, count = 0 });
        var before = GC.GetTotalAllocatedBytes();
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(async () => await client.GetCatalogsAsync([], [], CancellationToken.None).ToListAsync());
        Assert.Equal("Vcd.Validation", e.ErrorId);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 32 * 1024 * 1024);
        Assert.True(e.Message.Length < 2000);
    }

    [Theory]
    [InlineData("it's 100% räksmörgås 数据.iso")]
    [InlineData("tools & \"drivers\" <v2> [beta]*.iso")]
    [InlineData("backup, weekly; (disk 1).iso")]
    [InlineData("WINDOWS SERVER 2022.ISO")]
    public async Task A_name_is_found_whatever_stands_in_it(string name)
    {
        var client = new VcdClient(await _server.ConnectAsync(_observer), _observer);
        var found = await client.GetCatalogItemsAsync([VcdNamePattern.Of(name)], [], null, CancellationToken.None).ToListAsync();
        Assert.Equal(name, Assert.Single(found).Name, ignoreCase: true);
    }

    [Theory]
    [InlineData("line\nbreak")]
    [InlineData("name==x;type==*")]
    [InlineData("')(|(name=*)")]
    public async Task A_name_that_nothing_has_finds_nothing_and_breaks_no_filter(string name)
    {
        var client = new VcdClient(await _server.ConnectAsync(_observer), _observer);
        Assert.Empty(await client.GetCatalogItemsAsync([VcdNamePattern.Of(name)], [], null, CancellationToken.None).ToListAsync());
    }

    [Fact]
    public async Task Type_and_catalog_narrow_the_list()
    {
        var client = new VcdClient(await _server.ConnectAsync(_observer), _observer);
        var templates = await client.GetCatalogItemsAsync([], [VcdNamePattern.Of("templates")], VcdCatalogItemType.VAppTemplate, CancellationToken.None).ToListAsync();
        Assert.NotEmpty(templates);
        Assert.All(templates, t => Assert.Equal(("VAppTemplate", "templates"), (t.Type, t.Catalog)));
        var media = await client.GetCatalogItemsAsync([], [], VcdCatalogItemType.Media, CancellationToken.None).ToListAsync();
        Assert.NotEmpty(media);
        Assert.All(media, m => Assert.Equal("Media", m.Type));
    }

    [Fact]
    public async Task An_id_that_does_not_exist_is_not_found_or_not_to_be_seen()
    {
        var client = new VcdClient(await _server.ConnectAsync(_observer), _observer);
        foreach (var read in new Func<Task>[]
        {
            () => client.GetOrgAsync("aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee", CancellationToken.None),
            () => client.GetTaskAsync("urn:vcloud:task:aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee", CancellationToken.None),
            () => client.GetMediaAsync("aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee", CancellationToken.None),
        })
        {
            var e = await Assert.ThrowsAsync<OrchestratorApiException>(read);
            Assert.Equal("Vcd.NotFound", e.ErrorId);
            Assert.Contains("or no right to see it", e.Message, StringComparison.Ordinal);
            Assert.NotNull(e.RequestId);
        }
    }

    [Fact]
    public async Task Tasks_are_listed_and_read()
    {
        var client = new VcdClient(await _server.ConnectAsync(_observer), _observer);
        var tasks = await client.GetTasksAsync(CancellationToken.None).ToListAsync();
        Assert.NotEmpty(tasks);
        Assert.Equal(tasks.Select(t => t.StartedAt).OrderDescending(), tasks.Select(t => t.StartedAt));
        var failed = tasks.First(t => t.Status == "error");
        var read = await client.GetTaskAsync(failed.Id, CancellationToken.None);
        Assert.Equal(failed.Id, read.Id);
        Assert.Equal("Vcd.Failed", client.FailureOf(await client.WaitTaskAsync(failed.Href, null, null, CancellationToken.None))!.ErrorId);
    }
}
