using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <content>What virtual machines are made of: CPUs, memory, disks, network adapters, customization, product sections.</content>
public sealed partial class VcdClient
{
    private static readonly VcdAction ChangingDisks = new("edit", "Changing the disks");
    private static readonly VcdAction ChangingHotAdd = new("edit", "Changing what can be added while it runs");

    /// <summary>
    /// Changes a virtual machine. What reconfigureVm takes goes in one request; without that link (before API 5.1) section by section. What can be added while it runs is a section of its own that the guide does not count among those of
    /// reconfigureVm: it goes first, and alone. Where one of several requests fails, the error says which were carried out.
    /// </summary>
    /// <param name="href">The virtual machine's address or id.</param>
    /// <param name="settings">What to change.</param>
    /// <param name="timeout">The longest wait for each request but the last, whose task is returned.</param>
    /// <param name="cancellationToken">Ends the sending; whether the change was taken is then unknown.</param>
    internal async Task<VcdChange> SetVMAsync(string href, VcdVMSettings settings, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var vm = await ReadAsync(href, cancellationToken, "Vm").ConfigureAwait(false);
        var wanted = settings.Without(vm);
        Expressible(wanted);
        var steps = StepsOf(vm, wanted);
        for (var i = 0; i < steps.Count; i++)
        {
            try
            {
                var change = await ChangeAsync(steps[i].Request, cancellationToken).ConfigureAwait(false);
                if (i == steps.Count - 1)
                {
                    return change;
                }

                await FollowAsync(change.Task, timeout, null, cancellationToken).ConfigureAwait(false);
            }
            catch (OrchestratorApiException e) when (steps.Count > 1)
            {
                throw PartlyDone(vm, steps, i, e);
            }
        }

        return new VcdChange(null, null, null);
    }

    /// <summary>The disks of a virtual machine, with the names of their storage profiles where they can be read.</summary>
    public async Task<IReadOnlyList<VcdVMDisk>> GetVMDisksAsync(VcdVM vm, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(vm);
        var whole = await WholeAsync(vm, cancellationToken).ConfigureAwait(false);
        var names = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var disk in whole.Disks)
        {
            if (disk is { StorageProfile: null, StorageProfileHref: { } profile })
            {
                if (!names.TryGetValue(profile, out var name))
                {
                    names[profile] = name = await NameOfProfileAsync(profile, cancellationToken).ConfigureAwait(false);
                }

                disk.StorageProfile = name;
            }
        }

