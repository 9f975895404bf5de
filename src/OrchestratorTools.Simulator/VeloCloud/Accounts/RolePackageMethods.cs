using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>Changes to built-in roles, singly and as packages; and the delegation of an enterprise to those above it. A change is kept and listed; it changes no right here.</summary>
internal sealed class RolePackageMethods(VeloNetwork network, RoleBook roles)
{
    private static readonly (int Id, string Object, string Action, string Privilege)[] Eligible =
        [(7001, "EDGE", "READ", "VIEW_FLOW_STATS"), (7002, "EDGE", "UPDATE", "ASSIGN_EDGE_PROFILE"), (7003, "EDGE", "NONE", "VIEW_FIREWALL_LOGS"), (7004, "EDGE", "NONE", "SHUTDOWN_EDGE")];

    public Dictionary<string, Func<Call, Answer>> All => new(StringComparer.Ordinal)
    {
        ["role/getEligiblePrivilegesForCustomization"] = EligiblePrivileges,
        ["role/createRoleCustomization"] = Create,
        ["role/deleteRoleCustomization"] = Delete,
        ["role/getRoleCustomizations"] = call => Answer.List(Shown(c => IsOfLevel(c, call))),
        ["role/removeCustomRoles"] = call => Removed(Remove(c => IsOfLevel(c, call))),
        ["role/removeEnterpriseCustomRoles"] = call => Removed(Remove(c => c["enterpriseId"]?.GetValue<long>() == call.Id("enterpriseId"))),
        ["role/removeEnterpriseProxyCustomRoles"] = call => Removed(Remove(c => c["enterpriseProxyId"]?.GetValue<long>() == call.Id("enterpriseProxyId"))),
        ["role/insertRoleCustomizationPackage"] = InsertPackage,
        ["role/getRoleCustomizationPrivileges"] = PackagePrivileges,
        ["role/applyRoleCustomizationPackage"] = call => Apply(Package(call.Id("id"))),
        ["role/saveAndApplyRoleCustomizationPackage"] = SaveAndApply,
        ["role/setEnterpriseDelegatedToOperator"] = call => Delegate(call, (e, on) => e.IsDelegatedToOperator = on),
        ["role/setEnterpriseDelegatedToEnterpriseProxy"] = call => Delegate(call, (e, on) => e.IsDelegatedToProxy = on),
        ["role/setEnterpriseProxyDelegatedToOperator"] = DelegateProxy,
        ["role/setEnterpriseUserManagementDelegatedToOperator"] = call => Delegate(call, (e, on) => Note(e, "delegation.userManagement", on)),
        ["role/setEnterpriseViewSensitiveDataDelegatedToEnterpriseProxy"] = call => Delegate(call, (e, on) => Note(e, "delegation.sensitiveData.proxy", on)),
        ["role/setEnterpriseViewSensitiveDataDelegatedToOperator"] = call => Delegate(call, (e, on) => Note(e, "delegation.sensitiveData.operator", on)),
    };

    private static Answer Removed(int rows) => Answer.Of(new JsonObject { ["id"] = null, ["rows"] = rows, ["error"] = null });

    private static void Note(Enterprise enterprise, string name, bool isOn) => enterprise.State.Properties.Set(name, isOn ? "true" : "false", "BOOLEAN");

    private static Answer Delegate(Call call, Action<Enterprise, bool> set)
    {
        set(call.Enterprise, call.Flag("isDelegated"));
        return Answer.Of(new JsonObject { ["isDelegated"] = call.Flag("isDelegated") });
    }

    private Answer DelegateProxy(Call call)
    {
        var partner = AccessRules.FindProxy(call.Caller, call.Parameters, network) ?? throw VeloError.Invalid([Operation.Missing("enterpriseProxyId")]);
        partner.IsDelegatedToOperator = call.Flag("isDelegated");
        return Answer.Of(new JsonObject { ["isDelegated"] = partner.IsDelegatedToOperator });
    }

    private Answer EligiblePrivileges(Call call)
    {
        _ = roles.Find(call.Id("roleId")) ?? throw VeloError.NotFound("role");
        return Answer.Of(new JsonObject
        {
            ["allowPrivileges"] = new JsonArray([.. Eligible.Select(e => Describe(e, isDeny: false))]),
            ["denyPrivileges"] = new JsonArray([.. Eligible.Select(e => Describe(e, isDeny: true))]),
        });
    }

    private static JsonObject Describe((int Id, string Object, string Action, string Privilege) privilege, bool isDeny)
        => new()
        {
            ["id"] = privilege.Id + (isDeny ? 500 : 0),
            ["object"] = privilege.Object,
            ["action"] = privilege.Action,
            ["privilege"] = privilege.Privilege,
            ["isDeny"] = isDeny ? 1 : 0,
            ["isAssociated"] = 0,
        };

    private Answer Create(Call call)
    {
        var role = roles.Find(call.Id("forRoleId")) ?? throw VeloError.NotFound("role");
        var id = network.NewId();
        network.System.RoleCustomizations.Put(Customization(id, role, call.Text("name") ?? role.Name, call));
        return Answer.None;
    }

