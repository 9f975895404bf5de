using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The methods about one enterprise as a whole: reading, changing, making and deleting.</summary>
internal sealed class EnterpriseMethods(VeloNetwork network, AccountBook accounts, RoleBook roles)
{
    private const int SuperuserRole = 5;

    private static readonly string[] ReadOnlyMembers = ["id", "created", "logicalId", "modified", "networkId"];

    /// <summary>Members that a new enterprise can be given besides its name.</summary>
    private static readonly string[] Settable =
    [
        "contactName", "contactPhone", "contactMobile", "contactEmail", "streetAddress", "streetAddress2", "city", "state", "postalCode", "country", "lat", "lon", "timezone", "locale",
        "gatewayPoolId", "accountNumber", "description", "domain", "endpointPkiMode",
    ];

    public Dictionary<string, Func<Call, Answer>> All => new(StringComparer.Ordinal)
    {
        ["enterprise/getEnterprise"] = Get,
        ["enterprise/updateEnterprise"] = call => network.Exclusively(() => Update(call)),
        ["enterprise/insertEnterprise"] = call => Insert(call, Partner(call)),
        ["enterpriseProxy/insertEnterpriseProxyEnterprise"] = call => Insert(call, AccessRules.FindProxy(call.Caller, call.Parameters, network)),
        ["enterprise/cloneEnterpriseV2"] = Clone,
        ["enterprise/deleteEnterprise"] = Delete,
        ["enterprise/getEnterpriseEdges"] = EdgeListing.Read,
        ["enterprise/getEnterpriseEdgeList"] = EdgeListing.Read,
    };

    private static Answer Get(Call call) => Answer.Of(WithProxy(call.Enterprise, call));

    private static JsonObject WithProxy(Enterprise enterprise, Call call)
    {
        var json = JsonNode.Parse(enterprise.Utf8.Span)!.AsObject();
        if (call.With("enterpriseProxy"))
            json["enterpriseProxy"] = enterprise.Partner is { } partner ? new JsonObject { ["id"] = partner.Id, ["name"] = partner.Name } : null;

        return json;
    }

    /// <summary>Who looks after an enterprise that is made here: the partner who makes it, or none.</summary>
    private Partner? Partner(Call call) => call.Caller.Account.ProxyId is { } id ? network.FindPartner(id) : null;

    private Answer Update(Call call)
    {
        var update = call.Object("_update");
        var changes = update is { } json ? json.EnumerateObject().ToList() : [];
        var members = OperationTable.Find("enterprise/getEnterprise")!.Members;
        foreach (var member in changes)
        {
            if (ReadOnlyMembers.Contains(member.Name, StringComparer.Ordinal) || !members.Contains(member.Name, StringComparer.Ordinal))
                throw VeloError.Invalid([new Complaint("OBJECT_ADDITIONAL_PROPERTIES", $"Additional properties not allowed: {member.Name}", "#/_update/" + member.Name)]);
        }

        var name = update is { } u && u.TryGetProperty("name", out var inside) ? Changes.Name(inside) : call.Text("name");
        if (name is not null && network.Enterprises.Any(e => e != call.Enterprise && string.Equals(e.Name, name, StringComparison.OrdinalIgnoreCase)))
            return Answer.Rows(0, $"An enterprise named {name} already exists");

        if (changes.Count == 0 && name is null)
            return Answer.Rows(0);

        foreach (var member in changes)
        {
            call.Enterprise.Change(member.Name, member.Value);
        }

        if (name is not null)
            call.Enterprise.Set("name", name);

        call.Enterprise.Set("modified", VeloTime.Text(network.Now));
        network.Report(call.Enterprise, "ENTERPRISE_UPDATED", "Customer settings were changed", edge: null, call.Caller.Account.Username);
        return Answer.Rows(1);
    }

    private Answer Insert(Call call, Partner? partner)
    {
        var profile = Profile(call.Id("configurationId"));
        var enterprise = Make(call, partner, profile);
        return call.Flag("returnData")
            ? Answer.Of(JsonNode.Parse(enterprise.Utf8.Span)!)
            : Answer.Of(new JsonObject { ["id"] = enterprise.Id, ["rows"] = 1, ["error"] = null });
    }

