using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <content>vApps that are copied, moved and made templates of.</content>
public sealed partial class VcdClient
{
    /// <summary>Looks at all that can be known before a vApp is copied (or moved by a copy), and says what would be sent.</summary>
    internal async Task<VcdVAppPlan> PlanCopyAsync(VcdVAppCopy copy, CancellationToken cancellationToken)
    {
        var vapp = await ReadAsync(copy.Href, cancellationToken, "VApp").ConfigureAwait(false);
        var (vdc, sameVdc) = await TargetOfAsync(vapp, copy.VdcHref, cancellationToken).ConfigureAwait(false);
        var (_, link) = await NeedLinkAsync(vdc, "add", VcdBodies.CloneVAppType, $"{(copy.RemovesSource ? "Moving" : "Copying")} a vApp into the virtual data center", MakingHint, cancellationToken).ConfigureAwait(false);
        NeedUndeployed(vapp, copy.RemovesSource ? "moved by a copy" : "copied", always: copy.RemovesSource);

        var name = copy.Name ?? NameOf(vapp);
        if (!copy.RemovesSource || !sameVdc)
        {
            await NeedFreeNameAsync(name, vdc, cancellationToken).ConfigureAwait(false);
        }

        var profile = StorageProfileIn(vdc, copy.StorageProfile);
        var networks = sameVdc && copy.Networks.Count == 0 ? [] : NetworksFor(vapp, vdc, copy.Networks);
        var sections = Sections(copy.RuntimeLease, copy.StorageLease, networks, saysNetworks: networks.Count > 0);
        var machines = VcdXml.Children(VcdXml.Child(vapp, "Children"), "Vm").Select(v => new VcdMachineSource(v)).ToArray();
        var old = _session.Version! < VcdAssumptions.FirstWithSourcedItems;
        return new VcdVAppPlan(link.Href, VcdBodies.CloneVAppType, Body, $"Get-VcdVApp '{name}' -Vdc '{NameOf(vdc)}' -Detailed shows whether it was made, Get-VcdTask what is at work.") { Name = name, Vdc = NameOf(vdc), NumberOfVMs = machines.Length };

        XElement Body(string? password) => VcdBodies.CloneVApp(
            new VcdVAppHead(name, copy.Description, copy.PowersOn),
            sections,
            VcdBodies.Source(VcdXml.Text(vapp, "href") ?? copy.Href, VcdXml.Text(vapp, "type"), NameOf(vapp)),
            copy.RemovesSource,
            profile is null || old ? [] : machines.Select(m => VcdBodies.SourcedItem(m.ToItem() with { StorageProfile = profile.Href })),
            profile is null || !old ? [] : machines.Select(m => VcdBodies.SourcedVmProfile(m.Href, m.Type, m.Name, profile.Href)));
    }

    /// <summary>
    /// Looks at all that can be known before a vApp is moved as it is, and says what would be sent. It keeps its id and may run meanwhile (the vendor's reference, API 34.0), which a copy whose source goes is not: that has new ids.
    /// </summary>
    internal async Task<VcdVAppPlan> PlanMoveAsync(VcdVAppCopy move, CancellationToken cancellationToken)
    {
        var vapp = await ReadAsync(move.Href, cancellationToken, "VApp").ConfigureAwait(false);
        var (vdc, sameVdc) = await TargetOfAsync(vapp, move.VdcHref, cancellationToken).ConfigureAwait(false);
        if (sameVdc)
        {
            throw _session.Error(OrchestratorErrorKind.Validation, $"-Vdc '{NameOf(vdc)}': vApp '{NameOf(vapp)}' is in this virtual data center already. Nothing was sent.", "Name another one; Get-VcdVdc lists them.");
        }

        var link = VcdAssumptions.MoveLink(vdc) ?? (await OtherViewAsync(vdc, cancellationToken).ConfigureAwait(false) is { } other ? VcdAssumptions.MoveLink(other) : null) ?? throw _session.Error(
            OrchestratorErrorKind.Permission,
            $"vApp '{NameOf(vapp)}' cannot be moved as it is: virtual data center '{NameOf(vdc)}' offers no way to. It is there from API 34.0 on, with the rights that it needs; this connection speaks {_session.ApiVersion}. Nothing was sent.",
            "-AllowNewIdentity moves it by a copy whose source is removed: it has to be undeployed, and vApp and machines get new ids.");
        await NeedFreeNameAsync(NameOf(vapp), vdc, cancellationToken).ConfigureAwait(false);
        var wanted = StorageProfileIn(vdc, move.StorageProfile);
        var profiles = VcdReference.AllOf(VcdXml.Child(vdc, "VdcStorageProfiles"), "VdcStorageProfile");
        var machines = VcdXml.Children(VcdXml.Child(vapp, "Children"), "Vm").Select(v => new VcdMachineSource(v)).ToArray();
        var networks = NetworksFor(vapp, vdc, move.Networks);
        return new VcdVAppPlan(link.Href, VcdBodies.MoveVAppType, Body, $"Get-VcdVApp '{NameOf(vapp)}' -Detailed shows where it is, Get-VcdTask what is at work.") { Name = NameOf(vapp), Vdc = NameOf(vdc), NumberOfVMs = machines.Length };

        // Every machine has to be named. It goes to the storage profile that is called as its present one, where there is such a one.
        XElement Body(string? password) => VcdBodies.MoveVApp(
            VcdBodies.Source(VcdXml.Text(vapp, "href") ?? move.Href, VcdXml.Text(vapp, "type"), NameOf(vapp)),
            networks.Count == 0 ? [] : [VcdBodies.NetworkConfigSection(networks)],
            machines.Select(m => VcdBodies.SourcedItem(m.ToItem() with
            {
                Sections = m.Connections is null ? [] : [VcdBodies.NetworkConnections(m.Connections, new Dictionary<int, VcdCardPlan>(), newAddresses: false)],
                StorageProfile = (wanted ?? (VcdReference.Of(VcdXml.Child(m.Element, "StorageProfile"))?.Name is { } present ? Named(profiles, present) : null))?.Href,
            })));
    }