    private static JsonObject Customization(long id, Role role, string name, Call? call)
        => new()
        {
            ["id"] = id,
            ["forRoleId"] = role.Id,
            ["roleName"] = role.Name,
            ["roleId"] = id + 1,
            ["name"] = name,
            ["isSystemCustomization"] = 0,
            ["enterpriseId"] = call?.Integer("enterpriseId"),
            ["enterpriseProxyId"] = null,
            ["userId"] = call?.Integer("userId"),
        };

    private static bool IsOfLevel(JsonObject customization, Call call)
        => call.Text("roleCustomizationLevel") switch
        {
            "ENTERPRISE" => customization["enterpriseId"] is not null && (call.Integer("enterpriseId") is not { } id || customization["enterpriseId"]!.GetValue<long>() == id),
            "USER" => customization["userId"] is not null,
            "PARTNER" => customization["enterpriseProxyId"] is not null,
            "NETWORK" => customization["enterpriseId"] is null && customization["userId"] is null && customization["enterpriseProxyId"] is null,
            _ => true,
        };

    private IEnumerable<JsonObject> Shown(Func<JsonObject, bool> isMeant)
        => network.System.RoleCustomizations.All(isMeant).Select(c =>
        {
            c.Remove("enterpriseId");
            c.Remove("enterpriseProxyId");
            c.Remove("userId");
            return c;
        });

    private int Remove(Func<JsonObject, bool> isMeant)
        => network.System.RoleCustomizations.All(isMeant).Count(c => network.System.RoleCustomizations.Remove(c["id"]!.GetValue<long>()));

    private Answer Delete(Call call)
        => Removed(Remove(c => c["forRoleId"]!.GetValue<int>() == call.Integer("forRoleId") && (call.Text("name") is not { } name || c["name"]!.GetValue<string>() == name)));

    private Answer InsertPackage(Call call)
    {
        var id = network.NewId();
        var name = call.Text("name") ?? $"package {id.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
        var content = call.Object("blobContent")!.Value;
        var package = new JsonObject
        {
            ["id"] = id,
            ["blobId"] = id + 1,
            ["networkId"] = VeloNetwork.Id,
            ["created"] = VeloTime.Text(network.Now),
            ["name"] = name,
            ["description"] = call.Text("description"),
            ["fileName"] = $"{name}.json",
            ["logicalId"] = Invented.LogicalId("rolePackage", id),
            ["type"] = "ROLE_CUSTOMIZATION",
            ["version"] = "1",
            ["manifest"] = new JsonObject { ["name"] = name, ["description"] = call.Text("description"), ["version"] = "1" },
            ["uploadDetails"] = new JsonObject { ["size"] = content.GetRawText().Length },
            ["modified"] = VeloTime.Text(network.Now),
        };
        var kept = package.DeepClone().AsObject();
        kept["blobContent"] = JsonNode.Parse(content.GetRawText());
        network.System.RolePackages.Put(kept);
        return Answer.Of(package);
    }

    private JsonObject Package(long id) => network.System.RolePackages.Find(id) ?? throw VeloError.NotFound("role customization package");

    private static IEnumerable<JsonNode> Definitions(JsonObject package) => package["blobContent"]!["roleCustomizations"]?.AsArray().OfType<JsonNode>() ?? [];

    private Answer PackagePrivileges(Call call)
    {
        var package = call.Integer("id") is { } id ? Package(id) : network.System.RolePackages.All() is [var first, ..] ? first : null;
        return Answer.Of(new JsonObject
        {
            ["packageName"] = package?["name"]?.DeepClone(),
            ["packageDescription"] = package?["description"]?.DeepClone(),
            ["level"] = new JsonObject { ["networkId"] = VeloNetwork.Id, ["enterpriseId"] = null, ["enterpriseProxyId"] = null },
            ["definitions"] = new JsonArray([.. (package is null ? [] : Definitions(package)).Select(d => new JsonObject
            {
                ["roleId"] = d["forRoleId"]?.DeepClone(),
                ["userType"] = d["forRoleId"] is { } role && roles.Find(role.GetValue<long>()) is { } found ? Role.UserTypeOf(found.Tier) : null,
                ["description"] = null,
                ["privileges"] = d["addPrivileges"]?.DeepClone() ?? new JsonArray(),
            })]),
        });
    }

    private Answer Apply(JsonObject package)
    {
        var results = new JsonArray();
        foreach (var definition in Definitions(package))
        {
            var role = definition["forRoleId"] is { } id && id.GetValueKind() == JsonValueKind.Number ? roles.Find(id.GetValue<long>()) : null;
            if (role is null)
                throw VeloError.NotFound("role");

            var customization = Customization(network.NewId(), role, role.Name, call: null);
            network.System.RoleCustomizations.Put(customization);
            results.Add(new JsonObject
            {
                ["forRoleId"] = role.Id,
                ["addPrivileges"] = new JsonObject
                {
                    ["customRoleId"] = customization["roleId"]!.DeepClone(),
                    ["roleCustomizationId"] = customization["id"]!.DeepClone(),
                    ["insertedPrivileges"] = definition["addPrivileges"]?.AsArray().Count ?? 0,
                },
                ["removePrivileges"] = null,
            });
        }

        return Answer.Of(new JsonObject { ["customizationResults"] = results });
    }

    private Answer SaveAndApply(Call call)
    {
        var id = Package(call.Id("id"))["id"]!.GetValue<long>();
        network.System.RolePackages.Change(id, Changes.Read(call, ["name", "description", "blobContent"]), network.Now);
        return Apply(Package(id));
    }
}
