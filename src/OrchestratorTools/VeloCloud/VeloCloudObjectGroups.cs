namespace OrchestratorTools.VeloCloud;

/// <summary>What the cmdlets for object groups have in common.</summary>
internal static class VeloCloudObjectGroups
{
    /// <summary>What an address is.</summary>
    public const string AddressHint = "an IPv4 address (192.0.2.1), or a net without bits beyond its prefix (10.0.0.0/8).";

    /// <summary>What a port is.</summary>
    public const string PortHint = "tcp or udp, a slash, and a port from 1 to 65535 or a range: tcp/443, udp/500-600.";
}
