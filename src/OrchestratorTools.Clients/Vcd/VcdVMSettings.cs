using System.Globalization;
using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A change of a virtual machine: null leaves what is there.</summary>
internal sealed record VcdVMSettings
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? ComputerName { get; init; }

    public int? NumberOfCpus { get; init; }

    public int? CoresPerSocket { get; init; }

    /// <summary>Bytes.</summary>
    public long? Memory { get; init; }

    public bool? CpuHotAdd { get; init; }

    public bool? MemoryHotAdd { get; init; }

    public VcdReference? StorageProfile { get; init; }

    /// <summary>What the virtual machine has other than these want it: what has to be changed, and from what to what.</summary>
    public IReadOnlyList<VcdDifference> Differences(VcdVM vm)
    {
        var found = new List<VcdDifference>();
        Text("name", Name, vm.Name);
        Text("description", Description, vm.Description);
        Text("computer name", ComputerName, vm.ComputerName);
        Compare("CPUs", NumberOfCpus, vm.NumberOfCpus, static n => n.ToString(CultureInfo.InvariantCulture));
        Compare("cores per socket", CoresPerSocket, vm.CoresPerSocket, static n => n.ToString(CultureInfo.InvariantCulture));
        Compare("memory", Memory, vm.Memory, SizeText.Of);
        Compare("CPU hot add", CpuHotAdd, vm.IsCpuHotAddEnabled, static f => f ? "on" : "off");
        Compare("memory hot add", MemoryHotAdd, vm.IsMemoryHotAddEnabled, static f => f ? "on" : "off");
        if (StorageProfile is { } profile && !VcdObject.IsSame(profile.Href, vm.StorageProfileHref))
        {
            found.Add(new VcdDifference("storage profile", vm.StorageProfile is { } old ? $"'{old}'" : "none", $"'{profile}'"));
        }

        return found;

        void Text(string what, string? wanted, string? present)
        {
            if (wanted is not null && wanted != (present ?? string.Empty))
            {
                found.Add(new VcdDifference(what, $"'{present}'", $"'{wanted}'"));
            }
        }

        void Compare<T>(string what, T? wanted, T? present, Func<T, string> text)
            where T : struct
        {
            if (wanted is { } value && !Equals(value, present))
            {
                found.Add(new VcdDifference(what, present is { } known ? text(known) : "unknown", text(value)));
            }
        }
    }

    /// <summary>These without what the virtual machine has already.</summary>
    public VcdVMSettings Without(XElement vm)
    {
        var present = new VcdVM(vm);
        return this with
        {
            Name = Name == present.Name ? null : Name,
            Description = Description == (present.Description ?? string.Empty) ? null : Description,
            ComputerName = ComputerName == (present.ComputerName ?? string.Empty) ? null : ComputerName,
            NumberOfCpus = NumberOfCpus == present.NumberOfCpus ? null : NumberOfCpus,
            CoresPerSocket = CoresPerSocket == present.CoresPerSocket ? null : CoresPerSocket,
            Memory = Memory == present.Memory ? null : Memory,
            CpuHotAdd = CpuHotAdd == present.IsCpuHotAddEnabled ? null : CpuHotAdd,
            MemoryHotAdd = MemoryHotAdd == present.IsMemoryHotAddEnabled ? null : MemoryHotAdd,
            StorageProfile = VcdObject.IsSame(StorageProfile?.Href, present.StorageProfileHref) ? null : StorageProfile,
        };
    }
}

/// <summary>Something that is to be changed.</summary>
/// <param name="What">What it is called.</param>
/// <param name="From">What it is.</param>
/// <param name="To">What it is to be.</param>
internal sealed record VcdDifference(string What, string From, string To)
{
    /// <inheritdoc/>
    public override string ToString() => $"{What} {From} → {To}";
}

/// <summary>Bytes in a sentence.</summary>
internal static class SizeText
{
    private const long Mebi = 1024 * 1024;

    /// <summary>Whole gigabytes as such, else megabytes, else bytes; 1 GB is 1024 MB, as the server and PowerShell count.</summary>
    public static string Of(long bytes) => (bytes % Mebi, bytes % (1024 * Mebi)) switch
    {
        (_, 0) => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024 * Mebi)} GB"),
        (0, _) => string.Create(CultureInfo.InvariantCulture, $"{bytes / Mebi} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
    };
}
