using System.Security;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>What a vApp is to be made of, and what it is to be like.</summary>
public sealed record VcdVAppRecipe
{
    /// <summary>The name; unique in the virtual data center.</summary>
    public required string Name { get; init; }

    /// <summary>The description; null: the template's.</summary>
    public string? Description { get; init; }

    /// <summary>The address of the virtual data center.</summary>
    public required string VdcHref { get; init; }

    /// <summary>The addresses of the templates. One alone is instantiated, with all that it says of the vApp; several, or machines beside it, are composed.</summary>
    public IReadOnlyList<string> Templates { get; init; } = [];

    /// <summary>The addresses of machines of vApps and templates.</summary>
    public IReadOnlyList<string> VMs { get; init; } = [];

    /// <summary>Where the network cards are connected; empty: nothing is said of networks.</summary>
    public IReadOnlyList<VcdNetworkMapping> Networks { get; init; } = [];

    /// <summary>The computer name of the only machine, under the key "", or of machines by their names.</summary>
    public IReadOnlyDictionary<string, string> ComputerNames { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The administrator's password in all guests.</summary>
    public SecureString? AdminPassword { get; init; }

    /// <summary>True: all guests are customized.</summary>
    public bool CustomizesGuests { get; init; }

    /// <summary>The storage profile of all machines: its name, id or address.</summary>
    public string? StorageProfile { get; init; }

    /// <summary>The sizing policy of all machines: its name, id or address.</summary>
    public string? SizingPolicy { get; init; }

    /// <summary>The placement policy of all machines: its name, id or address.</summary>
    public string? PlacementPolicy { get; init; }

    /// <summary>How long it may run; zero: without end; null: as long as the organization says.</summary>
    public TimeSpan? RuntimeLease { get; init; }

    /// <summary>How long it is kept; zero: without end; null: as long as the organization says.</summary>
    public TimeSpan? StorageLease { get; init; }

    /// <summary>True: the licences of the templates are accepted.</summary>
    public bool AcceptsEula { get; init; }

    /// <summary>True: it is powered on when it is there.</summary>
    public bool PowersOn { get; init; }
}
