using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The accounts, whose first passwords are new at every start. Two have characters that a wrong encoding spoils. Safe for many threads.</summary>
internal sealed class AccountBook
{
    private const int Guests = 10_000;

    private readonly ConcurrentDictionary<int, Account> _accounts = new();
    private readonly RoleBook _roles;
    private readonly DateTimeOffset _created;
    private int _last = 20_000;

    /// <param name="roles">The roles of the accounts.</param>
    /// <param name="enterprises">The enterprises, each of which has a user who may not log in; the first one's is also the customer of the first account.</param>
    /// <param name="created">When the accounts are said to have been made.</param>
    public AccountBook(RoleBook roles, IEnumerable<Enterprise> enterprises, DateTimeOffset created)
    {
        _roles = roles;
        _created = created;
        var all = enterprises.ToList();
        int? first = all.Count > 0 ? all[0].Id : null;
        Customer = Put(new Account(501, Tier.Customer, "admin@acme.example", "Velo!" + Secret(), Builtin(5), created) { EnterpriseId = first });
        Partner = Put(new Account(502, Tier.Partner, "admin@northwind.example", "p&q=r+s %41\"" + Secret(), Builtin(9), created) { ProxyId = VeloNetwork.ProxyId });
        Operator = Put(new Account(503, Tier.Operator, "super@vco.example", "Überpaß/\\<{'" + Secret(), Builtin(1), created));
        Reader = Put(new Account(504, Tier.Customer, "reader@acme.example", "Look!" + Secret(), Builtin(8), created) { EnterpriseId = first });
        all.ForEach(AddGuest);
    }

    public Account Customer { get; }

    public Account Partner { get; }

    public Account Operator { get; }

    /// <summary>A customer's user who may only look.</summary>
    public Account Reader { get; }

    /// <summary>The accounts of the greeting.</summary>
    public IEnumerable<Account> Announced => [Customer, Partner, Operator, Reader];

    /// <summary>All accounts, by id.</summary>
    public IEnumerable<Account> All => _accounts.Values.OrderBy(a => a.Id);

    /// <summary>The account that a user name and password open; null where there is none. Operators have a login of their own.</summary>
    public Account? Find(string? username, string? password, bool isOperatorLogin)
        => username is not null && password is not null && Named(username) is { } account && (account.Tier == Tier.Operator) == isOperatorLogin && account.HasPassword(password)
            ? account
            : null;

    public Account? Find(long id) => id is > 0 and <= int.MaxValue ? _accounts.GetValueOrDefault((int)id) : null;

    public Account? Named(string username) => _accounts.Values.FirstOrDefault(a => string.Equals(a.Username, username, StringComparison.OrdinalIgnoreCase));

    public IEnumerable<Account> OfEnterprise(int id) => All.Where(a => a.EnterpriseId == id);

    public IEnumerable<Account> OfProxy(int id) => All.Where(a => a.ProxyId == id);

    public IEnumerable<Account> Operators => All.Where(a => a.Tier == Tier.Operator);

    /// <summary>Adds a user; null where the name is taken.</summary>
    public Account? Add(Tier tier, string username, string password, Role role, int? enterpriseId, int? proxyId, DateTimeOffset now)
    {
        lock (_accounts)
        {
            return Named(username) is null
                ? Put(new Account(++_last, tier, username, password, role, now) { EnterpriseId = enterpriseId, ProxyId = proxyId })
                : null;
        }
    }

    /// <summary>Renames a user; false where the name is taken.</summary>
    public bool Rename(Account account, string username)
    {
        lock (_accounts)
        {
            if (Named(username) is { } other && other != account)
                return false;

            account.Change("username", System.Text.Json.JsonSerializer.SerializeToElement(username));
            return true;
        }
    }

    public bool Remove(Account account)
    {
        account.IsGone = true;
        return _accounts.TryRemove(account.Id, out _);
    }

    /// <summary>The user that every enterprise has, and that may not log in.</summary>
    public void AddGuest(Enterprise enterprise)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"o'guest+old@{enterprise.Domain}.example");
        var guest = Put(new Account(Guests + enterprise.Id, Tier.Customer, name, Secret(), Builtin(7), _created) { EnterpriseId = enterprise.Id });
        guest.Change("isActive", System.Text.Json.JsonSerializer.SerializeToElement(false));
    }

    public static string Secret() => Convert.ToHexString(RandomNumberGenerator.GetBytes(6));

    private Account Put(Account account) => _accounts[account.Id] = account;

    private Role Builtin(int id) => _roles.Find(id)!;
}
