using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The methods about one edge.</summary>
internal sealed class EdgeMethods(VeloNetwork network)
{
    private static readonly string[] ReadOnlyMembers =
    [
        "id", "created", "logicalId", "modified", "enterpriseId", "enterpriseLogicalId", "siteId", "edgeState", "edgeStateTime", "activationState", "activationTime",
        "activationKey", "lastContact",
    ];

    public Dictionary<string, Func<Call, Answer>> All => new(StringComparer.Ordinal)
    {
        ["edge/getEdge"] = Get,
        ["edge/updateEdgeAttributes"] = call => network.Exclusively(() => Update(call)),
        ["edge/deleteEdge"] = Delete,
        ["edge/edgeProvision"] = call => network.Exclusively(() => Provision(call)),
        ["edge/edgeRequestReactivation"] = RequestReactivation,
        ["edge/edgeCancelReactivation"] = CancelReactivation,
        ["edge/updateEdgeAdminPassword"] = SetAdminPassword,
        ["edge/updateEdgeCredentialsByConfiguration"] = SetCredentials,
        ["edge/setEdgeBastionState"] = SetBastionState,
        ["edge/setEdgeOperatorConfiguration"] = SetOperatorConfiguration,
        ["edge/unsetEdgeOperatorConfiguration"] = UnsetOperatorConfiguration,
        ["edge/setEdgeHandOffGateways"] = SetHandOffGateways,
        ["edge/updateAnalyticsSettingsForEdges"] = SetAnalytics,
        ["edge/getEdgeSDWANPeers"] = Peers,
        ["edge/getClientVisibilityMode"] = VisibilityMode,
        ["edge/deleteEdgeBgpNeighborRecords"] = DeleteNeighborRecords,
    };

    private static bool Same(string? a, string b) => string.Equals(a, b, StringComparison.Ordinal);

    private static bool IsTaken(Enterprise enterprise, string name, Edge? by)
        => enterprise.Edges.Any(e => e != by && string.Equals(e.Name, name, StringComparison.OrdinalIgnoreCase));

    private static string FreeName(Enterprise enterprise)
    {
        var number = 1;
        while (IsTaken(enterprise, Name(number), by: null))
        {
            number++;
        }

        return Name(number);

        static string Name(int n) => string.Create(CultureInfo.InvariantCulture, $"edge-{n}");
    }

    private Answer Get(Call call)
    {
        Edge? edge;
        if (call.Integer("id") is { } id)
            edge = call.Edge(network, id);
        else if (call.Text("logicalId") is { } logicalId)
            edge = call.Enterprise.Edges.FirstOrDefault(e => Same(logicalId, e.LogicalId));
        else if (call.Text("activationKey") is { } key)
            edge = call.Enterprise.Edges.FirstOrDefault(e => Same(key, e.ActivationKey));
        else if (call.Text("name") is { } name)
            edge = call.Enterprise.Edges.FirstOrDefault(e => Same(name, e.Name));
        else
            throw VeloError.Invalid([Operation.Missing("id")]);

        return Answer.Of(EdgeDetails.Render(edge ?? throw VeloError.NotFound("edge"), call));
    }

    private Answer Update(Call call)
    {
        var edge = call.Edge(network, call.Integer("id") ?? throw VeloError.Invalid([Operation.Missing("id")]));
        var changes = call.Object("_update")!.Value.EnumerateObject().ToList();
        foreach (var member in changes)
        {
            if (ReadOnlyMembers.Contains(member.Name, StringComparer.Ordinal) || !OperationTable.Find("edge/getEdge")!.Members.Contains(member.Name, StringComparer.Ordinal))
                throw VeloError.Invalid([new Complaint("OBJECT_ADDITIONAL_PROPERTIES", $"Additional properties not allowed: {member.Name}", "#/_update/" + member.Name)]);

            if (member.Name is "name" && (member.Value.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(member.Value.GetString())))
                throw VeloError.Invalid([new Complaint("INVALID_TYPE", "Expected type string", "#/_update/name")]);

            if (member.Name is "name" && IsTaken(edge.Enterprise, member.Value.GetString()!, edge))
                return Answer.Rows(0, $"An edge named {member.Value.GetString()} already exists");
        }

        if (changes.Count == 0)
            return Answer.Rows(0);

        var site = changes.Where(m => m.Name is "site").SelectMany(m => EdgeSites.Read(m.Value, "#/_update/site")).ToList();
        foreach (var member in changes)
        {
            if (member.Name is "site")
                edge.ChangeSite(site);
            else
                edge.Change(member.Name, member.Value);
        }

        edge.Set("modified", VeloTime.Text(network.Now));
        network.Report(edge.Enterprise, "EDIT_EDGE", "Edge attributes changed", edge, call.Caller.Account.Username);
        return Answer.Rows(1);
    }

