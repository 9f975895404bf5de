namespace OrchestratorTools.Clients.Vcd;

/// <summary>How a vApp is copied, or moved by a copy.</summary>
public sealed record VcdVAppCopy
{
    /// <summary>The address of the vApp.</summary>
    public required string Href { get; init; }

    /// <summary>The copy's name; null: the vApp's.</summary>
    public string? Name { get; init; }

    /// <summary>The copy's description; null: the vApp's.</summary>
    public string? Description { get; init; }

    /// <summary>The address of the virtual data center that the copy is in; null: the vApp's own.</summary>
    public string? VdcHref { get; init; }

    /// <summary>Networks of the virtual data center for those of the vApp, by their names there.</summary>
    public IReadOnlyList<VcdNetworkMapping> Networks { get; init; } = [];

    /// <summary>The storage profile of all machines: its name, id or address.</summary>
    public string? StorageProfile { get; init; }

    /// <summary>How long it may run; zero: without end; null: as long as the organization says.</summary>
    public TimeSpan? RuntimeLease { get; init; }

    /// <summary>How long it is kept; zero: without end; null: as long as the organization says.</summary>
    public TimeSpan? StorageLease { get; init; }

    /// <summary>True: the copy is powered on when it is there.</summary>
    public bool PowersOn { get; init; }

    /// <summary>True: the vApp goes when the copy is there.</summary>
    public bool RemovesSource { get; init; }
}
