using System.Globalization;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <content>Machines that come to a vApp: copied, moved, or made of nothing.</content>
public sealed partial class VcdClient
{
    private static readonly VcdAction Adding = new("recompose", "Adding virtual machines") { ContentType = VcdBodies.RecomposeType, Hint = "A vApp gets machines while it is not deployed, or suspended: Stop-VcdVApp stops it. Get-VcdTask shows whether something is at work on it." };
    private static readonly VcdAction Leaving = new("remove", "Moving");

    /// <summary>
    /// Looks at all that can be known before machines are added to a vApp, and says what would be sent: the vApp, its networks and machines, the sources with their licences and network cards, the storage profile. Throws where
    /// something is not as it should be; nothing is changed. <see cref="MakeVAppAsync"/> sends it, all machines in one request.
    /// </summary>
    /// <param name="recipe">What is wanted.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    internal async Task<(VcdVAppPlan Plan, IReadOnlyList<string> Names)> PlanMachinesAsync(VcdMachineRecipe recipe, CancellationToken cancellationToken)
    {
        var vapp = await ReadAsync(recipe.VAppHref, cancellationToken, "VApp").ConfigureAwait(false);
        var link = FindLink(vapp, Adding.Rel) ?? throw NotOffered(vapp, Adding);
        var href = VcdLink.Of(vapp).FirstOrDefault(l => l.Rel is "up" && l.IsOf("vdc"))?.Href;
        var vdc = href is null ? null : await ReadAsync(href, cancellationToken, "Vdc", "AdminVdc").ConfigureAwait(false);
        var profile = recipe.StorageProfile is null ? null : StorageProfileIn(vdc ?? throw NotAllowed(vapp, "Naming a storage profile", "The server does not say in which virtual data center the vApp is."), recipe.StorageProfile);
        var networks = recipe.Networks.Select(m => (m, m.Network is null ? null : NetworkOf(vapp, m.Network))).ToArray();
        var warnings = new List<string>();
        XElement[] items = [];
        XElement[] created = [];
        string[] names;
        if (recipe.Blank is { } blank)
        {
            NeedVersion(VcdAssumptions.FirstWithBlankMachines, "GuestOs", blank.GuestOs);
            names = [recipe.Name ?? string.Empty];
            NeedFreeNames(vapp, names);
            created = [Created(recipe, blank, vdc, networks, profile)];
        }
        else
        {
            // What is known of the sources is the same whether they come to a new vApp or to one that there is.
            var asked = new VcdVAppRecipe { Name = NameOf(vapp), VdcHref = href ?? string.Empty, Templates = recipe.Templates, VMs = recipe.VMs, ComputerNames = recipe.ComputerNames, AcceptsEula = recipe.AcceptsEula };
            var (_, machines) = await SourcesAsync(asked, cancellationToken).ConfigureAwait(false);
            names = NamesOf(recipe, machines);
            NeedFreeNames(vapp, names);
            if (recipe.Moves)
            {
                NeedMovable(vapp, machines);
            }

            var plan = VcdNetworkPlan.Of(networks, machines);
            if (plan.Unfit(machines).ToArray() is { Length: > 0 } unfit)
            {
                throw _session.Error(
                    OrchestratorErrorKind.Validation,
                    $"-Network {Listed(unfit, string.Empty)}: no network card is so called; there are {VcdNetworkPlan.Describe(machines)}. Nothing was sent.",
                    "The keys are cards (eth0), cards of one machine (NAME/eth0) or networks of the source; one network alone, without a table, is for all cards.");
            }

            var customized = Customized(asked, machines);
            items = machines.Select((m, i) => VcdBodies.SourcedItem(Item(m, names[i], plan, customized))).ToArray();
        }

        return (
            new VcdVAppPlan(link.Href, VcdBodies.RecomposeType, _ => VcdBodies.RecomposeVApp(vapp, items, created, recipe.AcceptsEula, []), $"Get-VcdVApp '{NameOf(vapp)}' -Detailed shows which machines it has, Get-VcdTask what is at work.")
            {
                Name = NameOf(vapp),
                Vdc = vdc is null ? string.Empty : NameOf(vdc),
                NumberOfVMs = names.Length,
                Warnings = warnings,
            },
            names);

        VcdSourcedItem Item(VcdMachineSource machine, string name, VcdNetworkPlan plan, Dictionary<VcdMachineSource, string?> customized)
        {
            var knowsParams = _session.Version! >= VcdAssumptions.FirstWithSourcedItems;
            var cards = Cards(vapp, plan, machine, warnings);
            return new VcdSourcedItem(machine.Href, machine.Type, knowsParams ? machine.Name : name)
            {
                NewName = knowsParams && name != machine.Name ? name : null,
                Description = recipe.Description,
                SourceDelete = recipe.Moves,
                StorageProfile = profile?.Href,
                Sections =
                [
                    .. machine.Connections is null || cards.Count == 0 ? [] : new[] { VcdBodies.NetworkConnections(machine.Connections, cards, newAddresses: !recipe.Moves) },
                    .. customized.TryGetValue(machine, out var computer) ? new[] { VcdBodies.GuestCustomization(VcdXml.Child(machine.Element, "GuestCustomizationSection"), computer, null) } : [],
                ],
            };
        }
    }