    /// <summary>One result for each edge; a connected one is refused there [inferred: that it is refused is recorded, how is not].</summary>
    private Answer Delete(Call call)
    {
        long[] ids = [.. new[] { call.Integer("id"), call.Integer("edgeId") }.OfType<long>(), .. call.Integers("ids"), .. call.Integers("edgeIds")];
        if (ids.Length == 0)
            throw VeloError.Invalid([Operation.Missing("id")]);

        var edges = ids.Distinct().Select(id => call.Edge(network, id)).ToList();
        return Answer.List(edges.Select(edge => Delete(edge, call.Caller.Account.Username)).ToList());
    }

    private JsonObject Delete(Edge edge, string user)
    {
        string? error = null;
        if (edge.State is "CONNECTED")
            error = $"Cannot delete edge {edge.Name}: it is connected";
        else if (!network.Delete(edge))
            error = "edge not found";
        else
            network.Report(edge.Enterprise, "DELETE_EDGE", $"Edge {edge.Name} deleted", edge, user);

        return new JsonObject { ["id"] = edge.Id, ["rows"] = error is null ? 1 : 0, ["error"] = error };
    }

    private Answer Provision(Call call)
    {
        var enterprise = call.Enterprise;
        var profile = enterprise.Profiles.FirstOrDefault(p => p.Id == call.Integer("configurationId")) ?? throw VeloError.NotFound("configuration");
        if (call.Integer("edgeLicenseId") is { } license && enterprise.State.Licenses.Find(license) is null)
            throw VeloError.NotFound("license");

        var site = call.Object("site") is { } sent ? EdgeSites.Read(sent, "#/site").ToList() : [];

        var name = call.Text("name") ?? FreeName(enterprise);
        if (IsTaken(enterprise, name, by: null))
            throw VeloError.BadRequest($"An edge named {name} already exists");

        var edge = network.Provision(
            enterprise,
            new Edge.Provisioning(name, call.Text("modelNumber")!, call.Text("serialNumber"), call.Text("description"), call.Text("customInfo"), profile));
        if (site.Count > 0)
            edge.ChangeSite(site);

        if (call.Integer("edgeLicenseId") is { } licenseId)
            edge.Extras.LicenseId = (int)licenseId;

        network.Report(enterprise, "CREATE_EDGE", $"Edge {name} provisioned", edge, call.Caller.Account.Username);
        return Answer.Of(new JsonObject { ["id"] = edge.Id, ["activationKey"] = edge.ActivationKey, ["generatedCertificate"] = null, ["token"] = Token(call, edge) });
    }

    private static JsonObject? Token(Call call, Edge edge)
        => call.Flag("generateToken") ? new JsonObject { ["hmac"] = Invented.Code(edge.Random, 32), ["logicalId"] = edge.LogicalId } : null;

    /// <summary>A box that was broken is replaced: the edge gets a new activation key, and stays what it is until another box is activated with it (RMA).</summary>
    private Answer RequestReactivation(Call call)
    {
        var edge = call.Edge(network, call.Id("edgeId"));
        if (edge.State is "NEVER_ACTIVATED")
            throw VeloError.BadRequest($"Edge {edge.Name} was never activated");

        var key = Invented.ActivationKey(Random.Shared);
        var expires = VeloTime.Text(network.Now.AddDays(30));
        edge.Set("activationKey", key);
        edge.Set("activationKeyExpires", expires);
        edge.Set("activationState", "REACTIVATION_PENDING");
        network.Report(edge.Enterprise, "EDGE_REACTIVATION_REQUESTED", $"Reactivation of {edge.Name} requested", edge, call.Caller.Account.Username);
        return Answer.Of(new JsonObject { ["activationKey"] = key, ["activationKeyExpires"] = expires });
    }

    private Answer CancelReactivation(Call call)
    {
        var edge = call.Edge(network, call.Id("edgeId"));
        if (edge.Read("activationState").GetString() is not "REACTIVATION_PENDING")
            return Answer.Rows(0, $"No reactivation of {edge.Name} is pending");

        edge.Set("activationState", "ACTIVATED");
        network.Report(edge.Enterprise, "EDGE_REACTIVATION_CANCELED", $"Reactivation of {edge.Name} canceled", edge, call.Caller.Account.Username);
        return Answer.Rows(1);
    }

