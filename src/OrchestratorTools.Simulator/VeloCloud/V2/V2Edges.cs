using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>Edges: in pages, one by one, made, changed and deleted; and what is asked of several at once.</summary>
internal sealed class V2Edges(VeloNetwork network, AsyncOperations operations)
{
    private static readonly string[] Changeable = ["name", "description", "serialNumber", "customInfo", "alertsEnabled", "operatorAlertsEnabled"];

    public Dictionary<string, Func<V2Call, V2Answer>> All => new(StringComparer.Ordinal)
    {
        ["getEnterpriseEdges"] = List,
        ["getEnterpriseEdge"] = call => V2Answer.Ok(V2Resources.Describe(call.Edge, call)),
        ["createEdge"] = call => call.Query("action") is { } action ? Act(call, action) : network.Exclusively(() => Create(call)),
        ["updateEdge"] = call => network.Exclusively(() => Update(call)),
        ["deleteEdge"] = Delete,
    };

    /// <summary>The items of a page of a list in the order of ids: those behind the link's item, or those before it.</summary>
    public static List<T> PageOf<T>(IEnumerable<T> all, Func<T, long> id, V2Page? link, int limit, out bool before, out bool more)
    {
        if (link is { IsBack: true })
        {
            var earlier = all.Where(i => id(i) < link.At).ToList();
            var last = earlier.TakeLast(limit).ToList();
            (before, more) = (earlier.Count > last.Count, true);
            return last;
        }

        var page = all.Where(i => id(i) > (link?.At ?? 0)).Take(limit + 1).ToList();
        (before, more) = (link is not null, page.Count > limit);
        if (more)
            page.RemoveAt(limit);

        return page;
    }

    public static JsonObject MetaData(int limit, long first, long last, bool before, bool more, string filters)
        => new()
        {
            ["limit"] = limit,
            ["more"] = more,
            ["nextPageLink"] = more ? new V2Page(limit, last, Time: 0, IsBack: false, From: 0, To: 0, filters).Text : null,
            ["prevPageLink"] = before ? new V2Page(limit, first, Time: 0, IsBack: true, From: 0, To: 0, filters).Text : null,
        };

    private static V2Answer List(V2Call call)
    {
        var enterprise = call.Enterprise;
        var link = (call.Query("nextPageLink") ?? call.Query("prevPageLink")) is { Length: > 0 } text ? V2Page.Parse(text, "nextPageLink") : null;
        var filters = link?.Unpack() ?? call.Filters;
        var limit = (int)Math.Min(link?.Limit ?? call.Number("limit") ?? VeloAssumptions.EventLimit, call.Settings.PageLimit);
        var page = PageOf(enterprise.Edges.Where(e => filters.All(f => f.Passes(e.Utf8))), e => e.Id, link, limit, out var before, out var more);
        return V2Answer.Page(
            $"{V2Resources.HrefOf(enterprise)}/edges",
            page.Select(e => V2Resources.Describe(e, call)),
            MetaData(limit, page.Count == 0 ? 0 : page[0].Id, page.Count == 0 ? 0 : page[^1].Id, before, more, link?.Filters ?? V2Page.Pack(call, V2Enterprises.FilterNames(call))));
    }

    private static bool IsTaken(Enterprise enterprise, string name, Edge? by) => enterprise.Edges.Any(e => e != by && string.Equals(e.Name, name, StringComparison.OrdinalIgnoreCase));

    private V2Answer Create(V2Call call)
    {
        var enterprise = call.Enterprise;
        var body = call.Body!.Value;
        var profileId = V2Enterprises.Text(body, "profile") ?? throw V2Error.Validation("Missing member: profile", "profile");
        var model = V2Enterprises.Text(body, "modelNumber") ?? throw V2Error.Validation("Missing member: modelNumber", "modelNumber");
        if (!OperationTable.Find("edge/edgeProvision")!.Find("modelNumber")!.Type.Allows(model))
            throw V2Error.Validation($"There is no model {model}", "modelNumber");

        var profile = enterprise.Profiles.FirstOrDefault(p => p.LogicalId == V2Enterprises.LastPart(profileId)) ?? throw V2Error.Unprocessable("There is no such profile", "profile");
        var name = V2Enterprises.Text(body, "name") ?? $"edge-{network.NewId().ToString(System.Globalization.CultureInfo.InvariantCulture)}";
        if (IsTaken(enterprise, name, by: null))
            throw V2Error.Unprocessable($"An edge named {name} already exists", "name");

        List<KeyValuePair<string, JsonElement>> site = [];
        if (body.TryGetProperty("site", out var sent))
            site = Site(sent);

        var edge = network.Provision(
            enterprise,
            new Edge.Provisioning(name, model, V2Enterprises.Text(body, "serialNumber"), V2Enterprises.Text(body, "description"), V2Enterprises.Text(body, "customInfo"), profile));
        if (site.Count > 0)
            edge.ChangeSite(site);

        network.Report(enterprise, "CREATE_EDGE", $"Edge {name} provisioned", edge, call.Caller.Account.Username);
        return V2Answer.Created(V2Resources.Describe(edge, call), V2Resources.HrefOf(edge));
    }

