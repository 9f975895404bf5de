using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>A virtual machine of a vApp or of a template.</summary>
/// <param name="id">Its id.</param>
/// <param name="name">Its name.</param>
/// <param name="container">The <see cref="VApp"/> or <see cref="Template"/> that it is in.</param>
/// <param name="storage">Where its disks are.</param>
/// <param name="guest">The guest operating system.</param>
/// <param name="created">When it was made.</param>
internal sealed class VirtualMachine(Guid id, string name, Entity container, StorageProfile storage, GuestSystem guest, DateTimeOffset created)
    : Entity(id, name, container is VApp ? EntityKind.Vm : EntityKind.TemplateVm), ITaskOwner
{
    public Entity Container { get; } = container;

    /// <summary>The vApp that it is in; null for a template's machine.</summary>
    public VApp? VApp => Container as VApp;

    /// <summary>The template that it is in; null for a vApp's machine.</summary>
    public Template? Template => Container as Template;

    public Vdc Vdc => VApp?.Vdc ?? Template!.Vdc;

    public Organization Org => Vdc.Org;

    public Account Owner => VApp?.Owner ?? Template!.Owner;

    public StorageProfile Storage { get; set; } = storage;

    public GuestSystem Guest { get; set; } = guest;

    public DateTimeOffset Created { get; } = created;

    public string Description { get; set; } = "";

    public MachineStatus Status { get; set; } = MachineStatus.PoweredOff;

    public bool IsDeployed { get; set; }

    public int Cpus { get; set; } = 1;

    public int CoresPerSocket { get; set; } = 1;

    public int MemoryMegabytes { get; set; } = 1024;

    /// <summary>The number of <c>vmx-NN</c>.</summary>
    public int HardwareVersion { get; set; } = 19;

    /// <summary>The version of the tools in the guest; 0: there are none.</summary>
    public int ToolsVersion { get; set; }

    public bool HasCpuHotAdd { get; set; }

    public bool HasMemoryHotAdd { get; set; }

    /// <summary>The name inside the guest.</summary>
    public string ComputerName { get; set; } = "";

    /// <summary>The policy of its size.</summary>
    public ComputePolicy? Sizing { get; set; }

    /// <summary>The policy of its place.</summary>
    public ComputePolicy? Placement { get; set; }

    public GuestCustomization Customization { get; set; } = GuestCustomization.Default;

    public bool NeedsCustomization { get; set; }

    /// <summary>When and how it starts and stops with its vApp.</summary>
    public MachineStartup Startup { get; set; } = MachineStartup.Default;

    public List<VirtualDisk> Disks { get; } = [];

    public List<NetworkAdapter> Adapters { get; } = [];

    /// <summary>The independent disks that are attached to it.</summary>
    public List<IndependentDisk> AttachedDisks { get; } = [];

    /// <summary>The image in its drive; null: none.</summary>
    public Media? InsertedMedia { get; set; }

    /// <summary>Whether its guest holds on to its drive while it runs: then ejecting waits for an answer.</summary>
    public bool LocksDrive { get; set; }

    /// <summary>Its one snapshot; null: none.</summary>
    public MachineSnapshot? Snapshot { get; set; }

    /// <summary>OVF's ProductSections, as they were sent.</summary>
    public IReadOnlyList<XElement> ProductSections { get; set; } = [];

    /// <summary>What it waits for; null: nothing.</summary>
    public MachineQuestion? Question { get; set; }

    public List<VcdTask> Tasks { get; } = [];

    public bool IsBusy => Tasks.Exists(t => t.IsActive);

    /// <summary>The adapter that the guest's own name goes with; null where it has none.</summary>
    public NetworkAdapter? PrimaryAdapter => Adapters.Find(a => a.IsPrimary) ?? Adapters.FirstOrDefault();

    public long StorageMegabytes => Disks.Sum(d => d.Megabytes);
}

/// <summary>A guest operating system.</summary>
/// <param name="OvfId">Its number in OVF's list.</param>
/// <param name="Type">VMware's own word.</param>
/// <param name="Name">Its name in the answers.</param>
internal sealed record GuestSystem(int OvfId, string Type, string Name);

/// <summary>A hard disk of a machine.</summary>
/// <param name="Number">Its place, from 0.</param>
/// <param name="Megabytes">Its size.</param>
internal sealed record VirtualDisk(int Number, long Megabytes)
{
    public const string DefaultBus = "VirtualSCSI";

    /// <summary>The number of the controller's kind: 5 is IDE, 6 SCSI, 20 SATA.</summary>
    public int BusType { get; init; } = 6;

    public string BusSubType { get; init; } = DefaultBus;

    /// <summary>Where it lies, if not with its machine.</summary>
    public StorageProfile? Storage { get; init; }
}

/// <summary>How a machine starts and stops with its vApp.</summary>
/// <param name="Order">Machines of a lower number start earlier, and stop later.</param>
/// <param name="StartAction">powerOn, or none.</param>
/// <param name="StartDelay">How long the next order waits.</param>
/// <param name="StopAction">powerOff, guestShutdown or none (OVF, StartupSection_Type).</param>
/// <param name="StopDelay">How long the next order waits.</param>
internal sealed record MachineStartup(int Order, string StartAction, TimeSpan StartDelay, string StopAction, TimeSpan StopDelay)
{
    public static MachineStartup Default { get; } = new(0, "powerOn", TimeSpan.Zero, "powerOff", TimeSpan.Zero);
}

/// <summary>What a machine waits for.</summary>
/// <param name="Id">The question's id.</param>
/// <param name="Text">The question.</param>
/// <param name="Choices">The answers: their numbers are their places.</param>
internal sealed record MachineQuestion(string Id, string Text, IReadOnlyList<string> Choices)
{
    /// <summary>What goes on with the number of the answer; null: nothing waited for it.</summary>
    public Action<int>? Answered { get; init; }
}

/// <summary>A snapshot.</summary>
internal sealed record MachineSnapshot(DateTimeOffset Created, long Bytes, bool IsPoweredOn)
{
    /// <summary>What the machine was like; null: nobody kept it, and a reversion changes its power state only.</summary>
    public MachineState? State { get; init; }
}

/// <summary>A network adapter of a machine.</summary>
internal sealed class NetworkAdapter(int index, string network, string mac, string mode)
{
    /// <summary>The name of the vApp's network that it is connected to when it is connected to none.</summary>
    public const string None = "none";

    public int Index { get; } = index;

    /// <summary>The name of the network in the vApp.</summary>
    public string Network { get; set; } = network;

    public string Mac { get; } = mac;

    /// <summary>POOL, DHCP, MANUAL or NONE.</summary>
    public string Mode { get; set; } = mode;

    public string? IpAddress { get; set; }

    public bool IsConnected { get; set; } = true;

    public bool IsPrimary { get; set; }

    public string AdapterType { get; set; } = "VMXNET3";

    /// <summary>An adapter like this one, without an address.</summary>
    public NetworkAdapter Copy(string address) => new(Index, Network, address, Mode) { IsConnected = IsConnected, IsPrimary = IsPrimary, AdapterType = AdapterType };
}
