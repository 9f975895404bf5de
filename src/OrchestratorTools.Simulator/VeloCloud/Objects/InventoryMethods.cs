using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>Boxes that were shipped and wait for an edge; keys for logging in to edges; what the operator can look up about its database.</summary>
internal sealed class InventoryMethods(VeloNetwork network, AccountBook accounts)
{
    public Dictionary<string, Func<Call, Answer>> All => new(StringComparer.Ordinal)
    {
        ["vcoInventory/getPendingInventory"] = call => Answer.List(Pending(call).Select(i =>
        {
            // These ids are texts here.
            i["enterpriseId"] = i["enterpriseId"]?.ToString();
            i["enterpriseProxyId"] = i["enterpriseProxyId"]?.ToString();
            return i;
        })),
        ["vcoInventory/associateEdges"] = AssociateEdges,
        ["vcoInventory/associateExistingEdge"] = AssociateExisting,
        ["vcoInventory/reassignInventoryItems"] = Reassign,
        ["vcoInventory/deleteRmaInventoryItems"] = DeleteItems,
        ["vcoInventory/pushActivationSignUp"] = _ => Success(),
        ["sshConfig/generateSshKey"] = call => AddKey(call, "-----BEGIN OPENSSH PRIVATE KEY-----\n" + Invented.Code(Random.Shared, 64) + "\n-----END OPENSSH PRIVATE KEY-----\n"),
        ["sshConfig/importSshKey"] = call => AddKey(call, privateKey: null),
        ["sshConfig/getEnterpriseUserSSHKey"] = call => Keys(call, accounts.OfEnterprise(call.Enterprise.Id)),
        ["sshConfig/getEnterpriseProxyUserSSHKey"] = call => Keys(call, accounts.OfProxy(ProxyId(call))),
        ["sshConfig/getOperatorUserSSHKey"] = call => Keys(call, accounts.Operators),
        ["sshConfig/revokeEnterpriseUserSSHKey"] = call => Revoke(call, accounts.OfEnterprise(call.Enterprise.Id)),
        ["sshConfig/revokeEnterpriseProxyUserSSHKey"] = call => Revoke(call, accounts.OfProxy(ProxyId(call))),
        ["sshConfig/revokeOperatorUserSSHKey"] = call => Revoke(call, accounts.Operators),
        ["vcoDiagnostics/getVcoDbDiagnostics"] = Diagnostics,
    };

    private static Answer Success() => Answer.Of(new JsonObject { ["success"] = true });

    private int ProxyId(Call call) => AccessRules.FindProxy(call.Caller, call.Parameters, network)?.Id ?? throw VeloError.Invalid([Operation.Missing("enterpriseProxyId")]);

    private IReadOnlyList<JsonObject> Pending(Call call)
        => network.System.Inventory.All(i => i["enterpriseId"]?.GetValue<int>() is { } id && network.FindEnterprise(id) is { } enterprise && AccessRules.IsOwn(call.Caller, enterprise)
            && (call.EnterpriseOrNone is not { } own || own == enterprise)
            && (call.Integer("enterpriseProxyId") is not { } proxy || enterprise.ProxyId == proxy));

    private JsonObject Item(Call call, Func<JsonObject, bool> isMeant) => Pending(call).FirstOrDefault(isMeant) ?? throw VeloError.NotFound("inventory item");

    /// <summary>An edge for each box, provisioned with the box's serial number.</summary>
    private Answer AssociateEdges(Call call)
    {
        var wanted = call.Elements("edges").Select(e => (
            Item: Item(call, i => e.TryGetProperty("serialNumber", out var serial) && i["serialNumber"]!.GetValue<string>() == serial.ToString()),
            Configuration: Number(e, "configurationId"))).ToList();
        foreach (var (item, configuration) in wanted)
        {
            Provision(item, configuration);
        }

        return Success();
    }

    private static long Number(JsonElement json, string name)
        => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : throw VeloError.Invalid([Operation.Missing("edges/" + name)]);

