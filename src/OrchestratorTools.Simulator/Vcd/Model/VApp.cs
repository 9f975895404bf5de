using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>A vApp: virtual machines that are deployed, shared and deleted together.</summary>
internal sealed class VApp(Guid id, string name, Vdc vdc, Account owner, DateTimeOffset created) : VdcEntity(id, name, EntityKind.VApp, vdc, owner, created), IShareable, IDownloadable
{
    public static readonly TimeSpan DefaultRuntimeLease = TimeSpan.FromDays(7);
    public static readonly TimeSpan DefaultStorageLease = TimeSpan.FromDays(30);

    private Package? _package;
    private long _packageSize;

    public List<VirtualMachine> Machines { get; } = [];

    public List<VAppNetwork> Networks { get; } = [];

    /// <summary>The status that it has until its creation is over, or for good where that failed; null once its machines decide.</summary>
    public MachineStatus? CreationStatus { get; set; }

    public bool IsInMaintenance { get; set; }

    public AccessControl Access { get; set; } = AccessControl.None;

    /// <summary>How long it may run once it was deployed; zero: for ever.</summary>
    public TimeSpan RuntimeLease { get; set; } = DefaultRuntimeLease;

    /// <summary>How long it is kept once it was undeployed; zero: for ever.</summary>
    public TimeSpan StorageLease { get; set; } = DefaultStorageLease;

    /// <summary>When the runtime lease ends; null while it does not run.</summary>
    public DateTimeOffset? RuntimeLeaseEnds { get; set; }

    /// <summary>When the storage lease ends; null while it runs.</summary>
    public DateTimeOffset? StorageLeaseEnds { get; set; }

    /// <summary>Its storage lease ran out, and it waits to be renewed or deleted.</summary>
    public bool IsExpired { get; set; }

    /// <summary>OVF's ProductSections, as they were sent.</summary>
    public IReadOnlyList<XElement> ProductSections { get; set; } = [];

    public Download? Download { get; set; }

    public IReadOnlyList<string> MachineNames => Machines.ConvertAll(m => m.Name);

    /// <summary>A disk for each machine; made anew when the machines change.</summary>
    public Package Package
    {
        get
        {
            var size = Machines.Sum(m => m.StorageMegabytes) * Assumptions.ExportedBytesPerMegabyte;
            if (_package is null || size != _packageSize || _package.Files.Count != Math.Max(1, Machines.Count)) _package = Package.OfMachines(Id, Machines.Count, size);
            _packageSize = size;
            return _package;
        }
    }

    public bool IsDeployed => Machines.Exists(m => m.IsDeployed);

    /// <summary>A vApp without machines is resolved; else its machines say what it is.</summary>
    public MachineStatus Status
    {
        get
        {
            if (CreationStatus is { } own) return own;
            if (Machines.Count == 0) return MachineStatus.Resolved;
            var first = Machines[0].Status;
            return Machines.TrueForAll(m => m.Status == first) ? first : MachineStatus.Mixed;
        }
    }
}