    /// <summary>Looks at all that can be known before a template is made of a vApp, and says what would be sent.</summary>
    /// <param name="href">The vApp.</param>
    /// <param name="catalogHref">The catalog.</param>
    /// <param name="name">The template's name; null: the vApp's.</param>
    /// <param name="description">Its description.</param>
    /// <param name="customizeOnInstantiate">Whether machines that are made of it are customized; null: the server's choice.</param>
    /// <param name="overwrite">True: a template of the name in the catalog is replaced.</param>
    /// <param name="storageProfile">The storage profile that stores it, of the vApp's virtual data center.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    /// <returns>The plan; and whether the template has to be added to the catalog afterwards, since the server makes it outside.</returns>
    internal async Task<(VcdVAppPlan Plan, bool AddsItem)> PlanCaptureAsync(string href, string catalogHref, string? name, string? description, bool? customizeOnInstantiate, bool overwrite, string? storageProfile, CancellationToken cancellationToken)
    {
        var vapp = await ReadAsync(href, cancellationToken, "VApp").ConfigureAwait(false);
        var title = name ?? NameOf(vapp);
        var catalog = await ReadCatalogAsync(catalogHref, cancellationToken).ConfigureAwait(false);
        if (VcdXml.Child(VcdXml.Child(vapp, "Children") ?? vapp, "Vm") is null)
        {
            throw _session.Error(OrchestratorErrorKind.WrongState, $"vApp '{NameOf(vapp)}' has no virtual machine, so that no template can be made of it. Nothing was sent.");
        }

        NeedUndeployed(vapp, "made a template of", always: false);
        var present = await ItemInAsync(catalog, title, cancellationToken).ConfigureAwait(false);
        if (present is not null && !overwrite)
        {
            throw _session.Error(OrchestratorErrorKind.Conflict, $"-Name '{title}': catalog '{NameOf(catalog)}' has an item of that name already. Nothing was sent.", "Choose another name, or replace the template with -Force.");
        }

        if (present is not null)
        {
            NeedVersion(VcdAssumptions.FirstWithCatalogUpload, "Force", title);
        }

        XElement? vdc = null;
        if (storageProfile is not null || await LinkOfAsync(catalog, "add", VcdBodies.CaptureVAppType, cancellationToken).ConfigureAwait(false) is null)
        {
            vdc = (await TargetOfAsync(vapp, null, cancellationToken).ConfigureAwait(false)).Vdc;
        }

        var profile = storageProfile is null ? null : StorageProfileIn(vdc!, storageProfile);

        // Catalogs take captures from some version on; before that a virtual data center makes the template, and it is added to the catalog afterwards, unless it takes the place of one that is there.
        var ofCatalog = await LinkOfAsync(catalog, "add", VcdBodies.CaptureVAppType, cancellationToken).ConfigureAwait(false);
        var link = ofCatalog?.Link ?? (await NeedLinkAsync(vdc!, "add", VcdBodies.CaptureVAppType, "Making a template of the vApp", "It needs the right to create templates, and to change the catalog.", cancellationToken).ConfigureAwait(false)).Link;
        var adds = ofCatalog is null && present is null;
        if (adds)
        {
            await NeedLinkAsync(catalog, "add", VcdBodies.CatalogItemType, "Adding an item to the catalog", TargetHint, cancellationToken).ConfigureAwait(false);
        }

        var plan = new VcdVAppPlan(link.Href, VcdBodies.CaptureVAppType, Body, $"Get-VcdTemplate '{title}' -Detailed shows whether it was made, Get-VcdTask what is at work.") { Name = title, Vdc = NameOf(vdc ?? catalog), Replaces = present is not null };
        return (plan, adds);

        XElement Body(string? password) => VcdBodies.CaptureVApp(
            title,
            description,
            VcdBodies.Source(VcdXml.Text(vapp, "href") ?? href, VcdXml.Text(vapp, "type"), NameOf(vapp)),
            customizeOnInstantiate,
            profile?.Href,
            present is null ? null : VcdBodies.TargetCatalogItem(VcdXml.Text(present, "href") ?? string.Empty, title));
    }

