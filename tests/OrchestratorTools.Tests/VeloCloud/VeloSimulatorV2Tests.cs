using System.Text.Json;

namespace OrchestratorTools.Tests.VeloCloud;

/// <summary>APIv2 of the simulated Orchestrator: all its operations, pages, filters, linked resources, asynchronous changes, errors.</summary>
public sealed partial class VeloSimulatorV2Tests(VeloServer server) : IClassFixture<VeloServer>, IAsyncLifetime
{
    private const string Root = "api/sdwan/v2/";
    private const string System = "veloCloud";
    private readonly Simulator _simulator = server.Simulator;
    private VeloRaw _velo = null!;
    private string _enterprise = "";

    public static TheoryData<string> Operations
    {
        get
        {
            var data = new TheoryData<string>();
            foreach (var operation in Table())
            {
                data.Add($"{operation.GetProperty("method").GetString()} {operation.GetProperty("path").GetString()}");
            }

            return data;
        }
    }

    private string Acme => $"{Root}enterprises/{_enterprise}";

    public async Task InitializeAsync()
    {
        await _simulator.CommandAsync(System, "settings", new { asyncSeconds = 1, release4 = false });
        await _simulator.CommandAsync(System, "events", new { intervalSeconds = 600, burst = 3 });
        await _simulator.CommandAsync(System, "edge", new { id = VeloWalk.Edge, edgeState = "CONNECTED" });
        _velo = await VeloRaw.AsAsync(_simulator, "operator");
        _enterprise = (await _velo.OkAsync("enterprise/getEnterprise", new { enterpriseId = VeloWalk.Acme })).GetProperty("logicalId").GetString()!;
    }