    /// <summary>A new enterprise with the profiles and the services of another.</summary>
    private Answer Clone(Call call)
    {
        var source = AccessRules.Own(call.Caller, network, call.Id("id"));
        var enterprise = Make(call, source.Partner, Profile(call.Id("configurationId")));
        enterprise.Profiles = [];
        foreach (var profile in source.Profiles)
        {
            network.Add(profile.Name, profile, enterprise, profile.Description);
        }

        foreach (var item in source.State.Objects.All())
        {
            var copy = EnterpriseObjects.New(
                network.NewId(), enterprise, item["object"]!.GetValue<string>(), item["type"]!.GetValue<string>(), item["name"]!.GetValue<string>(), description: null, item["data"]!.DeepClone(), network.Now);
            if (enterprise.State.Objects.Count(o => EnterpriseObjects.Is(o, copy["object"]!.GetValue<string>()) && o["name"]!.GetValue<string>() == copy["name"]!.GetValue<string>()) == 0)
                enterprise.State.Objects.Put(copy);
        }

        return Answer.Of(WithProxy(enterprise, call));
    }

    private Profile Profile(long id) => network.OperatorProfiles.FirstOrDefault(p => p.Id == id) ?? throw VeloError.NotFound("configuration");

    private Enterprise Make(Call call, Partner? partner, Profile profile)
    {
        var name = call.Text("name")!;
        if (string.IsNullOrWhiteSpace(name))
            throw VeloError.Invalid([new Complaint("MIN_LENGTH", "The name must not be empty", "#/name")]);

        if (call.Integer("gatewayPoolId") is { } pool && network.Gateways.Pools.Find(pool) is null)
            throw VeloError.NotFound("gatewayPool");

        var user = User(call);
        var enterprise = network.Add(name, partner) ?? throw VeloError.BadRequest($"An enterprise named {name} already exists");
        enterprise.State.OperatorProfile = profile;
        enterprise.State.ManagesImages = call.Flag("delegateEdgeImageManagementToEnterprise");
        foreach (var id in call.Integers("assignedOperatorProfileConfigurationIds"))
        {
            enterprise.State.AssignedOperatorProfiles[(int)id] = 0;
        }

        if (call.Has("enableEnterpriseDelegationToOperator"))
            enterprise.IsDelegatedToOperator = call.Flag("enableEnterpriseDelegationToOperator");

        if (call.Has("enableEnterpriseDelegationToProxy"))
            enterprise.IsDelegatedToProxy = call.Flag("enableEnterpriseDelegationToProxy");

        foreach (var member in Settable.Where(call.Has))
        {
            enterprise.Change(member, call.Parameters.GetProperty(member));
        }

        if (user is var (username, password))
            accounts.Add(Tier.Customer, username, password, roles.Find(SuperuserRole)!, enterprise.Id, proxyId: null, network.Now);

        network.Report(call.Caller, "CREATE_ENTERPRISE", $"Enterprise {name} created");
        network.Report(enterprise, "CREATE_ENTERPRISE", $"Enterprise {name} created", edge: null, call.Caller.Account.Username);
        return enterprise;
    }

    /// <summary>The first user of a new enterprise, where the call names one.</summary>
    private (string Username, string Password)? User(Call call)
    {
        if (call.Object("user") is not { } user)
            return null;

        var username = user.TryGetProperty("username", out var u) && u.ValueKind == JsonValueKind.String ? u.GetString()! : throw VeloError.Invalid([Operation.Missing("user/username")]);
        var password = user.TryGetProperty("password", out var p) && p.ValueKind == JsonValueKind.String ? p.GetString()! : throw VeloError.Invalid([Operation.Missing("user/password")]);
        return accounts.Named(username) is null ? (username, password) : throw VeloError.BadRequest($"A user named {username} already exists");
    }

    /// <summary>An enterprise with a connected edge is not deleted, as the edge itself is not [inferred].</summary>
    private Answer Delete(Call call)
    {
        var enterprise = call.Enterprise;
        string? error = null;
        if (enterprise.Edges.Any(e => e.State is "CONNECTED"))
            error = $"Cannot delete enterprise {enterprise.Name}: it has connected edges";
        else if (!network.Delete(enterprise))
            error = "enterprise not found";

        if (error is null)
        {
            foreach (var account in accounts.OfEnterprise(enterprise.Id).ToList())
            {
                accounts.Remove(account);
            }

            network.Report(call.Caller, "DELETE_ENTERPRISE", $"Enterprise {enterprise.Name} deleted");
        }

        return Answer.Of(new JsonObject { ["id"] = enterprise.Id, ["rows"] = error is null ? 1 : 0, ["error"] = error });
    }
}