    /// <summary>Some machines of a vApp, by their names, as they are now.</summary>
    internal async Task<IReadOnlyList<VcdVM>> GetMachinesAsync(string vapp, IReadOnlyList<string> names, CancellationToken cancellationToken)
        => (await GetEntityAsync<VcdVApp>(vapp, cancellationToken).ConfigureAwait(false)).VMs.Where(m => names.Contains(m.Name, StringComparer.Ordinal)).ToArray();

    private string[] NamesOf(VcdMachineRecipe recipe, IReadOnlyList<VcdMachineSource> machines)
    {
        if (recipe.Name is { } name && machines.Count != 1)
        {
            throw _session.Error(OrchestratorErrorKind.Validation, string.Create(CultureInfo.InvariantCulture, $"-Name '{name}': one name is for one virtual machine, and there are {machines.Count}. Nothing was sent."), "Leave -Name out: each is called as its source.");
        }

        if (recipe.Description is { } description)
        {
            NeedVersion(VcdAssumptions.FirstWithSourcedItems, "Description", description);
        }

        return machines.Select(m => recipe.Name ?? m.Name).ToArray();
    }

    // The machines of a vApp have names of their own.
    private void NeedFreeNames(XElement vapp, string[] names)
    {
        var present = VcdXml.Children(VcdXml.Child(vapp, "Children"), "Vm").Select(NameOf).ToHashSet(StringComparer.Ordinal);
        if (Array.Find(names, present.Contains) is { } taken)
        {
            throw _session.Error(OrchestratorErrorKind.Conflict, $"vApp '{NameOf(vapp)}' has a virtual machine '{taken}' already. Nothing was sent.", "Give the new one another name with -Name.");
        }
    }

    // A machine that moves leaves its vApp as if it were removed.
    private void NeedMovable(XElement vapp, IReadOnlyList<VcdMachineSource> machines)
    {
        foreach (var machine in machines)
        {
            if (machine.Element.Name.LocalName is not "Vm" || VcdLink.Of(machine.Element).FirstOrDefault(l => l.Rel is "up" && l.IsOf("vApp")) is not { } home)
            {
                throw _session.Error(OrchestratorErrorKind.Validation, $"-Move: '{machine.Name}' is a virtual machine of a vApp template, which keeps it. Nothing was sent.", "Leave -Move out: it is copied.");
            }

            if (VcdObject.IsSame(home.Href, VcdXml.Text(vapp, "href")))
            {
                throw _session.Error(OrchestratorErrorKind.Validation, $"-Move: virtual machine '{machine.Name}' is in vApp '{NameOf(vapp)}' already. Nothing was sent.", "Name another vApp.");
            }

            if (IsDeployed(machine.Element))
            {
                throw _session.Error(OrchestratorErrorKind.WrongState, $"-Move: virtual machine '{machine.Name}' is deployed ({new VcdVM(machine.Element).Status}); only what is not deployed is moved. Nothing was sent.", "Stop-VcdVM stops it.");
            }

            if (FindLink(machine.Element, Leaving.Rel) is null)
            {
                throw NotOffered(machine.Element, Leaving);
            }
        }
    }

    /// <summary>Where each card of a machine comes to: as -Network says, else to the vApp's network of the same name, else nowhere.</summary>
    private static Dictionary<int, VcdCardPlan> Cards(XElement vapp, VcdNetworkPlan plan, VcdMachineSource machine, List<string> warnings)
    {
        var own = NetworksOf(vapp).Select(n => n.Name).ToHashSet(StringComparer.Ordinal);
        var cards = new Dictionary<int, VcdCardPlan>();
        foreach (var card in machine.Cards)
        {
            if (plan.For(machine, card) is { } wanted)
            {
                cards[card.Index] = wanted.Card;
            }
            else if (VcdNetworkPlan.IsOnNone(card))
            {
                continue;
            }
            else if (own.Contains(card.Network))
            {
                // An address that was given by hand is the source's own.
                cards[card.Index] = new VcdCardPlan(card.Network!, card.Mode is "DHCP" ? "DHCP" : "POOL", null, true);
            }
            else
            {
                cards[card.Index] = new VcdCardPlan(VcdNetworkPlan.None, "NONE", null, false);
                warnings.Add(string.Create(CultureInfo.InvariantCulture, $"Network card eth{card.Index} of virtual machine '{machine.Name}' will not be connected: it is on '{card.Network}' in the source, which vApp '{NameOf(vapp)}' has not, and -Network says nothing of it."));
            }
        }

        return cards;
    }

