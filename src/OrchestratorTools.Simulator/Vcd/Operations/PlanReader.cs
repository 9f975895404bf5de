using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Reads the requests that make vApps and machines (schema: InstantiateVAppTemplateParams, ComposeVAppParams, RecomposeVAppParams, CloneVAppParams).</summary>
internal sealed class PlanReader(VcdCall call, Vdc vdc, XElement body)
{
    /// <summary>The plan without its machines.</summary>
    public VAppPlan Read(string name)
    {
        var parameters = body.Element(Xml.Namespace + "InstantiationParams");
        var lease = parameters?.Element(Xml.Namespace + "LeaseSettingsSection");
        return new VAppPlan
        {
            Vdc = vdc,
            Name = name,
            Description = Xml.Text(body, "Description"),
            Deploys = IsTrue("deploy"),
            PowersOn = IsTrue("powerOn"),
            Networks = parameters?.Element(Xml.Namespace + "NetworkConfigSection") is { } networks ? NetworkConfigs.Read(call, vdc, networks) : null,
            Lease = lease is null ? null : VAppChanges.ReadLease(lease, VApp.DefaultRuntimeLease, VApp.DefaultStorageLease),
            ProductSections = parameters is null ? null : [.. parameters.Elements(Xml.Ovf + "ProductSection")],
        };
    }

    /// <summary>The one thing that the request names as its source.</summary>
    public T Source<T>()
        where T : Entity
        => Resolve<T>(body.Element(Xml.Namespace + "Source"));

    /// <exception cref="VcdException">400: it names nothing of the kind; 403: nothing that is there, or is for this user.</exception>
    public T Resolve<T>(XElement? reference)
        where T : Entity
    {
        var href = (string?)reference?.Attribute("href") ?? throw VcdException.BadRequest($"validation error on field 'Source': the element must be present in {body.Name.LocalName}, with an href.");
        var entity = EntityLookup.ByHref(call, href) ?? throw new VcdException(StatusCodes.Status403Forbidden, "ACCESS_TO_RESOURCE_IS_FORBIDDEN", $"No access to entity \"{href}\".");
        return entity as T ?? throw new VcdException(StatusCodes.Status400BadRequest, "BAD_REQUEST", $"validation error : EntityRef has incorrect type, expected type is com.vmware.vcloud.entity.{typeof(T).Name.ToLowerInvariant()}.");
    }

    /// <summary>All machines of a template or vApp: as SourcedItem and SourcedVmInstantiationParams say, or as they are.</summary>
    public void AddAll(VAppPlan plan, VApp target, IReadOnlyList<VirtualMachine> sources, bool removesSources)
    {
        var items = body.Elements(Xml.Namespace + "SourcedItem").ToDictionary(i => Resolve<VirtualMachine>(i.Element(Xml.Namespace + "Source")));
        var older = body.Elements(Xml.Namespace + "SourcedVmInstantiationParams").ToDictionary(i => Resolve<VirtualMachine>(i.Element(Xml.Namespace + "Source")));
        foreach (var named in items.Keys.Concat(older.Keys))
        {
            if (!sources.Contains(named)) throw new VcdException(StatusCodes.Status400BadRequest, "INVALID_REFERENCE", $"The virtual machine \"{named.Name}\" is not in the source.");
        }

        foreach (var source in sources) Add(plan, target, source, items.GetValueOrDefault(source), older.GetValueOrDefault(source), removesSources);
    }

    /// <summary>A machine by a SourcedItem: its source is a machine, or a vApp or template with all of its machines.</summary>
    public void AddItem(VAppPlan plan, VApp target, XElement item)
    {
        var removes = Is((string?)item.Attribute("sourceDelete"));
        var entity = Resolve<Entity>(item.Element(Xml.Namespace + "Source"));
        IReadOnlyList<VirtualMachine> sources = entity switch
        {
            VirtualMachine machine => [machine],
            VApp vApp => [.. vApp.Machines],
            Template template => RequireReady(template).Vms,
            _ => throw VcdException.BadRequest("validation error : EntityRef has incorrect type, expected type is com.vmware.vcloud.entity.vm,com.vmware.vcloud.entity.vapp,com.vmware.vcloud.entity.vapptemplate."),
        };
        foreach (var source in sources)
        {
            if (source.Template is { } template) RequireEula(RequireReady(template));
            if (removes) RequireRemovable(source);
            Add(plan, target, source, item, older: null, removes);
        }
    }

