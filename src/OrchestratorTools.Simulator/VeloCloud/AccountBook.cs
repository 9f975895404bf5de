using System.Security.Cryptography;
using System.Text;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The accounts, whose passwords are new at every start. Two have characters that a wrong encoding spoils.</summary>
internal sealed class AccountBook
{
    public AccountBook(int firstEnterprise)
    {
        Customer = new Account(501, Tier.Customer, "admin@acme.example", "Velo!" + Random(), firstEnterprise, IsReadOnly: false);
        Partner = new Account(502, Tier.Partner, "admin@northwind.example", "p&q=r+s %41\"" + Random(), EnterpriseId: null, IsReadOnly: false);
        Operator = new Account(503, Tier.Operator, "super@vco.example", "Überpaß/\\<{'" + Random(), EnterpriseId: null, IsReadOnly: false);
        Reader = new Account(504, Tier.Customer, "reader@acme.example", "Look!" + Random(), firstEnterprise, IsReadOnly: true);
    }

    public Account Customer { get; }

    public Account Partner { get; }

    public Account Operator { get; }

    /// <summary>A customer's user who may only look.</summary>
    public Account Reader { get; }

    public IEnumerable<Account> All => [Customer, Partner, Operator, Reader];

    /// <summary>The account of a user name and password; null where there is none. Operators have a login of their own.</summary>
    public Account? Find(string? username, string? password, bool isOperatorLogin)
    {
        var account = All.FirstOrDefault(a => string.Equals(a.Username, username, StringComparison.OrdinalIgnoreCase));
        return account is not null && password is not null && (account.Tier == Tier.Operator) == isOperatorLogin
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(account.Password), Encoding.UTF8.GetBytes(password))
            ? account
            : null;
    }

    private static string Random() => Convert.ToHexString(RandomNumberGenerator.GetBytes(6));
}
