using System.Globalization;
using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The sections of a machine: they stand in its representation and have addresses of their own.</summary>
internal static class VmSections
{
    private static readonly ApiVersion FirstWithSnapshots = new("5.1");

    public static IEnumerable<XElement> All(VcdCall call, VirtualMachine vm)
    {
        if (vm.Status is MachineStatus.FailedCreation or MachineStatus.Unresolved) yield break;
        yield return Hardware(call, vm);
        yield return OperatingSystem(call, vm);
        yield return Connections(call, vm);
        yield return Customization(call, vm);
        yield return RuntimeInfo(call, vm);
        if (call.Version! >= FirstWithSnapshots) yield return Snapshot(call, vm);
        foreach (var section in VAppSections.ProductsOf(vm)) yield return section;
    }

    /// <summary>GET of one section by the rest of its address; null: a machine has no such section.</summary>
    public static VcdAnswer? Get(VcdCall call, VirtualMachine vm, string[] path) => path switch
    {
        ["virtualHardwareSection"] => VAppSections.Answer(call, Hardware(call, vm), MediaTypes.HardwareSection),
        ["virtualHardwareSection", "cpu"] => VAppSections.Answer(call, VmHardware.Alone(VmHardware.Cpu(call, vm)), MediaTypes.RasdItem),
        ["virtualHardwareSection", "memory"] => VAppSections.Answer(call, VmHardware.Alone(VmHardware.Memory(call, vm)), MediaTypes.RasdItem),
        ["virtualHardwareSection", var list] when VmHardware.List(call, vm, list) is { } items => VAppSections.Answer(call, items, MediaTypes.RasdItems),
        ["operatingSystemSection"] => VAppSections.Answer(call, OperatingSystem(call, vm), MediaTypes.OperatingSystemSection),
        ["networkConnectionSection"] => VAppSections.Answer(call, Connections(call, vm), MediaTypes.NetworkConnectionSection),
        ["guestCustomizationSection"] => VAppSections.Answer(call, Customization(call, vm), MediaTypes.GuestCustomizationSection),
        ["runtimeInfoSection"] => VAppSections.Answer(call, RuntimeInfo(call, vm), MediaTypes.HardwareSection),
        ["snapshotSection"] => VAppSections.Answer(call, Snapshot(call, vm), MediaTypes.SnapshotSection),
        ["vmCapabilities"] => VAppSections.Answer(call, Capabilities(call, vm), MediaTypes.CapabilitiesSection),
        ["productSections"] => VcdAnswer.Ok(VAppSections.ProductSections(call, vm), MediaTypes.ProductSections),
        _ => null,
    };

    /// <summary>GET …/question: what a machine waits for; 204 where it waits for nothing.</summary>
    public static VcdAnswer Question(VcdCall call, VirtualMachine vm)
    {
        if (vm.Question is not { } question) return VcdAnswer.NoContent;
        var xml = Xml.Root(
            call.Hrefs,
            "VmPendingQuestion",
            new XAttribute("type", MediaTypes.Question),
            new XAttribute("href", $"{call.Hrefs.Of(vm)}/question"),
            Xml.Link("answer", MediaTypes.Answer, $"{call.Hrefs.Of(vm)}/question/action/answer"),
            Xml.Element("Question", question.Text),
            Xml.Element("QuestionId", question.Id),
            question.Choices.Select((text, i) => Xml.Element("Choices", Xml.Element("Id", Xml.Number(i)), Xml.Element("Text", text))));
        return VcdAnswer.Ok(xml, MediaTypes.Question);
    }

    public static XElement Capabilities(VcdCall call, VirtualMachine vm)
    {
        var href = $"{call.Hrefs.Of(vm)}/vmCapabilities/";
        return Xml.Element(
            "VmCapabilities",
            new XAttribute("type", MediaTypes.CapabilitiesSection),
            new XAttribute("href", href),
            Edit(call, vm, MediaTypes.CapabilitiesSection, href),
            Xml.Element("MemoryHotAddEnabled", Xml.Bool(vm.HasMemoryHotAdd)),
            Xml.Element("CpuHotAddEnabled", Xml.Bool(vm.HasCpuHotAdd)));
    }

    /// <summary>The link to change a section by, where the user may.</summary>
    public static XElement? Edit(VcdCall call, VirtualMachine vm, string type, string href)
        => vm.VApp is { } vApp && VAppAnswers.MayChange(call, vApp) ? Xml.Link("edit", type, href) : null;

    private static XElement Hardware(VcdCall call, VirtualMachine vm)
    {
        var href = $"{call.Hrefs.Of(vm)}/virtualHardwareSection/";
        var section = OvfXml.OvfSection(
            "VirtualHardwareSection",
            MediaTypes.HardwareSection,
            href,
            "Virtual hardware requirements",
            new XElement(
                Xml.Ovf + "System",
                new XElement(OvfXml.Vssd + "ElementName", "Virtual Hardware Family"),
                new XElement(OvfXml.Vssd + "InstanceID", "0"),
                new XElement(OvfXml.Vssd + "VirtualSystemIdentifier", vm.Name),
                new XElement(OvfXml.Vssd + "VirtualSystemType", string.Create(CultureInfo.InvariantCulture, $"vmx-{vm.HardwareVersion:00}"))),
            VmHardware.All(call, vm),
            Edit(call, vm, MediaTypes.HardwareSection, href));
        foreach (var part in new[] { "cpu", "memory" }) section.Add(Xml.Link("down", MediaTypes.RasdItem, href + part), Edit(call, vm, MediaTypes.RasdItem, href + part));
        foreach (var part in new[] { "disks", "media", "networkCards", "serialPorts" })
        {
            section.Add(Xml.Link("down", MediaTypes.RasdItems, href + part), part is "media" ? null : Edit(call, vm, MediaTypes.RasdItems, href + part));
        }

        section.SetAttributeValue(Xml.Ovf + "transport", "");
        return section;
    }