    /// <summary>Makes a template of a vApp, as it was planned.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="catalog">The catalog that it is added to when it is there; null: the server puts it there.</param>
    /// <param name="timeout">The longest wait for the template, where it has to be added; null: without end.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    internal async Task<VcdChange> CaptureAsync(VcdVAppPlan plan, string? catalog, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var change = await MakeVAppAsync(plan, cancellationToken).ConfigureAwait(false);
        if (catalog is null)
        {
            return change;
        }

        var template = change.Href ?? throw _session.Error(OrchestratorErrorKind.Protocol, $"The server does not say where template '{plan.Name}' is.", plan.Outcome);
        await FollowAsync(change.Task, timeout, FirstStep, cancellationToken).ConfigureAwait(false);
        try
        {
            var added = await AddCatalogItemAsync(catalog, template, plan.Name, null, cancellationToken).ConfigureAwait(false);
            await FollowAsync(added.Task, timeout, FirstStep, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e)
        {
            throw With(e, $"Template '{plan.Name}' was made ({template}), but is in no catalog yet: {e.Message}", $"Get-VcdTemplate '{plan.Name}' | Add-VcdCatalogItem adds it to the catalog, Remove-VcdTemplate removes it.");
        }

        return change with { Task = null };
    }

    /// <summary>The template that was made, as it is now.</summary>
    internal async Task<VcdTemplate> TemplateOfAsync(VcdChange change, VcdVAppPlan plan, string catalog, string catalogHref, CancellationToken cancellationToken)
    {
        var template = await GetEntityAsync<VcdTemplate>(change.Href ?? throw _session.Error(OrchestratorErrorKind.Protocol, $"The server does not say where template '{plan.Name}' is.", plan.Outcome), cancellationToken).ConfigureAwait(false);
        template.Catalog ??= catalog;
        template.CatalogHref ??= catalogHref;
        return template;
    }

    /// <summary>The virtual data center that a copy goes to, and whether it is the vApp's own.</summary>
    private async Task<(XElement Vdc, bool IsSame)> TargetOfAsync(XElement vapp, string? href, CancellationToken cancellationToken)
    {
        var own = VcdLink.Of(vapp).FirstOrDefault(l => l.Rel is "up" && l.IsOf("vdc"))?.Href;
        var target = href ?? own ?? throw _session.Error(OrchestratorErrorKind.Validation, $"The server does not say which virtual data center vApp '{NameOf(vapp)}' is in; name one with -Vdc.");
        return (await ReadAsync(target, cancellationToken, "Vdc", "AdminVdc").ConfigureAwait(false), own is not null && VcdObject.IsSame(own, target));
    }

