using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>What a machine's hardware is to be; null: that part stays.</summary>
internal sealed record HardwareChange
{
    public int? Cpus { get; init; }

    public int? CoresPerSocket { get; init; }

    public int? MemoryMegabytes { get; init; }

    public IReadOnlyList<VirtualDisk>? Disks { get; init; }

    public IReadOnlyList<NetworkAdapter>? Adapters { get; init; }
}

/// <summary>Reads and applies items of virtual hardware (OVF's RASD; resource types 3, 4, 10 and 17), with what a running machine allows.</summary>
internal static class HardwareChanges
{
    private const int MostCpus = 128;
    private const int LeastMemory = 4;
    private const int MostMemory = 4_177_920;
    private const int FirstDiskId = 2000;

    private static readonly Dictionary<int, string[]> SubTypes = new()
    {
        [5] = [],
        [6] = [VirtualDisk.DefaultBus, "buslogic", "lsilogic", "lsilogicsas"],
        [20] = ["vmware.sata.ahci", "vmware.nvme.controller"],
    };

    /// <summary>A section, or a part of one that is a list.</summary>
    /// <exception cref="VcdException">400: an item cannot be; the sentence says why.</exception>
    public static HardwareChange Read(VcdCall call, VirtualMachine machine, XElement section)
    {
        var items = section.Elements().Where(e => e.Name.LocalName == "Item").ToList();
        var change = new HardwareChange();
        if (items.Find(i => Type(i) == 3) is { } cpu) change = ReadCpu(cpu, change);
        if (items.Find(i => Type(i) == 4) is { } memory) change = ReadMemory(memory, change);

        // A section names all disks that the machine is to have; one without any says nothing of them.
        if (items.Exists(i => Type(i) == 17)) change = change with { Disks = ReadDisks(call, machine, items) };
        if (items.Exists(i => Type(i) == 10)) change = change with { Adapters = ReadCards(machine, items) };
        Check(machine, change);
        return change;
    }

    /// <summary>PUT …/virtualHardwareSection/{part}: one of cpu, memory, disks, networkCards.</summary>
    public static HardwareChange ReadPart(VcdCall call, VirtualMachine machine, string part, XElement body)
    {
        var items = body.Elements(Xml.Namespace + "Item").ToList();
        var change = part switch
        {
            "cpu" => ReadCpu(body, new HardwareChange()),
            "memory" => ReadMemory(body, new HardwareChange()),
            "disks" => new HardwareChange { Disks = ReadDisks(call, machine, items) },
            _ => new HardwareChange { Adapters = ReadCards(machine, items) },
        };
        Check(machine, change);
        return change;
    }

    public static void Apply(HardwareChange change, VirtualMachine machine)
    {
        machine.Cpus = change.Cpus ?? machine.Cpus;
        machine.CoresPerSocket = change.CoresPerSocket ?? machine.CoresPerSocket;
        machine.MemoryMegabytes = change.MemoryMegabytes ?? machine.MemoryMegabytes;
        if (change.Disks is { } disks)
        {
            machine.Disks.Clear();
            machine.Disks.AddRange(disks);
        }

        if (change.Adapters is { } adapters && machine.VApp?.Machines.Contains(machine) == true) Connections.Apply(machine, adapters);
    }

    public static void CheckCpus(int cpus, int coresPerSocket)
    {
        if (cpus is < 1 or > MostCpus) throw VcdException.BadRequest($"validation error on field 'VirtualQuantity': a virtual machine has 1 to {MostCpus} virtual CPUs, not {cpus}.");
        if (coresPerSocket < 1 || cpus % coresPerSocket != 0) throw VcdException.BadRequest($"validation error on field 'CoresPerSocket': {cpus} virtual CPUs cannot be divided into sockets of {coresPerSocket} cores.");
    }

    public static void CheckMemory(int megabytes)
    {
        if (megabytes is < LeastMemory or > MostMemory || megabytes % 4 != 0) throw VcdException.BadRequest($"validation error on field 'VirtualQuantity': the memory must be a multiple of 4 MB, from {LeastMemory} to {MostMemory} MB, not {megabytes}.");
    }