    private void Provision(JsonObject item, long configuration)
    {
        var enterprise = network.FindEnterprise(item["enterpriseId"]!.GetValue<int>())!;
        var profile = enterprise.Profiles.FirstOrDefault(p => p.Id == configuration) ?? throw VeloError.NotFound("configuration");
        var serial = item["serialNumber"]!.GetValue<string>();
        network.Provision(enterprise, new Edge.Provisioning("edge-" + serial, item["model"]!.GetValue<string>(), serial, Description: null, CustomInfo: null, profile));
        network.System.Inventory.Remove(item["id"]!.GetValue<long>());
    }

    private Answer AssociateExisting(Call call)
    {
        var item = Item(call, i => i["id"]!.GetValue<long>() == call.Integer("inventoryEdgeId"));
        var edge = call.Edge(network, call.Id("edgeId"));
        edge.Set("serialNumber", item["serialNumber"]!.GetValue<string>());
        network.System.Inventory.Remove(item["id"]!.GetValue<long>());
        return Success();
    }

    private Answer Reassign(Call call)
    {
        var wanted = call.Elements("edges").Select(e => (Item: Item(call, i => i["id"]!.GetValue<long>() == Number(e, "inventoryItemId")), Configuration: Number(e, "configurationId"))).ToList();
        foreach (var (item, configuration) in wanted)
        {
            Provision(item, configuration);
        }

        return Success();
    }

    private Answer DeleteItems(Call call)
    {
        var serials = call.Texts("serialNumbers");
        var meant = Pending(call).Where(i => serials.Contains(i["serialNumber"]!.GetValue<string>(), StringComparer.Ordinal)).ToList();
        return Answer.Of(new JsonObject { ["rows"] = meant.Count(i => network.System.Inventory.Remove(i["id"]!.GetValue<long>())) });
    }

    private Answer AddKey(Call call, string? privateKey)
    {
        if (privateKey is null && call.Text("publicKey") is not { Length: > 0 })
            throw VeloError.Invalid([Operation.Missing("publicKey")]);

        network.System.SshKeys.Put(new JsonObject
        {
            ["id"] = call.Caller.Account.Id,
            ["userName"] = call.Caller.Account.Username,
            ["duration"] = VeloTime.Text(network.Now.AddDays(call.Integer("expire") ?? 90)),
            ["format"] = "OPENSSH",
        });
        return privateKey is null ? Answer.Rows(1) : Answer.Of(new JsonObject { ["key"] = privateKey });
    }

    private static HashSet<long> Ids(IEnumerable<Account> users) => [.. users.Select(u => (long)u.Id)];

    private Answer Keys(Call call, IEnumerable<Account> users)
    {
        var meant = call.Integers("userIds");
        var all = Ids(users);
        return Answer.List(network.System.SshKeys.All(k => k["id"]!.GetValue<int>() is var id && all.Contains(id) && (meant.Count == 0 || meant.Contains(id))).Select(k =>
        {
            k.Remove("id");
            return k;
        }));
    }

    private Answer Revoke(Call call, IEnumerable<Account> users)
    {
        var ids = call.Integers("userId");
        var all = Ids(users);
        var rows = ids.Count(id => all.Contains(id) && network.System.SshKeys.Remove(id));
        return Answer.Of(new JsonObject { ["id"] = ids.Count > 0 ? ids[0] : null, ["rows"] = rows, ["error"] = null });
    }

    private Answer Diagnostics(Call call)
        => Answer.List(new[]
        {
            new JsonObject
            {
                ["name"] = "Table sizes",
                ["description"] = "Rows and bytes of the database's tables",
                ["method"] = "getTableSizes",
                ["result"] = new JsonObject
                {
                    ["velocloud"] = new JsonArray(Table("velocloud", "VELOCLOUD_EDGE", network.EdgeCount), Table("velocloud", "VELOCLOUD_ENTERPRISE", network.Enterprises.Count)),
                    ["velocloud_ca"] = new JsonArray(),
                    ["velocloud_dr"] = new JsonArray(),
                    ["velocloud_stats"] = new JsonArray(Table("velocloud_stats", "VELOCLOUD_LINK_STATS", network.EdgeCount * 8640)),
                },
            },
        });

    private static JsonObject Table(string schema, string name, int rows)
        => new()
        {
            ["table_schema"] = schema,
            ["table_name"] = name,
            ["table_rows"] = rows,
            ["avg_row_length"] = 812,
            ["data_length"] = rows * 812L,
            ["index_length"] = rows * 96L,
            ["data_free"] = 0,
        };
}
