using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>
/// What a body must look like even where no schemas are given: root element, namespace, required attributes, and the children in the order of the schema
/// (facts/vcd.md, "Limits": "validating parser: element order matters").
/// </summary>
/// <param name="Root">The root element.</param>
/// <param name="Required">Attributes that must be there.</param>
/// <param name="Children">The children that may be there, in their order.</param>
internal sealed record BodyShape(string Root, string[] Required, string[] Children)
{
    /// <summary>The media to be created. The guide calls imageType optional, the schema does not: with schemas it is required, without them it is not.</summary>
    public static readonly BodyShape Media = new("Media", ["name", "size"], ["VCloudExtension", "Link", "Description", "Tasks", "Files", "Owner", "VdcStorageProfile"]);

    public static readonly BodyShape UploadTemplate = new("UploadVAppTemplateParams", ["name"], ["VCloudExtension", "Description", "VdcStorageProfile"]);

    public static readonly BodyShape CatalogItem = new("CatalogItem", ["name"], ["VCloudExtension", "Link", "Description", "Tasks", "Entity", "Property", "DateCreated", "VersionNumber"]);

    private static readonly string[] EntityChildren = ["VCloudExtension", "Link", "Description", "Tasks"];

    public static readonly BodyShape AdminCatalog = new(
        "AdminCatalog",
        ["name"],
        [.. EntityChildren, "Owner", "CatalogItems", "IsPublished", "DateCreated", "VersionNumber", "CatalogStorageProfiles", "ExternalCatalogSubscriptionParams", "PublishExternalCatalogParams"]);

    /// <summary>A template's whole representation may be sent back: its sections are of many kinds.</summary>
    public static readonly BodyShape Template = new("VAppTemplate", ["name"], []) { AnyChildren = true };

    public static readonly BodyShape CopyOrMove = new("CopyOrMoveCatalogItemParams", [], ["VCloudExtension", "Description", "Source"]);

    public static readonly BodyShape Publish = new("PublishCatalogParams", [], ["VCloudExtension", "IsPublished", "IsSharedWithManagedOrgs", "IsSharedWithPeersParentManagedOrgs"]);

    public static readonly BodyShape PublishExternal = new("PublishExternalCatalogParams", [], ["VCloudExtension", "IsPublishedExternally", "catalogPublishedUrl", "Password", "IsCacheEnabled", "PreserveIdentityInfoFlag"]);

    public static readonly BodyShape Subscribe = new("ExternalCatalogSubscriptionParams", [], ["VCloudExtension", "SubscribeToExternalFeeds", "Location", "Password", "ExpectedSslThumbprint", "LocalCopy", "LibraryId"]);

    public static readonly BodyShape ControlAccess = new("ControlAccessParams", [], ["VCloudExtension", "IsSharedToEveryone", "EveryoneAccessLevel", "AccessSettings"]);

    public static readonly BodyShape Owner = new("Owner", [], ["VCloudExtension", "Link", "User"]);

    public static readonly BodyShape Metadata = new("Metadata", [], ["VCloudExtension", "Link", "MetadataEntry"]);

    public static readonly BodyShape MetadataValue = new("MetadataValue", [], ["VCloudExtension", "Link", "Domain", "Value", "TypedValue"]);

    public static readonly BodyShape Deploy = new("DeployVAppParams", [], ["VCloudExtension"]);

    public static readonly BodyShape Undeploy = new("UndeployVAppParams", [], ["VCloudExtension", "UndeployPowerAction"]);

    private static readonly string[] Creation = ["VCloudExtension", "Description", "VAppParent", "InstantiationParams"];

    public static readonly BodyShape InstantiateTemplate = new("InstantiateVAppTemplateParams", ["name"], [.. Creation, "Source", "IsSourceDelete", "SourcedVmInstantiationParams", "SourcedItem", "AllEULAsAccepted"]);

    public static readonly BodyShape Compose = new("ComposeVAppParams", ["name"], [.. Creation, "SourcedItem", "CreateItem", "AllEULAsAccepted"]);

    public static readonly BodyShape Recompose = new("RecomposeVAppParams", [], [.. Creation, "SourcedItem", "CreateItem", "AllEULAsAccepted", "DeleteItem", "ReconfigureItem"]);

    public static readonly BodyShape MoveVApp = new("MoveVAppParams", [], []) { AnyChildren = true };

    public static readonly BodyShape CloneVApp = new("CloneVAppParams", ["name"], [.. Creation, "Source", "IsSourceDelete", "SourcedVmInstantiationParams", "SourcedItem"]);

