namespace OrchestratorTools.Simulator.Vcd;

/// <summary>How a guest is made the machine's own at its next start (schema, GuestCustomizationSectionType). Never altered in place.</summary>
internal sealed record GuestCustomization
{
    public static GuestCustomization Default { get; } = new();

    public bool IsEnabled { get; init; } = true;

    public bool ChangesSid { get; init; }

    public bool JoinsDomain { get; init; }

    public bool UsesOrgSettings { get; init; }

    public string? DomainName { get; init; }

    public string? DomainUser { get; init; }

    /// <summary>Never in an answer.</summary>
    public string? DomainPassword { get; init; }

    public string? MachineUnit { get; init; }

    public bool HasAdminPassword { get; init; } = true;

    public bool IsAdminPasswordAuto { get; init; } = true;

    /// <summary>In answers to those who may change the machine.</summary>
    public string? AdminPassword { get; init; }

    public bool LogsAdminOn { get; init; }

    public int AdminLogons { get; init; }

    public bool MustResetPassword { get; init; }

    public string? Script { get; init; }
}
