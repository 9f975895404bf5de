using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The users of the three tiers: list, find, make, change, delete.</summary>
internal sealed class UserMethods(VeloNetwork network, AccountBook accounts, RoleBook roles)
{
    private static readonly string[] Settable = ["domain", "firstName", "lastName", "officePhone", "mobilePhone", "email", "isNative", "disableSecondFactor", "sshUsername", "accessLevel", "isActive", "isLocked"];

    private static readonly string[] Updatable = [.. Settable, "username", "password", "password2", "roleId", "userType", "bastionState"];

    public Dictionary<string, Func<Call, Answer>> All => new(StringComparer.Ordinal)
    {
        ["enterprise/getEnterpriseUsers"] = call => List(accounts.OfEnterprise(call.Enterprise.Id)),
        ["enterprise/insertEnterpriseUser"] = call => Inserted(Insert(call, Tier.Customer, call.Enterprise.Id, proxyId: null)),
        ["enterpriseUser/getEnterpriseUser"] = call => Answer.Of(Find(call, Tier.Customer).Utf8),
        ["enterpriseUser/updateEnterpriseUser"] = call => Update(call, Find(call, Tier.Customer)),
        ["enterpriseUser/deleteEnterpriseUser"] = call => Delete(call, Find(call, Tier.Customer)),
        ["enterpriseProxy/getEnterpriseProxyUsers"] = call => List(accounts.OfProxy(Partner(call).Id)),
        ["enterpriseProxy/insertEnterpriseProxyUser"] = call => Inserted(Insert(call, Tier.Partner, enterpriseId: null, Partner(call).Id)),
        ["enterpriseProxy/getEnterpriseProxyUser"] = call => Answer.Of(Find(call, Tier.Partner).Utf8),
        ["enterpriseProxy/updateEnterpriseProxyUser"] = call => Update(call, Find(call, Tier.Partner)),
        ["enterpriseProxy/deleteEnterpriseProxyUser"] = call => Delete(call, Find(call, Tier.Partner)),
        ["network/getNetworkOperatorUsers"] = call =>
        {
            NetworkMethods.CheckNetwork(call);
            return List(accounts.Operators);
        },
        ["operatorUser/getOperatorUser"] = call => Answer.Of(Find(call, Tier.Operator).Utf8),
        ["operatorUser/insertOperatorUser"] = call => Answer.Of(Insert(call, Tier.Operator, enterpriseId: null, proxyId: null).Utf8),
        ["operatorUser/updateOperatorUser"] = call => Update(call, Find(call, Tier.Operator)),
        ["operatorUser/deleteOperatorUser"] = call => Delete(call, Find(call, Tier.Operator)),
        ["operatorUser/setOperatorUserBastionState"] = SetBastionState,
    };

    private static Answer List(IEnumerable<Account> users) => Answer.List(users.Select(u => u.Utf8).ToList());

    private static Answer Inserted(Account account) => Answer.Of(new JsonObject { ["id"] = account.Id, ["rows"] = 1, ["error"] = null });

    private static string TierName(Tier tier) => Role.UserTypeOf(tier);

    private Partner Partner(Call call) => AccessRules.FindProxy(call.Caller, call.Parameters, network) ?? throw VeloError.Invalid([Operation.Missing("enterpriseProxyId")]);

    /// <summary>A user of a tier that the caller may see, by id or name.</summary>
    private Account Find(Call call, Tier tier)
    {
        if (call.Integer("id") is null && call.Text("username") is null)
            throw VeloError.Invalid([Operation.Missing("id")]);

        var account = call.Integer("id") is { } id ? accounts.Find(id) : accounts.Named(call.Text("username")!);
        return account is not null && account.Tier == tier && MaySee(call, account) ? account : throw VeloError.NotFound("user");
    }

    private bool MaySee(Call call, Account account)
    {
        if (call.EnterpriseOrNone is { } enterprise && account.Tier == Tier.Customer && account.EnterpriseId != enterprise.Id)
            return false;

        return call.Caller.Tier switch
        {
            Tier.Operator => true,
            Tier.Partner => account.ProxyId == call.Caller.Account.ProxyId && account.Tier == Tier.Partner
                || (account.EnterpriseId is { } id && network.FindEnterprise(id) is { } own && AccessRules.IsOwn(call.Caller, own)),
            _ => account.EnterpriseId == call.Caller.Account.EnterpriseId,
        };
    }