    public Task DisposeAsync()
    {
        _velo.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public void There_are_44_operations() => Assert.Equal(44, Table().Count);

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Every_operation_is_answered_in_its_shape_and_refused_in_good_form(string name)
    {
        var operation = Table().Single(o => $"{o.GetProperty("method").GetString()} {o.GetProperty("path").GetString()}" == name);
        var method = new HttpMethod(operation.GetProperty("method").GetString()!);
        var path = await PathAsync(operation);
        var members = operation.GetProperty("members").EnumerateArray().Select(m => m.GetString()!).ToList();

        // A PUT replaces everything: what is there is put back, so that no other test finds it gone.
        var settings = method == HttpMethod.Put ? (await GetAsync(path)).EnumerateObject().Where(m => m.Name != "_href").ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal) : null;
        var (answer, response) = await _velo.SendAsync(method, path, settings ?? Body(operation));

        var isAsync = name.Contains("deviceSettings", StringComparison.Ordinal) && method != HttpMethod.Get;
        var expected = isAsync ? 202 : int.Parse(operation.GetProperty("success")[0].GetString()!, global::System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(answer.Status == expected, $"{answer.Status} {answer.Text}");
        if (expected == 204)
        {
            Assert.Empty(answer.Bytes);
        }
        else if (isAsync || expected == 201)
        {
            Assert.StartsWith("/api/sdwan/v2/", response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }

        if (!isAsync && members.Count > 0)
        {
            // Settings that nobody has made are not there: all others are.
            var some = name.Contains("deviceSettings", StringComparison.Ordinal) ? members.Intersect(VeloRaw.Some("_href", "ha", "lan", "ntp", "segments"), StringComparer.Ordinal) : members;
            Assert.All(some, m => Assert.True(answer.Json.TryGetProperty(m, out _), $"no '{m}' in {answer.Text}"));
        }

        if (members.Count == 0 && expected == 200)
            Assert.Equal(JsonValueKind.Array, answer.Json.ValueKind);

        if (operation.GetProperty("method").GetString() == "GET")
        {
            var (unknown, _) = await _velo.SendAsync(method, path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "bogus=1");
            AssertError(unknown, 400, "bogus");
        }

        var (lost, _) = await _velo.SendAsync(method, path.Replace(_enterprise, Guid.Empty.ToString(), StringComparison.Ordinal).Replace("applicationMaps/", "applicationMaps/0", StringComparison.Ordinal), Body(operation));
        if (path.Contains(_enterprise, StringComparison.Ordinal) || path.Contains("applicationMaps/", StringComparison.Ordinal))
            AssertError(lost, 404, "not found");

        using var reader = await VeloRaw.AsAsync(_simulator, "readOnly");
        if (method != HttpMethod.Get)
            AssertError((await reader.SendAsync(method, path, Body(operation))).Answer, 403, "Permission denied");
    }

    [Fact]
    public async Task Pages_hold_every_edge_once_both_ways()
    {
        var seen = new List<string>();
        string? back = null;
        for (var query = "?limit=7&edgeState[isNot]=OFFLINE"; ;)
        {
            var page = await GetAsync($"{Acme}/edges/{query}");
            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(e => e.GetProperty("logicalId").GetString()!));
            var metaData = page.GetProperty("metaData");
            if (!metaData.GetProperty("more").GetBoolean())
            {
                back = metaData.GetProperty("prevPageLink").GetString();
                break;
            }

            query = "?nextPageLink=" + Uri.EscapeDataString(metaData.GetProperty("nextPageLink").GetString()!) + "&edgeState[is]=OFFLINE";
        }

        var all = (await _velo.OkAsync("enterprise/getEnterpriseEdges", new { enterpriseId = VeloWalk.Acme })).EnumerateArray().Where(e => e.GetProperty("edgeState").GetString() != "OFFLINE").Select(e => e.GetProperty("logicalId").GetString());
        Assert.Equal(all, seen, StringComparer.Ordinal);
        var before = await GetAsync($"{Acme}/edges/?prevPageLink={Uri.EscapeDataString(back!)}");
        Assert.Equal(7, before.GetProperty("data").GetArrayLength());
        Assert.Contains(before.GetProperty("data")[6].GetProperty("logicalId").GetString()!, seen, StringComparer.Ordinal);
        AssertError((await _velo.SendAsync(HttpMethod.Get, $"{Acme}/edges/?nextPageLink=nonsense")).Answer, 400, "page link");
    }

    [Fact]
    public async Task Linked_resources_are_addresses_until_they_are_asked_for()
    {
        var plain = (await GetAsync($"{Acme}/edges/?limit=1")).GetProperty("data")[0];
        Assert.Equal("_href", Assert.Single(plain.GetProperty("site").EnumerateObject()).Name);
        Assert.Contains(plain.GetProperty("isLive").ValueKind, VeloRaw.Some(JsonValueKind.True, JsonValueKind.False));
        var some = (await GetAsync($"{Acme}/edges/?limit=1&include=site.city,enterprise.*")).GetProperty("data")[0];
        Assert.Equal(VeloRaw.Some("_href", "city"), some.GetProperty("site").EnumerateObject().Select(m => m.Name), StringComparer.Ordinal);
        Assert.Equal("Acme", some.GetProperty("enterprise").GetProperty("name").GetString());
        var edge = await GetAsync(plain.GetProperty("_href").GetString()![1..]);
        Assert.Equal(plain.GetProperty("logicalId").GetString(), edge.GetProperty("logicalId").GetString());
    }

    [Fact]
    public async Task Events_go_on_from_the_very_event_however_many_have_its_time()
    {
        await _simulator.CommandAsync(System, "events", new { intervalSeconds = 3600, burst = 3000 });
        var end = DateTimeOffset.UtcNow;
        var start = end.AddHours(-2.5).ToUnixTimeMilliseconds();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var count = 0;
        for (var query = $"?start={start}&end={end.ToUnixTimeMilliseconds()}"; ;)
        {
            var page = await GetAsync($"{Acme}/events{query}");
            foreach (var happened in page.GetProperty("data").EnumerateArray())
            {
                count++;
                Assert.True(seen.Add(happened.GetProperty("_href").GetString()!));
                Assert.NotEqual("LATE", happened.GetProperty("event").GetString(), StringComparer.Ordinal);
            }

            await _simulator.CommandAsync(System, "event", new { enterprise = "Acme", name = "LATE" });
            if (page.GetProperty("metaData").GetProperty("nextPageLink").GetString() is not { } link)
                break;

            query = "?nextPageLink=" + Uri.EscapeDataString(link);
        }

        // Two or three instants, and what the other tests have done.
        Assert.Contains(count / 1000, VeloRaw.Some(6, 9));
        var filtered = await GetAsync($"{Acme}/events?start={start}&event[in]=EDGE_UP,LINK_DEAD&limit=20");
        Assert.Equal(20, filtered.GetProperty("data").GetArrayLength());
        Assert.All(filtered.GetProperty("data").EnumerateArray(), e => Assert.Contains(e.GetProperty("event").GetString()!, VeloRaw.Some("EDGE_UP", "LINK_DEAD"), StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("events?start=1700000000", "13 digits")]
    [InlineData("events?start=1700000000000&end=1600000000000", "before it starts")]
    [InlineData("events?severity[is]=BAD", "BAD")]
    [InlineData("events?limit=2049", "2048")]
    [InlineData("events?limit=x", "limit")]
    [InlineData("flowStats?start=1700000000000", "groupBy")]
    [InlineData("flowStats?groupBy=application", "start")]
    [InlineData("flowStats?groupBy=moon&start=1700000000000", "moon")]
    [InlineData("linkStats?metrics=moon", "moon")]
    public async Task What_is_wrong_in_a_query_is_named(string query, string said)
        => AssertError((await _velo.SendAsync(HttpMethod.Get, $"{Acme}/{query}")).Answer, 400, said);

    [Fact]
    public async Task Device_settings_change_when_their_operation_is_over()
    {
        await _simulator.CommandAsync(System, "settings", new { asyncSeconds = 30 });
        var path = $"{Acme}/edges/{await EdgeAsync()}/deviceSettings";
        var before = await GetAsync(path);
        var (answer, response) = await _velo.SendAsync(HttpMethod.Patch, path, VeloRaw.Some<object>(new { op = "replace", path = "/ha/enabled", value = "changed" }, new { op = "add", path = "/lan/networks/-", value = new { name = "new" } }));
        Assert.Equal(202, answer.Status);
        var location = response.Headers.Location!.OriginalString[1..];
        Assert.Equal("INPROGRESS", (await GetAsync(location)).GetProperty("status").GetString());
        Assert.Equal(before.GetRawText(), (await GetAsync(path)).GetRawText());
        await _simulator.AdvanceAsync(TimeSpan.FromSeconds(31));
        Assert.Equal("SUCCESS", (await GetAsync(location)).GetProperty("status").GetString());
        var after = await GetAsync(path);
        Assert.Equal("changed", after.GetProperty("ha").GetProperty("enabled").GetString());
        Assert.Equal(before.GetProperty("lan").GetProperty("networks").GetArrayLength() + 1, after.GetProperty("lan").GetProperty("networks").GetArrayLength());
        var stack = await _velo.OkAsync("edge/getEdgeConfigurationModules", new { enterpriseId = VeloWalk.Acme, edgeId = VeloWalk.Edge, modules = VeloRaw.Some("deviceSettings") });
        Assert.Equal("changed", stack.GetProperty("deviceSettings").GetProperty("data").GetProperty("ha").GetProperty("enabled").GetString());

        using var other = await VeloRaw.AsAsync(_simulator, "partner");
        AssertError((await other.SendAsync(HttpMethod.Get, location)).Answer, 404, "not found");
    }

    [Fact]
    public async Task A_change_that_cannot_be_made_ends_in_an_error_and_changes_nothing()
    {
        var path = $"{Acme}/edges/{await EdgeAsync()}/deviceSettings";
        var before = await GetAsync(path);
        var (_, response) = await _velo.SendAsync(HttpMethod.Patch, path, VeloRaw.Some<object>(new { op = "replace", path = "/ha/enabled", value = "x" }, new { op = "replace", path = "/no/such", value = 1 }));
        await _simulator.AdvanceAsync(TimeSpan.FromSeconds(5));
        var operation = await GetAsync(response.Headers.Location!.OriginalString[1..]);
        Assert.Equal("ERROR", operation.GetProperty("status").GetString());
        Assert.Contains("/no/such", operation.GetProperty("errors")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(before.GetRawText(), (await GetAsync(path)).GetRawText());
        AssertError((await _velo.SendAsync(HttpMethod.Patch, path, VeloRaw.Some(new { op = "test", path = "/ha", value = 1 }))).Answer, 400, "op");
        AssertError((await _velo.SendAsync(HttpMethod.Patch, path, VeloRaw.Some(1), "text/plain")).Answer, 415, "text/plain");
        AssertError((await _velo.SendAsync(HttpMethod.Put, path, new { bogus = 1 })).Answer, 400, "bogus");
        AssertError((await _velo.SendAsync(HttpMethod.Put, path, "{")).Answer, 400, "not JSON");
    }

    [Fact]
    public async Task An_edge_is_made_changed_told_what_to_do_and_deleted()
    {
        var profile = (await _velo.OkAsync("enterprise/getEnterpriseConfigurations", new { enterpriseId = VeloWalk.Acme }))[0].GetProperty("logicalId").GetString();
        var (made, response) = await _velo.SendAsync(HttpMethod.Post, $"{Acme}/edges/", new { profile, modelNumber = "virtual", name = "of v2", site = new { city = "Ulm" } });
        Assert.Equal(201, made.Status);
        Assert.Equal(made.Json.GetProperty("_href").GetString(), response.Headers.Location!.OriginalString);
        var href = response.Headers.Location!.OriginalString[1..];
        AssertError((await _velo.SendAsync(HttpMethod.Post, $"{Acme}/edges/", new { profile, modelNumber = "virtual", name = "OF V2" })).Answer, 422, "already exists");
        AssertError((await _velo.SendAsync(HttpMethod.Post, $"{Acme}/edges/", new { profile, modelNumber = "toaster" })).Answer, 400, "toaster");
        AssertError((await _velo.SendAsync(HttpMethod.Post, $"{Acme}/edges/?action=reboot", new { edges = VeloRaw.Some(made.Json.GetProperty("logicalId").GetString()) })).Answer, 422, "never activated");

        var (changed, _) = await _velo.SendAsync(HttpMethod.Patch, href + "?include=site.city", VeloRaw.Some<object>(new { op = "replace", path = "/description", value = "d" }, new { op = "replace", path = "/site/city", value = "Bonn" }));
        Assert.Equal("d", changed.Json.GetProperty("description").GetString());
        Assert.Equal("Bonn", changed.Json.GetProperty("site").GetProperty("city").GetString());
        AssertError((await _velo.SendAsync(HttpMethod.Patch, href, VeloRaw.Some(new { op = "replace", path = "/edgeState", value = "CONNECTED" }))).Answer, 422, "edgeState");

        var (told, _) = await _velo.SendAsync(HttpMethod.Post, $"{Acme}/edges/?action=shutdown", new { edges = VeloRaw.Some(await EdgeAsync()) });
        Assert.Equal(202, told.Status);
        await _simulator.AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.Equal("OFFLINE", (await GetAsync($"{Acme}/edges/{await EdgeAsync()}")).GetProperty("edgeState").GetString());
        Assert.Contains((await GetAsync($"{Acme}/events?limit=5")).GetProperty("data").EnumerateArray(), e => e.GetProperty("event").GetString() == "REMOTE_ACTION");
        Assert.Equal(204, (await _velo.SendAsync(HttpMethod.Delete, href)).Answer.Status);
        AssertError((await _velo.SendAsync(HttpMethod.Get, href)).Answer, 404, "not found");
    }

    [Fact]
    public async Task Both_apis_count_the_same()
    {
        var end = DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeMilliseconds();
        var start = DateTimeOffset.UtcNow.AddHours(-4).ToUnixTimeMilliseconds();
        var old = await _velo.OkAsync("metrics/getEdgeLinkMetrics", new { enterpriseId = VeloWalk.Acme, edgeId = VeloWalk.Edge, interval = new { start, end } });
        var stats = await GetAsync($"{Acme}/edges/{await EdgeAsync()}/linkStats?start={start}&end={end}&sortBy=bytesRx");
        Assert.Equal(old.EnumerateArray().Select(l => l.GetProperty("bytesRx").GetInt64()).OrderDescending(), stats.EnumerateArray().Select(l => l.GetProperty("bytesRx").GetInt64()));
        var series = await GetAsync($"{Acme}/edges/{await EdgeAsync()}/linkStats/timeSeries?start={start}&end={end}&metrics=bytesRx");
        Assert.Equal(JsonValueKind.Number, series[0].GetProperty("series")[0].GetProperty("startTime").ValueKind);
        Assert.Equal(old[0].GetProperty("bytesRx").GetInt64(), series[0].GetProperty("series")[0].GetProperty("data").EnumerateArray().Sum(d => d.GetInt64()));
    }

    [Fact]
    public async Task An_older_release_has_it_elsewhere_and_a_newer_one_sends_there()
    {
        var (moved, response) = await _velo.SendAsync(HttpMethod.Get, $"sdwan/enterprises/{_enterprise}/edges?limit=1");
        Assert.Equal(308, moved.Status);
        Assert.Equal($"/{Acme}/edges?limit=1", response.Headers.Location!.OriginalString);
        await _simulator.CommandAsync(System, "settings", new { release4 = true });
        Assert.Equal(404, (await _velo.SendAsync(HttpMethod.Get, $"{Acme}/edges")).Answer.Status);
        Assert.Equal(200, (await _velo.SendAsync(HttpMethod.Get, $"sdwan/enterprises/{_enterprise}/edges")).Answer.Status);
        Assert.Equal("4.5.1", (await _velo.OkAsync("system/getVersionInfo")).GetProperty("version").GetString());
    }

    [Fact]
    public async Task Each_tier_sees_its_own_and_no_credential_is_a_401()
    {
        using var partner = await VeloRaw.AsAsync(_simulator, "partner");
        var (own, _) = await partner.SendAsync(HttpMethod.Get, $"{Root}enterprises/");
        Assert.Equal(2, own.Json.GetProperty("data").GetArrayLength());
        AssertError((await partner.SendAsync(HttpMethod.Get, $"{Acme}/edges")).Answer, 404, "enterprise not found");
        using var customer = await VeloRaw.AsAsync(_simulator, "customer");
        Assert.Equal("Acme", Assert.Single((await customer.SendAsync(HttpMethod.Get, $"{Root}enterprises/")).Answer.Json.GetProperty("data").EnumerateArray()).GetProperty("name").GetString());
        AssertError((await customer.SendAsync(HttpMethod.Delete, Acme)).Answer, 403, "Permission denied");
        using var nobody = VeloRaw.WithToken(_simulator, "x.y.z");
        AssertError((await nobody.SendAsync(HttpMethod.Get, $"{Root}enterprises/")).Answer, 401, "tokenError");
    }

    private static void AssertError(VeloAnswer answer, int status, string said)
    {
        Assert.True(answer.Status == status, $"{answer.Method}: {answer.Status} {answer.Text}");
        Assert.False(string.IsNullOrEmpty(answer.Json.GetProperty("code").GetString()));
        Assert.Contains(said, answer.Text, StringComparison.Ordinal);
        Assert.True(answer.Json.TryGetProperty("developerMessage", out _) && answer.Json.GetProperty("errors").ValueKind == JsonValueKind.Array);
    }

    private static List<JsonElement> Table()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Simulator.RepositoryRoot, "src", "OrchestratorTools.Simulator", "VeloCloud", "velocloud-v2-operations.json")));
        return [.. document.RootElement.EnumerateArray().Select(o => o.Clone())];
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        var (answer, _) = await _velo.SendAsync(HttpMethod.Get, path);
        Assert.True(answer.Status == 200, $"{path}: {answer.Status} {answer.Text}");
        return answer.Json;
    }