    /// <summary>A vApp's whole representation may be sent back.</summary>
    public static readonly BodyShape VApp = new("VApp", ["name"], []) { AnyChildren = true };

    public static readonly BodyShape Machine = new("Vm", [], []) { AnyChildren = true };

    public static readonly BodyShape Lease = new("LeaseSettingsSection", [], []) { AnyChildren = true };

    public static readonly BodyShape Startup = new("StartupSection", [], []) { AnyChildren = true, IsOvf = true };

    public static readonly BodyShape Hardware = new("VirtualHardwareSection", [], []) { AnyChildren = true, IsOvf = true };

    public static readonly BodyShape OperatingSystem = new("OperatingSystemSection", [], []) { AnyChildren = true, IsOvf = true };

    public static readonly BodyShape NetworkConfig = new("NetworkConfigSection", [], []) { AnyChildren = true };

    public static readonly BodyShape NetworkConnection = new("NetworkConnectionSection", [], []) { AnyChildren = true };

    public static readonly BodyShape GuestCustomization = new("GuestCustomizationSection", [], []) { AnyChildren = true };

    public static readonly BodyShape Capabilities = new("VmCapabilities", [], ["VCloudExtension", "Link", "MemoryHotAddEnabled", "CpuHotAddEnabled"]);

    public static readonly BodyShape ProductSections = new("ProductSectionList", [], []) { AnyChildren = true };

    public static readonly BodyShape RasdItem = new("Item", [], []) { AnyChildren = true };

    public static readonly BodyShape RasdItems = new("RasdItemsList", [], ["VCloudExtension", "Link", "Item"]);

    public static readonly BodyShape Capture = new("CaptureVAppParams", ["name"], []) { AnyChildren = true };

    public static readonly BodyShape Snapshot = new("CreateSnapshotParams", [], ["VCloudExtension", "Description"]);

    public static readonly BodyShape DiskCreate = new("DiskCreateParams", [], ["VCloudExtension", "Disk", "Locality"]);

    public static readonly BodyShape Disk = new("Disk", ["name"], [.. EntityChildren, "Files", "StorageProfile", "Owner"]);

    public static readonly BodyShape DiskAttachOrDetach = new("DiskAttachOrDetachParams", [], ["VCloudExtension", "Disk", "BusNumber", "UnitNumber"]);

    public static readonly BodyShape InsertOrEject = new("MediaInsertOrEjectParams", [], ["VCloudExtension", "Media"]);

    public static readonly BodyShape Answer = new("VmQuestionAnswer", [], ["ChoiceId", "QuestionId"]);

    /// <summary>Whether the root is an element of OVF.</summary>
    public bool IsOvf { get; init; }

    /// <summary>Whether children are not looked at.</summary>
    public bool AnyChildren { get; init; }

    /// <summary>Checks the body of a request and its content type.</summary>
    /// <exception cref="VcdException">415 for another content type; 400 with what is wrong in the body.</exception>
    public XElement Read(VcdCall call, string contentType)
    {
        // Parameters behind the type (a charset, a version) say nothing here, and letter case neither.
        var sent = (call.Request.ContentType ?? "").Split(';')[0].Trim();
        if (!sent.Equals(contentType, StringComparison.OrdinalIgnoreCase)) throw new VcdException(Assumptions.UnknownBodyStatus, "UNSUPPORTED_MEDIA_TYPE", $"The content type must be {contentType}, not '{sent}'.");
        return Check(call.Body);
    }

    /// <exception cref="VcdException">400 with what is wrong.</exception>
    public XElement Check(XElement? body)
    {
        if (body is null || body.Name != (IsOvf ? Xml.Ovf : Xml.Namespace) + Root) throw VcdException.BadRequest($"The request body must be the element {Root} of the namespace {(IsOvf ? Xml.Ovf : Xml.Namespace)}.");
        foreach (var name in Required)
        {
            if (body.Attribute(name) is not { Value.Length: > 0 }) throw VcdException.BadRequest($"validation error on field '{name}': the attribute must be present in {Root}.");
        }

        if (AnyChildren) return body;
        var last = 0;
        foreach (var child in body.Elements())
        {
            var place = child.Name.Namespace == Xml.Namespace ? Array.IndexOf(Children, child.Name.LocalName) : -1;
            if (place < last) throw VcdException.BadRequest($"validation error: element {child.Name.LocalName} is not expected at this place of {Root}. The order is: {string.Join(", ", Children)}.");
            last = place;
        }

        return body;
    }
}
