using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Makes the OVF descriptors of downloads. The one with identity says too what the plain one leaves out: MAC addresses and BIOS ids (guide 10.6, "Enable a vApp or vApp Template for Download").</summary>
internal static class DescriptorWriter
{
    private static readonly XNamespace Vssd = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData";
    private static readonly XNamespace Rasd = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData";
    private static readonly XNamespace Vmw = "http://www.vmware.com/schema/ovf";

    /// <summary>
    /// The descriptor that was uploaded, as it is, if it says the size of every file and cuts none into parts; else with that put right. Where none was uploaded, a new one.
    /// </summary>
    public static byte[] Write(Package package, string name, IReadOnlyList<string> machines, bool withIdentity)
    {
        if (package.Descriptor is not { } uploaded) return Serialize(New(package, name, machines, withIdentity));
        using var stream = new MemoryStream(uploaded);
        using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        var envelope = XElement.Load(reader, LoadOptions.PreserveWhitespace);
        var changed = false;
        foreach (var (element, file) in envelope.Elements(Xml.Ovf + "References").Elements(Xml.Ovf + "File").Zip(package.Files))
        {
            var size = Xml.Number(file.Content.Size);
            if ((string?)element.Attribute(Xml.Ovf + "size") == size && element.Attribute(Xml.Ovf + "chunkSize") is null) continue;
            element.SetAttributeValue(Xml.Ovf + "size", size);
            element.SetAttributeValue(Xml.Ovf + "chunkSize", null);
            changed = true;
        }

        if (withIdentity)
        {
            foreach (var hardware in envelope.Descendants(Xml.Ovf + "VirtualHardwareSection"))
            {
                hardware.Add(BiosId(name));
                changed = true;
            }
        }

        return changed ? Serialize(envelope) : uploaded;
    }

    private static XElement New(Package package, string name, IReadOnlyList<string> machines, bool withIdentity)
    {
        var systems = machines.Select((machine, m) => Machine(machine, package.Files.Select((_, i) => i).Where(i => i % machines.Count == m), m, withIdentity)).ToArray();
        return new XElement(
            Xml.Ovf + "Envelope",
            new XAttribute(XNamespace.Xmlns + "ovf", Xml.Ovf),
            new XAttribute(XNamespace.Xmlns + "vssd", Vssd),
            new XAttribute(XNamespace.Xmlns + "rasd", Rasd),
            new XAttribute(XNamespace.Xmlns + "vmw", Vmw),
            Ovf("References", package.Files.Select((f, i) => Ovf("File", Attribute("href", f.Name), Attribute("id", $"file{i}"), Attribute("size", Xml.Number(f.Content.Size))))),
            Ovf(
                "DiskSection",
                Ovf("Info", "Virtual disk information"),
                package.Files.Select((f, i) => Ovf(
                    "Disk",
                    Attribute("capacity", Xml.Number(Capacity(f))),
                    Attribute("capacityAllocationUnits", "byte * 2^20"),
                    Attribute("diskId", $"vmdisk{i}"),
                    Attribute("fileRef", $"file{i}"),
                    Attribute("format", "http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized")))),
            Ovf("NetworkSection", Ovf("Info", "The list of logical networks"), Ovf("Network", Attribute("name", "none"), Ovf("Description"))),
            systems.Length == 1
                ? systems[0]
                : Ovf("VirtualSystemCollection", Attribute("id", name), Ovf("Info", $"A collection of virtual machines: {name}"), Ovf("Name", name), systems));
    }

    private static XElement Machine(string name, IEnumerable<int> disks, int machine, bool withIdentity) => Ovf(
        "VirtualSystem",
        Attribute("id", name),
        Ovf("Info", "A virtual machine"),
        Ovf("Name", name),
        Ovf("OperatingSystemSection", Attribute("id", "101"), Ovf("Info", "Specifies the operating system installed"), Ovf("Description", "Other Linux (64-bit)")),
        Ovf(
            "VirtualHardwareSection",
            Ovf("Info", "Virtual hardware requirements"),
            Ovf("System", new XElement(Vssd + "ElementName", "Virtual Hardware Family"), new XElement(Vssd + "InstanceID", "0"), new XElement(Vssd + "VirtualSystemIdentifier", name), new XElement(Vssd + "VirtualSystemType", "vmx-19")),
            Item(("Address", withIdentity ? $"00:50:56:01:00:{machine:x2}" : null), ("AddressOnParent", "0"), ("AutomaticAllocation", "true"), ("Connection", "none"), ("ElementName", "Network adapter 0"), ("InstanceID", "1"), ("ResourceSubType", "VMXNET3"), ("ResourceType", "10")),
            Item(("Address", "0"), ("ElementName", "SCSI Controller 0"), ("InstanceID", "2"), ("ResourceSubType", "VirtualSCSI"), ("ResourceType", "6")),
            disks.Select((disk, i) => Item(("AddressOnParent", Text(i)), ("ElementName", $"Hard disk {Text(i + 1)}"), ("HostResource", $"ovf:/disk/vmdisk{disk}"), ("InstanceID", Text(2000 + i)), ("Parent", "2"), ("ResourceType", "17"))),
            Item(("AllocationUnits", "hertz * 10^6"), ("ElementName", "1 virtual CPU(s)"), ("InstanceID", "3"), ("ResourceType", "3"), ("VirtualQuantity", "1")),
            Item(("AllocationUnits", "byte * 2^20"), ("ElementName", "2048 MB of memory"), ("InstanceID", "4"), ("ResourceType", "4"), ("VirtualQuantity", "2048")),
            withIdentity ? BiosId(name) : null));

    private static XElement BiosId(string name) => new(
        Vmw + "ExtraConfig",
        new XAttribute(XNamespace.Xmlns + "vmw", Vmw),
        Attribute("required", "false"),
        new XAttribute(Vmw + "key", "uuid.bios"),
        new XAttribute(Vmw + "value", Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name))[..16]).ToLowerInvariant()));

    private static XElement Item(params (string Name, string? Value)[] members) => Ovf("Item", members.Where(m => m.Value is not null).Select(m => new XElement(Rasd + m.Name, m.Value)));

    private static long Capacity(StoredFile file) => Math.Max(1, (file.Content.Size + (1 << 20) - 1) >> 20);

    private static XElement Ovf(string name, params object?[] content) => new(Xml.Ovf + name, content);

    private static XAttribute Attribute(string name, string value) => new(Xml.Ovf + name, value);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static byte[] Serialize(XElement envelope)
    {
        using var buffer = new MemoryStream();
        using (var writer = XmlWriter.Create(buffer, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true }))
        {
            new XDocument(new XDeclaration("1.0", "UTF-8", standalone: null), envelope).Save(writer);
        }

        return buffer.ToArray();
    }
}