    private async Task<string> EdgeAsync(int id = VeloWalk.Edge) => (await _velo.OkAsync("edge/getEdge", new { enterpriseId = VeloWalk.Acme, id })).GetProperty("logicalId").GetString()!;

    /// <summary>A path with ids that are there, and the parameters that must be.</summary>
    private async Task<string> PathAsync(JsonElement operation)
    {
        var name = operation.GetProperty("operation").GetString();
        var enterprise = _enterprise;
        var edge = name!.Contains("DeviceSettings", StringComparison.Ordinal) ? await EdgeAsync(VeloWalk.Edge + 4) : await EdgeAsync();
        if (name == "deleteEnterprise")
        {
            var id = (await _velo.OkAsync("enterprise/insertEnterprise", new { name = "To be deleted", configurationId = 12 })).GetProperty("id").GetInt32();
            enterprise = _enterprise = (await _velo.OkAsync("enterprise/getEnterprise", new { enterpriseId = id })).GetProperty("logicalId").GetString()!;
        }
        else if (name == "deleteEdge")
        {
            var id = (await _velo.OkAsync("edge/edgeProvision", new { enterpriseId = VeloWalk.Acme, configurationId = VeloWalk.Profile, modelNumber = "virtual" })).GetProperty("id").GetInt32();
            edge = (await _velo.OkAsync("edge/getEdge", new { enterpriseId = VeloWalk.Acme, id })).GetProperty("logicalId").GetString()!;
        }

        var path = operation.GetProperty("path").GetString()![1..];
        var isMap = path.Contains("applicationMaps", StringComparison.Ordinal);
        var logicalId = isMap ? await MapAsync() : path.Contains("clientDevices/", StringComparison.Ordinal) ? (await GetAsync($"{Acme}/clientDevices"))[0].GetProperty("logicalId").GetString()! : "";
        var profile = (await _velo.OkAsync("enterprise/getEnterpriseConfigurations", new { enterpriseId = VeloWalk.Acme }))[0].GetProperty("logicalId").GetString()!;
        var application = path.Contains("{edgeLogicalId}", StringComparison.Ordinal) && path.Contains("{appId}", StringComparison.Ordinal)
            ? (await GetAsync($"{Acme}/edges/{edge}/applications"))[0].GetProperty("_href").GetString()!.Split('/')[^1] : "13";
        path = path.Replace("{enterpriseLogicalId}", enterprise, StringComparison.Ordinal).Replace("{edgeLogicalId}", edge, StringComparison.Ordinal).Replace("{profileLogicalId}", profile, StringComparison.Ordinal)
            .Replace("{logicalId}", logicalId, StringComparison.Ordinal).Replace("{appId}", application, StringComparison.Ordinal);
        List<string> query = [];
        foreach (var parameter in operation.GetProperty("params").EnumerateArray().Where(p => p.GetProperty("in").GetString() == "query" && p.TryGetProperty("required", out var required) && required.GetBoolean()))
        {
            query.Add(parameter.GetProperty("name").GetString() switch
            {
                "start" => $"start={DateTimeOffset.UtcNow.AddHours(-6).ToUnixTimeMilliseconds()}",
                "groupBy" => "groupBy=application",
                "metrics" => "metrics=bytesRx,bytesTx",
                _ => $"peerLogicalId={(await _velo.OkAsync("edge/getEdgeSDWANPeers", new { enterpriseId = VeloWalk.Acme, edgeId = VeloWalk.Edge }))[0].GetProperty("deviceLogicalId").GetString()}",
            });
        }

        return query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";
    }

