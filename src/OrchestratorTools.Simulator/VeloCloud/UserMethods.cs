using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The users of an enterprise.</summary>
internal sealed class UserMethods(AccountBook accounts)
{
    public Dictionary<string, Func<Call, Answer>> All => new(StringComparer.Ordinal)
    {
        ["enterpriseUser/getEnterpriseUser"] = Get,
    };

    /// <summary>The users of an enterprise: those that can log in, and one more who is only listed.</summary>
    public static IEnumerable<JsonNode> Of(Enterprise enterprise, AccountBook accounts)
        => accounts.All.Where(a => a.EnterpriseId == enterprise.Id).Select(Describe).Append(Guest(enterprise));

    private static JsonObject Describe(Account account)
        => User(account.Id, account.Username, account.EnterpriseId, account.IsReadOnly ? "Enterprise Read Only" : "Enterprise Superuser", account.IsReadOnly ? 8 : 5, isActive: true);

    private static JsonObject Guest(Enterprise enterprise)
        => User(10_000 + enterprise.Id, $"o'guest+old@{enterprise.Domain}.example", enterprise.Id, "Enterprise Support", 7, isActive: false);

    private static JsonObject User(int id, string username, int? enterpriseId, string role, int roleId, bool isActive)
        => new()
        {
            ["id"] = id,
            ["created"] = "2023-11-30T13:40:15.000Z",
            ["userType"] = "ENTERPRISE",
            ["username"] = username,
            ["domain"] = "",
            ["password"] = "",
            ["firstName"] = "Zoë",
            ["lastName"] = null,
            ["officePhone"] = null,
            ["mobilePhone"] = "",
            ["isNative"] = true,
            ["isActive"] = isActive,
            ["isLocked"] = false,
            ["disableSecondFactor"] = false,
            ["email"] = username,
            ["lastLogin"] = VeloTime.Never,
            ["modified"] = "2024-11-21 14:42:19",
            ["passwordModified"] = VeloTime.Never,
            ["roleId"] = roleId,
            ["roleName"] = role,
            ["isSuper"] = roleId == 5 ? 1 : 0,
            ["accessLevel"] = "PRIVILEGED",
            ["sshUsername"] = null,
            ["enterpriseId"] = enterpriseId,
            ["enterpriseProxyId"] = null,
            ["networkId"] = null,
        };

    private Answer Get(Call call)
    {
        if (call.Integer("id") is null && call.Text("username") is null)
            throw VeloError.Invalid([Operation.Missing("id")]);

        var account = accounts.All.FirstOrDefault(a => a.Tier == Tier.Customer
            && (call.Integer("id") is { } id ? a.Id == id : string.Equals(a.Username, call.Text("username"), StringComparison.OrdinalIgnoreCase)));
        var isOwn = account is not null && (call.Caller.IsOperator || account.EnterpriseId == call.Caller.Account.EnterpriseId);
        return isOwn ? Answer.Of(Describe(account!)) : throw VeloError.NotFound("user");
    }
}
