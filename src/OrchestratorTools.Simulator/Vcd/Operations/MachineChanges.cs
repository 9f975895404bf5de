using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Changes a machine: its name, its sections one by one or several in one request, its tools.</summary>
internal static class MachineChanges
{
    private const string Operation = "vappUpdateVm";

    /// <summary>PUT /api/vApp/vm-{id}: name, description and storage profile.</summary>
    public static VcdAnswer Update(VcdCall call, VirtualMachine machine)
    {
        var body = BodyShape.Machine.Read(call, MediaTypes.Vm);
        var target = Target(call, machine);
        return VAppChanges.AcceptShort(call, target, Operation, ReadNames(call, body, machine));
    }

    /// <summary>POST …/action/reconfigureVm: the machine's names and whatever sections the body has, together or not at all.</summary>
    public static VcdAnswer Reconfigure(VcdCall call, VirtualMachine machine)
    {
        var body = BodyShape.Machine.Read(call, MediaTypes.Vm);
        var target = Target(call, machine);
        var apply = ReadReconfiguration(call, body, machine);
        return VAppChanges.AcceptShort(call, target, Operation, apply);
    }

    /// <summary>Reads a machine's new shape, checked; what it gives applies it.</summary>
    public static Action ReadReconfiguration(VcdCall call, XElement body, VirtualMachine machine)
    {
        var names = ReadNames(call, body, machine);
        var hardware = body.Element(OvfXml.HardwareSectionName) is { } section ? HardwareChanges.Read(call, machine, section) : null;
        var adapters = body.Element(Xml.Namespace + "NetworkConnectionSection") is { } connections ? ReadConnections(machine, connections) : null;
        var customization = body.Element(Xml.Namespace + "GuestCustomizationSection") is { } guest ? Customizations.Read(guest, machine) : ((GuestCustomization, string)?)null;
        var system = body.Element(Xml.Ovf + "OperatingSystemSection") is { } os ? ReadSystem(os, machine) : null;
        var capabilities = body.Element(Xml.Namespace + "VmCapabilities") is { } hot ? ReadCapabilities(hot, machine) : null;
        return () =>
        {
            names();

            // Where both are there, the section of connections is the one that counts: the cards say the same in other words.
            if (hardware is not null) Inventory.Recharge(machine, () => HardwareChanges.Apply(adapters is null ? hardware : hardware with { Adapters = null }, machine));
            if (adapters is not null) Connections.Apply(machine, adapters);
            if (customization is { } settings) (machine.Customization, machine.ComputerName) = settings;
            if (system is not null) machine.Guest = system;
            capabilities?.Invoke();
        };
    }

    /// <summary>PUT of one of a machine's sections; null: it has none at that address that could be changed.</summary>
    public static VcdAnswer? PutSection(VcdCall call, VirtualMachine machine, string[] path)
    {
        switch (path)
        {
            case ["productSections"]:
                return VAppChanges.PutProducts(call, ComputeTarget.Of(machine));
            case ["virtualHardwareSection"]:
                return Hardware(call, machine, BodyShape.Hardware.Read(call, MediaTypes.HardwareSection), part: null);
            case ["virtualHardwareSection", "cpu" or "memory"]:
                return Hardware(call, machine, BodyShape.RasdItem.Read(call, MediaTypes.RasdItem), path[1]);
            case ["virtualHardwareSection", "disks" or "networkCards"]:
                return Hardware(call, machine, BodyShape.RasdItems.Read(call, MediaTypes.RasdItems), path[1]);
            case ["networkConnectionSection"]:
                var connections = BodyShape.NetworkConnection.Read(call, MediaTypes.NetworkConnectionSection);
                var target = Target(call, machine);
                var adapters = ReadConnections(machine, connections);
                return VAppChanges.AcceptShort(call, target, Operation, () => Connections.Apply(machine, adapters));
            case ["guestCustomizationSection"]:
                var guest = BodyShape.GuestCustomization.Read(call, MediaTypes.GuestCustomizationSection);
                var owner = Target(call, machine);
                var (settings, computerName) = Customizations.Read(guest, machine);
                return VAppChanges.AcceptShort(call, owner, Operation, () => (machine.Customization, machine.ComputerName, machine.NeedsCustomization) = (settings, computerName, settings.IsEnabled));
            case ["operatingSystemSection"]:
                var os = BodyShape.OperatingSystem.Read(call, MediaTypes.OperatingSystemSection);
                var system = ReadSystem(os, machine);
                return VAppChanges.AcceptShort(call, Target(call, machine), Operation, () => machine.Guest = system);
            case ["vmCapabilities"] when call.Version! >= new ApiVersion("5.1"):
                var hot = BodyShape.Capabilities.Read(call, MediaTypes.CapabilitiesSection);
                var of = Target(call, machine);
                return VAppChanges.AcceptShort(call, of, Operation, ReadCapabilities(hot, machine));
            default:
                return null;
        }
    }

    /// <summary>POST …/action/installVMwareTools: the tools come while the machine runs.</summary>
    public static VcdAnswer InstallTools(VcdCall call, VirtualMachine machine)
    {
        var target = Target(call, machine);
        if (machine.Status != MachineStatus.PoweredOn) throw Assumptions.NotInThisState("installVMwareTools", isMachine: true, machine.Name);
        return target.Accept(call, "vappInstallVMwareTools", "Installing VMware Tools on", () => machine.ToolsVersion = Assumptions.ToolsVersion);
    }

