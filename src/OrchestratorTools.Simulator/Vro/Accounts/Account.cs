namespace OrchestratorTools.Simulator.Vro.Accounts;

/// <summary>What an account may do (facts/vro.md, Roles).</summary>
[Flags]
internal enum Rights
{
    /// <summary>Read only: every account has that.</summary>
    None = 0,

    /// <summary>Enable and disable plans.</summary>
    Enable = 1,

    /// <summary>Run plans, and all that follows a run; schedule them.</summary>
    Run = 2,

    /// <summary>Reset plans.</summary>
    Reset = 4,

    /// <summary>Readiness checks.</summary>
    Check = 8,

    /// <summary>Clone plans, clear their change log.</summary>
    Edit = 16,

    /// <summary>Read the licence.</summary>
    License = 32,
}

/// <summary>A role and its rights.</summary>
internal sealed record Role(string Name, Rights Rights)
{
    /// <summary>Everything.</summary>
    public static Role Administrator { get; } = new("Administrator", Rights.Enable | Rights.Run | Rights.Reset | Rights.Check | Rights.Edit | Rights.License);

    /// <summary>Enables, disables, resets, checks; cannot run or schedule.</summary>
    public static Role PlanAuthor { get; } = new("Plan Author", Rights.Enable | Rights.Reset | Rights.Check | Rights.Edit);

    /// <summary>Runs and schedules enabled plans, resets, checks; cannot enable.</summary>
    public static Role PlanOperator { get; } = new("Plan Operator", Rights.Run | Rights.Reset | Rights.Check);
}

/// <summary>A user, or a client account (facts/vro.md, Clients).</summary>
internal sealed class Account
{
    /// <summary><c>DOMAIN\USER</c>, or the client's id.</summary>
    public required string Name { get; init; }

    /// <summary>The password, or the client's secret.</summary>
    public required string Password { get; init; }

    /// <summary>What it may do.</summary>
    public required Role Role { get; init; }

    /// <summary>Whether it is a client account.</summary>
    public bool IsClient { get; init; }

    /// <summary>Whether a password alone is not enough.</summary>
    public bool NeedsMfa { get; init; }

    /// <summary>The key of its one-time codes, base32; null until one is generated.</summary>
    public string? MfaKey { get; set; }

    /// <summary>Whether a login ends every session that it had before ("simultaneous sessions interfere", facts/vro.md, B).</summary>
    public bool IsExclusive { get; init; }

    /// <summary>The names of the scopes that it sees; null for all.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }
}