    /// <summary>What a machine's state allows.</summary>
    private static void Check(VirtualMachine machine, HardwareChange change)
    {
        var (cpus, cores, memory) = (change.Cpus ?? machine.Cpus, change.CoresPerSocket ?? machine.CoresPerSocket, change.MemoryMegabytes ?? machine.MemoryMegabytes);
        CheckCpus(cpus, cores);
        CheckMemory(memory);
        var disksChange = change.Disks is { } disks && !disks.SequenceEqual(machine.Disks);
        if (disksChange && machine.Snapshot is not null) throw VcdException.BadRequest($"The hard disks of VM \"{machine.Name}\" cannot be changed: it has a snapshot.");
        if (change.Disks is { } sent && sent.Sum(d => d.Megabytes) - machine.StorageMegabytes is > 0 and var more && !machine.Storage.HasRoomFor(more << 20)) throw VcdException.BadRequest(UploadStart.QuotaExceeded);
        if (machine.Status is MachineStatus.PoweredOff or MachineStatus.Resolved or MachineStatus.FailedCreation) return;
        if (machine.Status == MachineStatus.Suspended && (cpus != machine.Cpus || cores != machine.CoresPerSocket || memory != machine.MemoryMegabytes || disksChange)) throw VcdException.BadRequest($"The requested operation could not be executed since VM \"{machine.Name}\" is suspended.");
        if (cores != machine.CoresPerSocket || cpus < machine.Cpus || (cpus > machine.Cpus && !machine.HasCpuHotAdd)) throw NotWhileOn(machine, "The number of virtual CPUs", machine.HasCpuHotAdd, "CPU");
        if (memory < machine.MemoryMegabytes || (memory > machine.MemoryMegabytes && !machine.HasMemoryHotAdd)) throw NotWhileOn(machine, "The memory", machine.HasMemoryHotAdd, "memory");
        if (change.Adapters is { } adapters && !adapters.Select(a => a.Index).ToHashSet().SetEquals(machine.Adapters.Select(a => a.Index))) throw VcdException.BadRequest($"Network adapters cannot be added or removed while VM \"{machine.Name}\" is powered on.");
    }

    private static VcdException NotWhileOn(VirtualMachine machine, string what, bool hasHotAdd, string part)
        => VcdException.BadRequest($"{what} of VM \"{machine.Name}\" cannot be {(hasHotAdd ? "decreased" : "changed")} while it is powered on{(hasHotAdd ? "" : $": {part} hot add is not enabled")}.");

    private static HardwareChange ReadCpu(XElement item, HardwareChange change) => change with
    {
        Cpus = (int)Number(item, "VirtualQuantity"),
        CoresPerSocket = item.Element(OvfXml.Vmw + "CoresPerSocket") is { } cores ? int.Parse(cores.Value, CultureInfo.InvariantCulture) : null,
    };

    private static HardwareChange ReadMemory(XElement item, HardwareChange change) => change with { MemoryMegabytes = (int)Math.Min(int.MaxValue, Number(item, "VirtualQuantity")) };

