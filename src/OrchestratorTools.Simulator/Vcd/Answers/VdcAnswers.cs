using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Virtual data centres and their storage profiles.</summary>
internal static class VdcAnswers
{
    // POST vdc/{id}/media and …/action/uploadVAppTemplate went with 33.0 (facts/vcd.md, "Removals that matter").
    private static readonly ApiVersion LastWithUpload = new("33.0");
    private static readonly ApiVersion FirstWithStorageProfiles = new("5.1");
    private static readonly ApiVersion FirstWithMove = new("34.0");

    /// <summary>GET /api/vdc/{id}.</summary>
    public static VcdAnswer Get(VcdCall call, Vdc vdc) => VcdAnswer.Ok(Build(call, vdc, "Vdc", vdc.Reference), MediaTypes.Vdc);

    /// <summary>GET /api/admin/vdc/{id}.</summary>
    public static VcdAnswer GetAdmin(VcdCall call, Vdc vdc)
    {
        OrgAnswers.RequireAdministrator(call);
        var xml = Build(call, vdc, "AdminVdc", vdc.Reference with { Kind = EntityKind.AdminVdc });
        xml.Add(
            Xml.Element("ResourceGuaranteedMemory", "0"),
            Xml.Element("ResourceGuaranteedCpu", "0"),
            Xml.Element("VCpuInMhz", Xml.Number(VdcCapacity.MegahertzPerCpu)),
            Xml.Element("IsThinProvision", "true"),
            Xml.Element("UsesFastProvisioning", "false"));
        return VcdAnswer.Ok(xml, MediaTypes.AdminVdc);
    }

    private static XElement Build(VcdCall call, Vdc vdc, string element, Reference self)
    {
        var hrefs = call.Hrefs;
        var inventory = call.World.Inventory;
        var isAdmin = self.Kind == EntityKind.AdminVdc;
        var mayChange = call.Sees.MayChange(vdc.Org);
        var version = call.Version!;
        var usage = VdcCapacity.Of(vdc, inventory);
        var used = vdc.StorageProfiles.Sum(p => p.UsedBytes) >> 20;
        var networks = inventory.Networks.Values.Where(n => n.Vdc == vdc || (n.IsShared && n.Org == vdc.Org)).ToArray();
        return Xml.Root(
            hrefs,
            element,
            new XAttribute("status", "1"),
            hrefs.Identity(self),
            Xml.Link("up", isAdmin ? MediaTypes.AdminOrg : MediaTypes.Org, hrefs.Of(isAdmin ? vdc.Org.AdminReference : vdc.Org.Reference)),
            Xml.Link("down", MediaTypes.Metadata, $"{hrefs.Of(vdc)}/metadata"),
            PolicyAnswers.Link(call, vdc, isAdmin ? EntityKind.AdminVdc : EntityKind.Vdc),
            isAdmin ? AdminLinks(call, vdc) : mayChange ? AddLinks(call, vdc) : null,
            !isAdmin && call.Session.Account.Role != VcdRole.VAppUser ? Xml.Link("alternate", MediaTypes.AdminVdc, hrefs.Of(EntityKind.AdminVdc, vdc.Id)) : null,
            Xml.Element("Description"),
            Xml.Element("AllocationModel", "AllocationVApp"),
            version < FirstWithStorageProfiles ? Capacity("StorageCapacity", "MB", 0, used) : null,
            Xml.Element(
                "ComputeCapacity",
                Capacity("Cpu", "MHz", VdcCapacity.TotalCpuMegahertz, usage.UsedCpuMegahertz),
                Capacity("Memory", "MB", VdcCapacity.TotalMemoryMegabytes, usage.UsedMemoryMegabytes)),
            Xml.Element("ResourceEntities", Resources(call, vdc).Select(e => hrefs.Reference("ResourceEntity", e.Reference))),
            Xml.Element("AvailableNetworks", networks.Select(n => hrefs.Reference("Network", n.Reference))),
            Xml.Element("Capabilities", Xml.Element("SupportedHardwareVersions", Xml.Element("SupportedHardwareVersion", "vmx-14"), Xml.Element("SupportedHardwareVersion", "vmx-19"))),
            Xml.Element("NicQuota", "0"),
            Xml.Element("NetworkQuota", "1024"),
            version >= FirstWithStorageProfiles ? Xml.Element("UsedNetworkCount", Xml.Number(networks.Count(n => n.Vdc == vdc))) : null,
            Xml.Element("VmQuota", Xml.Number(vdc.MachineQuota)),
            Xml.Element("IsEnabled", "true"),
            version >= FirstWithStorageProfiles ? Xml.Element("VdcStorageProfiles", vdc.StorageProfiles.Select(p => hrefs.Reference("VdcStorageProfile", p.Reference))) : null);
    }

