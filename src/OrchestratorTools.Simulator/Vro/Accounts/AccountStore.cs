using System.Security.Cryptography;
using System.Text;

namespace OrchestratorTools.Simulator.Vro.Accounts;

/// <summary>The accounts of the server.</summary>
internal sealed class AccountStore
{
    // Signs that a form must encode stand in every password on purpose.
    private readonly List<Account> _users =
    [
        new() { Name = @"LAB\administrator", Password = "Adm1n+pass&word=50%", Role = Role.Administrator },
        new() { Name = @"LAB\author", Password = "Auth0r+pass&word=50%", Role = Role.PlanAuthor },
        new() { Name = @"LAB\operator", Password = "0perat0r+pass&word=50%", Role = Role.PlanOperator },
        new() { Name = @"LAB\dc1-operator", Password = "0perat0r+dc1&word=50%", Role = Role.PlanOperator, Scopes = ["dc1 Scope"] },
        new() { Name = @"LAB\mfa", Password = "Mf4+pass&word=50%", Role = Role.Administrator, NeedsMfa = true, MfaKey = Totp.NewKey() },
        new() { Name = @"LAB\mfa-new", Password = "Mf4new+pass&word=50%", Role = Role.Administrator, NeedsMfa = true },
        new() { Name = @"LAB\exclusive", Password = "Excl+pass&word=50%", Role = Role.Administrator, IsExclusive = true },
    ];

    private readonly List<Account> _clients = [];

    public AccountStore()
    {
        First = CreateClient(Role.Administrator);
    }

    /// <summary>The client account that is there from the beginning.</summary>
    public Account First { get; }

    /// <summary>Every user; the administrator is the first.</summary>
    public IReadOnlyList<Account> Users => _users;

    /// <summary>Every client account.</summary>
    public IReadOnlyList<Account> Clients => _clients;

    /// <summary>The user of a name, with or without its domain, and a password; null where there is none.</summary>
    public Account? FindUser(string name, string password)
    {
        var user = _users.Find(u => u.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || u.Name.EndsWith('\\' + name, StringComparison.OrdinalIgnoreCase));
        return user is not null && Fits(user, password) ? user : null;
    }

    /// <summary>The client account of an id and a secret; null where there is none.</summary>
    public Account? FindClient(string id, string secret)
        => _clients.Find(c => c.Name.Equals(id, StringComparison.OrdinalIgnoreCase)) is { } client && Fits(client, secret) ? client : null;

    /// <summary>Makes a client account.</summary>
    public Account CreateClient(Role role)
    {
        var client = new Account { Name = Guid.NewGuid().ToString(), Password = Secrets.Base64(240), Role = role, IsClient = true };
        _clients.Add(client);
        return client;
    }

    /// <summary>Removes a client account.</summary>
    public void RemoveClient(Account client) => _clients.Remove(client);

    private static bool Fits(Account account, string password)
        => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(account.Password), Encoding.UTF8.GetBytes(password));
}
