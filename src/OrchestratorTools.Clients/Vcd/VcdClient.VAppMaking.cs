using System.Globalization;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <content>vApps that are made: of one template (instantiated), of several templates and machines (composed), or empty.</content>
public sealed partial class VcdClient
{
    private const string MakingHint = "It needs the right to create vApps in this virtual data center, and one that is enabled.";
    private const int LongestLicence = 600;

    /// <summary>
    /// Looks at all that can be known before a vApp is made, and says what would be sent: the virtual data center and its networks, the name, the templates with their licences, the machines and their network cards. Throws where
    /// something is not as it should be; nothing is changed.
    /// </summary>
    /// <param name="recipe">What is wanted.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    internal async Task<VcdVAppPlan> PlanVAppAsync(VcdVAppRecipe recipe, CancellationToken cancellationToken)
    {
        var composes = recipe.Templates.Count != 1 || recipe.VMs.Count > 0;
        var type = composes ? VcdBodies.ComposeVAppType : VcdBodies.InstantiateTemplateType;
        var (vdc, link, profile, networks, (sizing, placement)) = await PlaceAsync(recipe, type, cancellationToken).ConfigureAwait(false);
        var (templates, machines) = await SourcesAsync(recipe, cancellationToken).ConfigureAwait(false);
        var plan = VcdNetworkPlan.Of(networks, machines);
        if (plan.Unfit(machines).ToArray() is { Length: > 0 } unfit)
        {
            throw _session.Error(
                OrchestratorErrorKind.Validation,
                $"-Network {Listed(unfit, string.Empty)}: no network card is so called{(machines.Count == 0 ? ", for there is no machine" : $"; there are {VcdNetworkPlan.Describe(machines)}")}. Nothing was sent.",
                "The keys are cards (eth0), cards of one machine (NAME/eth0) or networks of the template; one network alone, without a table, is for all cards.");
        }

        var customized = Customized(recipe, machines);
        var saysItems = composes || profile is not null || sizing is not null || placement is not null || recipe.Networks.Count > 0 || customized.Count > 0;
        var old = !composes && _session.Version! < VcdAssumptions.FirstWithSourcedItems;
        if (old && customized.Count > 0)
        {
            NeedVersion(VcdAssumptions.FirstWithSourcedItems, recipe.ComputerNames.Count > 0 ? "ComputerName" : recipe.AdminPassword is not null ? "AdminPassword" : "CustomizeGuest", recipe.ComputerNames.Values.FirstOrDefault() ?? "…");
        }

        var warnings = new List<string>();
        var wiring = old ? OldWiring(plan, templates[0], machines) : Wiring(plan, composes ? null : templates[0], machines, recipe.Networks.Count > 0, warnings);
        var sections = Sections(recipe.RuntimeLease, recipe.StorageLease, wiring.Networks, saysNetworks: recipe.Networks.Count > 0);
        return new VcdVAppPlan(link.Href, type, Body, $"Get-VcdVApp '{recipe.Name}' -Vdc '{NameOf(vdc)}' -Detailed shows whether it was made, Get-VcdTask what is at work.")
        {
            Name = recipe.Name,
            Vdc = NameOf(vdc),
            NumberOfVMs = machines.Count,
            Warnings = warnings,
            Password = recipe.AdminPassword,
        };

        XElement Body(string? password)
        {
            var head = new VcdVAppHead(recipe.Name, recipe.Description, recipe.PowersOn);
            var items = old || !saysItems ? [] : machines.Select(m => VcdBodies.SourcedItem(m.ToItem() with
            {
                Sections =
                [
                    .. wiring.Cards.TryGetValue(m, out var cards) && m.Connections is not null ? new[] { VcdBodies.NetworkConnections(m.Connections, cards, newAddresses: true) } : [],
                    .. customized.TryGetValue(m, out var computer) ? new[] { VcdBodies.GuestCustomization(VcdXml.Child(m.Element, "GuestCustomizationSection"), computer, password) } : [],
                ],
                StorageProfile = profile?.Href,
                SizingPolicy = sizing,
                PlacementPolicy = placement,
            })).ToArray();
            if (composes)
            {
                return VcdBodies.ComposeVApp(head, sections, items, recipe.AcceptsEula);
            }

            var profiles = old && profile is not null ? machines.Select(m => VcdBodies.SourcedVmProfile(m.Href, m.Type, m.Name, profile.Href)) : [];
            return VcdBodies.InstantiateTemplate(head, sections, VcdBodies.Source(VcdXml.Text(templates[0], "href") ?? recipe.Templates[0], VcdXml.Text(templates[0], "type"), NameOf(templates[0])), items, profiles, recipe.AcceptsEula);
        }
    }

