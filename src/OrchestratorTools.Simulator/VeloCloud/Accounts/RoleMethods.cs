using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>Roles: the built-in ones, and custom ones made of functional roles.</summary>
internal sealed class RoleMethods(VeloNetwork network, AccountBook accounts, RoleBook roles)
{
    public Dictionary<string, Func<Call, Answer>> All => new(StringComparer.Ordinal)
    {
        ["role/getUserTypeRoles"] = OfUserType,
        ["functionalRole/getByEnterprise"] = Functional,
        ["functionalRole/getByEnterpriseProxy"] = Functional,
        ["functionalRole/getByOperator"] = Functional,
        ["compositeRole/getByEnterprise"] = call => Composite(call, call.Enterprise.Id, proxyId: null),
        ["compositeRole/getByEnterpriseProxy"] = call => Composite(call, enterpriseId: null, Partner(call).Id),
        ["compositeRole/getByOperator"] = call => Composite(call, enterpriseId: null, proxyId: null),
        ["compositeRole/createByEnterprise"] = call => Create(call, call.Enterprise.Id, proxyId: null),
        ["compositeRole/createByEnterpriseProxy"] = call => Create(call, enterpriseId: null, Partner(call).Id),
        ["compositeRole/createByOperator"] = call => Create(call, enterpriseId: null, proxyId: null),
        ["compositeRole/updateByEnterprise"] = call => Update(call, call.Enterprise.Id, proxyId: null),
        ["compositeRole/updateByEnterpriseProxy"] = call => Update(call, enterpriseId: null, Partner(call).Id),
        ["compositeRole/updateByOperator"] = call => Update(call, enterpriseId: null, proxyId: null),
        ["compositeRole/deleteByEnterprise"] = call => Delete(call, call.Enterprise.Id, proxyId: null),
        ["compositeRole/deleteByEnterpriseProxy"] = call => Delete(call, enterpriseId: null, Partner(call).Id),
        ["compositeRole/deleteByOperator"] = call => Delete(call, enterpriseId: null, proxyId: null),
    };

    private static bool IsCustom(Role role) => role.Level == RoleLevel.Custom && !role.IsFunctional;

    private static Tier TierOf(string? userType)
        => userType switch
        {
            "OPERATOR" => Tier.Operator,
            "MSP" or "PARTNER" => Tier.Partner,
            _ => Tier.Customer,
        };

    private Partner Partner(Call call) => AccessRules.FindProxy(call.Caller, call.Parameters, network) ?? throw VeloError.Invalid([Operation.Missing("enterpriseProxyId")]);

    /// <summary>The roles of a user type that the caller may give: custom ones only where they are the caller's own.</summary>
    private Answer OfUserType(Call call)
    {
        var userType = call.Text("userType");
        if (userType is "END_USER" or "CUSTOM" or "SERVICE")
            return Answer.List(userType is "CUSTOM" ? roles.All.Where(r => IsCustom(r) && MaySee(call, r)).Select(r => r.Describe()) : Array.Empty<JsonNode>());

        var tier = TierOf(userType);
        if (tier > call.Caller.Tier)
            throw VeloError.Denied();

        return Answer.List(roles.All.Where(r => r.Tier == tier && !r.IsFunctional && MaySee(call, r)).Select(r => r.Describe()));
    }

    private static bool MaySee(Call call, Role role)
        => (role.EnterpriseId is null && role.ProxyId is null)
            || call.Caller.IsOperator
            || (role.EnterpriseId is { } id && id == call.Caller.Account.EnterpriseId)
            || (role.ProxyId is { } proxy && proxy == call.Caller.Account.ProxyId);

    private Answer Functional(Call call)
    {
        var tier = TierOf(call.Text("userType"));
        return Answer.List(roles.All.Where(r => r.IsFunctional && r.Tier == tier).Select(r => r.Describe()));
    }

    private Answer Composite(Call call, int? enterpriseId, int? proxyId)
    {
        var tiers = call.Texts("userTypes").Select(TierOf).ToHashSet();
        var ids = call.Integers("roleIds");
        return Answer.List(roles.All
            .Where(r => !r.IsFunctional && tiers.Contains(r.Tier) && (!IsCustom(r) || IsOwn(r, enterpriseId, proxyId)) && (ids.Count == 0 || ids.Contains(r.Id)))
            .Select(r => r.Describe()));
    }

    private static bool IsOwn(Role role, int? enterpriseId, int? proxyId) => role.EnterpriseId == enterpriseId && role.ProxyId == proxyId;

    private Answer Create(Call call, int? enterpriseId, int? proxyId)
    {
        if (call.Operation.Find("networkId") is not null)
            NetworkMethods.CheckNetwork(call);

        var tier = TierOf(call.Text("userType"));
        var parts = Parts(call.Integers("functionalRoleIds"), tier, "#/functionalRoleIds");
        var name = call.Text("name")!;
        return network.Exclusively(() =>
        {
            if (string.IsNullOrWhiteSpace(name) || roles.All.Any(r => string.Equals(r.Name, name, StringComparison.OrdinalIgnoreCase) && (!IsCustom(r) || IsOwn(r, enterpriseId, proxyId))))
                throw VeloError.BadRequest($"A role named {name} already exists");

            var role = roles.Add(id => new Role(id, name, tier, RoleLevel.Custom, network.Now) { EnterpriseId = enterpriseId, ProxyId = proxyId, Parts = parts, Description = call.Text("description")! });
            return Answer.Of(new JsonObject { ["id"] = role.Id });
        });
    }

    private List<Role> Parts(IReadOnlyList<long> ids, Tier tier, string path)
        => ids.Count > 0 && ids.All(id => roles.Find(id) is { IsFunctional: true } part && part.Tier == tier)
            ? [.. ids.Distinct().Select(id => roles.Find(id)!)]
            : throw VeloError.Invalid([new Complaint("INVALID_VALUE", $"Expected ids of functional roles of type {Role.UserTypeOf(tier)}", path)]);

    private Role FindCustom(long id, int? enterpriseId, int? proxyId)
        => roles.Find(id) is { } role && IsCustom(role) && IsOwn(role, enterpriseId, proxyId) ? role : throw VeloError.NotFound("role");

    private Answer Update(Call call, int? enterpriseId, int? proxyId)
    {
        var role = FindCustom(call.Id("roleId"), enterpriseId, proxyId);
        var changes = Changes.Read(call, ["name", "description", "functionalRoleIds"]).ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal);
        if (changes.TryGetValue("functionalRoleIds", out var ids))
            role.Parts = Parts(ids.ValueKind == JsonValueKind.Array ? [.. ids.EnumerateArray().Select(i => i.TryGetInt64(out var n) ? n : 0)] : [], role.Tier, "#/_update/functionalRoleIds");

        if (changes.TryGetValue("name", out var name))
            role.Name = Changes.Name(name);

        if (changes.TryGetValue("description", out var description))
            role.Description = description.ToString();

        role.Modified = network.Now;
        return Answer.Of(new JsonObject());
    }

    /// <summary>A role that somebody has is not deleted [inferred].</summary>
    private Answer Delete(Call call, int? enterpriseId, int? proxyId)
    {
        var meant = call.Integers("roleIds").Distinct().Select(id => FindCustom(id, enterpriseId, proxyId)).ToList();
        if (meant.Count == 0)
            throw VeloError.Invalid([Operation.Missing("roleIds")]);

        if (meant.Find(r => accounts.All.Any(a => a.Role == r)) is { } used)
            throw VeloError.BadRequest($"The role {used.Name} is in use");

        meant.ForEach(r => roles.Remove(r));
        return Answer.None;
    }
}