    private static List<KeyValuePair<string, JsonElement>> Site(JsonElement site)
    {
        try
        {
            return [.. EdgeSites.Read(site, "site")];
        }
        catch (VeloError e)
        {
            throw V2Error.Validation(e.Message, "site");
        }
    }

    private V2Answer Update(V2Call call)
    {
        var edge = call.Edge;
        var patch = JsonPatch.Parse(call.Body!.Value);
        foreach (var path in patch.Paths)
        {
            var top = path.Split('/')[1];
            if (top is not "site" && !Changeable.Contains(top, StringComparer.Ordinal))
                throw V2Error.Unprocessable($"{top} cannot be changed", path);
        }

        var before = V2Resources.Describe(edge, call: null);
        before["site"] = EdgeSites.Of(edge);
        var after = patch.Apply(before);
        var name = after["name"]?.ToString();
        if (string.IsNullOrWhiteSpace(name) || IsTaken(edge.Enterprise, name, edge))
            throw V2Error.Unprocessable(string.IsNullOrWhiteSpace(name) ? "The name must not be empty" : $"An edge named {name} already exists", "name");

        var site = Site(JsonSerializer.SerializeToElement(after["site"]));
        foreach (var member in Changeable.Where(m => patch.Paths.Any(p => p.Split('/')[1] == m)))
        {
            edge.Change(member, JsonSerializer.SerializeToElement(after[member]));
        }

        if (patch.Paths.Any(p => p.StartsWith("/site", StringComparison.Ordinal)))
            edge.ChangeSite(site);

        edge.Set("modified", VeloTime.Text(network.Now));
        network.Report(edge.Enterprise, "EDIT_EDGE", "Edge attributes changed", edge, call.Caller.Account.Username);
        return V2Answer.Ok(V2Resources.Describe(edge, call));
    }

    private V2Answer Delete(V2Call call)
    {
        var edge = call.Edge;
        if (edge.State is "CONNECTED")
            throw V2Error.Unprocessable($"Cannot delete edge {edge.Name}: it is connected");

        if (network.Delete(edge))
            network.Report(edge.Enterprise, "DELETE_EDGE", $"Edge {edge.Name} deleted", edge, call.Caller.Account.Username);

        return V2Answer.NoContent;
    }

    /// <summary>
    /// What the edges are told to do: all are there, or nothing is done. The answer is 202 and an asynchronous operation [inferred: the definition has only the answer of a
    /// new edge]. What becomes of the edges is seen when it is over.
    /// </summary>
    private V2Answer Act(V2Call call, string action)
    {
        var body = call.Body!.Value;
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("edges", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
            throw V2Error.Validation("Missing member: edges", "edges");

        var edges = list.EnumerateArray().Select(e => call.FindEdge(V2Enterprises.LastPart(e.ToString()))).Distinct().ToList();
        if (edges.Find(e => e.State is "NEVER_ACTIVATED") is { } never)
            throw V2Error.Unprocessable($"Edge {never.Name} was never activated", "edges");

        foreach (var edge in edges)
        {
            network.Report(edge.Enterprise, "REMOTE_ACTION", action, edge, call.Caller.Account.Username);
        }

        return operations.Begin(call.Caller, $"{V2Resources.HrefOf(call.Enterprise)}/edges", call.Settings, () => edges.ForEach(e => Carry(e, action)));
    }

    private void Carry(Edge edge, string action)
    {
        switch (action)
        {
            case "shutdown":
                edge.Set("edgeState", "OFFLINE");
                break;
            case "hardReset":
                edge.Set("activationState", "REACTIVATION_PENDING");
                edge.Set("edgeState", "OFFLINE");
                break;
            case "reboot":
                edge.Set("systemUpSince", VeloTime.Text(network.Now));
                edge.Set("serviceUpSince", VeloTime.Text(network.Now));
                break;
            case "restartService":
                edge.Set("serviceUpSince", VeloTime.Text(network.Now));
                break;
            default:
                break;
        }
    }
}