    private static List<VirtualDisk> ReadDisks(VcdCall call, VirtualMachine machine, IEnumerable<XElement> items)
    {
        var disks = new List<VirtualDisk>();
        var fresh = new List<VirtualDisk>();
        foreach (var item in items.Where(i => Type(i) == 17))
        {
            var host = item.Element(OvfXml.Rasd + "HostResource") ?? throw VcdException.BadRequest("validation error on field 'HostResource': the element must be present in a hard disk's Item.");

            // An independent disk is attached and detached, not edited here.
            if (host.Attribute(Xml.Namespace + "disk") is { Value.Length: > 0 }) continue;
            var number = long.TryParse(item.Element(OvfXml.Rasd + "InstanceID")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id - FirstDiskId : -1;
            var present = machine.Disks.Find(d => d.Number == number);
            var megabytes = Capacity(item, host);
            if (megabytes < 1) throw VcdException.BadRequest("validation error on field 'capacity': a hard disk has at least 1 MB.");
            if (present is not null && megabytes < present.Megabytes) throw VcdException.BadRequest($"The hard disk {number + 1} of VM \"{machine.Name}\" cannot be made smaller: it has {present.Megabytes} MB.");
            var (busType, busSubType) = Bus(host, present);
            var disk = (present ?? new VirtualDisk(-1, megabytes)) with
            {
                Megabytes = megabytes,
                BusType = busType,
                BusSubType = busSubType,
                Storage = (string?)host.Attribute(Xml.Namespace + "storageProfileHref") is { Length: > 0 } href && (string?)host.Attribute(Xml.Namespace + "storageProfileOverrideVmDefault") is "true" or "1" ? Storage(call, machine, (string?)host.Attribute(Xml.Namespace + "storageProfileHref") ?? "") : present?.Storage,
            };
            if (present is null) fresh.Add(disk);
            else disks.Add(disk);
        }

        var next = 0;
        foreach (var disk in fresh)
        {
            while (disks.Exists(d => d.Number == next)) next++;
            disks.Add(disk with { Number = next });
        }

        return [.. disks.OrderBy(d => d.Number)];
    }

    /// <summary>A disk's controller: the guide's table of bus types and the subtypes that go with each.</summary>
    private static (int Type, string SubType) Bus(XElement host, VirtualDisk? present)
    {
        var text = (string?)host.Attribute(Xml.Namespace + "busType");
        var type = text is null ? present?.BusType ?? 6 : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && SubTypes.ContainsKey(number) ? number : throw VcdException.BadRequest($"validation error on field 'busType': '{text}' is none of 5 (IDE), 6 (SCSI) and 20 (SATA).");
        var sent = (string?)host.Attribute(Xml.Namespace + "busSubType");
        if (type == 5) return (type, "");
        if (sent is null) return (type, present?.BusType == type ? present.BusSubType : SubTypes[type][0]);
        return (type, SubTypes[type].FirstOrDefault(t => t.Equals(sent, StringComparison.OrdinalIgnoreCase)) ?? throw VcdException.BadRequest($"validation error on field 'busSubType': '{sent}' does not go with the busType {type}; {string.Join(", ", SubTypes[type])} do."));
    }

    private static StorageProfile Storage(VcdCall call, VirtualMachine machine, string href)
        => EntityLookup.ByHref(call, href) is StorageProfile profile && profile.Vdc == machine.Vdc ? profile : throw new VcdException(StatusCodes.Status400BadRequest, "INVALID_REFERENCE", $"The storage profile {href} is not one of the VDC {machine.Vdc.Name}.");

    /// <summary>A disk's size: the host resource's capacity in megabytes, or a quantity in bytes, as later versions have it.</summary>
    private static long Capacity(XElement item, XElement host)
    {
        if ((string?)host.Attribute(Xml.Namespace + "capacity") is { } text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes)) return megabytes;
        return item.Element(OvfXml.Rasd + "VirtualQuantity") is not null ? Number(item, "VirtualQuantity") >> 20 : throw VcdException.BadRequest("validation error on field 'capacity': the attribute must be present in a hard disk's HostResource.");
    }

    private static List<NetworkAdapter> ReadCards(VirtualMachine machine, IEnumerable<XElement> items)
    {
        // The same as a NetworkConnectionSection, said in items.
        var section = Xml.Element("NetworkConnectionSection");
        foreach (var item in items.Where(i => Type(i) == 10))
        {
            var index = (item.Element(OvfXml.Rasd + "AddressOnParent")?.Value ?? "").Trim();
            var connection = item.Element(OvfXml.Rasd + "Connection");
            var mode = (string?)connection?.Attribute(Xml.Namespace + "ipAddressingMode") ?? "NONE";
            if ((string?)connection?.Attribute(Xml.Namespace + "primaryNetworkConnection") is "true" or "1") section.AddFirst(Xml.Element("PrimaryNetworkConnectionIndex", index));
            section.Add(Xml.Element(
                "NetworkConnection",
                new XAttribute("network", connection?.Value.Trim() is { Length: > 0 } network ? network : NetworkAdapter.None),
                Xml.Element("NetworkConnectionIndex", index),
                (string?)connection?.Attribute(Xml.Namespace + "ipAddress") is { Length: > 0 } address ? Xml.Element("IpAddress", address) : null,
                Xml.Element("IsConnected", item.Element(OvfXml.Rasd + "AutomaticAllocation")?.Value.Trim() ?? "true"),
                item.Element(OvfXml.Rasd + "Address")?.Value.Trim() is { Length: > 0 } mac ? Xml.Element("MACAddress", mac) : null,
                Xml.Element("IpAddressAllocationMode", mode),
                item.Element(OvfXml.Rasd + "ResourceSubType")?.Value.Trim() is { Length: > 0 } type ? Xml.Element("NetworkAdapterType", type) : null));
        }

        return Connections.Read(section, machine.Adapters, machine.VApp?.Networks.ConvertAll(n => n.Name) ?? []);
    }

    private static int Type(XElement item) => int.TryParse(item.Element(OvfXml.Rasd + "ResourceType")?.Value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var type) ? type : 0;

    private static long Number(XElement item, string member)
        => long.TryParse(item.Element(OvfXml.Rasd + member)?.Value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw VcdException.BadRequest($"validation error on field '{member}': the item needs a number there.");
}
