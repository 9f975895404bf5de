namespace OrchestratorTools.Clients.Vcd;

/// <summary>Where network cards (of a copy: networks of the vApp) are to be connected.</summary>
/// <param name="Card">A card (<c>eth0</c>, <c>0</c>), one of a machine (<c>web/eth0</c>), or the network that cards are on in the source; null: all.</param>
/// <param name="Network">The network of the virtual data center: its name, id or address; null: not connected.</param>
public sealed record VcdNetworkMapping(string? Card, string? Network)
{
    /// <summary>How the card gets its address: POOL, DHCP, MANUAL or NONE; null: as in the source, and from the network's pool where it had none.</summary>
    public string? Mode { get; init; }

    /// <summary>The card's address; of MANUAL only.</summary>
    public string? IPAddress { get; init; }
}
