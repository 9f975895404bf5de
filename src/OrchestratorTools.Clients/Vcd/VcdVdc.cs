using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A virtual data center of an organization. A limit of 0 is no limit.</summary>
public sealed class VcdVdc : VcdObject
{
    internal VcdVdc(XElement element)
        : base(element, "vdc")
    {
        Organization = Take(element, "orgName");
        OrganizationHref = Take(element, "org") ?? UpTo("org") ?? UpTo("organization");
        IsEnabled = TakeFlag(element, "isEnabled") ?? VcdXml.Flag(VcdXml.ChildText(element, "IsEnabled"));
        IsBusy = TakeFlag(element, "isBusy") ?? (IsRecord ? null : Tasks.Any(t => !t.IsFinished));
        (Status, StatusCode) = VcdAssumptions.Readiness(Take(element, "status"));
        AllocationModel = Take(element, "allocationModel") ?? VcdXml.ChildText(element, "AllocationModel");
        ProviderVdc = Take(element, "providerVdcName") ?? VcdReference.Of(VcdXml.Child(element, "ProviderVdcReference"))?.Name;
        ProviderVdcHref = Take(element, "providerVdc") ?? VcdReference.Of(VcdXml.Child(element, "ProviderVdcReference"))?.Href;

        var compute = VcdXml.Child(element, "ComputeCapacity");
        var cpu = Capacity(VcdXml.ChildOf(compute, "Cpu"));
        CpuAllocationMhz = TakeNumber(element, "cpuAllocationMhz") ?? cpu("Allocated");
        CpuLimitMhz = TakeNumber(element, "cpuLimitMhz") ?? cpu("Limit");
        CpuUsedMhz = TakeNumber(element, "cpuUsedMhz") ?? cpu("Used");
        CpuReservedMhz = TakeNumber(element, "cpuReservedMhz") ?? cpu("Reserved");
        var memory = Capacity(VcdXml.ChildOf(compute, "Memory"));
        MemoryAllocation = TakeMegabytes(element, "memoryAllocationMB") ?? memory("Allocated");
        MemoryLimit = TakeMegabytes(element, "memoryLimitMB") ?? memory("Limit");
        MemoryUsed = TakeMegabytes(element, "memoryUsedMB") ?? memory("Used");
        MemoryReserved = TakeMegabytes(element, "memoryReservedMB") ?? memory("Reserved");
        var storage = Capacity(VcdXml.Child(element, "StorageCapacity"));
        StorageAllocation = TakeMegabytes(element, "storageAllocationMB") ?? storage("Allocated");
        StorageLimit = TakeMegabytes(element, "storageLimitMB") ?? storage("Limit");
        StorageUsed = TakeMegabytes(element, "storageUsedMB") ?? storage("Used");

        NumberOfVApps = TakeCount(element, "numberOfVApps");
        NumberOfVMs = TakeCount(element, "numberOfVMs");
        NumberOfRunningVMs = TakeCount(element, "numberOfRunningVMs");
        NumberOfVAppTemplates = TakeCount(element, "numberOfVAppTemplates");
        NumberOfMedia = TakeCount(element, "numberOfMedia");
        NumberOfDisks = TakeCount(element, "numberOfDisks");
        NumberOfStorageProfiles = TakeCount(element, "numberOfStorageProfiles");
        VMQuota = (int?)VcdXml.Number(VcdXml.ChildText(element, "VmQuota"));
        NetworkQuota = (int?)VcdXml.Number(VcdXml.ChildText(element, "NetworkQuota"));
        NetworksUsed = (int?)VcdXml.Number(VcdXml.ChildText(element, "UsedNetworkCount"));
        Networks = VcdReference.AllOf(VcdXml.Child(element, "AvailableNetworks"), "Network");
        StorageProfiles = VcdReference.AllOf(VcdXml.Child(element, "VdcStorageProfiles"), "VdcStorageProfile");
        Entities = VcdReference.AllOf(VcdXml.Child(element, "ResourceEntities"), "ResourceEntity");
    }

