using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using OrchestratorTools.Simulator.Vro.Accounts;
using OrchestratorTools.Simulator.Vro.Inventory;
using OrchestratorTools.Simulator.Vro.Plans;
using OrchestratorTools.Simulator.Vro.Wire;

namespace OrchestratorTools.Simulator.Vro;

/// <summary>
/// Veeam Recovery Orchestrator as facts/vro.md knows it: puts the parts together, reads a request, finds who answers it. What nobody has documented is chosen
/// in
/// <see cref="VroChoices"/>.
/// </summary>
public sealed class VroSystem : ISimulatedSystem
{
    private const int MaximumBody = 1 << 20;

    // All state is behind this one lock: a request is read before it and answered after it.
    private readonly object _gate = new();
    private readonly SimulatorClock _clock;
    private readonly VroSettings _settings = new();
    private readonly AccountStore _accounts = new();
    private readonly SessionStore _sessions;
    private readonly PlanEngine _engine = new();
    private readonly VroCommands _commands;
    private readonly ErrorShapes _errors;
    private readonly Router _router;

    /// <summary>Makes the server with its plans.</summary>
    public VroSystem(SimulatorOptions options, SimulatorClock clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        _clock = clock;
        _sessions = new SessionStore(_settings);
        _errors = new ErrorShapes(_settings);
        var site = new Site(options.Seed);
        var store = new PlanStore();
        var past = new PlanPast(_engine);
        Fill(store, past, new PlanFactory(options.Seed, site, clock.GetUtcNow()), options.Plans, clock.GetUtcNow());
        _commands = new VroCommands(store, past, _settings);
        var plans = new VisiblePlans(store);
        _router = new Router(
            [
                .. new TokenEndpoint(_accounts, _sessions, _settings).Routes,
                .. new MfaEndpoint(_sessions).Routes,
                .. new ClientsEndpoint(_accounts, _sessions).Routes,
                .. new PlanEndpoint(plans, PlanFields.Create(site, _settings), _settings).Routes,
                .. new ActionEndpoint(plans, store, _engine, site, _settings).Routes,
                .. new ScheduleEndpoint(plans, _engine, _settings).Routes,
                .. new RuntimeEndpoint(plans, _engine, _settings).Routes,
                .. new InventoryEndpoint(site, store, _settings).Routes,
            ],
            _settings);
    }

    /// <inheritdoc/>
    public string Name => "vro";

    /// <inheritdoc/>
    public async Task HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var body = await ReadBodyAsync(context.Request, context.RequestAborted);
        Answer answer;
        lock (_gate)
        {
            try
            {
                answer = body is null ? throw new Refusal(StatusCodes.Status413PayloadTooLarge, "The request is too large.") : Dispatch(context.Request, body);
            }
            catch (Refusal refusal)
            {
                answer = _errors.Render(refusal.Status, refusal.Message);
            }
        }

        await answer.WriteAsync(context);
    }

    /// <inheritdoc/>
    public JsonObject Describe(Uri server)
    {
        ArgumentNullException.ThrowIfNull(server);
        lock (_gate)
        {
            var first = _accounts.Users[0];
            return new JsonObject
            {
                ["server"] = server.AbsoluteUri,
                ["user"] = first.Name,
                ["password"] = first.Password,
                ["clientId"] = _accounts.First.Name,
                ["clientSecret"] = _accounts.First.Password,
                ["users"] = new JsonArray([.. _accounts.Users.Select(Describe)]),
            };
        }
    }

    /// <inheritdoc/>
    public void ExpireSessions(bool alsoRefreshTokens)
    {
        lock (_gate)
            _sessions.Expire(alsoRefreshTokens);
    }

    /// <inheritdoc/>
    public Task<JsonNode?> CommandAsync(string command, JsonElement arguments)
    {
        ArgumentNullException.ThrowIfNull(command);
        lock (_gate)
        {
            var now = _clock.GetUtcNow();
            _engine.Advance(now);
            return Task.FromResult(command.ToUpperInvariant() switch
            {
                "PLAN" => _commands.Plan(arguments, now, _engine),
                "HISTORY" => _commands.History(arguments, now),
                "RESTART" => _commands.Restart(),
                "SETTINGS" => _commands.Settings(arguments),
                _ => null,
            });
        }
    }

    /// <inheritdoc/>
    public bool IsSecret(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var path = request.Path.Value ?? string.Empty;
        return path.TrimEnd('/').EndsWith("/token", StringComparison.OrdinalIgnoreCase)
            || path.Contains("/Mfa/", StringComparison.OrdinalIgnoreCase)
            || path.TrimEnd('/').EndsWith("/Clients", StringComparison.OrdinalIgnoreCase);
    }

    private static JsonObject Describe(Account account)
    {
        var user = new JsonObject { ["user"] = account.Name, ["password"] = account.Password, ["role"] = account.Role.Name };
        if (account.MfaKey is not null)
            user["mfaKey"] = account.MfaKey;
        return user;
    }

    private void Fill(PlanStore store, PlanPast past, PlanFactory factory, int count, DateTimeOffset now)
    {
        for (var i = 0; i < count; i++)
        {
            var plan = factory.Create(i);
            store.Add(plan);
            if (PlanFactory.IsInUse(i))
                past.Play(plan, plan.Type == PlanType.Restore ? Phase.Restored : Phase.Failover, now.AddDays(-3));
        }

        if (count > PlanFactory.Chain.Chained)
            _engine.SetSchedule(store.All[PlanFactory.Chain.Chained], new Schedule(null, store.All[PlanFactory.Chain.Previous].Id, RestoreOptions.None));
    }

    private Answer Dispatch(HttpRequest request, string body)
    {
        var found = _router.Find(request.Method, request.Path);
        if (found.Route is not { } route)
        {
            if (found.Allowed.Count == 0)
                return Answer.Html(StatusCodes.Status404NotFound, "File or directory not found.", "The resource that you are looking for does not exist.");
            return _errors.Render(StatusCodes.Status405MethodNotAllowed, $"The requested resource does not support http method '{request.Method}'.")
                .With("Allow", string.Join(", ", found.Allowed));
        }

        var now = _clock.GetUtcNow();
        _engine.Advance(now);
        var call = new Call
        {
            Version = found.Version,
            Values = found.Values,
            Query = request.Query,
            MediaType = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? type.MediaType.ToString() : string.Empty,
            Body = body,
            Bearer = Bearer(request),
            Now = now,
        };
        if (route.Rights is { } rights)
        {
            call.Caller = (call.Bearer is { } token ? _sessions.FindAccess(token, now) : null)?.Account ?? throw Refusal.Unauthorized();
            if ((call.Caller.Role.Rights & rights) != rights)
                throw Refusal.Forbidden($"The role {call.Caller.Role.Name} does not have the right {rights}.");
        }

        return route.Handle(call);
    }

    private static string? Bearer(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;
    }

    // Null where it is larger than anything that the API takes.
    private static async Task<string?> ReadBodyAsync(HttpRequest request, CancellationToken cancellation)
    {
        using var held = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellation)) > 0)
        {
            held.Write(buffer, 0, read);
            if (held.Length > MaximumBody)
                return null;
        }

        return Encoding.UTF8.GetString(held.GetBuffer(), 0, (int)held.Length);
    }
}
