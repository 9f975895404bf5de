using System.Globalization;
using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Independent disks.</summary>
internal static class DiskAnswers
{
    /// <summary>GET /api/disk/{id}.</summary>
    public static VcdAnswer Get(VcdCall call, IndependentDisk disk) => VcdAnswer.Ok(Build(call, disk), MediaTypes.Disk);

    public static XElement Build(VcdCall call, IndependentDisk disk)
    {
        var hrefs = call.Hrefs;
        var href = hrefs.Of(disk);
        var mayChange = call.Sees.MayChange(disk);
        return Xml.Root(
            hrefs,
            "Disk",
            SizeAttribute(call, disk),
            new XAttribute("busType", disk.BusType.ToString(CultureInfo.InvariantCulture)),
            new XAttribute("busSubType", disk.BusSubType),
            new XAttribute("status", disk.Status.ToString(CultureInfo.InvariantCulture)),
            hrefs.Identity(disk.Reference),
            Xml.Link("up", MediaTypes.Vdc, hrefs.Of(disk.Vdc)),
            mayChange && disk.AttachedTo.Count == 0 ? Xml.Link("remove", type: null, href) : null,
            mayChange ? Xml.Link("edit", MediaTypes.Disk, href) : null,
            Xml.Link("down", MediaTypes.Owner, $"{href}/owner"),
            Xml.Link("down", MediaTypes.Vms, $"{href}/attachedVms"),
            Xml.Link("down", MediaTypes.Metadata, $"{href}/metadata"),
            Xml.Element("Description", disk.Description),
            TaskAnswers.InProgress(call, disk),
            hrefs.Reference("StorageProfile", disk.Storage.Reference),
            hrefs.Owner(disk.Owner));
    }

    /// <summary>GET /api/disk/{id}/attachedVms.</summary>
    public static VcdAnswer AttachedVms(VcdCall call, IndependentDisk disk) => VcdAnswer.Ok(
        Xml.Root(
            call.Hrefs,
            "Vms",
            new XAttribute("type", MediaTypes.Vms),
            new XAttribute("href", $"{call.Hrefs.Of(disk)}/attachedVms"),
            Xml.Link("up", MediaTypes.Disk, call.Hrefs.Of(disk)),
            disk.AttachedTo.Select(m => call.Hrefs.Reference("VmReference", m.Reference))),
        MediaTypes.Vms);

    private static XAttribute SizeAttribute(VcdCall call, IndependentDisk disk) => call.Version! >= Assumptions.DisksInMegabytesFrom
        ? new XAttribute("sizeMb", (disk.Bytes >> 20).ToString(CultureInfo.InvariantCulture))
        : new XAttribute("size", disk.Bytes.ToString(CultureInfo.InvariantCulture));
}
