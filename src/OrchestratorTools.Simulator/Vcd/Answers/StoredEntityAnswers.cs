using System.Globalization;
using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Media and templates.</summary>
internal static class StoredEntityAnswers
{
    private static readonly ApiVersion FirstWithStorageProfiles = new("5.1");
    private static readonly ApiVersion FirstWithDateCreated = new("5.5");

    public static VcdAnswer Get(VcdCall call, StoredEntity entity) => VcdAnswer.Ok(Build(call, entity), entity.Kind.MediaType);

    public static XElement Build(VcdCall call, StoredEntity entity) => entity is Media media ? Media(call, media) : Template(call, (Template)entity);

    /// <summary>DELETE: a task that takes the entity and its entry away. An upload that shows no task yet ends; one whose task runs is busy.</summary>
    public static VcdAnswer Remove(VcdCall call, StoredEntity entity)
    {
        if (!call.Sees.MayChange(entity)) throw VcdException.Forbidden();
        var world = call.World;
        if (Assumptions.UploadsAreBusy || entity.Transfer is null) Busy.Require(entity);
        UploadLife.Abandon(world, entity);
        var (operationName, operation) = entity is Media ? ("vdcDeleteMedia", "Deleting Media File") : ("vdcDeleteTemplate", "Deleting Virtual Application Template");

        // Recorded: the finished task of a deletion keeps its task:cancel link and has no endTime.
        var task = Work.Begin(world, entity, operationName, $"{operation} ({entity.Id})", call.Session.Account, () => world.Inventory.Remove(entity), () => { }, looksUnfinished: true);
        return VcdAnswer.Accepted(TaskAnswers.Build(call, task, isRoot: true));
    }

    private static XElement Media(VcdCall call, Media media) => Xml.Root(
        call.Hrefs,
        "Media",
        new XAttribute("size", Xml.Number(media.Size)),
        new XAttribute("imageType", media.ImageType),
        new XAttribute("status", media.Status.ToString(CultureInfo.InvariantCulture)),
        call.Hrefs.Identity(media.Reference),
        Links(call, media),
        Xml.Element("Description", media.Description),
        TaskAnswers.InProgress(call, media),
        Files(call, media),
        call.Hrefs.Owner(media.Owner),
        call.Version! >= FirstWithStorageProfiles ? call.Hrefs.Reference("VdcStorageProfile", media.Storage.Reference) : null);

    private static XElement Template(VcdCall call, Template template)
    {
        var hrefs = call.Hrefs;
        var required = new XAttribute(Xml.Ovf + "required", "false");
        var customization = $"{hrefs.Of(template)}/customizationSection/";
        return Xml.Root(
            hrefs,
            "VAppTemplate",
            OvfXml.Prefixes,
            new XAttribute("ovfDescriptorUploaded", Xml.Bool(template.DescriptorUploaded)),
            new XAttribute("goldMaster", "false"),
            new XAttribute("status", template.Status.ToString(CultureInfo.InvariantCulture)),
            hrefs.Identity(template.Reference),
            Links(call, template),
            Xml.Element("Description", template.Description),
            TaskAnswers.InProgress(call, template),
            Files(call, template),
            hrefs.Owner(template.Owner),
            Xml.Element("Children", template.Status == EntityStatus.Ready ? template.Vms.Select(m => VmAnswers.Build(call, m, isRoot: false)) : null),
            TemplateLease.Section(call, template),
            Networks(template),
            Xml.Element(
                "CustomizationSection",
                new XAttribute("type", MediaTypes.Customization),
                new XAttribute("href", customization),
                required,
                new XElement(Xml.Ovf + "Info", "VApp template customization section"),
                Xml.Element("CustomizeOnInstantiate", "true")),
            call.Version! >= FirstWithDateCreated ? Xml.Element("DateCreated", Xml.Time(template.Created)) : null);
    }

    /// <summary>The networks that its machines are connected to, and its licence: what who makes a vApp of it has to know.</summary>
    private static IEnumerable<XElement> Networks(Template template)
    {
        if (template.Status != EntityStatus.Ready) yield break;
        yield return new XElement(
            Xml.Ovf + "NetworkSection",
            OvfXml.Info("The list of logical networks"),
            template.Vms.SelectMany(m => m.Adapters).Select(a => a.Network).Where(n => n != NetworkAdapter.None).Distinct(StringComparer.Ordinal).Select(n => new XElement(Xml.Ovf + "Network", new XAttribute(Xml.Ovf + "name", n), new XElement(Xml.Ovf + "Description"))));
        if (template.Licence is { } licence) yield return new XElement(Xml.Ovf + "EulaSection", OvfXml.Info("End-user license agreement"), new XElement(Xml.Ovf + "License", licence));
    }

    public static IEnumerable<XElement> Links(VcdCall call, StoredEntity entity)
    {
        var hrefs = call.Hrefs;
        var href = hrefs.Of(entity);
        yield return Xml.Link("up", MediaTypes.Vdc, hrefs.Of(entity.Vdc));
        if (entity.Item is { } item) yield return Xml.Link("catalogItem", MediaTypes.CatalogItem, hrefs.Of(item));
        var mayChange = call.Sees.MayChange(entity);
        if (mayChange) yield return Xml.Link("remove", type: null, href);
        if (entity.Status is EntityStatus.Unresolved or EntityStatus.Failed) yield break;
        if (mayChange) yield return Xml.Link("edit", entity.Kind.MediaType, href);
        yield return Xml.Link("down", MediaTypes.Owner, $"{href}/owner");
        yield return Xml.Link("down", MediaTypes.Metadata, $"{href}/metadata");
        foreach (var link in DownloadAnswers.Links(call, entity)) yield return link;
    }

    private static XElement? Files(VcdCall call, StoredEntity entity)
        => entity.Transfer is not { } transfer ? DownloadAnswers.Files(call, entity) : Xml.Element("Files", transfer.Files.Select(f => Xml.Element(
            "File",
            new XAttribute("size", Xml.Number(f.Size)),
            new XAttribute("bytesTransferred", Xml.Number(f.Stored)),
            new XAttribute("name", f.Name),
            transfer.Source is null ? Xml.Link("upload:default", type: null, call.Hrefs.Transfer(transfer.Id, f.Name)) : null)));
}
