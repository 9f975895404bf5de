using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OrchestratorTools.Simulator.Faults;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The SD-WAN Orchestrator: logins, the portal API v1 and the door to APIv2.</summary>
public sealed class VeloCloudSystem : ISimulatedSystem
{
    private const string Rest = "/portal/rest/";
    private const int ManyEdges = 1000;

    private static readonly byte[] LoginPage = Encoding.UTF8.GetBytes("<!DOCTYPE html><html><head><title>Orchestrator</title></head><body><form id=\"login\"></form></body></html>");

    private readonly int _edges;
    private readonly SimulatorClock _clock;
    private readonly SessionStore _sessions;
    private readonly RateLimiter _limiter;
    private readonly ReplicationPair _pair;
    private readonly ReplicationBox _box;
    private readonly bool _isSecond;
    private VeloCloudSystem? _first;
    private volatile VeloFace _face;
    private volatile VeloSettings _settings = new();

    /// <summary>Invents the network that the options ask for.</summary>
    public VeloCloudSystem(SimulatorOptions options, SimulatorClock clock)
        : this((options ?? throw new ArgumentNullException(nameof(options))).Edges, clock, new VeloWorld(options.Edges, options.Seed, clock), new ReplicationPair(clock), isSecond: false)
    {
        _ = Task.Run(OperationTable.Warm);
    }

    private VeloCloudSystem(int edges, SimulatorClock clock, VeloWorld world, ReplicationPair pair, bool isSecond)
    {
        _edges = edges;
        _clock = clock;
        _pair = pair;
        _isSecond = isSecond;
        _sessions = new SessionStore(clock);
        _limiter = new RateLimiter(clock);
        _box = new ReplicationBox(Invented.LogicalId("vco", isSecond ? 2 : 1), isSecond ? "198.51.100.11" : "198.51.100.10", world, clock);
        _face = Show(world);
        _box.Adopted = adopted => _face = Show(adopted);
        _box.Restarted = _sessions.CloseAll;
        pair.Add(_box);
    }

    /// <inheritdoc/>
    public string Name => _isSecond ? "veloCloudStandby" : "veloCloud";

    private VeloWorld World => _face.World;

    /// <summary>A second Orchestrator, as it is freshly installed: no enterprises, and the operator's account under the same name and password. It can be made this one's standby.</summary>
    public VeloCloudSystem CreateStandby()
    {
        var world = new VeloWorld(edges: 0, World.Network.Seed, _clock);
        world.Accounts.Operator.SetPassword(World.Accounts.Operator.Password, _clock.GetUtcNow());
        return new VeloCloudSystem(edges: 0, _clock, world, _pair, isSecond: true) { _first = this };
    }

    /// <inheritdoc/>
    public Task HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (_pair.Read(_box, b => b.IsAway))
        {
            // Nobody listens while it restarts.
            ConnectionCut.Reset(context);
            return Task.CompletedTask;
        }

        var face = _face;
        var path = context.Request.Path.Value ?? "";
        var isPost = HttpMethods.IsPost(context.Request.Method);
        var settings = _settings;
        if (path is Rest + "logout" or "/logout")
        {
            face.Logins.Logout(context);
            return Task.CompletedTask;
        }

        if (isPost && LoginOf(path) is { } login)
            return face.Logins.LoginAsync(context, login is "operatorLogin");

        if (path.StartsWith(Rest, StringComparison.Ordinal))
            return isPost ? face.Portal.RestAsync(context, path[Rest.Length..], settings) : NotAllowedAsync(context);

        if (path is "/portal/" or "/portal" && isPost)
            return face.Portal.RpcAsync(context, settings);

        if (path.StartsWith(ApiV2.Prefix, StringComparison.Ordinal) && !settings.Release4)
            return face.V2.HandleAsync(context, path[ApiV2.Prefix.Length..], settings);

        if (path.StartsWith(ApiV2.Prefix, StringComparison.Ordinal))
            return NotFoundAsync(context);

        if (path.StartsWith(ApiV2.OldPrefix, StringComparison.Ordinal) && settings.Release4)
            return face.V2.HandleAsync(context, path[ApiV2.OldPrefix.Length..], settings);

        if (path.StartsWith(ApiV2.OldPrefix, StringComparison.Ordinal))
            return RedirectAsync(context, ApiV2.Prefix + path[ApiV2.OldPrefix.Length..] + context.Request.QueryString.Value);

        return HttpMethods.IsGet(context.Request.Method) ? PageAsync(context) : NotFoundAsync(context);
    }

    /// <inheritdoc/>
    public JsonObject Describe(Uri server)
    {
        ArgumentNullException.ThrowIfNull(server);
        _box.Address = server.Authority;
        var users = new JsonArray();
        foreach (var account in World.Accounts.Announced.Where(a => !_isSecond || a.Tier == Tier.Operator))
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
            _ = Task.Run(World.Network.Warm);

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
            World.Tokens.RevokeAll();
    }

    /// <inheritdoc/>
    public Task<JsonNode?> CommandAsync(string command, JsonElement arguments)
    {
        switch (command)
        {
            case "edge":
                return Task.FromResult<JsonNode?>(VeloCommands.ChangeEdge(arguments, World.Network));

            case "event":
                return Task.FromResult<JsonNode?>(VeloCommands.AddEvents(arguments, World.Network));

            case "events":
                World.Network.EventRules = World.Network.EventRules.With(arguments);
                return Task.FromResult<JsonNode?>(World.Network.EventRules.Describe());

            case "alert":
                return Task.FromResult<JsonNode?>(VeloCommands.AddAlert(arguments, World.Network));

            case "expireToken":
                return Task.FromResult<JsonNode?>(VeloCommands.ExpireTokens(arguments, World));

            case "replication":
                return Task.FromResult<JsonNode?>(ReplicationCommand.Run(arguments, _pair, _box));

            case "user":
                return Task.FromResult<JsonNode?>(VeloCommands.AddUser(arguments, World));

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

    private VeloFace Show(VeloWorld world) => new(world, _sessions, _limiter, _clock, _pair, _box);

    private string NewToken(Account account)
    {
        var token = World.Tokens.Create(account, account, "simulator", description: null, VeloAssumptions.TokenLife);
        var secret = World.Tokens.Download(token)!;

        // The standby's database becomes the active's: its token is good there, too.
        _first?.World.Tokens.Import(secret, _first.World.Accounts.Operator);
        return secret;
    }
}