    /// <summary>The password of the edge's own page. It is handed to the edge and never read again.</summary>
    private Answer SetAdminPassword(Call call)
    {
        var edge = call.Edge(network, call.Id("id"));
        if (call.Text("password")!.Length == 0)
            throw VeloError.Invalid([new Complaint("MIN_LENGTH", "The password must not be empty", "#/password")]);

        edge.Extras.AdminUsername = call.Text("username") ?? "admin";
        network.Report(edge.Enterprise, "EDGE_LOCAL_CREDENTIALS_CHANGED", $"Local credentials of {edge.Name} changed", edge, call.Caller.Account.Username);
        return Answer.Of(new JsonObject { ["id"] = edge.Id });
    }

    private Answer SetCredentials(Call call)
    {
        var id = call.Id("configurationId");
        var edges = network.Enterprises.Where(e => AccessRules.IsOwn(call.Caller, e)).SelectMany(e => e.Edges).Where(e => e.Profile.Id == id).ToList();
        if (edges.Count == 0 && !network.Enterprises.Any(e => AccessRules.IsOwn(call.Caller, e) && e.Profiles.Any(p => p.Id == id)))
            throw VeloError.NotFound("configuration");

        edges.ForEach(e => e.Extras.AdminUsername = call.Object("credentials")!.Value.TryGetProperty("username", out var name) ? name.ToString() : "admin");
        return Answer.Of(new JsonObject { ["actionIds"] = new JsonArray([.. edges.Select(_ => network.NewId())]) });
    }

    private Answer SetBastionState(Call call)
    {
        var edge = call.Edge(network, call.Id("edgeId"));
        edge.Set("bastionState", call.Text("bastionState"));
        return Answer.Rows(1);
    }

    private Answer SetOperatorConfiguration(Call call)
    {
        var edge = call.Edge(network, call.Id("edgeId"));
        var profile = network.OperatorProfiles.FirstOrDefault(p => p.Id == call.Integer("configurationId")) ?? throw VeloError.NotFound("configuration");
        var isNews = edge.OperatorProfile != profile;
        edge.Extras.OperatorProfile = profile;
        network.Report(edge.Enterprise, "EDGE_IMAGE_ASSIGNED", $"{profile.Name} assigned to {edge.Name}", edge, call.Caller.Account.Username);
        return Answer.Of(new JsonObject { ["id"] = edge.Id, ["rows"] = isNews ? 1 : 0, ["error"] = null });
    }

    private Answer UnsetOperatorConfiguration(Call call)
    {
        var edge = call.Edge(network, call.Id("edgeId"));
        var isNews = edge.HasExtras && edge.Extras.OperatorProfile?.Id == call.Integer("configurationId");
        if (isNews)
            edge.Extras.OperatorProfile = null;

        return Answer.Of(new JsonObject { ["id"] = edge.Id, ["rows"] = isNews ? 1 : 0, ["error"] = null });
    }

    private Answer SetHandOffGateways(Call call)
    {
        var edge = call.Edge(network, call.Id("edgeId"));
        var gateways = call.Object("gateways") ?? throw VeloError.Invalid([Operation.Missing("gateways")]);
        foreach (var name in new[] { "primary", "secondary" })
        {
            if (gateways.TryGetProperty(name, out var id) && (!id.TryGetInt64(out var number) || network.Gateways.Gateways.Find(number) is null))
                throw VeloError.NotFound("gateway");
        }

        edge.Extras.HandOffGateways = gateways.Clone();
        return Answer.Rows(1);
    }

    private Answer SetAnalytics(Call call)
    {
        var edges = call.Integers("edgeId").Distinct().Select(id => call.Edge(network, id)).ToList();
        var data = call.Object("configData");
        foreach (var edge in edges)
        {
            if (data is { } json && edge.Configuration.Insert("analyticsSettings", JsonSerializer.SerializeToUtf8Bytes(json), description: null, version: null, network.Now) is null)
                edge.Configuration.Module("analyticsSettings")!.Replace(json, network.Now);
        }

        return Answer.Rows(edges.Count);
    }

    /// <summary>The other ends of an edge's tunnels: its gateway, and two more edges of its enterprise.</summary>
    private Answer Peers(Call call)
    {
        var edge = call.Edge(network, call.Id("edgeId"));
        var limit = (int)(call.Integer("limit") ?? 100);
        return Answer.List(EdgePeers.Of(edge, network, call.Text("quickSearch")).Take(limit));
    }

    private Answer VisibilityMode(Call call)
    {
        var edge = call.Edge(network, call.Id("edgeId"));
        return Answer.Of(new JsonObject { ["edgeClientVisibilityMode"] = edge.Id % 7 == 0 ? "IP" : "MAC" });
    }

    /// <summary>Records of neighbors that are gone; the number of those that were sent [inferred: their members stand nowhere].</summary>
    private static Answer DeleteNeighborRecords(Call call) => Answer.Of(new JsonObject { ["id"] = null, ["rows"] = call.Elements("records").Count, ["error"] = null });
}
