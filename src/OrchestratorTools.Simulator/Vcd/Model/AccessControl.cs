namespace OrchestratorTools.Simulator.Vcd;

/// <summary>How much a share allows, the least first.</summary>
internal enum AccessLevel
{
    ReadOnly,
    Change,
    FullControl,
}

/// <summary>A share.</summary>
/// <param name="Subject">A user, a group or an organization.</param>
/// <param name="Level">What it allows.</param>
internal sealed record AccessSetting(Entity Subject, AccessLevel Level);

/// <summary>With whom a catalog or vApp is shared. Never altered in place.</summary>
internal sealed record AccessControl
{
    public static AccessControl None { get; } = new();

    /// <summary>What everyone in the organization may do; null: nothing.</summary>
    public AccessLevel? Everyone { get; init; }

    public IReadOnlyList<AccessSetting> Settings { get; init; } = [];

    /// <summary>The other organizations that it is shared with.</summary>
    public IEnumerable<Organization> Organizations => Settings.Select(s => s.Subject).OfType<Organization>();

    public bool IsShared => Everyone is not null || Settings.Count > 0;

    /// <summary>What a user of the own organization may do by shares alone; null: nothing.</summary>
    public AccessLevel? Of(Account account)
    {
        var best = Everyone;
        foreach (var setting in Settings)
        {
            if ((setting.Subject == account || (setting.Subject is Group group && group.Members.Contains(account))) && (best is null || setting.Level > best)) best = setting.Level;
        }

        return best;
    }
}

/// <summary>What can be shared.</summary>
internal interface IShareable : ITaskOwner
{
    AccessControl Access { get; set; }
}

/// <summary>What belongs to a user.</summary>
internal interface IOwned : ITaskOwner
{
    Account Owner { get; set; }
}
