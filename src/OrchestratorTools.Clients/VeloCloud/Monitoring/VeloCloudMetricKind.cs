namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>What statistics are counted by.</summary>
public enum VeloCloudMetricKind
{
    /// <summary>WAN links: bytes and packets by priority, latency, jitter, loss, bandwidth, scores.</summary>
    Link,

    /// <summary>Applications: bytes, packets, flows.</summary>
    App,

    /// <summary>Classes of applications.</summary>
    Category,

    /// <summary>Domains that traffic goes to.</summary>
    Destination,

    /// <summary>Devices behind the edge.</summary>
    Device,

    /// <summary>Their operating systems.</summary>
    Os,

    /// <summary>Segments.</summary>
    Segment,

    /// <summary>How the edge feels: processor, memory, tunnels, flows (APIv2).</summary>
    Health,

    /// <summary>Paths to other edges and gateways.</summary>
    Path,

    /// <summary>How the edge feels (the portal API).</summary>
    Status,

    /// <summary>How good links are for voice, video and other traffic, from 0 to 10.</summary>
    Quality,
}