    private Account Insert(Call call, Tier tier, int? enterpriseId, int? proxyId)
    {
        var username = call.Text("username")!;
        var password = call.Text("password")!;
        if (string.IsNullOrWhiteSpace(username) || password.Length == 0)
            throw VeloError.Invalid([new Complaint("MIN_LENGTH", "A user has a name and a password", string.IsNullOrWhiteSpace(username) ? "#/username" : "#/password")]);

        if (call.Text("password2") is { } again && again != password)
            throw VeloError.Invalid([new Complaint("INVALID_VALUE", "The passwords differ", "#/password2")]);

        var role = RoleOf(call.Id("roleId"), tier, "#/roleId");
        var account = accounts.Add(tier, username, password, role, enterpriseId, proxyId, network.Now) ?? throw VeloError.BadRequest($"A user named {username} already exists");
        foreach (var member in Settable.Where(call.Has))
        {
            account.Change(member, call.Parameters.GetProperty(member));
        }

        Report(call, account, "CREATE_USER", $"User {username} created");
        return account;
    }

    private Role RoleOf(long id, Tier tier, string path)
        => roles.Find(id) is { IsFunctional: false } role && role.Tier == tier
            ? role
            : throw VeloError.Invalid([new Complaint("INVALID_VALUE", $"There is no role {id} for users of type {TierName(tier)}", path)]);

    private Answer Update(Call call, Account account)
    {
        var changes = Changes.Read(call, Updatable).ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal);
        var role = changes.TryGetValue("roleId", out var roleId) ? RoleOf(roleId.ValueKind == JsonValueKind.Number ? roleId.GetInt64() : 0, account.Tier, "#/_update/roleId") : null;
        var password = changes.TryGetValue("password", out var sent) ? Changes.Name(sent, "#/_update/password") : null;
        if (password is not null && account == call.Caller.Account && call.Text("currentPassword") is { } current && !account.HasPassword(current))
            return Answer.Rows(0, "The current password is wrong");

        if (changes.TryGetValue("username", out var username) && !accounts.Rename(account, Changes.Name(username, "#/_update/username")))
            return Answer.Rows(0, $"A user named {username.GetString()} already exists");

        if (changes.Count == 0)
            return Answer.Rows(0);

        if (role is not null)
            account.SetRole(role);

        if (password is not null)
            account.SetPassword(password, network.Now);

        foreach (var (name, value) in changes.Where(c => Settable.Contains(c.Key, StringComparer.Ordinal) || c.Key is "bastionState"))
        {
            account.Change(name, value);
        }

        account.Set("modified", VeloTime.Text(network.Now));
        Report(call, account, "UPDATE_USER", $"User {account.Username} changed");
        return Answer.Rows(1);
    }

    /// <summary>Nobody deletes himself [inferred].</summary>
    private Answer Delete(Call call, Account account)
    {
        var error = account == call.Caller.Account ? "Users cannot delete themselves" : null;
        if (error is null && accounts.Remove(account))
            Report(call, account, "DELETE_USER", $"User {account.Username} deleted");

        return Answer.Of(new JsonObject { ["id"] = account.Id, ["rows"] = error is null ? 1 : 0, ["error"] = error });
    }

    private Answer SetBastionState(Call call)
    {
        var account = accounts.Find(call.Id("operatorUserId")) is { Tier: Tier.Operator } found ? found : throw VeloError.NotFound("user");
        account.Set("bastionState", call.Text("bastionState"));
        return Answer.Rows(1);
    }

    private void Report(Call call, Account account, string name, string message)
    {
        if (account.EnterpriseId is { } id && network.FindEnterprise(id) is { } enterprise)
            network.Report(enterprise, name, message, edge: null, call.Caller.Account.Username);
        else
            network.Report(call.Caller, name, message);
    }
}
