namespace OrchestratorTools.Clients.VeloCloud;

/// <content>What no source states of accounts and of the system.</content>
internal static partial class VeloCloudAssumptions
{
    /// <summary>The longest life of an API token: "12 months", a leap year's at the most.</summary>
    public static readonly TimeSpan LongestTokenLife = TimeSpan.FromDays(366);

    /// <summary>System properties whose names say that their values are secrets: isPassword is not set for all of them.</summary>
    public static bool IsSecretProperty(string name)
        => name.Contains("password", StringComparison.OrdinalIgnoreCase)
           || name.Contains("passphrase", StringComparison.OrdinalIgnoreCase)
           || name.Contains("secret", StringComparison.OrdinalIgnoreCase)
           || name.Contains("credential", StringComparison.OrdinalIgnoreCase)
           || (LastWord(name) is var last && (last.EndsWith("token", StringComparison.OrdinalIgnoreCase) || last.EndsWith("key", StringComparison.OrdinalIgnoreCase)));

    private static string LastWord(string name) => name[(name.LastIndexOf('.') + 1)..];
}
