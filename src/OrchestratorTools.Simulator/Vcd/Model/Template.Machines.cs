namespace OrchestratorTools.Simulator.Vcd;

/// <content>The template's machines as things of their own.</content>
internal sealed partial class Template
{
    public static readonly TimeSpan DefaultStorageLease = TimeSpan.FromDays(90);
    private static readonly GuestSystem UnknownGuest = new(1, "otherGuest", "Other (32-bit)");
    private IReadOnlyList<VirtualMachine>? _vms;
    private IReadOnlyList<string>? _vmsOf;

    /// <summary>The guest system of its machines.</summary>
    public GuestSystem Guest { get; set; } = UnknownGuest;

    /// <summary>The licence that who makes a vApp of it has to accept; null: none.</summary>
    public string? Licence { get; set; }

    /// <summary>How long it is kept; zero: for ever.</summary>
    public TimeSpan StorageLease { get; set; } = DefaultStorageLease;

    /// <summary>When the storage lease began; null: when the template was made.</summary>
    public DateTimeOffset? StorageLeaseBegan { get; set; }

    /// <summary>What its machines are like, in the order of their names; null: nothing is known of them but their names.</summary>
    public IReadOnlyList<VirtualMachine>? Prototypes { get; set; }

    /// <summary>Its machines. They are made when somebody looks: with thousands of templates nobody looks at most of them.</summary>
    public IReadOnlyList<VirtualMachine> Vms
    {
        get
        {
            if (_vms is not null && ReferenceEquals(_vmsOf, Machines)) return _vms;
            _vmsOf = Machines;
            if (Prototypes is { } prototypes) return _vms = [.. prototypes.Select((p, i) => MachineCopies.Copy(p, MachineId(i), Machines[i], this, Storage, Created))];
            return _vms = [.. Machines.Select((name, i) => new VirtualMachine(MachineId(i), name, this, Storage, Guest, Created)
            {
                Status = MachineStatus.PoweredOff,
                MemoryMegabytes = 2048,
                ToolsVersion = Assumptions.ToolsVersion,
                ComputerName = name,
                Disks = { new VirtualDisk(0, Math.Max(1, Size >> 20)) },
                Adapters = { new NetworkAdapter(0, "VM Network", $"00:50:56:{Id.ToByteArray()[1]:x2}:{Id.ToByteArray()[2]:x2}:{i:x2}", "DHCP") { IsPrimary = true } },
            })];
        }
    }

    /// <summary>The id of a machine follows from its template's: it has no other life.</summary>
    public Guid MachineId(int index)
    {
        var bytes = Id.ToByteArray();
        bytes[0] ^= (byte)(index + 1);
        return new Guid(bytes);
    }
}
