using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>GET /api/versions, which needs no login (facts/vcd.md, "Versions").</summary>
internal static class VersionsAnswer
{
    private static readonly ApiVersion FirstWithCloudLogin = new("36.0");
    private static readonly ApiVersion FirstWithoutMappings = new("5.7");
    private static readonly ApiVersion FirstWithDeprecation = new("20.0");

    // Real lists have hundreds of these lines in the old versions; a client has to read past them.
    private static readonly string[] MappedTypes =
    [
        "InstantiateVAppTemplateParams", "CustomizationSection", "RelocateVmParams", "Org", "NetworkConnectionSection", "CatalogItem", "Catalog", "Media", "VApp", "Vm", "Vdc", "Task", "TasksList",
        "UploadVAppTemplateParams", "ControlAccess", "Metadata", "Session", "OrgList", "LeaseSettingsSection", "NetworkConfigSection", "GuestCustomizationSection", "OperatingSystemSection",
        "VirtualHardwareSection", "StartupSection", "ProductSections", "ScreenTicket", "DeployVAppParams", "UndeployVAppParams", "ComposeVAppParams", "CloneVAppParams", "CaptureVAppParams", "Owner",
    ];

    public static XElement Build(VcdSettings settings, Hrefs hrefs)
    {
        var marks = settings.Newest >= FirstWithDeprecation;
        return new XElement(
            Xml.Versions + "SupportedVersions",
            new XAttribute("xmlns", Xml.Versions.NamespaceName),
            settings.Versions.Select(v => new XElement(
                Xml.Versions + (v.Version.IsAlpha ? "AlphaVersion" : "VersionInfo"),
                marks ? new XAttribute("deprecated", Xml.Bool(v.Deprecated)) : null,
                new XElement(Xml.Versions + "Version", v.Version.Text),
                Logins(v.Version),
                v.Version < FirstWithoutMappings ? MappedTypes.Select(t => Mapping(t, v.Version)) : null)));

        object Logins(ApiVersion version) => version >= FirstWithCloudLogin || (version.IsAlpha && version.Major >= FirstWithCloudLogin.Major)
            ? new[] { new XElement(Xml.Versions + "LoginUrl", hrefs.TenantLogin), new XElement(Xml.Versions + "ProviderLoginUrl", hrefs.ProviderLogin) }
            : new XElement(Xml.Versions + "LoginUrl", hrefs.LegacyLogin);

        XElement Mapping(string type, ApiVersion version) => new(
            Xml.Versions + "MediaTypeMapping",
            new XElement(Xml.Versions + "MediaType", $"application/vnd.vmware.vcloud.{char.ToLowerInvariant(type[0])}{type[1..]}+xml"),
            new XElement(Xml.Versions + "ComplexTypeName", $"{type}Type"),
            new XElement(Xml.Versions + "SchemaLocation", hrefs.Api($"v{version}/schema/master.xsd")));
    }
}
