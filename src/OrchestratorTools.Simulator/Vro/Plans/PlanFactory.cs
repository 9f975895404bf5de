using System.Globalization;
using OrchestratorTools.Simulator.Vro.Inventory;

namespace OrchestratorTools.Simulator.Vro.Plans;

/// <summary>Invents the plans: the first eight by hand, so that every type, mode and sort of name is among them, the others by a rule.</summary>
internal sealed class PlanFactory(int seed, Site site, DateTimeOffset now)
{
    private static readonly string[] Roles = ["web", "db", "erp", "mail", "files", "san", "crm", "hr", "print", "bi", "dns", "vdi"];

    private static readonly (string Name, string Stem, PlanType Type, PlanMode Mode, Verification Verification)[] Named =
    [
        ("dc1-web", "dc1-web", PlanType.Replica, PlanMode.Enabled, Verification.Verified),
        ("dc1-db", "dc1-db", PlanType.Replica, PlanMode.Enabled, Verification.Verified),
        ("dc1-erp", "dc1-erp", PlanType.CdpReplica, PlanMode.Enabled, Verification.Verified),
        ("dc2-files", "dc2-files", PlanType.Restore, PlanMode.Enabled, Verification.Verified),
        ("dc2-san", "dc2-san", PlanType.Storage, PlanMode.Enabled, Verification.Verified),
        ("dc2-mail [O'Brien \"gold\"] 100% * done?", "dc2-mail", PlanType.Replica, PlanMode.Enabled, Verification.NeedsVerified),
        ("dc2-Büro Zürich – 日本 & <Söhne>", "dc2-buero", PlanType.Restore, PlanMode.Disabled, Verification.NotVerified),
        ("dc1-legacy", "dc1-legacy", PlanType.Replica, PlanMode.InUse, Verification.Verified),
    ];

    /// <summary>The plan that the third plan is scheduled after, and the third plan: its place in the list.</summary>
    public static (int Previous, int Chained) Chain => (1, 2);

    /// <summary>
    /// The plan of a place in the list. An <see cref="PlanMode.InUse"/> one still needs its past: its mode and state are those of an enabled one.
    /// </summary>
    public Plan Create(int index)
    {
        var number = index.ToString(CultureInfo.InvariantCulture);
        var random = Ids.Of(seed, "plan", number, "random").ToByteArray();
        var (name, stem, type, mode, verification) = index < Named.Length ? Named[index] : ByRule(index - Named.Length, random[0]);
        var isEnabled = mode != PlanMode.Disabled;
        var scope = stem.StartsWith("dc1-", StringComparison.Ordinal)
            ? "dc1 Scope"
            : stem.StartsWith("dc2-", StringComparison.Ordinal) ? "dc2 Scope" : "Admin Scope";

        // Newer servers leave last* empty (facts/vro.md, RecoveryPlanInfo fields seen): here every third plan.
        var fillsLast = index % 3 != 0 && verification != Verification.NotVerified;
        return new Plan
        {
            Id = Ids.Of(seed, "plan", number),
            Name = name,
            Stem = stem,
            Type = type,
            Description = index % 4 == 3 ? string.Empty : $"Recovers {stem}.",
            Scope = site.ScopeOf(scope),
            Location = type switch
            {
                PlanType.Restore => site.Location("Restore"),
                PlanType.Storage => site.Location("Storage"),
                _ => null,
            },
            Mode = isEnabled ? PlanMode.Enabled : PlanMode.Disabled,
            Phase = isEnabled ? Phase.Ready : Phase.Disabled,
            Verification = verification,
            VmCount = 3 + (random[1] % 6),
            CheckResult = verification == Verification.NotVerified ? Outcome.Undefined : random[2] % 5 == 0 ? Outcome.Warning : Outcome.Success,
            TestResult = index % 5 == 0 ? Outcome.Success : Outcome.Undefined,
            LastCheck = fillsLast ? now.AddMinutes(-60 - random[3]) : null,
            LastTest = fillsLast && index % 5 == 0 ? now.AddDays(-1 - (random[4] % 20)) : null,
        };
    }

    /// <summary>Whether the plan of a place in the list has been run, and not reset since.</summary>
    public static bool IsInUse(int index) => index < Named.Length ? Named[index].Mode == PlanMode.InUse : index % 50 == 49;

    private static (string Name, string Stem, PlanType Type, PlanMode Mode, Verification Verification) ByRule(int n, byte random)
    {
        var stem = string.Create(CultureInfo.InvariantCulture, $"dc{3 + (n / Roles.Length)}-{Roles[n % Roles.Length]}");
        var name = (n % 97) switch
        {
            40 => stem + " (50% of R&D)",
            80 => stem + " [été] 'quoted'",
            _ => stem,
        };
        var type = (n % 10) switch { 2 or 7 => PlanType.CdpReplica, 3 or 4 or 8 => PlanType.Restore, 5 => PlanType.Storage, _ => PlanType.Replica };
        var verification = (random % 8) switch { 0 => Verification.NotVerified, 1 => Verification.NeedsVerified, _ => Verification.Verified };
        return (name, stem, type, n % 7 == 6 ? PlanMode.Disabled : PlanMode.Enabled, verification);
    }
}
