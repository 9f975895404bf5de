using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.Tests.VeloCloud;

/// <content>The same operations by the module's own client, as Invoke-VeloCloudRequest sends them.</content>
public sealed partial class VeloSimulatorV2Tests
{
    [Theory]
    [MemberData(nameof(Operations))]
    public async Task The_client_understands_every_operation_and_its_refusal(string name)
    {
        var operation = Table().Single(o => $"{o.GetProperty("method").GetString()} {o.GetProperty("path").GetString()}" == name);
        var method = new HttpMethod(operation.GetProperty("method").GetString()!);
        var path = "/" + await PathAsync(operation);
        var known = VeloCloudV2Operations.All.Single(o => $"{o.Method} /{Root}{o.Path}" == name);
        Assert.True(known.Fits(path.Split('?')[0]["/api/sdwan/v2/".Length..]), $"{known.Path} does not fit {path}");
        var settings = method == HttpMethod.Put ? (await GetAsync(path[1..])).EnumerateObject().Where(m => m.Name != "_href").ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal) : null;
        var body = settings is null && Body(operation) is not { } made ? null : JsonSerializer.SerializeToUtf8Bytes(settings ?? Body(operation));
        await using var session = await SessionAsync("operator");
        var client = new VeloCloudV2Client(session, SilentObserver.Instance);

        if (method == HttpMethod.Get)
        {
            var elements = await Wire.AllAsync(client.ListAsync(path, null, followLinks: false, CancellationToken.None));
            Assert.All(elements, e => Assert.NotEqual(JsonValueKind.Undefined, e.ValueKind));
            var isList = known.Members.Count == 0 || known.Members.Contains("data", StringComparer.Ordinal);
            if (!isList)
            {
                var one = Assert.Single(elements);
                Assert.All(name.Contains("deviceSettings", StringComparison.Ordinal) ? ["_href"] : known.Members, m => Assert.True(one.TryGetProperty(m, out _), $"no '{m}' in {one}"));
            }

            await RefusedAsync(OrchestratorErrorKind.Validation, "bogus", path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "bogus=1");
        }
        else
        {
            var answer = await client.SendAsync(method, path, null, body, null, CancellationToken.None);
            Assert.Equal(name.Contains("deviceSettings", StringComparison.Ordinal), answer.IsUnderWay);
            if (answer.IsUnderWay)
            {
                Assert.Contains("asyncOperations/", answer.Location!.OriginalString, StringComparison.Ordinal);
            }
        }

        var lost = path.Replace(_enterprise, Guid.Empty.ToString(), StringComparison.Ordinal).Replace("applicationMaps/", "applicationMaps/0", StringComparison.Ordinal);
        if (!string.Equals(lost, path, StringComparison.Ordinal))
        {
            await RefusedAsync(OrchestratorErrorKind.NotFound, "not found", lost);
        }
        else if (method != HttpMethod.Get)
        {
            await using var reader = await SessionAsync("customer");
            var denied = await Assert.ThrowsAsync<OrchestratorApiException>(() => new VeloCloudV2Client(reader, SilentObserver.Instance).SendAsync(method, path, null, body, null, CancellationToken.None));
            Assert.Equal(OrchestratorErrorKind.Permission, denied.Kind);
        }

        async Task RefusedAsync(OrchestratorErrorKind kind, string said, string wrong)
        {
            var error = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.SendAsync(method, wrong, null, body, null, CancellationToken.None));
            Assert.True(error.Kind == kind, $"{error.Kind}: {error.Message}");
            Assert.Contains(said, error.Message, StringComparison.Ordinal);
        }
    }

    private async Task<VeloCloudSession> SessionAsync(string tier)
    {
        var time = _simulator.Settings(System) with { Time = new ManualTime { AutoAdvance = TimeSpan.FromSeconds(60) } };
        return await VeloCloudSession.UseTokenAsync(time, SecretText.From(VeloRaw.User(_simulator, tier).GetProperty("token").GetString())!, SilentObserver.Instance, CancellationToken.None);
    }
}