    /// <summary>Looks at all of a recipe that can be known without its template: the virtual data center and what it has, the name, and the licences where their texts are known.</summary>
    /// <param name="recipe">What is wanted.</param>
    /// <param name="title">What the licences are of.</param>
    /// <param name="licences">Their texts.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    /// <returns>The name of the virtual data center.</returns>
    internal async Task<string> CheckPlaceAsync(VcdVAppRecipe recipe, string title, IReadOnlyList<string> licences, CancellationToken cancellationToken)
    {
        NeedAccepted(title, licences, recipe.AcceptsEula);
        return NameOf((await PlaceAsync(recipe, VcdBodies.InstantiateTemplateType, cancellationToken).ConfigureAwait(false)).Vdc);
    }

    private async Task<(XElement Vdc, VcdLink Link, VcdReference? Profile, (VcdNetworkMapping Mapping, VcdReference? Network)[] Networks, (VcdReference? Sizing, VcdReference? Placement) Policies)> PlaceAsync(VcdVAppRecipe recipe, string type, CancellationToken cancellationToken)
    {
        var vdc = await ReadAsync(recipe.VdcHref, cancellationToken, "Vdc", "AdminVdc").ConfigureAwait(false);
        var (_, link) = await NeedLinkAsync(vdc, "add", type, "Making a vApp in the virtual data center", MakingHint, cancellationToken).ConfigureAwait(false);
        await NeedFreeNameAsync(recipe.Name, vdc, cancellationToken).ConfigureAwait(false);
        return (
            vdc,
            link,
            StorageProfileIn(vdc, recipe.StorageProfile),
            recipe.Networks.Select(m => (m, m.Network is null ? null : NetworkIn(vdc, m.Network))).ToArray(),
            await PoliciesInAsync(vdc, recipe.SizingPolicy, recipe.PlacementPolicy, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Sends what was planned. The vApp is there at once, with the task that makes it.</summary>
    internal async Task<VcdChange> MakeVAppAsync(VcdVAppPlan plan, CancellationToken cancellationToken)
    {
        using var secret = Reveal(plan.Password);
        return await ChangeAsync(
            new VcdChangeRequest(HttpMethod.Post, plan.Href, plan.Outcome) { Body = plan.Body(secret.Text), ContentType = plan.ContentType, IsSecret = plan.Password is not null },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The vApp that was made, as it is now.</summary>
    internal async Task<VcdVApp> VAppOfAsync(VcdChange change, VcdVAppPlan plan, CancellationToken cancellationToken)
    {
        var vapp = await GetEntityAsync<VcdVApp>(change.Href ?? throw _session.Error(OrchestratorErrorKind.Protocol, $"The server does not say where vApp '{plan.Name}' is.", plan.Outcome), cancellationToken).ConfigureAwait(false);
        vapp.Vdc ??= plan.Vdc;
        return vapp;
    }

    /// <summary>What the bad end of a task that made a vApp has left behind, in the error; removed where that is asked for.</summary>
    /// <param name="e">How the task ended.</param>
    /// <param name="change">What was started.</param>
    /// <param name="plan">What was planned.</param>
    /// <param name="removes">True: what is left is removed.</param>
    /// <param name="timeout">The longest wait for each step of the removal; null: without end.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task<OrchestratorApiException> RemainsOfAsync(OrchestratorApiException e, VcdChange change, VcdVAppPlan plan, bool removes, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        if (e.Kind is not OrchestratorErrorKind.Failed || change.Href is not { } href)
        {
            return e.Kind is OrchestratorErrorKind.Timeout && removes ? With(e, e.Message + " Nothing was removed.", e.RecommendedAction) : e;
        }

        VcdVApp left;
        try
        {
            left = await GetEntityAsync<VcdVApp>(href, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException gone) when (gone.Kind is OrchestratorErrorKind.NotFound or OrchestratorErrorKind.Permission)
        {
            return With(e, $"{e.Message} Nothing is left of vApp '{plan.Name}'.", e.RecommendedAction);
        }

        var what = string.Create(CultureInfo.InvariantCulture, $"vApp '{left.Name}' ({left.Status}, {left.VMs.Count} virtual machine{(left.VMs.Count == 1 ? string.Empty : "s")}, {left.Href})");
        if (!removes)
        {
            return With(e, $"{e.Message} It left {what} in virtual data center '{plan.Vdc}'.", $"Remove-VcdVApp '{left.Name}' -Force removes what is left; with -RemoveOnFailure this command does so itself.");
        }

        try
        {
            var removal = await RemoveVAppAsync(href, left.IsDeployed is true, timeout, cancellationToken).ConfigureAwait(false);
            await FollowAsync(removal.Task, timeout, FirstStep, cancellationToken).ConfigureAwait(false);
            return With(e, $"{e.Message} It left {what}; that was removed.", e.RecommendedAction);
        }
        catch (OrchestratorApiException second)
        {
            return With(e, $"{e.Message} It left {what}, which could not be removed: {second.Message}", $"Remove-VcdVApp '{left.Name}' -Force removes what is left.");
        }
    }

    private async Task<(IReadOnlyList<XElement> Templates, IReadOnlyList<VcdMachineSource> Machines)> SourcesAsync(VcdVAppRecipe recipe, CancellationToken cancellationToken)
    {
        var templates = new List<XElement>();
        var machines = new List<VcdMachineSource>();
        foreach (var href in recipe.Templates)
        {
            var template = await ReadAsync(href, cancellationToken, "VAppTemplate").ConfigureAwait(false);
            NeedUsable(template, recipe.AcceptsEula);
            templates.Add(template);
            machines.AddRange(VcdXml.Children(VcdXml.Child(template, "Children"), "Vm").Select(v => new VcdMachineSource(v)));
        }

        var licensed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var href in recipe.VMs)
        {
            // A template's machine is a VAppTemplate at its own address.
            var machine = await ReadAsync(href, cancellationToken, "Vm", "VAppTemplate").ConfigureAwait(false);
            machines.Add(new VcdMachineSource(machine));

            // The licence of a template counts for each of its machines, but stands in the template.
            if (VcdLink.Of(machine).FirstOrDefault(l => l.Rel is "up" && l.IsOf("vAppTemplate")) is { } up && licensed.Add(up.Href))
            {
                NeedUsable(await ReadAsync(up.Href, cancellationToken, "VAppTemplate").ConfigureAwait(false), recipe.AcceptsEula);
            }
        }

        return machines.GroupBy(m => m.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? throw _session.Error(OrchestratorErrorKind.Validation, $"{twice.Count()} of the virtual machines are called '{twice.Key}'; in one vApp each has a name of its own. Nothing was sent.", "Make a vApp of each; a machine that has another name there can be added to the first one then.")
            : (templates, machines);
    }

    private void NeedUsable(XElement template, bool acceptsEula)
    {
        if (VcdXml.Number(template, "status") is { } status and not 8)
        {
            throw _session.Error(OrchestratorErrorKind.WrongState, $"vApp template '{NameOf(template)}' cannot be used ({VcdAssumptions.TemplateStatus((int)status) ?? VcdAssumptions.ResourceStatus((int)status)}). Nothing was sent.", status < 0 ? "Its import failed; Remove-VcdTemplate removes it." : "Wait for its import: Get-VcdTransfer and Get-VcdTask show it.");
        }

        // The licence is a section of OVF, of the template or of its machines.
        var licences = template.Descendants().Where(e => e.Name.LocalName is "EulaSection").Select(e => VcdXml.ChildText(e, "License")?.Trim()).OfType<string>().Where(t => t.Length > 0).Distinct(StringComparer.Ordinal).ToArray();
        NeedAccepted($"vApp template '{NameOf(template)}'", licences, acceptsEula);
    }

    private void NeedAccepted(string title, IReadOnlyList<string> licences, bool acceptsEula)
    {
        if (licences.Count > 0 && !acceptsEula)
        {
            var text = string.Join(" / ", licences);
            throw _session.Error(
                OrchestratorErrorKind.Validation,
                $"{title} has a licence, which is accepted only with -AcceptEula: \"{(text.Length > LongestLicence ? text[..LongestLicence] + "…" : text)}\" Nothing was sent.",
                "Read it, and run the command with -AcceptEula if you accept it.");
        }
    }

    // The machines whose guest is customized, with the computer name where one is given.
    private Dictionary<VcdMachineSource, string?> Customized(VcdVAppRecipe recipe, IReadOnlyList<VcdMachineSource> machines)
    {
        var names = new Dictionary<VcdMachineSource, string?>();
        if (recipe.CustomizesGuests || recipe.AdminPassword is not null)
        {
            foreach (var machine in machines)
            {
                names[machine] = null;
            }
        }

        foreach (var (key, name) in recipe.ComputerNames)
        {
            var machine = key.Length == 0
                ? machines.Count == 1 ? machines[0] : throw Unfit($"there are {machines.Count.ToString(CultureInfo.InvariantCulture)} virtual machines ({Listed(machines.Select(m => m.Name), "none")}), and each needs a name of its own", "Give a table: -ComputerName @{ MACHINE = 'name' }.")
                : machines.FirstOrDefault(m => string.Equals(m.Name, key, StringComparison.Ordinal)) ?? machines.FirstOrDefault(m => string.Equals(m.Name, key, StringComparison.OrdinalIgnoreCase))
                    ?? throw Unfit($"there is no virtual machine '{key}'; there are {Listed(machines.Select(m => m.Name), "none")}", "The keys are the machines' names in the source.");
            names[machine] = VcdAssumptions.IsComputerName(name) ? name : throw Unfit("a computer name has 1 to 63 letters, digits and hyphens, not digits alone, and no hyphen at its ends", "Windows takes 15 of them.");

            OrchestratorApiException Unfit(string why, string hint) => _session.Error(OrchestratorErrorKind.Validation, $"-ComputerName '{name}': {why}. Nothing was sent.", hint);
        }

        return names;
    }

    /// <summary>
    /// The networks of the vApp and the cards of its machines. A network of the virtual data center is called in the vApp as it is there. A card of which nothing is said stays on a network that is the template's own (isolated);
    /// on any other it would be on something that the vApp has not, and is not connected.
    /// </summary>
    private static (IReadOnlyList<XElement> Networks, Dictionary<VcdMachineSource, IReadOnlyDictionary<int, VcdCardPlan>> Cards) Wiring(VcdNetworkPlan plan, XElement? template, IReadOnlyList<VcdMachineSource> machines, bool saysNetworks, List<string> warnings)
    {
        var cards = new Dictionary<VcdMachineSource, IReadOnlyDictionary<int, VcdCardPlan>>();
        if (!saysNetworks && template is not null)
        {
            return ([], cards);
        }

        var networks = plan.Networks.ToDictionary(n => n.Name ?? n.Href, n => VcdBodies.BridgedNetwork(n.Name ?? n.Href, n.Href, n.Name), StringComparer.Ordinal);
        foreach (var machine in machines)
        {
            var connections = new Dictionary<int, VcdCardPlan>();
            foreach (var card in machine.Cards)
            {
                if (plan.For(machine, card) is { } wanted)
                {
                    connections[card.Index] = wanted.Card;
                }
                else if (!VcdNetworkPlan.IsOnNone(card))
                {
                    if (!networks.ContainsKey(card.Network!) && Isolated(template, card.Network!) is { } own)
                    {
                        networks[card.Network!] = VcdBodies.CopiedNetwork(own, null, null);
                    }
                    else if (Isolated(template, card.Network!) is null || plan.Networks.Any(n => n.Name == card.Network))
                    {
                        connections[card.Index] = new VcdCardPlan(VcdNetworkPlan.None, "NONE", null, false);
                        warnings.Add(string.Create(CultureInfo.InvariantCulture, $"Network card eth{card.Index} of virtual machine '{machine.Name}' will not be connected: it is on '{card.Network}' in the source, and -Network says nothing of it."));
                    }
                }
            }

            cards[machine] = connections;
        }

        return ([.. networks.Values], cards);
    }

    /// <summary>
    /// The networks of a vApp as versions before 5.6 can say it (the guide's "Deploy the vApp"): the vApp has the template's network, on the network of the virtual data center as its parent. So all cards on one of them go to
    /// one place, and those that are on none stay there.
    /// </summary>
    private (IReadOnlyList<XElement> Networks, Dictionary<VcdMachineSource, IReadOnlyDictionary<int, VcdCardPlan>> Cards) OldWiring(VcdNetworkPlan plan, XElement template, IReadOnlyList<VcdMachineSource> machines)
    {
        var networks = new Dictionary<string, (VcdReference? Parent, string Card)>(StringComparer.Ordinal);
        foreach (var machine in machines)
        {
            foreach (var card in machine.Cards)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{machine.Name}/eth{card.Index}");
                var wanted = plan.For(machine, card);
                if (VcdNetworkPlan.IsOnNone(card))
                {
                    _ = wanted is { Network: not null } ? throw TooOld(name, "it is on no network in the template") : wanted;
                    continue;
                }

                if (wanted is { Card.Mode: var mode } && wanted.Value.Network is not null && mode != (card.Mode is "DHCP" ? "DHCP" : "POOL"))
                {
                    throw TooOld(name, $"its address is to be given another way ({mode}) than in the template");
                }

                if (wanted is { Network: null })
                {
                    throw TooOld(name, "it is not to be connected");
                }

                if (networks.TryGetValue(card.Network!, out var other) && other.Parent?.Href != wanted?.Network?.Href)
                {
                    throw TooOld(name, $"it is on the same network '{card.Network}' in the template as {other.Card}, which goes elsewhere");
                }

                networks[card.Network!] = (wanted?.Network, name);
            }
        }

        var own = VcdXml.Children(VcdXml.Child(template, "NetworkConfigSection"), "NetworkConfig").ToArray();
        return ([.. networks.Select(n => n.Value.Parent is { } parent
            ? VcdBodies.BridgedNetwork(n.Key, parent.Href, parent.Name)
            : Array.Find(own, c => VcdXml.Text(c, "networkName") == n.Key) is { } present ? VcdBodies.CopiedNetwork(present, null, null) : null).OfType<XElement>()], []);

        OrchestratorApiException TooOld(string card, string why) => _session.Error(
            OrchestratorErrorKind.Validation,
            $"-Network for network card '{card}': {why}; that can be said from API {VcdAssumptions.FirstWithSourcedItems} on, and this connection speaks {_session.ApiVersion}. Nothing was sent.",
            "Make the vApp without that, and change the machine's network cards then.");
    }

    private static XElement? Isolated(XElement? template, string network)
        => template is null ? null : VcdXml.Children(VcdXml.Child(template, "NetworkConfigSection"), "NetworkConfig").FirstOrDefault(n => VcdXml.Text(n, "networkName") == network && VcdXml.ChildText(VcdXml.Child(n, "Configuration") ?? n, "FenceMode") is "isolated");

    private static List<XElement> Sections(TimeSpan? runtime, TimeSpan? storage, IReadOnlyList<XElement> networks, bool saysNetworks)
    {
        var sections = new List<XElement>();
        if (runtime is not null || storage is not null)
        {
            sections.Add(VcdBodies.LeaseSettings(runtime, storage));
        }

        if (saysNetworks || networks.Count > 0)
        {
            sections.Add(VcdBodies.NetworkConfigSection(networks));
        }

        return sections;
    }
}
