namespace OrchestratorTools.Simulator.Vcd;

/// <summary>
/// Which things a type lists. Types that the provider may ask for list over all tenants, or the one that a context header names; the others what the scope's
/// organization has (the provider without a context is a user of System there).
/// </summary>
internal static class QueryScope
{
    private const char Provider = 'S';

    /// <summary>Whether the asking user may use the type at all (facts/vcd.md, "Query": "403 if no rights to the type").</summary>
    public static bool MayAsk(VcdCall call, RecordShape type)
    {
        var letter = call.Session.Account.Role switch { VcdRole.SystemAdministrator => Provider, VcdRole.OrganizationAdministrator => 'A', _ => 'U' };
        return type.Visible.Contains(letter, StringComparison.Ordinal) || (letter == Provider && Assumptions.ProviderMayAskAsATenant);
    }

    public static bool Lists(VcdCall call, string type, Organization org) => ForProvider(call, type) ? call.Sees.Sees(org) : org == call.Sees.Org;

    public static bool Lists(VcdCall call, string type, Catalog catalog)
        => ForProvider(call, type) ? call.Sees.Sees(catalog.Org) : call.Sees.Sees(catalog) && (catalog.Org == call.Sees.Org || catalog.IsPublished || catalog.Access.Organizations.Contains(call.Sees.Org));

    public static bool Lists(VcdCall call, string type, VApp vApp) => Lists(call, type, vApp.Org) && call.Sees.Sees(vApp);

    private static bool ForProvider(VcdCall call, string type) => call.Sees.IsProvider && RecordShape.All[type].Visible.Contains(Provider, StringComparison.Ordinal);
}
