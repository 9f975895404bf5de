using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>Profiles, their modules, and which edge has which.</summary>
internal sealed class ConfigurationMethods(VeloNetwork network)
{
    private static readonly string[] ModuleMembers =
        ["created", "effective", "modified", "id", "name", "type", "description", "configurationId", "data", "schemaVersion", "version", "metadata", "refs"];

    public Dictionary<string, Func<Call, Answer>> All => new(StringComparer.Ordinal)
    {
        ["enterprise/getEnterpriseConfigurations"] = OfEnterprise,
        ["enterprise/getEnterpriseConfigurationsPolicies"] = OfEnterprise,
        ["configuration/getConfiguration"] = Get,
        ["configuration/getConfigurationModules"] = Modules,
        ["configuration/updateConfiguration"] = call => network.Exclusively(() => Update(call)),
        ["configuration/deleteConfiguration"] = call => network.Exclusively(() => Delete(call)),
        ["configuration/cloneConfiguration"] = call => Clone(call, call.Id("configurationId", "id")),
        ["configuration/cloneAndConvertConfiguration"] = call => Clone(call, call.Id("configurationId")),
        ["configuration/cloneEnterpriseTemplate"] = call => Copy(call, call.Enterprise.Profiles[0]),
        ["configuration/insertConfigurationModule"] = Insert,
        ["configuration/updateConfigurationModule"] = UpdateModule,
        ["edge/getEdgeConfigurationStack"] = Stack,
        ["edge/getEdgeConfigurationModules"] = EdgeModules,
        ["edge/setEdgeEnterpriseConfiguration"] = call => network.Exclusively(() => Assign(call)),
    };

    /// <summary>A configuration of the caller's by its id: a profile, an edge's own, or one of the operator's where the call is about no enterprise.</summary>
    public static Profile Find(VeloNetwork network, Call call, long id)
    {
        Profile? found;
        if (call.EnterpriseOrNone is not { } enterprise)
        {
            found = network.OperatorProfiles.FirstOrDefault(p => p.Id == id);
        }
        else
        {
            var edge = id is > VeloNetwork.FirstEdgeConfiguration and <= int.MaxValue ? network.FindEdge((int)id - VeloNetwork.FirstEdgeConfiguration) : null;
            found = edge?.Enterprise == enterprise && edge is not null ? edge.Configuration : enterprise.Profiles.FirstOrDefault(p => p.Id == id);
        }

        return found ?? throw VeloError.NotFound(string.Create(CultureInfo.InvariantCulture, $"configuration {id}"));
    }

    /// <summary>A configuration with what the call wants of it.</summary>
    public static JsonObject Describe(VeloNetwork network, Profile profile, Call call)
    {
        var json = JsonNode.Parse(profile.Utf8.Span)!.AsObject();
        var edges = (profile.Enterprise is { } owner ? owner.Edges : network.Enterprises.SelectMany(e => e.Edges)).Where(e => (profile.IsOperators ? e.OperatorProfile : e.Profile) == profile);
        if (call.With("edgeCount") || call.With("counts") || call.Flag("withEdgeCount"))
            json["edgeCount"] = edges.Count();

        if (call.With("edges"))
            json["edges"] = new JsonArray([.. edges.Select(Brief)]);

        if (call.With("enterprises") || call.With("enterpriseCount") || call.With("counts"))
            AddEnterprises(json, profile, network, call);

        if (call.With("modules") || call.With("deviceSettings") || call.With("refs") || call.Flag("withModules"))
        {
            var meant = call.With("modules") || call.Flag("withModules") ? profile.Modules : profile.Modules.Where(m => m.Name is "deviceSettings");
            json["modules"] = new JsonArray([.. meant.Select(m => Module(m, call.Flag("noData"), withRefs: call.With("refs")))]);
        }

        return json;
    }

    private static void AddEnterprises(JsonObject json, Profile profile, VeloNetwork network, Call call)
    {
        var users = profile.IsOperators ? network.Enterprises.Where(e => e.State.OperatorProfile == profile).ToList() : [];
        if (call.With("enterprises"))
            json["enterprises"] = new JsonArray([.. users.Select(e => JsonNode.Parse(e.Utf8.Span))]);

        if (!call.With("enterprises") || call.With("enterpriseCount"))
            json["enterpriseCount"] = users.Count;
    }

