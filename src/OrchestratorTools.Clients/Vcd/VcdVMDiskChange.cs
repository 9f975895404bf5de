namespace OrchestratorTools.Clients.Vcd;

/// <summary>A change of a virtual machine's disks.</summary>
internal sealed record VcdVMDiskChange
{
    /// <summary>The disk that is meant; null: a new one.</summary>
    public string? InstanceId { get; init; }

    /// <summary>What it is called, for errors.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Its size afterwards, bytes; null leaves it.</summary>
    public long? Size { get; init; }

    /// <summary>The controller of a new one.</summary>
    public VcdVMDiskBus Bus { get; init; }

    /// <summary>Its storage profile afterwards; null leaves it.</summary>
    public VcdReference? StorageProfile { get; init; }

    /// <summary>True where it is removed.</summary>
    public bool Remove { get; init; }
}

/// <summary>A change of a virtual machine's network adapters.</summary>
internal sealed record VcdNetworkCardChange
{
    /// <summary>The name that stands for no network.</summary>
    public const string NoNetwork = "none";

    /// <summary>The adapter that is meant; a number that none has makes a new one.</summary>
    public int Index { get; init; }

    /// <summary>The vApp's network, or "none"; null leaves it.</summary>
    public string? Network { get; init; }

    /// <summary>POOL, DHCP, MANUAL or NONE; null leaves it, and the address.</summary>
    public string? Mode { get; init; }

    /// <summary>The address, with MANUAL.</summary>
    public string? IPAddress { get; init; }

    /// <summary>The MAC address; null leaves it, and a new one gets one from the server.</summary>
    public string? MacAddress { get; init; }

    /// <summary>VMXNET3, E1000, …; null leaves it.</summary>
    public string? AdapterType { get; init; }

    /// <summary>Whether it is plugged in; null leaves it.</summary>
    public bool? IsConnected { get; init; }

    /// <summary>True where it becomes the primary one.</summary>
    public bool IsPrimary { get; init; }

    /// <summary>True where it is removed.</summary>
    public bool Remove { get; init; }
}
