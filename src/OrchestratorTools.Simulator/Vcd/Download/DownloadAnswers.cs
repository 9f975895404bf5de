using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Enabling and disabling downloads, and what entities say of them (facts/vcd.md, "Download").</summary>
internal static class DownloadAnswers
{
    // "You cannot download media images", says the guide of 5.1; that of 5.5 says how. vApps came with it. The ready-made OVA came with 30.0.
    private static readonly ApiVersion FirstWithMediaAndVApps = new("5.5");
    private static readonly ApiVersion FirstWithIdentity = new("5.1");
    private static readonly ApiVersion FirstWithOva = new("30.0");

    /// <summary>POST …/action/enableDownload: a task.</summary>
    public static VcdAnswer Enable(VcdCall call, IDownloadable entity)
    {
        if (!IsIn(call.Version!, entity)) throw VcdException.AbsentOperation();
        if (!MayDownload(call, entity)) throw VcdException.Forbidden();
        Busy.Require(entity);
        if (entity is VApp { IsDeployed: true }) throw VcdException.BadRequest($"The vApp {entity.Reference.Name} is deployed: it must be powered off and undeployed before it can be downloaded.");
        if (!IsWhole(entity)) throw VcdException.BadRequest($"The entity {entity.Reference.Name} is not in a state in which it can be downloaded.");
        var what = entity switch
        {
            Media => "Media",
            Template => "Virtual Application Template",
            _ => "Virtual Application",
        };
        var task = DownloadLife.Begin(call.World, entity, call.Session.Account, what);
        return VcdAnswer.Accepted(TaskAnswers.Build(call, task, isRoot: true));
    }

    /// <summary>POST …/action/disableDownload: at once. There is none for media (the table of operations).</summary>
    public static VcdAnswer Disable(VcdCall call, IDownloadable entity)
    {
        if (!IsIn(call.Version!, entity)) throw VcdException.AbsentOperation();
        if (!MayDownload(call, entity)) throw VcdException.Forbidden();
        entity.Download?.End("disabled");
        return VcdAnswer.NoContent;
    }

    /// <summary>The links of a thing: what may be done, and where the descriptor is.</summary>
    public static IEnumerable<XElement> Links(VcdCall call, IDownloadable entity)
    {
        if (IsIn(call.Version!, entity) && MayDownload(call, entity) && IsWhole(entity))
        {
            yield return Xml.Link("enable", type: null, $"{call.Hrefs.Of(entity.Reference)}/action/enableDownload");
            if (entity is not Media) yield return Xml.Link("disable", type: null, $"{call.Hrefs.Of(entity.Reference)}/action/disableDownload");
        }

        if (entity is Media) yield break;
        foreach (var link in Addresses(call, entity)) yield return link;
    }

    /// <summary>Where the descriptors and archives of an enabled download are.</summary>
    public static IEnumerable<XElement> Addresses(VcdCall call, IDownloadable entity)
    {
        if (entity.Download is not { } download) yield break;
        yield return To("download:default", Download.Descriptor);
        if (call.Version! >= FirstWithIdentity) yield return To("download:identity", Download.DescriptorWithIdentity);
        if (call.Version! < FirstWithOva) yield break;
        yield return To("download:ovaDefault", Download.Ova);
        yield return To("download:ovaIdentity", Download.OvaWithIdentity);

        XElement To(string rel, string file) => Xml.Link(rel, "text/xml", call.Hrefs.Transfer(download.Id, file));
    }

    /// <summary>The files of a media file that may be downloaded; null: its download is not enabled.</summary>
    public static XElement? Files(VcdCall call, StoredEntity entity)
        => entity is not Media || entity.Download is not { } download ? null : Xml.Element("Files", download.Files.Select(f => Xml.Element(
            "File",
            new XAttribute("size", Xml.Number(f.Value.Size)),
            new XAttribute("bytesTransferred", "0"),
            new XAttribute("name", f.Key),
            Xml.Link("download:default", type: null, call.Hrefs.Transfer(download.Id, f.Key)))));

    private static bool IsIn(ApiVersion version, IDownloadable entity) => entity is Template || version >= FirstWithMediaAndVApps;

    /// <summary>The right to download comes with the role vApp Author (guide, "Download the OVF Descriptor"); whoever may read a catalog may download from it.</summary>
    private static bool MayDownload(VcdCall call, IDownloadable entity) => entity is VApp vApp ? call.Sees.MayChange(vApp) : call.Session.Account.Role != VcdRole.VAppUser;

    private static bool IsWhole(IDownloadable entity) => entity switch
    {
        Media media => media.Status == EntityStatus.Resolved,
        Template template => template.Status == EntityStatus.Ready,
        VApp vApp => vApp.Machines.Count > 0 && vApp.Status is not (MachineStatus.FailedCreation or MachineStatus.Unresolved),
        _ => false,
    };
}