    /// <summary>A blank machine by a CreateItem.</summary>
    public void AddBlank(VAppPlan plan, VApp target, XElement item)
    {
        if (call.Version! < Assumptions.FirstWithBlankMachines) throw VcdException.BadRequest("validation error: element CreateItem is not expected in this API version.");
        var name = (string?)item.Attribute("name") is { Length: > 0 } text ? text : throw VcdException.BadRequest("validation error on field 'name': the attribute must be present in CreateItem.");
        RequireFreeName(plan, target, name);
        var machine = new VirtualMachine(Guid.NewGuid(), name, target, Storage(item.Element(Xml.Namespace + "StorageProfile"), otherwise: null), BlankMachines.Guest(item), call.Now)
        {
            Description = Xml.Text(item, "Description") ?? "",
            ComputerName = BlankMachines.ComputerName(name),
        };
        BlankMachines.Apply(machine, item);
        if (item.Element(Xml.Namespace + "GuestCustomizationSection") is { } customization) (machine.Customization, machine.ComputerName) = Customizations.Read(customization, machine);
        var connections = item.Element(Xml.Namespace + "NetworkConnectionSection");
        if (connections is not null) _ = Connections.Read(connections, [], plan.NetworkNames(target));
        plan.Machines.Add(new PlannedMachine(machine) { Connections = connections });
    }

    /// <exception cref="VcdException">400: the template has a licence that the request does not accept.</exception>
    public void RequireEula(Template template)
    {
        if (template.Licence is null || Xml.Flag(body, "AllEULAsAccepted") is true) return;
        throw new VcdException(StatusCodes.Status400BadRequest, "EULA_NOT_ACCEPTED", $"The end user license agreement of the vApp template \"{template.Name}\" has not been accepted: AllEULAsAccepted must be true.");
    }

    public static Template RequireReady(Template template)
        => template.Status == EntityStatus.Ready ? template : throw VcdException.BadRequest($"The requested operation could not be executed since vApp template \"{template.Name}\" is not ready.");

    /// <summary>Whether a machine may leave its vApp.</summary>
    public void RequireRemovable(VirtualMachine machine)
    {
        var target = ComputeTarget.Of(machine);
        target.RequireRight(call);
        Busy.Require(machine);
        if (machine.IsDeployed) throw Assumptions.StopFirst(call.Version!, isMachine: true, machine.Name);
    }

