using System.Globalization;
using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The items of a machine's virtual hardware (recorded machines; the numbers are OVF's resource types).</summary>
internal static class VmHardware
{
    private const int ScsiController = 2;
    private const int IdeController = 3;
    private const int FirstOtherController = 10;
    private const int Ide = 5;
    private const int Scsi = 6;
    private const int ScsiOwnPlace = 7;

    // The schema's mark of CoresPerSocket; the guide for 5.6 has disks with storage profiles of their own, that for 5.5 has not.
    private static readonly ApiVersion SocketsFrom = new("5.5");
    private static readonly ApiVersion DiskStorageFrom = new("5.6");

    public static IEnumerable<XElement> All(VcdCall call, VirtualMachine vm)
        => [.. Cards(vm), .. Storage(call, vm), Drive(call, vm), Cpu(call, vm), Memory(call, vm)];

    /// <summary>One of the lists below …/virtualHardwareSection/; null: there is none of that name.</summary>
    public static XElement? List(VcdCall call, VirtualMachine vm, string name)
    {
        IEnumerable<XElement>? items = name switch
        {
            "disks" => Storage(call, vm),
            "media" => [Drive(call, vm)],
            "networkCards" => Cards(vm),
            "serialPorts" => [],
            _ => null,
        };
        if (items is null) return null;
        var href = $"{call.Hrefs.Of(vm)}/virtualHardwareSection/{name}";
        return Xml.Element(
            "RasdItemsList",
            new XAttribute("type", MediaTypes.RasdItems),
            new XAttribute("href", href),
            name is "media" ? null : VmSections.Edit(call, vm, MediaTypes.RasdItems, href),
            items.Select(Alone));
    }

    public static XElement Cpu(VcdCall call, VirtualMachine vm) => Item(
        call,
        vm,
        "cpu",
        ("AllocationUnits", "hertz * 10^6"),
        ("Description", "Number of Virtual CPUs"),
        ("ElementName", string.Create(CultureInfo.InvariantCulture, $"{vm.Cpus} virtual CPU(s)")),
        ("InstanceID", "4"),
        ("Reservation", "0"),
        ("ResourceType", "3"),
        ("VirtualQuantity", vm.Cpus.ToString(CultureInfo.InvariantCulture)),
        ("Weight", "0"),
        ("CoresPerSocket", call.Version! >= SocketsFrom ? new XElement(OvfXml.Vmw + "CoresPerSocket", new XAttribute(Xml.Ovf + "required", "false"), vm.CoresPerSocket.ToString(CultureInfo.InvariantCulture)) : null));

    public static XElement Memory(VcdCall call, VirtualMachine vm) => Item(
        call,
        vm,
        "memory",
        ("AllocationUnits", "byte * 2^20"),
        ("Description", "Memory Size"),
        ("ElementName", string.Create(CultureInfo.InvariantCulture, $"{vm.MemoryMegabytes} MB of memory")),
        ("InstanceID", "5"),
        ("Reservation", "0"),
        ("ResourceType", "4"),
        ("VirtualQuantity", vm.MemoryMegabytes.ToString(CultureInfo.InvariantCulture)),
        ("Weight", "0"));

    /// <summary>An item outside of its section: there it is called Item in vCloud's own namespace.</summary>
    public static XElement Alone(XElement item) => new(Xml.Namespace + "Item", item.Attributes(), item.Elements());

    private static XElement Item(VcdCall call, VirtualMachine vm, string part, params (string, object?)[] members)
    {
        var href = $"{call.Hrefs.Of(vm)}/virtualHardwareSection/{part}";
        var item = OvfXml.Item(OvfXml.Address(MediaTypes.RasdItem, href), members);
        item.Add(VmSections.Edit(call, vm, MediaTypes.RasdItem, href));
        return item;
    }

    private static IEnumerable<XElement> Cards(VirtualMachine vm) => vm.Adapters.Select(a => OvfXml.Item(
        [],
        ("Address", a.Mac),
        ("AddressOnParent", Text(a.Index)),
        ("AutomaticAllocation", Xml.Bool(a.IsConnected)),
        ("Connection", new XElement(
            OvfXml.Rasd + "Connection",
            a.IpAddress is null ? null : new XAttribute(Xml.Namespace + "ipAddress", a.IpAddress),
            new XAttribute(Xml.Namespace + "primaryNetworkConnection", Xml.Bool(a.IsPrimary)),
            new XAttribute(Xml.Namespace + "ipAddressingMode", a.Mode),
            a.Network)),
        ("Description", $"{a.AdapterType} ethernet adapter on \"{a.Network}\""),
        ("ElementName", $"Network adapter {a.Index}"),
        ("InstanceID", "1"),
        ("ResourceSubType", a.AdapterType),
        ("ResourceType", "10")));