    /// <summary>POST …/action/consolidate, upgradeHardwareVersion and customizeAtNextPowerOn, of a machine that is off.</summary>
    public static VcdAnswer WhileOff(VcdCall call, VirtualMachine machine, string action)
    {
        var target = Target(call, machine);
        if (machine.Status != MachineStatus.PoweredOff) throw Assumptions.NotInThisState(PowerLinks.Deploy, isMachine: true, machine.Name);
        switch (action)
        {
            case "consolidate":
                return target.Accept(call, "vappConsolidateVm", "Consolidating", () => { });
            case "upgradeHardwareVersion":
                if (machine.HardwareVersion >= Assumptions.NewestHardware) throw VcdException.BadRequest($"The hardware version of VM \"{machine.Name}\" is the newest already.");
                return target.Accept(call, "vappUpgradeHardwareVersion", "Upgrading hardware version of", () => machine.HardwareVersion = Assumptions.NewestHardware);
            default:
                machine.NeedsCustomization = true;
                return VcdAnswer.NoContent;
        }
    }

    /// <summary>The one who may change a machine now, as far as it goes.</summary>
    public static ComputeTarget Target(VcdCall call, VirtualMachine machine)
    {
        var target = ComputeTarget.Of(machine);
        target.RequireChange(call);
        target.RequireWhole();
        return target;
    }

    private static VcdAnswer Hardware(VcdCall call, VirtualMachine machine, XElement body, string? part)
    {
        var target = Target(call, machine);
        var change = part is null ? HardwareChanges.Read(call, machine, body) : HardwareChanges.ReadPart(call, machine, part, body);
        return VAppChanges.AcceptShort(call, target, Operation, () => Inventory.Recharge(machine, () => HardwareChanges.Apply(change, machine)));
    }

    private static Action ReadNames(VcdCall call, XElement body, VirtualMachine machine)
    {
        var name = (string?)body.Attribute("name") is { Length: > 0 } ? UploadStart.Name(body) : machine.Name;
        if (machine.VApp!.Machines.Exists(m => m != machine && m.Name == name)) throw UploadStart.Duplicate(name);
        var description = Assumptions.NewDescription(Xml.Text(body, "Description"), machine.Description);
        var storage = body.Element(Xml.Namespace + "StorageProfile") is { } reference ? Storage(call, machine, reference) : machine.Storage;
        if (storage != machine.Storage && !storage.HasRoomFor(machine.StorageMegabytes << 20)) throw VcdException.BadRequest(UploadStart.QuotaExceeded);
        return () =>
        {
            (machine.Name, machine.Description) = (name, description);
            Inventory.Recharge(machine, () => machine.Storage = storage);
        };
    }

    private static StorageProfile Storage(VcdCall call, VirtualMachine machine, XElement reference)
    {
        var href = (string?)reference.Attribute("href") ?? "";
        return EntityLookup.ByHref(call, href) is StorageProfile profile && profile.Vdc == machine.Vdc
            ? profile
            : throw new VcdException(StatusCodes.Status400BadRequest, "INVALID_REFERENCE", $"The storage profile {(string?)reference.Attribute("name") ?? href} is not one of the VDC {machine.Vdc.Name}.");
    }

    private static List<NetworkAdapter> ReadConnections(VirtualMachine machine, XElement section)
    {
        var adapters = Connections.Read(section, machine.Adapters, machine.VApp!.Networks.ConvertAll(n => n.Name));
        if (machine.Status is MachineStatus.PoweredOn or MachineStatus.Suspended or MachineStatus.WaitingForInput && !adapters.Select(a => a.Index).ToHashSet().SetEquals(machine.Adapters.Select(a => a.Index)))
        {
            throw VcdException.BadRequest($"Network adapters cannot be added or removed while VM \"{machine.Name}\" is powered on.");
        }

        Connections.CheckAddresses(machine, adapters);
        return adapters;
    }

    private static GuestSystem ReadSystem(XElement section, VirtualMachine machine)
    {
        var type = (string?)section.Attribute(OvfXml.Vmw + "osType") is { Length: > 0 } text ? text : machine.Guest.Type;
        if (type != machine.Guest.Type && machine.Status != MachineStatus.PoweredOff) throw Assumptions.NotInThisState(PowerLinks.Deploy, isMachine: true, machine.Name);
        return type == machine.Guest.Type ? machine.Guest : BlankMachines.Find(type);
    }

    private static Action ReadCapabilities(XElement body, VirtualMachine machine)
    {
        var memory = Xml.Flag(body, "MemoryHotAddEnabled") ?? machine.HasMemoryHotAdd;
        var cpu = Xml.Flag(body, "CpuHotAddEnabled") ?? machine.HasCpuHotAdd;
        if ((memory != machine.HasMemoryHotAdd || cpu != machine.HasCpuHotAdd) && machine.Status != MachineStatus.PoweredOff) throw Assumptions.NotInThisState(PowerLinks.Deploy, isMachine: true, machine.Name);
        return () => (machine.HasMemoryHotAdd, machine.HasCpuHotAdd) = (memory, cpu);
    }
}
