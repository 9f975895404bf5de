using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Virtual data centres and their storage profiles.</summary>
internal static class VdcAnswers
{
    // POST vdc/{id}/media and …/action/uploadVAppTemplate went with 33.0 (facts/vcd.md, "Removals that matter").
    private static readonly ApiVersion LastWithUpload = new("33.0");
    private static readonly ApiVersion FirstWithStorageProfiles = new("5.1");

    public static VcdAnswer Get(VcdCall call, Vdc vdc)
    {
        var hrefs = call.Hrefs;
        var inventory = call.World.Inventory;
        var uploads = HasUpload(call) && call.Sees.MayChange(vdc.Org);
        var stored = inventory.Media.Values.Cast<StoredEntity>().Concat(inventory.Templates.Values).Where(e => e.Vdc == vdc);
        var used = vdc.StorageProfiles.Sum(p => p.UsedBytes) >> 20;
        var xml = Xml.Root(
            hrefs,
            "Vdc",
            new XAttribute("status", "1"),
            hrefs.Identity(vdc.Reference),
            Xml.Link("up", MediaTypes.Org, hrefs.Of(vdc.Org)),
            Xml.Link("down", MediaTypes.Metadata, $"{hrefs.Of(vdc)}/metadata"),
            uploads ? Xml.Link("add", MediaTypes.UploadTemplateParams, $"{hrefs.Of(vdc)}/action/uploadVAppTemplate") : null,
            uploads ? Xml.Link("add", MediaTypes.Media, $"{hrefs.Of(vdc)}/media") : null,
            Xml.Element("Description"),
            Xml.Element("AllocationModel", "AllocationVApp"),
            call.Version! < FirstWithStorageProfiles ? Capacity("StorageCapacity", "MB", 0, used) : null,
            Xml.Element("ComputeCapacity", Capacity("Cpu", "MHz", 20000, 0), Capacity("Memory", "MB", 65536, 0)),
            Xml.Element("ResourceEntities", stored.Select(e => hrefs.Reference("ResourceEntity", e.Reference))),
            Xml.Element("AvailableNetworks"),
            Xml.Element("Capabilities", Xml.Element("SupportedHardwareVersions", Xml.Element("SupportedHardwareVersion", "vmx-14"), Xml.Element("SupportedHardwareVersion", "vmx-19"))),
            Xml.Element("NicQuota", "0"),
            Xml.Element("NetworkQuota", "1024"),
            Xml.Element("VmQuota", "100"),
            Xml.Element("IsEnabled", "true"),
            call.Version! >= FirstWithStorageProfiles ? Xml.Element("VdcStorageProfiles", vdc.StorageProfiles.Select(p => hrefs.Reference("VdcStorageProfile", p.Reference))) : null);
        return VcdAnswer.Ok(xml, MediaTypes.Vdc);
    }

    public static VcdAnswer GetStorageProfile(VcdCall call, StorageProfile profile) => VcdAnswer.Ok(
        Xml.Root(
            call.Hrefs,
            "VdcStorageProfile",
            call.Hrefs.Identity(profile.Reference),
            Xml.Link("up", MediaTypes.Vdc, call.Hrefs.Of(profile.Vdc)),
            Xml.Element("Enabled", "true"),
            Xml.Element("Units", "MB"),
            Xml.Element("Limit", Xml.Number(profile.LimitMegabytes)),
            Xml.Element("Default", Xml.Bool(profile.IsDefault))),
        MediaTypes.StorageProfile);

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