        return whole.Disks;
    }

    /// <summary>The network adapters of a virtual machine.</summary>
    public async Task<IReadOnlyList<VcdNetworkCard>> GetNetworkCardsAsync(VcdVM vm, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(vm);
        return (await WholeAsync(vm, cancellationToken).ConfigureAwait(false)).NetworkCards;
    }

    /// <summary>Adds, changes and removes disks of a virtual machine, in one request.</summary>
    internal async Task<VcdChange> ChangeDisksAsync(string href, IReadOnlyList<VcdVMDiskChange> changes, CancellationToken cancellationToken)
    {
        var vm = await ReadAsync(href, cancellationToken, "Vm").ConfigureAwait(false);
        var hardware = VcdXml.Child(vm, "VirtualHardwareSection");
        var edit = (hardware is null ? null : VcdLink.Of(hardware).FirstOrDefault(l => l.Rel is "edit" && VcdAssumptions.IsDisksList(l))) ?? throw NotOffered(vm, ChangingDisks);
        var list = await ReadAsync(edit.Href, cancellationToken, "RasdItemsList").ConfigureAwait(false);
        foreach (var change in changes.Where(c => c.InstanceId is not null))
        {
            // Read right before: what was true when the disk was piped may be so no more.
            var item = VcdBodies.DiskOf(list, change.InstanceId!) ?? throw _session.Error(OrchestratorErrorKind.NotFound, $"Virtual machine '{NameOf(vm)}' has no disk '{change.Name}' any more. Nothing was sent.", "Get-VcdVMDisk shows those that it has.");
            if (change.Remove && VcdVMDisk.IndependentOf(item) is not null)
            {
                throw IsIndependent(NameOf(vm), change.Name);
            }

            if (change.Size is { } size && VcdVMDisk.SizeOf(item) is { } present && size < present)
            {
                throw Shrinks(NameOf(vm), change.Name, present, size);
            }
        }

        return await ChangeAsync(
            new VcdChangeRequest(HttpMethod.Put, edit.Href, $"Get-VcdVMDisk '{NameOf(vm)}' shows what became of it, Get-VcdTask what is at work.") { Body = VcdBodies.EditedDisks(list, changes), ContentType = edit.Type ?? VcdBodies.RasdItemsListType },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The error of a disk that is not this virtual machine's own.</summary>
    internal OrchestratorApiException IsIndependent(string vm, string disk)
        => _session.Error(OrchestratorErrorKind.WrongState, $"'{disk}' of virtual machine '{vm}' is an independent disk, which is not removed with a machine. Nothing was sent.", "Dismount-VcdDisk takes it off the machine and keeps it; Remove-VcdDisk removes it.");

    /// <summary>The error of a disk that is to become smaller.</summary>
    internal OrchestratorApiException Shrinks(string vm, string disk, long present, long wanted)
        => _session.Error(OrchestratorErrorKind.Validation, $"'{disk}' of virtual machine '{vm}' has {SizeText.Of(present)}; {SizeText.Of(wanted)} is less, and disks only grow. Nothing was sent.", $"Give a size above {SizeText.Of(present)}; what is to be smaller is a new disk.");

    /// <summary>Adds, changes and removes network adapters of a virtual machine, in one request.</summary>
    internal async Task<VcdChange> ChangeNetworkCardsAsync(string href, IReadOnlyList<VcdNetworkCardChange> changes, CancellationToken cancellationToken)
    {
        if (changes.Any(c => c.AdapterType is not null))
        {
            Need("an adapter type", VcdAssumptions.FirstWithAdapterTypes);
        }

        var change = await EditSectionAsync(href, "NetworkConnectionSection", "Changing the network adapters", present => VcdBodies.EditedConnections(present, changes), cancellationToken).ConfigureAwait(false);
        return change!;
    }

    /// <summary>The networks of a virtual machine's vApp: what its adapters can be attached to.</summary>
    internal async Task<IReadOnlyList<string>> GetNetworksOfAsync(VcdVM vm, CancellationToken cancellationToken)
        => vm.VAppHref is { } href ? (await GetEntityAsync<VcdVApp>(href, cancellationToken).ConfigureAwait(false)).Networks : [];

    /// <summary>How the guest of a virtual machine is customized.</summary>
    /// <param name="vm">The virtual machine.</param>
    /// <param name="withPassword">True where the administrator's password is wanted.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public async Task<VcdGuestCustomization> GetCustomizationAsync(VcdVM vm, bool withPassword, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(vm);
        var element = await ReadMachineAsync(vm, cancellationToken).ConfigureAwait(false);
        var section = VcdXml.Child(element, "GuestCustomizationSection")
            ?? throw _session.Error(OrchestratorErrorKind.NotFound, $"The server shows no guest customization of virtual machine '{vm.Name}'.", "This user may not see it.");
        return Own(new VcdGuestCustomization(section, Known(element, vm), withPassword));
    }

    /// <summary>Changes how the guest of a virtual machine is customized; what is not named stays.</summary>
    internal async Task<VcdChange> SetCustomizationAsync(string href, VcdCustomizationSettings settings, CancellationToken cancellationToken)
    {
        if (settings.AdminAutoLogonCount is not null)
        {
            Need("logging the administrator in", VcdAssumptions.FirstWithAutoLogon);
        }

        if (settings.MachineObjectOU is not null)
        {
            Need("an organizational unit", VcdAssumptions.FirstWithOrganizationalUnit);
        }

        var change = await EditSectionAsync(href, "GuestCustomizationSection", "Changing the guest customization", present => VcdBodies.EditedCustomization(present, settings), cancellationToken).ConfigureAwait(false);
        return change!;
    }

    /// <summary>The product sections of a virtual machine, vApp or template.</summary>
    /// <param name="of">What they belong to.</param>
    /// <param name="withPasswords">True where properties that are passwords are wanted.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public async Task<IReadOnlyList<VcdProductSection>> GetProductSectionsAsync(VcdResource of, bool withPasswords, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(of);
        var (_, list) = await ReadProductSectionsAsync(AddressOf(of), cancellationToken).ConfigureAwait(false);
        return VcdXml.Children(list, "ProductSection").Select(s => Own(new VcdProductSection(s, of, withPasswords))).ToArray();
    }

    /// <summary>Sets properties of product sections, all of one virtual machine or vApp in one request.</summary>
    /// <param name="href">The address of what they belong to.</param>
    /// <param name="values">Values by key, or by key with class and instance around it.</param>
    /// <param name="cancellationToken">Ends the sending; whether the change was taken is then unknown.</param>
    internal async Task<VcdChange> SetProductPropertiesAsync(string href, IReadOnlyList<KeyValuePair<string, string>> values, CancellationToken cancellationToken)
    {
        var (entity, list) = await ReadProductSectionsAsync(href, cancellationToken).ConfigureAwait(false);
        var known = PropertiesOf(list);
        var wanted = values.Select(v => (Property: OneProperty(entity, known, v.Key), v.Value)).ToArray();
        foreach (var (property, value) in wanted)
        {
            Settable(entity, property, value);
        }

        var link = FindLink(list, "edit") ?? throw NotOffered(entity, new VcdAction("edit", "Changing the product sections"));
        var body = VcdBodies.EditedProductSections(list, wanted);
        return await ChangeAsync(
            new VcdChangeRequest(HttpMethod.Put, link.Href, $"Get-VcdProductSection of '{NameOf(entity)}' shows what became of it, Get-VcdTask what is at work.") { Body = body, ContentType = link.Type ?? VcdBodies.ProductSectionsType, IsSecret = VcdBodies.HoldsSecret(body) },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What of a set of values would be refused: throws as <see cref="SetProductPropertiesAsync"/> does, and sends nothing. Returns the ids of the properties that have other values.</summary>
    internal async Task<IReadOnlyList<string>> CheckProductPropertiesAsync(string href, IReadOnlyList<KeyValuePair<string, string>> values, CancellationToken cancellationToken)
    {
        var (entity, list) = await ReadProductSectionsAsync(href, cancellationToken).ConfigureAwait(false);
        var known = PropertiesOf(list);
        var ids = new List<string>();
        foreach (var (key, value) in values)
        {
            var property = OneProperty(entity, known, key);
            Settable(entity, property, value);
            if (property.Value != value)
            {
                ids.Add(property.Id);
            }
        }

        return ids;
    }

    private static VcdOvfProperty[] PropertiesOf(XElement list)
        => VcdXml.Children(list, "ProductSection").SelectMany(s => VcdXml.Children(s, "Property").Select(p => new VcdOvfProperty(s, p))).ToArray();

    private static string AddressOf(VcdObject item) => item.Href.Length > 0 ? item.Href : item.Id;

    // What only lists tell goes over to what was read.
    private VcdVM Known(XElement element, VcdVM before)
    {
        var now = Guard(_session, new VcdVM(element, before.IsInTemplate is true), Tenant);
        now.VApp ??= before.VApp;
        now.VAppHref ??= before.VAppHref;
        return now;
    }

    private async Task<VcdVM> WholeAsync(VcdVM vm, CancellationToken cancellationToken)
        => Known(await ReadMachineAsync(vm, cancellationToken).ConfigureAwait(false), vm);

    // A template's machine calls itself a template, at an address of its own.
    private Task<XElement> ReadMachineAsync(VcdVM vm, CancellationToken cancellationToken)
        => vm.IsInTemplate is true ? ReadAsync(AddressOf(vm), cancellationToken, "Vm", "VAppTemplate") : ReadAsync(AddressOf(vm), cancellationToken, "Vm");

    private async Task<string?> NameOfProfileAsync(string href, CancellationToken cancellationToken)
    {
        try
        {
            return (await GetEntityAsync<VcdStorageProfile>(href, cancellationToken).ConfigureAwait(false)).Name;
        }
        catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.NotFound or OrchestratorErrorKind.Permission)
        {
            _observer.Verbose($"The storage profile of a disk is not for '{_session.User}': {e.Message}");
            return null;
        }
    }

    private async Task<(XElement Entity, XElement List)> ReadProductSectionsAsync(string href, CancellationToken cancellationToken)
    {
        var entity = await ReadAsync(href, cancellationToken).ConfigureAwait(false);
        var link = FindLink(entity, "down", VcdBodies.ProductSectionsType)
            ?? throw _session.Error(OrchestratorErrorKind.NotFound, $"The server names no product sections of '{NameOf(entity)}'.", "Virtual machines, vApps and templates have them, where this user may see them.");
        return (entity, await ReadAsync(link.Href, cancellationToken, "ProductSectionList").ConfigureAwait(false));
    }

    private VcdOvfProperty OneProperty(XElement entity, VcdOvfProperty[] known, string key)
    {
        var found = known.Where(p => p.Id == key).ToArray() is { Length: > 0 } exact ? exact : known.Where(p => p.Key == key).ToArray();
        return found.Length switch
        {
            1 => found[0],
            0 => throw _session.Error(
                OrchestratorErrorKind.NotFound,
                known.Length == 0 ? $"'{NameOf(entity)}' has no property '{key}': its product sections have no properties. Nothing was sent." : $"'{NameOf(entity)}' has no property '{key}'; it has {string.Join(", ", known.Select(p => $"'{p.Id}'"))}. Nothing was sent.",
                "Letter case counts. Get-VcdProductSection shows the properties."),
            _ => throw _session.Error(OrchestratorErrorKind.Ambiguous, $"'{NameOf(entity)}' has {found.Length} properties '{key}': {string.Join(", ", found.Select(p => $"'{p.Id}'"))}. Nothing was sent.", "Name the one that is meant with its class and instance."),
        };
    }

    private void Settable(XElement entity, VcdOvfProperty property, string value)
    {
        if (!property.IsUserConfigurable)
        {
            throw _session.Error(OrchestratorErrorKind.Validation, $"Property '{property.Id}' of '{NameOf(entity)}' is not user-configurable: who made the package fixed its value. Nothing was sent.", "Get-VcdProductSection shows which properties are (IsUserConfigurable).");
        }

        if (property.Refuses(value) is { } why)
        {
            throw _session.Error(OrchestratorErrorKind.Validation, $"Property '{property.Id}' of '{NameOf(entity)}' cannot be {(property.IsPassword ? SecretRedactor.Mask : $"'{value}'")}: {why}. Nothing was sent.", null);
        }
    }

    private void Expressible(VcdVMSettings settings)
    {
        if (settings.CoresPerSocket is not null)
        {
            Need("cores per socket", VcdAssumptions.FirstWithCoresPerSocket);
        }

        if (settings.CpuHotAdd is not null || settings.MemoryHotAdd is not null)
        {
            Need("hot adding", VcdAssumptions.FirstWithVMCapabilities);
        }

        if (settings.StorageProfile is not null)
        {
            Need("a storage profile", VcdAssumptions.FirstWithStorageProfiles);
        }
    }

    private void Need(string what, VcdApiVersion first)
    {
        if (_session.Version is { } version && version < first)
        {
            throw _session.Error(OrchestratorErrorKind.Validation, $"API version {version.Text} has no words for {what}; {first.Text} is the first that has. Nothing was sent.", "Connect with a later -ApiVersion, where the server offers one.");
        }
    }

    private List<Step> StepsOf(XElement vm, VcdVMSettings settings)
    {
        var steps = new List<Step>();
        if (settings.CpuHotAdd is not null || settings.MemoryHotAdd is not null)
        {
            var section = VcdXml.Child(vm, "VmCapabilities");
            var link = (section is null ? null : FindLink(section, "edit")) ?? throw NotOffered(vm, ChangingHotAdd);
            steps.Add(NewStep(vm, "hot add", HttpMethod.Put, link, VcdBodies.EditedCapabilities(section!, settings.CpuHotAdd, settings.MemoryHotAdd)));
        }

        var general = settings is { Name: not null } or { Description: not null } or { StorageProfile: not null };
        if (!general && settings.ComputerName is null && !VcdBodies.ChangesHardware(settings))
        {
            return steps;
        }

        Shown(vm, settings);
        if (FindLink(vm, "reconfigureVm") is { } all)
        {
            steps.Add(NewStep(vm, "everything else", HttpMethod.Post, all, VcdBodies.ReconfiguredVM(vm, settings)));
            return steps;
        }

        foreach (var (type, what, wanted) in new[] { (VcdBodies.ProcessorItem, "CPUs", settings.NumberOfCpus is not null || settings.CoresPerSocket is not null), (VcdBodies.MemoryItem, "memory", settings.Memory is not null) })
        {
            if (wanted)
            {
                var item = VcdXml.Children(VcdXml.Child(vm, "VirtualHardwareSection"), "Item").FirstOrDefault(i => VcdXml.ChildText(i, "ResourceType") == type);
                var link = (item is null ? null : FindLink(item, "edit")) ?? throw NotOffered(vm, new VcdAction("edit", $"Changing the {what}"));
                steps.Add(NewStep(vm, what, HttpMethod.Put, link, VcdBodies.EditedItem(item!, settings)));
            }
        }

        if (settings.ComputerName is not null)
        {
            var section = VcdXml.Child(vm, "GuestCustomizationSection");
            var link = (section is null ? null : FindLink(section, "edit")) ?? throw NotOffered(vm, new VcdAction("edit", "Changing the computer name"));
            steps.Add(NewStep(vm, "computer name", HttpMethod.Put, link, VcdBodies.EditedCustomization(section!, new VcdCustomizationSettings { ComputerName = settings.ComputerName })));
        }

        if (general)
        {
            // Last, as another storage profile moves the whole machine.
            var link = FindLink(vm, "edit") ?? throw NotOffered(vm, new VcdAction("edit", "Changing the virtual machine"));
            steps.Add(NewStep(vm, "name, description and storage profile", HttpMethod.Put, link, VcdBodies.EditedVM(vm, settings)));
        }

        return steps;
    }

    // What the server does not show cannot be sent back changed: left out silently, it would look as if it had been changed.
    private void Shown(XElement vm, VcdVMSettings settings)
    {
        var items = VcdXml.Children(VcdXml.Child(vm, "VirtualHardwareSection"), "Item").Where(i => VcdXml.Child(i, "VirtualQuantity") is not null).Select(i => VcdXml.ChildText(i, "ResourceType")).ToHashSet(StringComparer.Ordinal);
        var missing = (settings.NumberOfCpus is not null || settings.CoresPerSocket is not null) && !items.Contains(VcdBodies.ProcessorItem) ? "CPUs"
            : settings.Memory is not null && !items.Contains(VcdBodies.MemoryItem) ? "memory"
            : settings.ComputerName is not null && VcdXml.Child(vm, "GuestCustomizationSection") is null ? "guest customization"
            : null;
        if (missing is not null)
        {
            throw _session.Error(OrchestratorErrorKind.NotFound, $"The server shows no {missing} of virtual machine '{NameOf(vm)}', so that it cannot be changed. Nothing was sent.", "This user may not see it, or the API version of the connection has it elsewhere.");
        }
    }

    private static Step NewStep(XElement vm, string what, HttpMethod method, VcdLink link, XElement body)
        => new(what, new VcdChangeRequest(method, link.Href, OutcomeOf(vm)) { Body = body, ContentType = link.Type, IsSecret = VcdBodies.HoldsSecret(body) });

    private OrchestratorApiException PartlyDone(XElement vm, List<Step> steps, int failed, OrchestratorApiException e)
    {
        var done = failed == 0 ? "Nothing was changed before it" : $"Changed before it: {string.Join(", ", steps.Take(failed).Select(s => s.What))}";
        var left = failed == steps.Count - 1 ? string.Empty : $"; not sent: {string.Join(", ", steps.Skip(failed + 1).Select(s => s.What))}";
        return new OrchestratorApiException(e.System, e.Kind, _session.Redactor.Redact($"Virtual machine '{NameOf(vm)}' is changed in {steps.Count} requests, and '{steps[failed].What}' failed: {e.Message} {done}{left}."), e)
        {
            StatusCode = e.StatusCode,
            ServerCode = e.ServerCode,
            ServerMessage = e.ServerMessage,
            RequestId = e.RequestId,
            Method = e.Method,
            Uri = e.Uri,
            RecommendedAction = e.RecommendedAction ?? "Run the same command again when the cause is gone: what is as it should be is not sent again.",
        };
    }

    /// <summary>One of the requests that a change of a virtual machine takes.</summary>
    private sealed record Step(string What, VcdChangeRequest Request);
}
