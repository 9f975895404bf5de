using System.Globalization;
using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <content>What hangs on virtual machines: media, independent disks, questions.</content>
internal static partial class VcdBodies
{
    /// <summary>The content type of <see cref="Answer"/>.</summary>
    public const string AnswerType = "application/vnd.vmware.vcloud.vmPendingAnswer+xml";

    /// <summary>The content type of what a machine asks.</summary>
    public const string QuestionType = "application/vnd.vmware.vcloud.vmPendingQuestion+xml";

    /// <summary>The content type of <see cref="MediaInsertOrEject"/>.</summary>
    public const string MediaInsertOrEjectType = "application/vnd.vmware.vcloud.mediaInsertOrEjectParams+xml";

    /// <summary>The content type of <see cref="NewDisk"/>.</summary>
    public const string NewDiskType = "application/vnd.vmware.vcloud.diskCreateParams+xml";

    /// <summary>The content type of <see cref="EditedDisk"/>.</summary>
    public const string DiskType = "application/vnd.vmware.vcloud.disk+xml";

    /// <summary>The content type of <see cref="DiskAttachOrDetach"/>.</summary>
    public const string DiskAttachOrDetachType = "application/vnd.vmware.vcloud.diskAttachOrDetachParams+xml";

    private const long DiskMegabyte = 1024 * 1024;
    private const string MachineType = "application/vnd.vmware.vcloud.vm+xml";

    // What follows in the schema type DiskType and those that it extends, before StorageProfile and before Description.
    private static readonly HashSet<string> BeforeStorageProfile = new(StringComparer.Ordinal) { "VCloudExtension", "Link", "Description", "Tasks", "Files" };

    /// <summary>A new independent disk (schema type DiskCreateParamsType, since API 5.1). Its size is in bytes, from 33.0 on in megabytes.</summary>
    public static XElement NewDisk(VcdNewDisk disk, VcdApiVersion version) => new(
        VcdXml.Namespace + "DiskCreateParams",
        new XElement(
            VcdXml.Namespace + "Disk",
            new XAttribute("name", disk.Name),
            version >= VcdAssumptions.FirstWithDisksInMegabytes ? new XAttribute("sizeMb", Digits(disk.Size / DiskMegabyte)) : new XAttribute("size", Digits(disk.Size)),
            disk.Bus is { } bus ? new XAttribute("busType", Digits((int)bus)) : null,
            disk.BusSubType is { } subType ? new XAttribute("busSubType", subType) : null,
            Description(disk.Description),
            disk.StorageProfile is { } profile ? Reference("StorageProfile", profile, StorageProfileType, null) : null),
        disk.Near is { } near ? Reference("Locality", near, MachineType, null) : null);

    /// <summary>A disk as it was read, with what is to be changed; links and tasks are left out.</summary>
    public static XElement EditedDisk(XElement present, string? name, string? description, long? size, string? storageProfile)
    {
        var body = new XElement(
            VcdXml.Namespace + "Disk",
            present.Attributes().Where(a => !a.IsNamespaceDeclaration && a.Name.Namespace == XNamespace.None),
            present.Elements().Where(e => e.Name.LocalName is not ("Link" or "Tasks")));
        if (name is not null)
        {
            body.SetAttributeValue("name", name);
        }

        if (size is { } bytes)
        {
            // In the unit that the server itself used.
            if (body.Attribute("sizeMb") is { } megabytes)
            {
                megabytes.Value = Digits(bytes / DiskMegabyte);
            }
            else
            {
                body.SetAttributeValue("size", Digits(bytes));
            }
        }

        if (description is not null)
        {
            VcdXml.Child(body, "Description")?.Remove();
            Insert(body, body.Elements().LastOrDefault(e => e.Name.LocalName is "VCloudExtension"), new XElement(VcdXml.Namespace + "Description", description));
        }

        if (storageProfile is not null)
        {
            VcdXml.Child(body, "StorageProfile")?.Remove();
            Insert(body, body.Elements().LastOrDefault(e => BeforeStorageProfile.Contains(e.Name.LocalName)), Reference("StorageProfile", storageProfile, StorageProfileType, null));
        }

        return body;
    }

    /// <summary>Which disk is attached or detached, and where to (schema type DiskAttachOrDetachParamsType, since API 5.1).</summary>
    public static XElement DiskAttachOrDetach(string disk, int? busNumber, int? unitNumber) => new(
        VcdXml.Namespace + "DiskAttachOrDetachParams",
        Reference("Disk", disk, DiskType, null),
        busNumber is { } bus ? new XElement(VcdXml.Namespace + "BusNumber", Digits(bus)) : null,
        unitNumber is { } unit ? new XElement(VcdXml.Namespace + "UnitNumber", Digits(unit)) : null);

    /// <summary>Which medium is inserted or ejected (schema type MediaInsertOrEjectParamsType). From API 29.0 on ejecting needs none to be named.</summary>
    public static XElement MediaInsertOrEject(string? href, string? name)
        => new(VcdXml.Namespace + "MediaInsertOrEjectParams", href is null ? null : Reference("Media", href, MediaType, name));

    /// <summary>The answer to a question (schema type VmQuestionAnswerType).</summary>
    public static XElement Answer(string question, int choice)
        => new(
            VcdXml.Namespace + "VmQuestionAnswer",
            new XElement(VcdXml.Namespace + "ChoiceId", choice.ToString(CultureInfo.InvariantCulture)),
            new XElement(VcdXml.Namespace + "QuestionId", question));

    private static string Digits(long number) => number.ToString(CultureInfo.InvariantCulture);
}
