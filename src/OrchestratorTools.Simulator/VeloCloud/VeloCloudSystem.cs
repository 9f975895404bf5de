using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>Placeholder of the first commit.</summary>
public sealed class VeloCloudSystem(SimulatorOptions options, SimulatorClock clock) : ISimulatedSystem
{
    /// <inheritdoc/>
    public string Name => "veloCloud";

    /// <inheritdoc/>
    public Task HandleAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public JsonObject Describe(Uri server) => new() { ["server"] = server.AbsoluteUri, ["seed"] = options.Seed, ["now"] = clock.GetUtcNow().ToString("O") };

    /// <inheritdoc/>
    public void ExpireSessions(bool alsoRefreshTokens)
    {
    }

    /// <inheritdoc/>
    public Task<JsonNode?> CommandAsync(string command, JsonElement arguments) => Task.FromResult<JsonNode?>(null);

    /// <inheritdoc/>
    public bool IsSecret(HttpRequest request) => false;
}