    /// <summary>The disks between their controllers: the two that every machine has, and one for each other kind that a disk hangs on.</summary>
    private static IEnumerable<XElement> Storage(VcdCall call, VirtualMachine vm)
    {
        var number = vm.Disks.Count == 0 ? 0 : vm.Disks.Max(d => d.Number) + 1;
        var all = vm.Disks.Select(d => (d.Number, d.Megabytes, Independent: (IndependentDisk?)null, Bus: (Type: d.BusType, SubType: d.BusSubType), Storage: d.Storage ?? vm.Storage, IsOwn: d.Storage is not null))
            .Concat(vm.AttachedDisks.Select(d => (Number: number++, Megabytes: d.Bytes >> 20, Independent: (IndependentDisk?)d, Bus: (Type: d.BusType, SubType: d.BusSubType), d.Storage, IsOwn: true)))
            .ToList();
        var others = all.Select(d => d.Bus).Where(b => b.Type != Ide && b != (Scsi, VirtualDisk.DefaultBus)).Distinct().ToList();
        yield return Controller(ScsiController, "SCSI Controller", 0, Scsi, VirtualDisk.DefaultBus);
        for (var i = 0; i < others.Count; i++)
        {
            yield return Controller(FirstOtherController + i, others[i].Type == Scsi ? "SCSI Controller" : "SATA Controller", 1 + i, others[i].Type, others[i].SubType);
        }

        foreach (var group in all.GroupBy(d => d.Bus.Type == Ide ? IdeController : d.Bus == (Scsi, VirtualDisk.DefaultBus) ? ScsiController : FirstOtherController + others.IndexOf(d.Bus)))
        {
            // The drive has the first place of the IDE controller, and a SCSI controller the seventh of its own.
            var places = Enumerable.Range(group.Key == IdeController ? 1 : 0, int.MaxValue - 1).Where(p => p != ScsiOwnPlace || group.First().Bus.Type != Scsi).GetEnumerator();
            foreach (var disk in group)
            {
                places.MoveNext();
                yield return Disk(disk.Number, places.Current, group.Key, disk.Megabytes, disk.Independent, disk.Bus, disk.Storage, disk.IsOwn);
            }
        }

        yield return Controller(IdeController, "IDE Controller", 0, Ide, subType: null);

        XElement Disk(int number, int place, int controller, long megabytes, IndependentDisk? disk, (int Type, string SubType) bus, StorageProfile storage, bool isOwn) => OvfXml.Item(
            [],
            ("AddressOnParent", Text(place)),
            ("Description", "Hard disk"),
            ("ElementName", $"Hard disk {number + 1}"),
            ("HostResource", new XElement(
                OvfXml.Rasd + "HostResource",
                new XAttribute(Xml.Namespace + "capacity", megabytes.ToString(CultureInfo.InvariantCulture)),
                bus.SubType.Length > 0 ? new XAttribute(Xml.Namespace + "busSubType", bus.SubType) : null,
                new XAttribute(Xml.Namespace + "busType", Text(bus.Type)),
                call.Version! >= DiskStorageFrom ? new XAttribute(Xml.Namespace + "storageProfileHref", call.Hrefs.Of(storage)) : null,
                call.Version! >= DiskStorageFrom ? new XAttribute(Xml.Namespace + "storageProfileOverrideVmDefault", Xml.Bool(isOwn)) : null,
                disk is null ? null : new XAttribute(Xml.Namespace + "disk", call.Hrefs.Of(disk)))),
            ("InstanceID", Text(2000 + number)),
            ("Parent", Text(controller)),
            ("ResourceType", "17"));
    }

    private static XElement Drive(VcdCall call, VirtualMachine vm) => OvfXml.Item(
        [],
        ("AddressOnParent", "0"),
        ("AutomaticAllocation", Xml.Bool(vm.InsertedMedia is not null)),
        ("Description", "CD/DVD Drive"),
        ("ElementName", "CD/DVD Drive 1"),
        ("HostResource", new XElement(
            OvfXml.Rasd + "HostResource",
            vm.InsertedMedia is { } media ? new XAttribute(Xml.Namespace + "media", call.Hrefs.Of(media)) : null,
            vm.InsertedMedia?.Name)),
        ("InstanceID", "3000"),
        ("Parent", Text(IdeController)),
        ("ResourceType", "15"));

    private static XElement Controller(int id, string name, int number, int type, string? subType) => OvfXml.Item(
        [],
        ("Address", Text(number)),
        ("Description", name),
        ("ElementName", $"{name} {Text(number)}"),
        ("InstanceID", Text(id)),
        ("ResourceSubType", subType),
        ("ResourceType", Text(type)));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
