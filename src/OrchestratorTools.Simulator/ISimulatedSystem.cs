using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator;

/// <summary>One simulated server. It has a port of its own; the frame terminates TLS, writes the request log and applies faults around <see cref="HandleAsync"/>.</summary>
public interface ISimulatedSystem
{
    /// <summary>The name used on the control address and in the greeting: <c>veloCloud</c>, <c>veloCloudStandby</c>, <c>vcd</c> or <c>vro</c>.</summary>
    string Name { get; }

    /// <summary>Answers one request. A path that the system does not know gets what a real server says to it.</summary>
    Task HandleAsync(HttpContext context);

    /// <summary>What the greeting line says of this system: users, passwords, tokens. <paramref name="server"/> is its base address.</summary>
    JsonObject Describe(Uri server);

    /// <summary>Forgets every session and access token, as a server does when they run out. API tokens and refresh tokens stay unless <paramref name="alsoRefreshTokens"/>.</summary>
    void ExpireSessions(bool alsoRefreshTokens);

    /// <summary>A command of the control address (<c>POST /systems/NAME/COMMAND</c>) that only this system knows; null where the command is unknown.</summary>
    Task<JsonNode?> CommandAsync(string command, JsonElement arguments);

    /// <summary>True for a request whose body must not be kept in the request log (logins, transfers).</summary>
    bool IsSecret(HttpRequest request);
}
