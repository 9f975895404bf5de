using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OrchestratorTools.Simulator.Vro.Wire;

namespace OrchestratorTools.Simulator.Vro.Accounts;

/// <summary>
/// <c>/Clients</c>: client accounts. A client cannot create one, and sees and deletes only itself; it has its maker's role (facts/vro.md, B, Sessions). Gone in
/// v13.
/// </summary>
internal sealed class ClientsEndpoint(AccountStore accounts, SessionStore sessions)
{
    private static readonly string[] Gone = ["v13"];

    /// <summary>The operations.</summary>
    public IEnumerable<Route> Routes =>
    [
        Route.Api("POST", "Clients", Rights.None, Create, absentIn: Gone),
        Route.Api("GET", "Clients", Rights.None, List, absentIn: Gone),
        Route.Api("DELETE", "Clients", Rights.None, Delete, absentIn: Gone),
    ];

    private Answer Create(Call call)
    {
        if (call.Account.IsClient)
            throw Refusal.Forbidden("A client account cannot create client accounts.");
        var client = accounts.CreateClient(call.Account.Role);
        return Answer.Json(new JsonObject { ["client_id"] = client.Name, ["client_secret"] = client.Password });
    }

    // A bare array, unlike every other list.
    private Answer List(Call call) => Answer.Json(new JsonArray([.. Visible(call).Select(c => (JsonNode)c.Name)]));

    private Answer Delete(Call call)
    {
        var id = (string?)call.Query["clientId"];
        if (string.IsNullOrEmpty(id))
            throw Refusal.BadRequest("The parameter clientId is missing.");
        var client = Visible(call).FirstOrDefault(c => c.Name.Equals(id, StringComparison.OrdinalIgnoreCase)) ?? throw Refusal.NotFound("Client", id);
        sessions.End(client);
        accounts.RemoveClient(client);
        return Answer.Empty(StatusCodes.Status204NoContent);
    }

    private IEnumerable<Account> Visible(Call call) => call.Account.IsClient ? [call.Account] : accounts.Clients;
}
