namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>
/// Whether a caller holds what a method asks. The definition lists privileges side by side: those that differ only in whose object it is (<c>READ ENTERPRISE_TOKEN</c>,
/// <c>READ PROXY_TOKEN</c>) are alternatives, all others are needed together [inferred].
/// </summary>
internal static class Privileges
{
    private static readonly string[] Scopes = ["ENTERPRISE_PROXY_", "ENTERPRISE_", "OPERATOR_", "PROXY_", "PARTNER_", "SELF_", "MSP_", "NETWORK_CUSTOM"];

    private static readonly string[] OperatorsOwn = ["OPERATOR_", "REPLICATION", "SYSTEM_PROPERTY", "VCO_DIAGNOSTICS", "SOFTWARE_PACKAGE", "MODIFY_NETWORK_CUSTOM_ROLES"];

    private static readonly string[] PartnersOwn = ["PROXY", "MSP_", "PARTNER_", "GATEWAY"];

    /// <summary>What only those above a customer may do, although the object is a customer's.</summary>
    private static readonly string[] AboveCustomers = ["CREATE ENTERPRISE", "DELETE ENTERPRISE", "UPDATE NETWORK"];

    public static bool Suffice(Account account, IReadOnlyList<string> privileges)
        => privileges.GroupBy(Kind, StringComparer.Ordinal).All(alternatives => alternatives.Any(p => IsOfTier(account.Tier, p) && account.Role.Holds(p)));

    private static bool IsOfTier(Tier tier, string privilege)
        => tier switch
        {
            Tier.Operator => true,
            Tier.Partner => !IsAbout(privilege, OperatorsOwn),
            _ => !IsAbout(privilege, OperatorsOwn) && (!IsAbout(privilege, PartnersOwn) || privilege.EndsWith("GATEWAY_MIGRATION", StringComparison.Ordinal))
                && !AboveCustomers.Contains(privilege, StringComparer.Ordinal),
        };

    private static bool IsAbout(string privilege, string[] objects) => Array.Exists(objects, o => privilege.Contains(o, StringComparison.Ordinal));

    /// <summary>The privilege without the word that says whose object it is.</summary>
    private static string Kind(string privilege)
    {
        if (privilege.Contains("_CUSTOM_ROLES", StringComparison.Ordinal))
            return "CUSTOM_ROLES";

        var space = privilege.IndexOf(' ', StringComparison.Ordinal);
        var (verb, about) = (privilege[..space], privilege[(space + 1)..]);
        foreach (var scope in Scopes)
        {
            if (about.StartsWith(scope, StringComparison.Ordinal))
                return $"{verb} {about[scope.Length..]}";
        }

        return privilege;
    }
}