    /// <summary>The networks of a vApp for another virtual data center: isolated ones as they are, others on the network that is said, or that is the same or called the same there.</summary>
    private List<XElement> NetworksFor(XElement vapp, XElement vdc, IReadOnlyList<VcdNetworkMapping> mappings)
    {
        var present = VcdXml.Children(VcdXml.Child(vapp, "NetworkConfigSection"), "NetworkConfig").Where(n => VcdXml.Text(n, "networkName") is not (null or VcdNetworkPlan.None)).ToArray();
        var available = VcdReference.AllOf(VcdXml.Child(vdc, "AvailableNetworks"), "Network");
        foreach (var mapping in mappings)
        {
            if (mapping.Network is null || mapping.Mode is not null || mapping.IPAddress is not null)
            {
                throw _session.Error(OrchestratorErrorKind.Validation, $"-Network '{mapping.Card}': a network of virtual data center '{NameOf(vdc)}' is needed for a network of the vApp, and nothing else. Nothing was sent.", $"It has {Listed(available.Select(n => n.Name ?? n.Href), "none")}.");
            }

            if (mapping.Card is { } key && !present.Any(n => IsCalled(n, key)))
            {
                throw _session.Error(OrchestratorErrorKind.Validation, $"-Network '{key}': vApp '{NameOf(vapp)}' has no such network; it has {Listed(present.Select(n => VcdXml.Text(n, "networkName")!), "no network")}. Nothing was sent.", "The keys are networks of the vApp, the values networks of the virtual data center.");
            }
        }

        return present.Select(Target).ToList();

        XElement Target(XElement network)
        {
            var name = VcdXml.Text(network, "networkName")!;
            var configuration = VcdXml.Child(network, "Configuration") ?? network;
            var parent = VcdReference.Of(VcdXml.Child(configuration, "ParentNetwork"));
            var fence = VcdXml.ChildText(configuration, "FenceMode");
            var mapping = mappings.FirstOrDefault(m => m.Card is { } key && IsCalled(network, key)) ?? (parent is null ? null : mappings.FirstOrDefault(m => m.Card is null));
            if (mapping is null && parent is null)
            {
                return VcdBodies.CopiedNetwork(network, null, null);
            }

            var to = mapping is not null
                ? NetworkIn(vdc, mapping.Network!)
                : available.FirstOrDefault(n => VcdObject.IsSame(n.Href, parent!.Href)) ?? Named(available, parent!.Name ?? name)
                    ?? throw _session.Error(
                        OrchestratorErrorKind.Validation,
                        $"Network '{name}' of vApp '{NameOf(vapp)}' is on '{parent.Name ?? parent.Href}', which virtual data center '{NameOf(vdc)}' has not; it has {Listed(available.Select(n => n.Name ?? n.Href), "no network")}. Nothing was sent.",
                        $"Say where it is to be: -Network @{{ '{name}' = 'NETWORK' }}.");
            return fence is "natRouted" && parent is not null ? VcdBodies.CopiedNetwork(network, to.Href, to.Name) : VcdBodies.BridgedNetwork(name, to.Href, to.Name);
        }

        static bool IsCalled(XElement network, string name) => string.Equals(VcdXml.Text(network, "networkName"), name, StringComparison.OrdinalIgnoreCase);
    }

    private void NeedUndeployed(XElement vapp, string what, bool always)
    {
        if (VcdXml.Flag(vapp, "deployed") is true && (always || !VcdAssumptions.CopiesDeployed(_session.Version!)))
        {
            throw _session.Error(OrchestratorErrorKind.WrongState, $"vApp '{NameOf(vapp)}' is deployed ({((VcdResource)VcdEntities.Read(vapp)).Status}); only one that is not is {what}. Nothing was sent.", $"Stop-VcdVApp '{NameOf(vapp)}' -Wait stops and undeploys it.");
        }
    }

    private async Task<XElement?> ItemInAsync(XElement catalog, string name, CancellationToken cancellationToken)
    {
        // A large catalog lists its items in pages; the list is asked, then, and the catalog's own word counts where it has them.
        var own = VcdXml.Children(VcdXml.Child(catalog, "CatalogItems"), "CatalogItem").FirstOrDefault(i => string.Equals(VcdXml.Text(i, "name"), name, StringComparison.Ordinal));
        if (own is not null)
        {
            return own;
        }

        var listing = new VcdListing { Names = [VcdNamePattern.Of(name)], Conditions = [new VcdCondition("catalogName") { Values = [NameOf(catalog)] }], Organization = Tenant };
        await foreach (var item in ListAsync<VcdCatalogItem>(listing, cancellationToken).ConfigureAwait(false))
        {
            if (string.Equals(item.Name, name, StringComparison.Ordinal) && (item.CatalogHref is null || VcdObject.IsSame(item.CatalogHref, VcdXml.Text(catalog, "href"))))
            {
                return await ReadItemAsync(item.Href, cancellationToken).ConfigureAwait(false);
            }
        }

        return null;
    }
}
