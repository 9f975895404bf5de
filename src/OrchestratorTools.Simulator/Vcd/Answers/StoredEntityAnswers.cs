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

    /// <summary>DELETE: a task that takes the entity and its entry away. An upload that is under way ends.</summary>
    public static VcdAnswer Remove(VcdCall call, StoredEntity entity)
    {
        if (!call.Sees.MayChange(entity.Vdc.Org)) throw VcdException.Forbidden();
        var world = call.World;
        UploadLife.Abandon(world, entity);
        var (operationName, operation) = entity is Media ? ("vdcDeleteMedia", "Deleting Media File") : ("vdcDeleteTemplate", "Deleting Virtual Application Template");

        // Recorded: the finished task of a deletion keeps its task:cancel link and has no endTime.
        var task = world.Tasks.Begin(entity, operationName, $"{operation} ({entity.Id})", call.Session.Account, looksUnfinished: true);
        task.State = TaskState.Queued;
        task.OnCancel = () => { };
        world.Schedule.After(Assumptions.DeleteStep, Advance);
        return VcdAnswer.Accepted(TaskAnswers.Build(call, task, isRoot: true));

        void Advance()
        {
            if (!task.IsActive) return;
            if (task.State == TaskState.Running)
            {
                world.Inventory.Remove(entity);
                world.Tasks.End(task, TaskState.Success);
                return;
            }

            task.State++;
            world.Schedule.After(Assumptions.DeleteStep, Advance);
        }
    }

    /// <summary>GET …/owner.</summary>
    public static VcdAnswer Owner(VcdCall call, StoredEntity entity) => VcdAnswer.Ok(
        Xml.Root(
            call.Hrefs,
            "Owner",
            new XAttribute("type", MediaTypes.Owner),
            Xml.Link("up", entity.Kind.MediaType, call.Hrefs.Of(entity)),
            call.Hrefs.Reference("User", entity.Owner.Reference)),
        MediaTypes.Owner);

    /// <summary>GET …/metadata: there is none.</summary>
    public static VcdAnswer Metadata(VcdCall call, Entity entity) => VcdAnswer.Ok(
        Xml.Root(
            call.Hrefs,
            "Metadata",
            new XAttribute("type", MediaTypes.Metadata),
            new XAttribute("href", $"{call.Hrefs.Of(entity)}/metadata"),
            Xml.Link("up", entity.Kind.MediaType, call.Hrefs.Of(entity))),
        MediaTypes.Metadata);

    private static XElement Media(VcdCall call, Media media) => Xml.Root(
        call.Hrefs,
        "Media",
        new XAttribute("size", Xml.Number(media.Size)),
        new XAttribute("imageType", media.ImageType),
        new XAttribute("status", media.Status.ToString(CultureInfo.InvariantCulture)),
        call.Hrefs.Identity(media.Reference),
        Links(call, media),
        Xml.Element("Description", media.Description),
        Tasks(call, media),
        Files(call, media),
        call.Hrefs.Owner(media.Owner),
        call.Version! >= FirstWithStorageProfiles ? call.Hrefs.Reference("VdcStorageProfile", media.Storage.Reference) : null);

    private static XElement Template(VcdCall call, Template template)
    {
        var hrefs = call.Hrefs;
        var required = new XAttribute(Xml.Ovf + "required", "false");
        var lease = $"{hrefs.Of(template)}/leaseSettingsSection/";
        var customization = $"{hrefs.Of(template)}/customizationSection/";
        return Xml.Root(
            hrefs,
            "VAppTemplate",
            new XAttribute(XNamespace.Xmlns + "ovf", Xml.Ovf.NamespaceName),
            new XAttribute("ovfDescriptorUploaded", Xml.Bool(template.DescriptorUploaded)),
            new XAttribute("goldMaster", "false"),
            new XAttribute("status", template.Status.ToString(CultureInfo.InvariantCulture)),
            hrefs.Identity(template.Reference),
            Links(call, template),
            Xml.Element("Description", template.Description),
            Tasks(call, template),
            Files(call, template),
            hrefs.Owner(template.Owner),
            Xml.Element("Children", template.Status == EntityStatus.Ready ? template.Machines.Select((name, i) => Machine(hrefs, template, name, i)) : null),
            Xml.Element(
                "LeaseSettingsSection",
                new XAttribute("type", MediaTypes.LeaseSettings),
                new XAttribute("href", lease),
                required,
                new XElement(Xml.Ovf + "Info", "Lease settings section"),
                Xml.Link("edit", MediaTypes.LeaseSettings, lease),
                Xml.Element("StorageLeaseInSeconds", "7776000"),
                Xml.Element("StorageLeaseExpiration", Xml.Time(template.Created.AddDays(90)))),
            Xml.Element(
                "CustomizationSection",
                new XAttribute("type", MediaTypes.Customization),
                new XAttribute("href", customization),
                required,
                new XElement(Xml.Ovf + "Info", "VApp template customization section"),
                Xml.Element("CustomizeOnInstantiate", "true")),
            call.Version! >= FirstWithDateCreated ? Xml.Element("DateCreated", Xml.Time(template.Created)) : null);
    }

    private static XElement Machine(Hrefs hrefs, Template template, string name, int index)
    {
        // A machine's id follows from its template's: it has no other life.
        var bytes = template.Id.ToByteArray();
        bytes[0] ^= (byte)(index + 1);
        var id = new Guid(bytes);
        var href = hrefs.Api($"vAppTemplate/vm-{id}");
        return Xml.Element(
            "Vm",
            new XAttribute("goldMaster", "false"),
            new XAttribute("name", name),
            new XAttribute("id", $"urn:vcloud:vm:{id}"),
            new XAttribute("type", MediaTypes.Vm),
            new XAttribute("href", href),
            Xml.Link("up", MediaTypes.Template, hrefs.Of(template)),
            Xml.Link("down", MediaTypes.Metadata, $"{href}/metadata"),
            Xml.Element("Description"),
            Xml.Element("VAppScopedLocalId", name));
    }

    private static IEnumerable<XElement> Links(VcdCall call, StoredEntity entity)
    {
        var hrefs = call.Hrefs;
        var href = hrefs.Of(entity);
        yield return Xml.Link("up", MediaTypes.Vdc, hrefs.Of(entity.Vdc));
        if (entity.Item is { } item) yield return Xml.Link("catalogItem", MediaTypes.CatalogItem, hrefs.Of(item));
        var mayChange = call.Sees.MayChange(entity.Vdc.Org);
        if (mayChange) yield return Xml.Link("remove", type: null, href);
        if (entity.Status is EntityStatus.Unresolved or EntityStatus.Failed) yield break;
        if (mayChange) yield return Xml.Link("edit", entity.Kind.MediaType, href);
        yield return Xml.Link("down", MediaTypes.Owner, $"{href}/owner");
        yield return Xml.Link("down", MediaTypes.Metadata, $"{href}/metadata");
        foreach (var link in DownloadAnswers.Links(call, entity)) yield return link;
    }

    private static XElement? Tasks(VcdCall call, StoredEntity entity)
        => entity.Tasks.Count == 0 ? null : Xml.Element("Tasks", entity.Tasks.Select(t => TaskAnswers.Build(call, t, isRoot: false)));

    private static XElement? Files(VcdCall call, StoredEntity entity)
        => entity.Transfer is not { } transfer ? DownloadAnswers.Files(call, entity) : Xml.Element("Files", transfer.Files.Select(f => Xml.Element(
            "File",
            new XAttribute("size", Xml.Number(f.Size)),
            new XAttribute("bytesTransferred", Xml.Number(f.Stored)),
            new XAttribute("name", f.Name),
            transfer.Source is null ? Xml.Link("upload:default", type: null, call.Hrefs.Transfer(transfer.Id, f.Name)) : null)));
}