    private static XElement OperatingSystem(VcdCall call, VirtualMachine vm)
    {
        var href = $"{call.Hrefs.Of(vm)}/operatingSystemSection/";
        var section = OvfXml.OvfSection(
            "OperatingSystemSection",
            MediaTypes.OperatingSystemSection,
            href,
            "Specifies the operating system installed",
            new XElement(Xml.Ovf + "Description", vm.Guest.Name),
            Edit(call, vm, MediaTypes.OperatingSystemSection, href));
        section.SetAttributeValue(Xml.Ovf + "id", vm.Guest.OvfId.ToString(CultureInfo.InvariantCulture));
        section.SetAttributeValue(OvfXml.Vmw + "osType", vm.Guest.Type);
        return section;
    }

    private static XElement Connections(VcdCall call, VirtualMachine vm)
    {
        var href = $"{call.Hrefs.Of(vm)}/networkConnectionSection/";
        return OvfXml.Section(
            "NetworkConnectionSection",
            MediaTypes.NetworkConnectionSection,
            href,
            "Specifies the available VM network connections",
            vm.PrimaryAdapter is { } primary ? Xml.Element("PrimaryNetworkConnectionIndex", Xml.Number(primary.Index)) : null,
            vm.Adapters.Select(a => Xml.Element(
                "NetworkConnection",
                new XAttribute("network", a.Network),
                new XAttribute("needsCustomization", Xml.Bool(vm.NeedsCustomization)),
                Xml.Element("NetworkConnectionIndex", Xml.Number(a.Index)),
                a.IpAddress is null ? null : Xml.Element("IpAddress", a.IpAddress),
                Xml.Element("IsConnected", Xml.Bool(a.IsConnected)),
                Xml.Element("MACAddress", a.Mac),
                Xml.Element("IpAddressAllocationMode", a.Mode),
                call.Version! >= Assumptions.FirstWithAdapterType ? Xml.Element("NetworkAdapterType", a.AdapterType) : null)),
            Edit(call, vm, MediaTypes.NetworkConnectionSection, href));
    }

    private static XElement Customization(VcdCall call, VirtualMachine vm)
    {
        var href = $"{call.Hrefs.Of(vm)}/guestCustomizationSection/";
        var (settings, version) = (vm.Customization, call.Version!);
        return OvfXml.Section(
            "GuestCustomizationSection",
            MediaTypes.GuestCustomizationSection,
            href,
            "Specifies Guest OS Customization Settings",
            Xml.Element("Enabled", Xml.Bool(settings.IsEnabled)),
            Xml.Element("ChangeSid", Xml.Bool(settings.ChangesSid)),
            Xml.Element("VirtualMachineId", vm.Id.ToString()),
            Xml.Element("JoinDomainEnabled", Xml.Bool(settings.JoinsDomain)),
            Xml.Element("UseOrgSettings", Xml.Bool(settings.UsesOrgSettings)),
            Text("DomainName", settings.DomainName),
            Text("DomainUserName", settings.DomainUser),
            version >= new ApiVersion("5.1") ? Text("MachineObjectOU", settings.MachineUnit) : null,
            Xml.Element("AdminPasswordEnabled", Xml.Bool(settings.HasAdminPassword)),
            Xml.Element("AdminPasswordAuto", Xml.Bool(settings.IsAdminPasswordAuto)),
            vm.VApp is { } vApp && call.Sees.MayChange(vApp) ? Text("AdminPassword", settings.AdminPassword) : null,
            version >= new ApiVersion("5.5") ? Xml.Element("AdminAutoLogonEnabled", Xml.Bool(settings.LogsAdminOn)) : null,
            version >= new ApiVersion("5.5") ? Xml.Element("AdminAutoLogonCount", Xml.Number(settings.AdminLogons)) : null,
            Xml.Element("ResetPasswordRequired", Xml.Bool(settings.MustResetPassword)),
            Text("CustomizationScript", settings.Script),
            Xml.Element("ComputerName", vm.ComputerName),
            Edit(call, vm, MediaTypes.GuestCustomizationSection, href));

        static XElement? Text(string name, string? value) => value is null ? null : Xml.Element(name, value);
    }

    private static XElement RuntimeInfo(VcdCall call, VirtualMachine vm)
    {
        var section = Xml.Element("RuntimeInfoSection", OvfXml.Address(MediaTypes.HardwareSection, $"{call.Hrefs.Of(vm)}/runtimeInfoSection"), OvfXml.Info("Specifies Runtime info"));
        if (vm.ToolsVersion > 0) section.Add(Xml.Element("VMWareTools", new XAttribute("version", vm.ToolsVersion.ToString(CultureInfo.InvariantCulture))));
        return section;
    }

    private static XElement Snapshot(VcdCall call, VirtualMachine vm) => OvfXml.Section(
        "SnapshotSection",
        MediaTypes.SnapshotSection,
        $"{call.Hrefs.Of(vm)}/snapshotSection",
        "Snapshot information section",
        vm.Snapshot is { } snapshot ? VAppSections.SnapshotElement(snapshot) : null);
}
