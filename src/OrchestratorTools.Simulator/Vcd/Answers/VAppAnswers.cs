using System.Globalization;
using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>vApps.</summary>
internal static class VAppAnswers
{
    private static readonly ApiVersion FirstWithSnapshots = new("5.1");
    private static readonly ApiVersion FirstWithDateCreated = new("5.5");

    /// <summary>GET /api/vApp/vapp-{id}.</summary>
    public static VcdAnswer Get(VcdCall call, VApp vApp) => VcdAnswer.Ok(Build(call, vApp), MediaTypes.VApp);

    public static XElement Build(VcdCall call, VApp vApp)
    {
        var hrefs = call.Hrefs;
        return Xml.Root(
            hrefs,
            "VApp",
            OvfXml.Prefixes,
            new XAttribute("ovfDescriptorUploaded", "true"),
            new XAttribute("deployed", Xml.Bool(vApp.IsDeployed)),
            new XAttribute("status", ((int)vApp.Status).ToString(CultureInfo.InvariantCulture)),
            hrefs.Identity(vApp.Reference),
            Links(call, vApp),
            Xml.Element("Description", vApp.Description),
            TaskAnswers.InProgress(call, vApp),
            VAppSections.All(call, vApp),
            call.Version! >= FirstWithDateCreated ? Xml.Element("DateCreated", Xml.Time(vApp.Created)) : null,
            hrefs.Owner(vApp.Owner),
            call.Version! >= FirstWithDateCreated ? Xml.Element("autoNature", "false") : null,
            Xml.Element("InMaintenanceMode", Xml.Bool(vApp.IsInMaintenance)),
            vApp.Machines.Count == 0 ? null : Xml.Element("Children", vApp.Machines.Select(m => VmAnswers.Build(call, m, isRoot: false))));
    }

    /// <summary>Whether the asking user may change a vApp: in maintenance mode only the provider may.</summary>
    public static bool MayChange(VcdCall call, VApp vApp) => call.Sees.MayChange(vApp) && (!vApp.IsInMaintenance || call.Sees.IsProvider);

    /// <summary>What may be done, by state and by the user's rights.</summary>
    public static IEnumerable<XElement> Links(VcdCall call, VApp vApp)
    {
        var hrefs = call.Hrefs;
        var href = hrefs.Of(vApp);
        var mayChange = MayChange(call, vApp);
        var isWhole = vApp.Status is not (MachineStatus.FailedCreation or MachineStatus.Unresolved);
        var mayOperate = mayChange && isWhole && !vApp.IsExpired;
        if (mayOperate)
        {
            foreach (var link in PowerLinks.Of(href, vApp.Status, vApp.IsDeployed)) yield return link;
        }

        foreach (var machine in vApp.Machines.Where(m => m.Status == MachineStatus.WaitingForInput)) yield return VmAnswers.QuestionLink(hrefs, machine);
        foreach (var network in vApp.Networks) yield return Xml.Link("down", MediaTypes.VAppNetwork, hrefs.Of(network), network.Name);
        var mayControl = call.Sees.MayControl(vApp);
        if (mayControl) yield return Xml.Link("down", MediaTypes.ControlAccess, $"{href}/controlAccess/");
        if (mayChange && isWhole)
        {
            if (mayControl) yield return Xml.Link("controlAccess", MediaTypes.ControlAccess, $"{href}/action/controlAccess");
            if (mayOperate && (!vApp.IsDeployed || vApp.Status is MachineStatus.Suspended)) yield return Xml.Link("recompose", MediaTypes.RecomposeParams, $"{href}/action/recomposeVApp");
        }

        yield return Xml.Link("up", MediaTypes.Vdc, hrefs.Of(vApp.Vdc));
        if (mayChange)
        {
            yield return Xml.Link("edit", MediaTypes.VApp, href);
            if (!vApp.IsDeployed) yield return Xml.Link("remove", type: null, href);
        }

        yield return Xml.Link("down", MediaTypes.Owner, $"{href}/owner");
        yield return Xml.Link("down", MediaTypes.Metadata, $"{href}/metadata");
        if (!isWhole) yield break;
        foreach (var link in DownloadAnswers.Links(call, vApp)) yield return link;
        yield return Xml.Link("ovf", "text/xml", $"{href}/ovf");
        yield return Xml.Link("down", MediaTypes.ProductSections, $"{href}/productSections/");
        if (isWhole && call.Sees.IsProvider) yield return vApp.IsInMaintenance ? Xml.Link("exitMaintenanceMode", type: null, $"{href}/action/exitMaintenanceMode") : Xml.Link("enterMaintenanceMode", type: null, $"{href}/action/enterMaintenanceMode");
        if (!mayOperate || vApp.Machines.Count == 0 || call.Version! < FirstWithSnapshots) yield break;
        yield return Xml.Link("snapshot:create", MediaTypes.SnapshotParams, $"{href}/action/createSnapshot");
        if (!vApp.Machines.Exists(m => m.Snapshot is not null)) yield break;
        yield return Xml.Link("snapshot:revertToCurrent", type: null, $"{href}/action/revertToCurrentSnapshot");
        yield return Xml.Link("snapshot:removeAll", type: null, $"{href}/action/removeAllSnapshots");
    }
}