    private async Task<string> MapAsync()
        => (await _velo.OkAsync("configuration/updateApplicationMapContent", new { ids = VeloRaw.Some(1) }))[0].GetProperty("logicalId").GetString()!;

    private object? Body(JsonElement operation)
    {
        var name = operation.GetProperty("operation").GetString()!;
        return operation.GetProperty("method").GetString() switch
        {
            "PATCH" => VeloRaw.Some<object>(name == "updateEdge" ? new { op = "replace", path = "/description", value = "walked" } : new { op = "add", path = "/ha", value = new { enabled = false } }),
            "PUT" => new { ha = new { enabled = true } },
            "POST" when name == "createEdge" => new { profile = Profile(), modelNumber = "virtual", name = $"walked {Guid.NewGuid()}" },
            "POST" => new { name = $"Walked {Guid.NewGuid()}", gatewayPool = Pool(), operatorProfiles = VeloRaw.Some(OperatorProfile()) },
            _ => null,
        };
    }

    private string Profile() => _velo.OkAsync("enterprise/getEnterpriseConfigurations", new { enterpriseId = VeloWalk.Acme }).GetAwaiter().GetResult()[0].GetProperty("logicalId").GetString()!;

    private string Pool() => _velo.OkAsync("network/getNetworkGatewayPools").GetAwaiter().GetResult()[0].GetProperty("logicalId").GetString()!;

    private string OperatorProfile() => _velo.OkAsync("network/getNetworkConfigurations").GetAwaiter().GetResult()[0].GetProperty("logicalId").GetString()!;
}
