using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrchestratorTools.Simulator.Faults;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The commands of the control address that make the network what a test needs it to be.</summary>
internal static class VeloCommands
{
    /// <summary>
    /// Changes any members of an edge, and returns it. The edge is the one of that <c>id</c>, or else the first one of that <c>name</c>, the first enterprise's before others';
    /// together with an id, <c>name</c> is a change.
    /// </summary>
    public static JsonNode ChangeEdge(JsonElement arguments, VeloNetwork network)
    {
        var id = (int)arguments.Number("id", 0, 0, int.MaxValue);
        var name = arguments.Text("name");
        var edge = id != 0
            ? network.FindEdge(id)
            : network.Enterprises.SelectMany(e => e.Edges).FirstOrDefault(e => string.Equals(e.Name, name, StringComparison.Ordinal));
        if (edge is null)
            throw new ArgumentException(id != 0 ? $"There is no edge {id}." : $"There is no edge named '{name}'.");

        foreach (var member in arguments.EnumerateObject())
        {
            if (member.Name is not "id" && (id != 0 || member.Name is not "name"))
                edge.Change(member.Name, member.Value);
        }

        return JsonNode.Parse(edge.Utf8.Span)!;
    }

    /// <summary>Writes events, all with the same time, into the log of an enterprise, a partner (<c>partner</c>: its id) or the operator (neither).</summary>
    public static JsonNode AddEvents(JsonElement arguments, VeloNetwork network)
    {
        Only(arguments, "enterprise", "partner", "edge", "count", "time", "name", "category", "severity", "message", "user", "detail");
        var enterprise = EnterpriseOf(arguments, network);
        var edge = EdgeOf(arguments, enterprise);
        var partner = (int)arguments.Number("partner", 0, 0, int.MaxValue);
        var log = enterprise?.Events
            ?? (partner == 0 ? network.Events : network.FindPartner(partner)?.Events ?? throw new ArgumentException($"There is no partner {partner.ToString(CultureInfo.InvariantCulture)}."));
        var time = Time(arguments) ?? network.Now;
        var ids = new JsonArray();
        for (var i = arguments.Number("count", 1, 1, EventFeed.LivePerSecond); i > 0; i--)
        {
            var happened = new VeloEvent(
                network.NewEventId(time),
                time,
                arguments.Text("name") ?? "EDGE_DOWN",
                arguments.Text("category") ?? "EDGE",
                arguments.Text("severity") ?? "ALERT",
                arguments.Text("message") ?? "Edge is down",
                edge,
                arguments.Text("user")) { Detail = arguments.Text("detail") };
            log.Add(happened);
            ids.Add(happened.Id);
        }

        return new JsonObject { ["ids"] = ids };
    }

    /// <summary>Triggers an alert of an enterprise.</summary>
    public static JsonNode AddAlert(JsonElement arguments, VeloNetwork network)
    {
        Only(arguments, "enterprise", "edge", "type", "time", "closed", "count");
        var enterprise = EnterpriseOf(arguments, network) ?? throw new ArgumentException("'enterprise' is needed.");
        var type = arguments.Text("type") ?? "EDGE_DOWN";
        if (!AlertCatalog.Exists(type))
            throw new ArgumentException($"There is no alert '{type}'.");

        var time = Time(arguments) ?? network.Now;
        var edge = EdgeOf(arguments, enterprise);
        var added = Enumerable.Range(0, (int)arguments.Number("count", 1, 1, EventFeed.LivePerSecond))
            .Select(_ => new VeloAlert(network.NewEventId(time), time, type, edge, Link: 0, arguments.Flag("closed")))
            .ToList();
        return network.Exclusively(() =>
        {
            enterprise.State.Alerts = [.. enterprise.State.Alerts, .. added];
            return new JsonObject { ["ids"] = new JsonArray([.. added.Select(a => a.Id)]) };
        });
    }

