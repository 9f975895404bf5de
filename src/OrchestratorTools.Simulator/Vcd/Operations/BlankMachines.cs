using System.Globalization;
using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Reads a machine that is made of nothing: the VmSpecSection of a CreateItem (schema, VmSpecSectionType).</summary>
internal static class BlankMachines
{
    private static readonly (string Type, int OvfId, string Name)[] KnownGuests =
    [
        ("debian11_64Guest", 96, "Debian GNU/Linux 11 (64-bit)"),
        ("ubuntu64Guest", 94, "Ubuntu Linux (64-bit)"),
        ("windows2019srvNext_64Guest", 112, "Microsoft Windows Server 2022 (64-bit)"),
        ("rhel9_64Guest", 80, "Red Hat Enterprise Linux 9 (64-bit)"),
        ("centos64Guest", 107, "CentOS 4/5/6/7 (64-bit)"),
        ("otherGuest", 1, "Other (32-bit)"),
        ("otherGuest64", 102, "Other (64-bit)"),
    ];

    /// <summary>The guest system of an item.</summary>
    public static GuestSystem Guest(XElement item) => Find(item.Element(Xml.Namespace + "VmSpecSection")?.Element(Xml.Namespace + "OsType")?.Value.Trim() ?? "otherGuest");

    /// <summary>A guest system by VMware's word for it.</summary>
    public static GuestSystem Find(string type)
    {
        var known = Array.Find(KnownGuests, g => g.Type.Equals(type, StringComparison.OrdinalIgnoreCase));
        return known.Type is null ? new GuestSystem(1, type, type) : new GuestSystem(known.OvfId, known.Type, known.Name);
    }

    /// <summary>A computer's name made of a machine's.</summary>
    public static string ComputerName(string name)
    {
        var letters = new string([.. name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]).Trim('-');
        return letters.Length == 0 || letters.All(char.IsAsciiDigit) ? "vm-" + letters : letters.Length > 15 ? letters[..15] : letters;
    }

    /// <summary>Gives a machine the processors, memory and disks of its VmSpecSection.</summary>
    public static void Apply(VirtualMachine machine, XElement item)
    {
        if (item.Element(Xml.Namespace + "VmSpecSection") is not { } section) return;
        machine.Cpus = Number(section, "NumCpus", machine.Cpus);
        machine.CoresPerSocket = Number(section, "NumCoresPerSocket", machine.CoresPerSocket);
        HardwareChanges.CheckCpus(machine.Cpus, machine.CoresPerSocket);
        if (section.Element(Xml.Namespace + "MemoryResourceMb") is { } memory) machine.MemoryMegabytes = Number(memory, "Configured", machine.MemoryMegabytes);
        HardwareChanges.CheckMemory(machine.MemoryMegabytes);
        if (Xml.Text(section, "HardwareVersion") is { } version && version.StartsWith("vmx-", StringComparison.Ordinal) && int.TryParse(version[4..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) machine.HardwareVersion = number;
        foreach (var disk in section.Elements(Xml.Namespace + "DiskSection").Elements(Xml.Namespace + "DiskSettings"))
        {
            machine.Disks.Add(new VirtualDisk(machine.Disks.Count, long.Parse(Xml.Text(disk, "SizeMb") ?? "0", CultureInfo.InvariantCulture)));
        }
    }

    private static int Number(XElement parent, string child, int otherwise)
        => Xml.Text(parent, child) is not { } text ? otherwise : int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw VcdException.BadRequest($"validation error on field '{child}': '{text}' is no number.");
}