    private void Add(VAppPlan plan, VApp target, VirtualMachine source, XElement? item, XElement? older, bool removes)
    {
        if (source.Status is MachineStatus.FailedCreation or MachineStatus.Unresolved) throw VcdException.BadRequest($"The requested operation could not be executed since the creation of VM \"{source.Name}\" was not completed.");
        var general = item?.Element(Xml.Namespace + "VmGeneralParams");

        // The guide names a composed machine by the name of its source's reference, newer versions by VmGeneralParams.
        var isOne = item?.Element(Xml.Namespace + "Source") is { } reference && EntityLookup.ByHref(call, (string?)reference.Attribute("href") ?? "") is VirtualMachine;
        var name = (general is null ? null : Xml.Text(general, "Name")) ?? (isOne ? (string?)item!.Element(Xml.Namespace + "Source")!.Attribute("name") : null) ?? source.Name;
        RequireFreeName(plan, target, name);
        var storage = Storage((item ?? older)?.Element(Xml.Namespace + "StorageProfile") ?? older?.Element(Xml.Namespace + "StorageProfile"), source.Storage);
        var machine = MachineCopies.Copy(source, Guid.NewGuid(), name, target, storage, call.Now);
        if (general is not null)
        {
            machine.Description = Xml.Text(general, "Description") ?? machine.Description;
            machine.NeedsCustomization = Xml.Flag(general, "NeedsCustomization") ?? machine.NeedsCustomization;
        }

        PolicyAnswers.Apply(item?.Element(Xml.Namespace + "ComputePolicy"), machine);
        if (older?.Element(Xml.Namespace + "HardwareCustomization") is { } hardware) Customize(machine, hardware);
        var parameters = item?.Element(Xml.Namespace + "InstantiationParams");
        if (parameters?.Element(Xml.Namespace + "GuestCustomizationSection") is { } customization) (machine.Customization, machine.ComputerName) = Customizations.Read(customization, machine);
        if (parameters?.Element(OvfXml.HardwareSectionName) is { } section) HardwareChanges.Apply(HardwareChanges.Read(call, machine, section), machine);
        if (parameters?.Elements(Xml.Ovf + "ProductSection").ToList() is { Count: > 0 } products) machine.ProductSections = products;
        if (item?.Element(Xml.Namespace + "VmCapabilities") is { } capabilities)
        {
            machine.HasMemoryHotAdd = Xml.Flag(capabilities, "MemoryHotAddEnabled") ?? machine.HasMemoryHotAdd;
            machine.HasCpuHotAdd = Xml.Flag(capabilities, "CpuHotAddEnabled") ?? machine.HasCpuHotAdd;
        }

        var planned = new PlannedMachine(machine)
        {
            Connections = parameters?.Element(Xml.Namespace + "NetworkConnectionSection"),
            Assignments = item?.Elements(Xml.Namespace + "NetworkAssignment").ToDictionary(a => (string)a.Attribute("innerNetwork")!, a => (string)a.Attribute("containerNetwork")!, StringComparer.Ordinal) ?? [],
            Replaces = removes && source.VApp is not null ? source : null,
        };

        // What cannot be is said now, not when the copy is made.
        var networks = plan.NetworkNames(target);
        if (planned.Connections is { } connections) _ = Connections.Read(connections, machine.Adapters, networks);
        else _ = VAppPlan.Mapped(planned, networks);
        plan.Machines.Add(planned);
    }

    private static void Customize(VirtualMachine machine, XElement hardware)
    {
        if (Xml.Text(hardware, "NumberOfCpus") is { } cpus) machine.Cpus = int.Parse(cpus, CultureInfo.InvariantCulture);
        if (Xml.Text(hardware, "CoresPerSocket") is { } cores) machine.CoresPerSocket = int.Parse(cores, CultureInfo.InvariantCulture);
        if (Xml.Text(hardware, "MemorySize") is { } memory) machine.MemoryMegabytes = int.Parse(memory, CultureInfo.InvariantCulture);
        HardwareChanges.CheckCpus(machine.Cpus, machine.CoresPerSocket);
        HardwareChanges.CheckMemory(machine.MemoryMegabytes);
    }

    private static void RequireFreeName(VAppPlan plan, VApp target, string name)
    {
        if (plan.Machines.Exists(m => m.Machine.Name == name) || target.Machines.Exists(m => m.Name == name)) throw UploadStart.Duplicate(name);
    }

    /// <summary>A storage profile of the VDC: the named one, or another one that is of it, or its default.</summary>
    /// <exception cref="VcdException">400: the named one is of another VDC.</exception>
    public StorageProfile Storage(XElement? reference, StorageProfile? otherwise)
    {
        if (reference is null) return otherwise?.Vdc == vdc ? otherwise : vdc.StorageProfiles[0];
        var href = (string?)reference.Attribute("href") ?? "";
        return EntityLookup.ByHref(call, href) is StorageProfile profile && profile.Vdc == vdc
            ? profile
            : throw new VcdException(StatusCodes.Status400BadRequest, "INVALID_REFERENCE", $"The storage profile {(string?)reference.Attribute("name") ?? href} is not one of the VDC {vdc.Name}.");
    }

    private bool IsTrue(string attribute) => (string?)body.Attribute(attribute) is not { } text ? Assumptions.CreationDeploysByDefault : Is(text);

    private static bool Is(string? text) => text is "true" or "1";
}