    private static JsonObject Brief(Edge edge)
    {
        var json = JsonNode.Parse(edge.Utf8.Span)!;
        var brief = new JsonObject();
        foreach (var name in new[] { "id", "name", "logicalId", "edgeState", "buildNumber", "softwareVersion", "modelNumber", "activationState", "lastContact" })
        {
            brief[name] = json[name]?.DeepClone();
        }

        return brief;
    }

    private static JsonObject Module(ConfigurationModule module, bool noData, bool withRefs)
    {
        var json = JsonNode.Parse(module.Utf8.Span)!.AsObject();
        if (noData)
            json["data"] = new JsonObject();

        if (withRefs)
            json["refs"] = new JsonObject();

        return json;
    }

    private static bool IsTaken(Call call, VeloNetwork network, string name, Profile? by)
        => (call.EnterpriseOrNone?.Profiles ?? network.OperatorProfiles).Any(p => p != by && string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase));

    private Answer OfEnterprise(Call call)
    {
        var profiles = call.Text("configurationType") is "NETWORK_BASED" ? [] : call.Enterprise.Profiles;
        return Answer.List(profiles.Select(p => Describe(network, p, call)));
    }

    private Answer Get(Call call) => Answer.Of(Describe(network, Find(network, call, call.Id("id")), call));

    private Answer Modules(Call call)
    {
        var names = call.Texts("modules");
        var modules = Find(network, call, call.Id("configurationId")).Modules.Where(m => names.Count == 0 || names.Contains(m.Name, StringComparer.Ordinal)).ToList();
        return call.Flag("noData") ? Answer.List(modules.Select(m => Module(m, noData: true, withRefs: false))) : Answer.List(modules.Select(m => m.Utf8).ToList());
    }

    private Answer Update(Call call)
    {
        var profile = Find(network, call, call.Id("id"));
        var changes = Changes.Read(call, ["name", "description", "version", "effective"]);
        foreach (var (name, value) in changes)
        {
            if (name is "name" && IsTaken(call, network, Changes.Name(value), profile))
                return Answer.Rows(0, $"A profile named {value.GetString()} already exists");
        }

        if (changes.Count == 0)
            return Answer.Rows(0);

        foreach (var (name, value) in changes)
        {
            profile.Change(name, value);
        }

        profile.Touch(network.Now);
        return Answer.Rows(1);
    }

    /// <summary>A profile that edges or enterprises have is not deleted [inferred].</summary>
    private Answer Delete(Call call)
    {
        var profile = Find(network, call, call.Id("id"));
        string? error = null;
        if (profile.Edge is not null)
            error = "An edge's own configuration cannot be deleted";
        else if (profile.IsOperators ? network.Enterprises.Any(e => e.State.OperatorProfile == profile) : call.Enterprise.Edges.Any(e => e.Profile == profile))
            error = $"Profile {profile.Name} is in use";
        else if (!network.Delete(profile))
            error = "configuration not found";
        else
            Report(call, "DELETE_PROFILE", $"Profile {profile.Name} deleted");

        return Answer.Of(new JsonObject { ["id"] = profile.Id, ["rows"] = error is null ? 1 : 0, ["error"] = error });
    }

    private Answer Clone(Call call, long id) => Copy(call, Find(network, call, id));

    private Answer Copy(Call call, Profile source)
        => network.Exclusively(() =>
        {
            var name = call.Text("name") ?? $"{source.Name} copy";
            if (string.IsNullOrWhiteSpace(name) || IsTaken(call, network, name, by: null))
                throw VeloError.BadRequest($"A profile named {name} already exists");

            var copy = network.Add(name, source, call.EnterpriseOrNone, call.Text("description"));
            Report(call, "CREATE_PROFILE", $"Profile {name} created");
            return Answer.Of(new JsonObject { ["id"] = copy.Id });
        });

    private Answer Insert(Call call)
    {
        var profile = Find(network, call, call.Id("configurationId"));
        var data = JsonSerializer.SerializeToUtf8Bytes(call.Object("data")!.Value);
        var module = profile.Insert(call.Text("name")!, data, call.Text("description"), call.Text("version"), network.Now)
            ?? throw VeloError.BadRequest($"The configuration has a module {call.Text("name")} already");
        Report(call, "EDIT_PROFILE", $"Module {module.Name} of {profile.Name} created", profile.Edge);
        return Answer.Of(new JsonObject { ["id"] = module.Id, ["rows"] = 1, ["error"] = null });
    }

    /// <summary>Replaces the whole data of a module [live]. What stands beside it comes along when a module that was read is written back, and only description and the like change.</summary>
    private Answer UpdateModule(Call call)
    {
        var id = call.Id("configurationModuleId", "id");
        var module = Candidates(call, id).SelectMany(p => p.Modules).FirstOrDefault(m => m.Id == id) ?? throw VeloError.NotFound(string.Create(CultureInfo.InvariantCulture, $"configuration module {id}"));
        var update = call.Object("_update") ?? throw VeloError.Invalid([Operation.Missing("_update")]);
        foreach (var member in update.EnumerateObject())
        {
            if (!ModuleMembers.Contains(member.Name, StringComparer.Ordinal))
                throw VeloError.Invalid([new Complaint("OBJECT_ADDITIONAL_PROPERTIES", $"Additional properties not allowed: {member.Name}", "#/_update/" + member.Name)]);

            if (member.Name is "name" && member.Value.ToString() != module.Name)
                throw VeloError.Invalid([new Complaint("INVALID_VALUE", $"The module is {module.Name}", "#/_update/name")]);

            if (member.Name is "data" && member.Value.ValueKind != JsonValueKind.Object)
                throw VeloError.Invalid([new Complaint("INVALID_TYPE", "Expected type object", "#/_update/data")]);
        }

        var changes = update.EnumerateObject().Where(m => m.Name is "data" or "description" or "schemaVersion" or "metadata" or "refs").ToList();
        foreach (var member in changes)
        {
            if (member.Name is "data")
                module.Replace(member.Value, network.Now);
            else
                module.ChangeMember(member.Name, member.Value, network.Now);
        }

        if (changes.Count > 0)
            Report(call, "EDIT_PROFILE", $"Module {module.Name} of {module.Configuration.Name} changed", module.Configuration.Edge);

        return Answer.Rows(changes.Count > 0 ? 1 : 0);
    }

    /// <summary>The configurations that a module of this id can belong to: its id says of which edge it is.</summary>
    private IEnumerable<Profile> Candidates(Call call, long moduleId)
    {
        if (call.EnterpriseOrNone is not { } enterprise)
            return network.OperatorProfiles;

        var edge = network.FindEdge((int)Math.Clamp((moduleId / 20) - VeloNetwork.FirstEdgeConfiguration, 0, int.MaxValue));
        return edge?.Enterprise == enterprise && edge is not null ? [edge.Configuration] : enterprise.Profiles;
    }

    /// <summary>The edge's own configuration, then its profile.</summary>
    private Answer Stack(Call call)
    {
        var edge = call.Edge(network, call.Id("edgeId"));
        return Answer.List(new[] { edge.Configuration, edge.Profile }.Select(p =>
        {
            var json = JsonNode.Parse(p.Utf8.Span)!.AsObject();
            json["modules"] = new JsonArray([.. p.Modules.Select(m => JsonNode.Parse(m.Utf8.Span))]);
            return json;
        }));
    }

    /// <summary>The modules that hold for an edge: its own, else its profile's, else the operator's.</summary>
    private Answer EdgeModules(Call call)
    {
        var edge = call.Edge(network, call.Id("edgeId"));
        var names = call.Texts("modules");
        var json = new JsonObject();
        foreach (var name in names.Count > 0 ? names : ModuleData.Names)
        {
            var module = edge.Configuration.Module(name) ?? edge.Profile.Module(name) ?? edge.OperatorProfile.Module(name);
            if (module is not null)
                json[name] = Module(module, noData: false, withRefs: false);
        }

        return Answer.Of(json);
    }

    private Answer Assign(Call call)
    {
        var edge = call.Edge(network, call.Id("edgeId", "id"));
        var profile = edge.Enterprise.Profiles.FirstOrDefault(p => p.Id == call.Integer("configurationId")) ?? throw VeloError.NotFound("configuration");
        var isNews = edge.Profile != profile;
        if (isNews)
        {
            edge.Assign(profile, network.Now);
            network.Report(edge.Enterprise, "EDGE_PROFILE_ASSIGNED", $"Profile {profile.Name} assigned to {edge.Name}", edge, call.Caller.Account.Username);
        }

        return Answer.Of(new JsonObject { ["id"] = edge.Id, ["rows"] = isNews ? 1 : 0, ["error"] = null });
    }

    private void Report(Call call, string name, string message, Edge? edge = null)
    {
        if (call.EnterpriseOrNone is { } enterprise)
            network.Report(enterprise, name, message, edge, call.Caller.Account.Username);
        else
            network.Report(call.Caller, name, message);
    }
}