    private static VcdReference[] NetworksOf(XElement vapp)
        => VcdXml.Children(VcdXml.Child(vapp, "NetworkConfigSection"), "NetworkConfig")
            .Where(n => VcdXml.Text(n, "networkName") is { } name && name != VcdNetworkPlan.None)
            .Select(n => new VcdReference(VcdXml.Text(n, "networkName"), VcdReference.Of(VcdXml.ChildOf(VcdXml.Child(n, "Configuration"), "ParentNetwork"))?.Href ?? VcdXml.Text(n, "networkName")!, null))
            .ToArray();

    /// <summary>The network of a vApp that a text means: its name, or the id or address of the network of the virtual data center that it is on.</summary>
    private VcdReference NetworkOf(XElement vapp, string text)
        => Named(NetworksOf(vapp), text)
            ?? throw _session.Error(
                OrchestratorErrorKind.NotFound,
                $"-Network '{text}': vApp '{NameOf(vapp)}' has no such network; it has {Listed(NetworksOf(vapp).Select(n => n.Name!), "none")}. Nothing was sent.",
                "Name one of those, or give the vApp the network first (New-VcdVAppNetwork).");

    private XElement Created(VcdMachineRecipe recipe, VcdBlankMachine blank, XElement? vdc, (VcdNetworkMapping Mapping, VcdReference? Network)[] networks, VcdReference? profile)
    {
        var computer = recipe.ComputerNames.Count == 1 ? recipe.ComputerNames.Values.Single() : recipe.Name ?? string.Empty;
        if (!VcdAssumptions.IsComputerName(computer))
        {
            throw _session.Error(OrchestratorErrorKind.Validation, $"-ComputerName '{computer}': a computer name has 1 to 63 letters, digits and hyphens, not digits alone, and no hyphen at its ends. Nothing was sent.", "Where -ComputerName is left out, the name of the machine is taken.");
        }

        var supported = VcdXml.Children(VcdXml.ChildOf(VcdXml.ChildOf(vdc, "Capabilities"), "SupportedHardwareVersions"), "SupportedHardwareVersion")
            .Select(v => v.Value.Trim().StartsWith("vmx-", StringComparison.OrdinalIgnoreCase) && int.TryParse(v.Value.Trim().AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(n => n > 0).Order().ToArray();
        var known = string.Join(", ", supported.Select(n => n.ToString(CultureInfo.InvariantCulture)));
        if (blank.HardwareVersion is null && supported.Length == 0)
        {
            throw _session.Error(OrchestratorErrorKind.Validation, "-HardwareVersion is needed: the server does not say which versions the virtual data center has. Nothing was sent.", "A number, such as 19 for vmx-19.");
        }

        if (blank.HardwareVersion is { } version && supported.Length > 0 && Array.IndexOf(supported, version) < 0)
        {
            throw _session.Error(OrchestratorErrorKind.Validation, string.Create(CultureInfo.InvariantCulture, $"-HardwareVersion {version}: virtual data center '{NameOf(vdc!)}' has {known}. Nothing was sent."), "Name one of those, or leave it out for the highest.");
        }

        var cards = new SortedDictionary<int, VcdCardPlan>();
        foreach (var (mapping, network) in networks)
        {
            var digits = mapping.Card is { } key && key.StartsWith("eth", StringComparison.OrdinalIgnoreCase) ? key[3..] : mapping.Card ?? "0";
            if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index > 9)
            {
                throw _session.Error(OrchestratorErrorKind.Validation, $"-Network '{mapping.Card}': the network cards of a new machine are called eth0 to eth9. Nothing was sent.", "One network alone, without a table, is for eth0.");
            }

            cards[index] = network is null ? new VcdCardPlan(VcdNetworkPlan.None, "NONE", null, false) : new VcdCardPlan(network.Name ?? string.Empty, mapping.IPAddress is not null ? "MANUAL" : mapping.Mode ?? "POOL", mapping.IPAddress, true);
        }

        return VcdBodies.BlankMachine(recipe.Name ?? string.Empty, recipe.Description, blank with { HardwareVersion = blank.HardwareVersion ?? supported[^1] }, computer, cards, profile?.Href);
    }
}
