using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The SD-WAN Orchestrator: logins, the portal API v1 and the door to APIv2.</summary>
public sealed class VeloCloudSystem : ISimulatedSystem
{
    private const string Rest = "/portal/rest/";
    private const int ManyEdges = 1000;

    private static readonly byte[] LoginPage = Encoding.UTF8.GetBytes("<!DOCTYPE html><html><head><title>Orchestrator</title></head><body><form id=\"login\"></form></body></html>");

    private readonly int _edges;
    private readonly VeloWorld _world;
    private readonly SessionStore _sessions;
    private readonly Logins _logins;
    private readonly PortalApi _portal;
    private readonly ApiV2 _v2;
    private volatile VeloSettings _settings = new();

    /// <summary>Invents the network that the options ask for.</summary>
    public VeloCloudSystem(SimulatorOptions options, SimulatorClock clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        _edges = options.Edges;
        _world = new VeloWorld(options.Edges, options.Seed, clock);
        _sessions = new SessionStore(clock);
        _logins = new Logins(_world.Accounts, _sessions, clock);
        var authenticator = new Authenticator(_sessions, _world.Tokens);
        var limiter = new RateLimiter(clock);
        _portal = new PortalApi(authenticator, limiter, _world.Network, new VeloMethods(_world));
        _v2 = new ApiV2(authenticator, limiter);
        _ = Task.Run(OperationTable.Warm);
    }

    /// <inheritdoc/>
    public string Name => "veloCloud";

    /// <inheritdoc/>
    public Task HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var path = context.Request.Path.Value ?? "";
        var isPost = HttpMethods.IsPost(context.Request.Method);
        var settings = _settings;
        if (path is Rest + "logout" or "/logout")
        {
            _logins.Logout(context);
            return Task.CompletedTask;
        }

        if (isPost && LoginOf(path) is { } login)
            return _logins.LoginAsync(context, login is "operatorLogin");

        if (path.StartsWith(Rest, StringComparison.Ordinal))
            return isPost ? _portal.RestAsync(context, path[Rest.Length..], settings) : NotAllowedAsync(context);

        if (path is "/portal/" or "/portal" && isPost)
            return _portal.RpcAsync(context, settings);

        if (path.StartsWith(ApiV2.Prefix, StringComparison.Ordinal))
            return _v2.HandleAsync(context, settings);

        if (path.StartsWith(ApiV2.OldPrefix, StringComparison.Ordinal))
            return RedirectAsync(context, ApiV2.Prefix + path[ApiV2.OldPrefix.Length..] + context.Request.QueryString.Value);

        return HttpMethods.IsGet(context.Request.Method) ? PageAsync(context) : NotFoundAsync(context);
    }

    /// <inheritdoc/>
    public JsonObject Describe(Uri server)
    {
        ArgumentNullException.ThrowIfNull(server);
        var users = new JsonArray();
        foreach (var account in _world.Accounts.Announced)
        {
            users.Add(new JsonObject
            {
                ["tier"] = account.IsReadOnly ? "readOnly" : JsonNamingPolicy.CamelCase.ConvertName(account.Tier.ToString()),
                ["user"] = account.Username,
                ["password"] = account.Password,
                ["token"] = account.IsReadOnly ? null : NewToken(account),
            });
        }

        // Nobody waits for this: it begins when the greeting is about to be written.
        if (_edges > ManyEdges)
            _ = Task.Run(_world.Network.Warm);

        var first = users[0]!;
        return new JsonObject
        {
            ["server"] = server.AbsoluteUri,
            ["user"] = first["user"]!.DeepClone(),
            ["password"] = first["password"]!.DeepClone(),
            ["token"] = first["token"]!.DeepClone(),
            ["users"] = users,
        };
    }

    /// <inheritdoc/>
    public void ExpireSessions(bool alsoRefreshTokens)
    {
        _sessions.CloseAll();
        if (alsoRefreshTokens)
            _world.Tokens.RevokeAll();
    }

    /// <inheritdoc/>
    public Task<JsonNode?> CommandAsync(string command, JsonElement arguments)
    {
        switch (command)
        {
            case "edge":
                return Task.FromResult<JsonNode?>(VeloCommands.ChangeEdge(arguments, _world.Network));

            case "event":
                return Task.FromResult<JsonNode?>(VeloCommands.AddEvents(arguments, _world.Network));

            case "events":
                _world.Network.EventRules = _world.Network.EventRules.With(arguments);
                return Task.FromResult<JsonNode?>(_world.Network.EventRules.Describe());

            case "alert":
                return Task.FromResult<JsonNode?>(VeloCommands.AddAlert(arguments, _world.Network));

            case "expireToken":
                return Task.FromResult<JsonNode?>(VeloCommands.ExpireTokens(arguments, _world));

            case "user":
                return Task.FromResult<JsonNode?>(VeloCommands.AddUser(arguments, _world));

            case "settings":
                _settings = _settings.With(arguments);
                return Task.FromResult<JsonNode?>(_settings.Describe());

            default:
                return Task.FromResult<JsonNode?>(null);
        }
    }

    /// <inheritdoc/>
    public bool IsSecret(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return LoginOf(request.Path.Value ?? "") is not null;
    }

    /// <summary>Which login a path is: of the API, of the pages, or of a partner's own pages.</summary>
    private static string? LoginOf(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            ["portal", "rest", "login", "enterpriseLogin" or "operatorLogin"] => parts[3],
            ["login", "enterpriseLogin" or "operatorLogin"] => parts[1],
            [_, "login", "enterpriseLogin"] => parts[2],
            _ => null,
        };
    }

    private static Task NotAllowedAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = HttpMethods.Post;
        return Task.CompletedTask;
    }

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static Task RedirectAsync(HttpContext context, string location)
    {
        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    }

    /// <summary>Whoever follows the redirect of a failed login ends here, with a 200.</summary>
    private static async Task PageAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = LoginPage.Length;
        await context.Response.Body.WriteAsync(LoginPage, context.RequestAborted);
    }

    private string NewToken(Account account)
    {
        var token = _world.Tokens.Create(account, account, "simulator", description: null, VeloAssumptions.TokenLife);
        return _world.Tokens.Download(token)!;
    }
}