    /// <summary>The name of the organization that has it; the whole representation does not tell it.</summary>
    public string? Organization { get; internal set; }

    /// <summary>The address of the organization.</summary>
    public string? OrganizationHref { get; }

    /// <summary>False where it is disabled.</summary>
    public bool? IsEnabled { get; }

    /// <summary>True while a task is at work on it.</summary>
    public bool? IsBusy { get; }

    /// <summary>READY and others, in the query service's words.</summary>
    public string? Status { get; }

    /// <summary>The server's number of the status: 0 being made, 1 ready, -1 failed.</summary>
    public int? StatusCode { get; }

    /// <summary>How it gets its resources, as the server writes it.</summary>
    public string? AllocationModel { get; }

    /// <summary>The provider's virtual data center.</summary>
    public string? ProviderVdc { get; }

    /// <summary>The address of the provider's virtual data center.</summary>
    public string? ProviderVdcHref { get; }

    /// <summary>CPU that it is given, MHz.</summary>
    public long? CpuAllocationMhz { get; }

    /// <summary>The most CPU, MHz.</summary>
    public long? CpuLimitMhz { get; }

    /// <summary>CPU in use, MHz.</summary>
    public long? CpuUsedMhz { get; }

    /// <summary>CPU that is reserved, MHz.</summary>
    public long? CpuReservedMhz { get; }

    /// <summary>Memory that it is given, bytes.</summary>
    public long? MemoryAllocation { get; }

    /// <summary>The most memory, bytes.</summary>
    public long? MemoryLimit { get; }

    /// <summary>Memory in use, bytes.</summary>
    public long? MemoryUsed { get; }

    /// <summary>Memory that is reserved, bytes.</summary>
    public long? MemoryReserved { get; }

    /// <summary>Storage that it is given, bytes.</summary>
    public long? StorageAllocation { get; }

    /// <summary>The most storage, bytes.</summary>
    public long? StorageLimit { get; }

    /// <summary>Storage in use, bytes.</summary>
    public long? StorageUsed { get; }

    /// <summary>How many vApps.</summary>
    public int? NumberOfVApps { get; }

    /// <summary>How many virtual machines.</summary>
    public int? NumberOfVMs { get; }

    /// <summary>How many virtual machines that are powered on.</summary>
    public int? NumberOfRunningVMs { get; }

    /// <summary>How many vApp templates.</summary>
    public int? NumberOfVAppTemplates { get; }

    /// <summary>How many media.</summary>
    public int? NumberOfMedia { get; }

    /// <summary>How many independent disks.</summary>
    public int? NumberOfDisks { get; }

    /// <summary>How many storage profiles.</summary>
    public int? NumberOfStorageProfiles { get; }

    /// <summary>The most virtual machines; 0: no limit. Lists do not tell it.</summary>
    public int? VMQuota { get; }

    /// <summary>The most networks. Lists do not tell it.</summary>
    public int? NetworkQuota { get; }

    /// <summary>How many networks count towards the quota. Lists do not tell it.</summary>
    public int? NetworksUsed { get; }

    /// <summary>Its networks; lists do not have them.</summary>
    public IReadOnlyList<VcdReference> Networks { get; }

    /// <summary>Its storage profiles; lists do not have them.</summary>
    public IReadOnlyList<VcdReference> StorageProfiles { get; }

    /// <summary>Its vApps, templates, media and disks; lists do not have them.</summary>
    public IReadOnlyList<VcdReference> Entities { get; }

    // Units are a text of their own beside the numbers: MB nearly always, MHz of CPU.
    private static Func<string, long?> Capacity(XElement? element)
    {
        long unit = (element is null ? null : VcdXml.ChildText(element, "Units"))?.Trim().ToUpperInvariant() switch
        {
            "KB" => 1024L,
            "MB" => 1024L * 1024,
            "GB" => 1024L * 1024 * 1024,
            "TB" => 1024L * 1024 * 1024 * 1024,
            _ => 1,
        };
        return name => element is null ? null : Scale(VcdXml.Number(VcdXml.ChildText(element, name)), unit);
    }
}
