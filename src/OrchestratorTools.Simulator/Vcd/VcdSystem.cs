using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The simulated vCloud Director: its XML API, the logins, the query service and the transfer service.</summary>
public sealed class VcdSystem(SimulatorOptions options, SimulatorClock clock) : ISimulatedSystem
{
    private readonly VcdWorld _world = new(options, clock);

    /// <inheritdoc/>
    public string Name => "vcd";

    /// <inheritdoc/>
    public async Task HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _world.Validator.WarmUp();
        var call = new VcdCall(context, _world);
        lock (_world.Gate) _world.Settle();
        try
        {
            await RouteAsync(call);
        }
        catch (VcdException e)
        {
            await AnswerWriter.WriteAsync(call, e);
        }
    }

    /// <inheritdoc/>
    public JsonObject Describe(Uri server)
    {
        ArgumentNullException.ThrowIfNull(server);
        lock (_world.Gate)
        {
            var users = _world.Inventory.Accounts.FindAll(a => a.CanLogIn).ConvertAll(ToJson);
            var description = ToJson(_world.Inventory.Accounts[0]);
            description["server"] = server.AbsoluteUri;
            description["users"] = new JsonArray([.. users]);
            return description;
        }

        static JsonObject ToJson(Account account) => new()
        {
            ["organization"] = account.Org.Name,
            ["user"] = account.Name,
            ["password"] = account.Password,
            ["token"] = account.ApiToken,
        };
    }

    /// <inheritdoc/>
    public void ExpireSessions(bool alsoRefreshTokens)
    {
        _world.Sessions.CloseAll();
        if (!alsoRefreshTokens) return;
        lock (_world.Gate)
        {
            foreach (var account in _world.Inventory.Accounts) account.ApiToken = null;
        }
    }

    /// <inheritdoc/>
    public Task<JsonNode?> CommandAsync(string command, JsonElement arguments) => VcdCommands.RunAsync(_world, command, arguments);

    /// <inheritdoc/>
    public bool IsSecret(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Path.StartsWithSegments("/transfer", StringComparison.OrdinalIgnoreCase)
            || request.Path.StartsWithSegments("/oauth", StringComparison.OrdinalIgnoreCase)
            || request.Path.StartsWithSegments("/api/sessions", StringComparison.OrdinalIgnoreCase)
            || request.Path.StartsWithSegments("/api/login", StringComparison.OrdinalIgnoreCase)
            || request.Path.StartsWithSegments("/cloudapi/1.0.0/sessions", StringComparison.OrdinalIgnoreCase);
    }

    private async Task RouteAsync(VcdCall call)
    {
        switch (call.Segments)
        {
            case ["api", "versions"] when HttpMethods.IsGet(call.Request.Method):
                await AnswerWriter.WriteAsync(call, VcdAnswer.Ok(VersionsAnswer.Build(call.Settings, call.Hrefs), "text/xml"));
                return;
            case ["oauth", "tenant", var org, "token"]:
                await ApiTokens.HandleAsync(call, org);
                return;
            case ["oauth", "provider", "token"]:
                await ApiTokens.HandleAsync(call, orgName: null);
                return;
            case ["transfer", var id, _, ..] when Guid.TryParse(id, out var guid) && _world.Downloads.Find(guid) is { } download:
                await DownloadEndpoint.HandleAsync(call, download);
                return;
            case ["transfer", ..]:
                await TransferEndpoint.HandleAsync(call);
                return;
        }

        var routes = Routes.At(call.Segments);
        if (routes.Length == 0 && call.Segments is not (["api", ..] or ["cloudapi", ..])) throw VcdException.NotFound();
        call.Version = AcceptHeader.Read(call);
        var route = Array.Find(routes, r => HttpMethods.Equals(r.Method, call.Request.Method));
        if (route is not { IsLogin: true })
        {
            call.Session = Authentication.Authenticate(call);
            call.Scope = Scope.Of(call);
        }

        if (routes.Length == 0) throw VcdException.NotFound();
        if (route is null) throw VcdException.MethodNotAllowed(string.Join(", ", routes.Select(r => r.Method)));
        if (route.HasBody) call.Body = await RequestBody.ReadAsync(call.Http, _world.Validator, call.Version);
        VcdAnswer answer;
        lock (_world.Gate)
        {
            OperationLimit.Check(call, route);
            answer = route.Handle(call);
        }

        await AnswerWriter.WriteAsync(call, answer);
    }
}