    private static IEnumerable<Entity> Resources(VcdCall call, Vdc vdc)
    {
        var inventory = call.World.Inventory;
        var stored = inventory.Media.Values.Cast<StoredEntity>().Concat(inventory.Templates.Values).Where(e => e.Vdc == vdc && call.Sees.Sees(e));
        var vApps = inventory.VApps.Values.Where(v => v.Vdc == vdc && call.Sees.Sees(v));
        var disks = inventory.Disks.Values.Where(d => d.Vdc == vdc && call.Sees.Sees(d));
        return [.. stored, .. vApps, .. disks];
    }

    /// <summary>What may be made in a VDC (recorded VDCs have these links).</summary>
    private static IEnumerable<XElement> AddLinks(VcdCall call, Vdc vdc)
    {
        const string Prefix = "application/vnd.vmware.vcloud.";
        var href = call.Hrefs.Of(vdc);
        if (HasUpload(call))
        {
            yield return Xml.Link("add", MediaTypes.UploadTemplateParams, $"{href}/action/uploadVAppTemplate");
            yield return Xml.Link("add", MediaTypes.Media, $"{href}/media");
        }

        foreach (var action in new[] { "instantiateVAppTemplate", "cloneVApp", "cloneVAppTemplate", "cloneMedia", "captureVApp", "composeVApp" })
        {
            yield return Xml.Link("add", $"{Prefix}{action}Params+xml", $"{href}/action/{action}");
        }

        if (call.Version! >= FirstWithMove) yield return Xml.Link("add", MediaTypes.MoveVAppParams, $"{href}/action/moveVApp");
        if (call.Version! >= FirstWithStorageProfiles) yield return Xml.Link("add", $"{Prefix}diskCreateParams+xml", $"{href}/disk");
    }

    private static IEnumerable<XElement> AdminLinks(VcdCall call, Vdc vdc)
    {
        var href = call.Hrefs.Of(EntityKind.AdminVdc, vdc.Id);
        if (call.Sees.IsProvider)
        {
            yield return Xml.Link("edit", MediaTypes.AdminVdc, href);
            yield return Xml.Link("disable", type: null, $"{href}/action/disable");
        }

        yield return Xml.Link("alternate", MediaTypes.Vdc, call.Hrefs.Of(vdc));
        if (call.Version! < FirstWithStorageProfiles) yield break;
        yield return Xml.Link("edgeGateways", $"{MediaTypes.QueryPrefix}records+xml", $"{href}/edgeGateways");
        yield return Xml.Link("orgVdcNetworks", $"{MediaTypes.QueryPrefix}records+xml", $"{href}/networks");
    }

    /// <summary>GET /api/vdcStorageProfile/{id}.</summary>
    public static VcdAnswer GetStorageProfile(VcdCall call, StorageProfile profile)
        => VcdAnswer.Ok(StorageProfile(call, profile, "VdcStorageProfile", profile.Reference), MediaTypes.StorageProfile);

    /// <summary>GET /api/admin/vdcStorageProfile/{id}.</summary>
    public static VcdAnswer GetAdminStorageProfile(VcdCall call, StorageProfile profile)
    {
        OrgAnswers.RequireAdministrator(call);
        var xml = StorageProfile(call, profile, "AdminVdcStorageProfile", profile.Reference with { Kind = EntityKind.AdminStorageProfile });
        xml.Add(call.Hrefs.Reference("ProviderVdcStorageProfile", profile.Reference with { Kind = EntityKind.AdminStorageProfile }));
        return VcdAnswer.Ok(xml, MediaTypes.AdminStorageProfile);
    }

    private static XElement StorageProfile(VcdCall call, StorageProfile profile, string element, Reference self) => Xml.Root(
        call.Hrefs,
        element,
        call.Hrefs.Identity(self),
        Xml.Link("up", MediaTypes.Vdc, call.Hrefs.Of(profile.Vdc)),
        Xml.Link("down", MediaTypes.Metadata, $"{call.Hrefs.Of(profile)}/metadata"),
        Xml.Element("Enabled", "true"),
        Xml.Element("Units", "MB"),
        Xml.Element("Limit", Xml.Number(profile.LimitMegabytes)),
        Xml.Element("Default", Xml.Bool(profile.IsDefault)),
        call.Version! >= Assumptions.FirstWithStorageUse ? Xml.Element("StorageUsedMB", Xml.Number(profile.UsedBytes >> 20)) : null);

    /// <summary>Whether the asked version uploads to VDCs.</summary>
    public static bool HasUpload(VcdCall call) => call.Version! <= LastWithUpload;

    private static XElement Capacity(string name, string units, long limit, long used) => Xml.Element(
        name,
        Xml.Element("Units", units),
        Xml.Element("Allocated", "0"),
        Xml.Element("Limit", Xml.Number(limit)),
        Xml.Element("Used", Xml.Number(used)),
        Xml.Element("Overhead", "0"));
}