    /// <summary>Ends the life of a token by its id or name, or its user's <c>user</c>: it is expired from now on.</summary>
    public static JsonNode ExpireTokens(JsonElement arguments, VeloWorld world)
    {
        Only(arguments, "id", "name", "user");
        var id = (int)arguments.Number("id", 0, 0, int.MaxValue);
        var (name, user) = (arguments.Text("name"), arguments.Text("user"));
        if (id == 0 && name is null && user is null)
            throw new ArgumentException("'id', 'name' or 'user' is needed.");

        var meant = world.Tokens.List(t => (id == 0 || t.Id == id) && (name is null || t.Name == name) && (user is null || string.Equals(t.Owner.Username, user, StringComparison.OrdinalIgnoreCase)));
        foreach (var token in meant)
        {
            token.Expire(world.Network.Now);
        }

        return new JsonObject { ["expired"] = meant.Count };
    }

    /// <summary>Makes a user of any role (by its name or id), or finds the one of that name, and returns its credentials.</summary>
    public static JsonNode AddUser(JsonElement arguments, VeloWorld world)
    {
        Only(arguments, "user", "role", "enterprise", "partner");
        var name = arguments.Text("user") ?? throw new ArgumentException("'user' is needed.");
        var text = arguments.TextOrNumber("role");
        var role = world.Roles.All.FirstOrDefault(r => !r.IsFunctional && (string.Equals(r.Name, text, StringComparison.OrdinalIgnoreCase) || r.Id.ToString(CultureInfo.InvariantCulture) == text))
            ?? throw new ArgumentException($"There is no role '{text}'. There are: {string.Join(", ", world.Roles.All.Where(r => !r.IsFunctional).Select(r => r.Name))}.");
        var enterprise = EnterpriseOf(arguments, world.Network) ?? (role.Tier == Tier.Customer ? world.Network.Enterprises[0] : null);
        var partner = (int)arguments.Number("partner", VeloNetwork.ProxyId, 1, int.MaxValue);
        var password = "Made+" + AccountBook.Secret();
        var account = world.Accounts.Add(role.Tier, name, password, role, role.Tier == Tier.Customer ? enterprise!.Id : null, role.Tier == Tier.Partner ? partner : null, world.Network.Now)
            ?? throw new ArgumentException($"There is a user '{name}' already.");
        string? secret = null;
        if (account.Role.Level != RoleLevel.ReadOnly)
            secret = world.Tokens.Download(world.Tokens.Create(account, account, "made", description: null, VeloAssumptions.TokenLife));

        return new JsonObject { ["id"] = account.Id, ["user"] = name, ["password"] = password, ["token"] = secret };
    }

    private static void Only(JsonElement arguments, params string[] known)
    {
        foreach (var member in arguments.EnumerateObject())
        {
            if (!known.Contains(member.Name, StringComparer.Ordinal))
                throw new ArgumentException($"There is no argument '{member.Name}'. There are: {string.Join(", ", known)}.");
        }
    }

    private static Enterprise? EnterpriseOf(JsonElement arguments, VeloNetwork network)
        => arguments.TextOrNumber("enterprise") is not { } text
            ? null
            : network.Enterprises.FirstOrDefault(e => string.Equals(e.Name, text, StringComparison.Ordinal) || e.Id.ToString(CultureInfo.InvariantCulture) == text)
                ?? throw new ArgumentException($"There is no enterprise '{text}'.");

    private static Edge? EdgeOf(JsonElement arguments, Enterprise? enterprise)
        => arguments.TextOrNumber("edge") is not { } text
            ? null
            : enterprise?.Edges.FirstOrDefault(e => string.Equals(e.Name, text, StringComparison.Ordinal) || e.Id.ToString(CultureInfo.InvariantCulture) == text)
                ?? throw new ArgumentException($"There is no edge '{text}' in the enterprise.");

    private static DateTimeOffset? Time(JsonElement arguments)
        => arguments.Text("time") is not { } text
            ? null
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
                ? time
                : throw new ArgumentException("'time' must be a time in ISO 8601.");
}
