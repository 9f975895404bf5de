using System.Xml.Linq;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>The bodies of catalogs, sharing, owners and metadata against the vendor's schemas.</summary>
public sealed class VcdCatalogBodyTests
{
    private const string Profile = "https://cell.example.com/api/vdcStorageProfile/1";
    private static readonly VcdAccessSubject Alice = new("https://cell.example.com/api/admin/user/00000000-0000-4000-8000-00000000000a", VcdAssumptions.UserType, "alice & co");

    public static TheoryData<string, string?> Texts => VcdBodyTests.Texts;

    [SkippableTheory]
    [MemberData(nameof(Texts))]
    public void New_catalogs_are_valid_in_every_form(string name, string? description)
    {
        VcdSchemas.Need();
        foreach (var profile in new[] { null, Profile })
        {
            foreach (var subscription in new[] { null, VcdBodies.Subscription("https://other.example.com/vcsp/lib/1/", null, null, null), VcdBodies.Subscription("https://other.example.com/vcsp/lib/1/", name, "AB:CD", false) })
            {
                Assert.Empty(VcdSchemas.Faults(VcdBodies.NewCatalog(name, description, profile, subscription)));
            }
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Texts))]
    public void Items_copies_publications_and_subscriptions_are_valid(string name, string? description)
    {
        VcdSchemas.Need();
        Assert.Empty(VcdSchemas.Faults(VcdBodies.CatalogItem(name, description, "https://cell.example.com/api/media/1", "application/vnd.vmware.vcloud.media+xml", name)));
        Assert.Empty(VcdSchemas.Faults(VcdBodies.CatalogItem(name, description, "https://cell.example.com/api/media/1", null, null)));
        Assert.Empty(VcdSchemas.Faults(VcdBodies.CopyOrMove(name, description, "https://cell.example.com/api/catalogItem/1")));
        foreach (var flag in new[] { true, false })
        {
            Assert.Empty(VcdSchemas.Faults(VcdBodies.PublishToAll(flag)));
            Assert.Empty(VcdSchemas.Faults(VcdBodies.PublishExternally(flag, null, null, null)));
            Assert.Empty(VcdSchemas.Faults(VcdBodies.PublishExternally(flag, name, flag, flag)));
            Assert.Empty(VcdSchemas.Faults(VcdBodies.Subscription("https://other.example.com/vcsp/lib/1/", description, name, flag)));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Texts))]
    public void An_edited_catalog_is_valid_whatever_was_read(string name, string? description)
    {
        VcdSchemas.Need();
        foreach (var read in new[]
        {
            "<AdminCatalog xmlns=\"http://www.vmware.com/vcloud/v1.5\" name=\"a\"/>",
            "<AdminCatalog xmlns=\"http://www.vmware.com/vcloud/v1.5\" name=\"a\" href=\"https://h/1\"><Link rel=\"up\" href=\"https://h/2\"/><Description/><CatalogItems/><IsPublished>false</IsPublished></AdminCatalog>",
            "<v:AdminCatalog xmlns:v=\"http://www.vmware.com/vcloud/v1.5\" name=\"a\" id=\"urn:vcloud:catalog:1\" type=\"t\" href=\"https://h/1\"><v:Link rel=\"up\" href=\"https://h/2\"/><v:Description>old</v:Description><v:Tasks><v:Task status=\"running\" name=\"task\"/></v:Tasks><v:Owner><v:User href=\"https://h/3\"/></v:Owner><v:CatalogItems><v:CatalogItem href=\"https://h/4\" name=\"i\"/></v:CatalogItems><v:IsPublished>true</v:IsPublished><v:DateCreated>2026-01-02T03:04:05.006Z</v:DateCreated><v:VersionNumber>7</v:VersionNumber><v:CatalogStorageProfiles><v:VdcStorageProfile href=\"https://h/5\"/></v:CatalogStorageProfiles><v:PublishExternalCatalogParams><v:IsPublishedExternally>true</v:IsPublishedExternally></v:PublishExternalCatalogParams></v:AdminCatalog>",
        })
        {
            foreach (var profile in new[] { null, Profile })
            {
                Assert.Empty(VcdSchemas.Faults(VcdBodies.EditedCatalog(XElement.Parse(read), name, description, profile)));
                Assert.Empty(VcdSchemas.Faults(VcdBodies.EditedCatalog(XElement.Parse(read), null, description, profile)));
            }
        }
    }

    [Fact]
    public void An_edited_catalog_keeps_what_is_not_changed()
    {
        var read = XElement.Parse("<AdminCatalog xmlns=\"http://www.vmware.com/vcloud/v1.5\" name=\"a\" id=\"urn:vcloud:catalog:1\"><Link rel=\"up\" href=\"https://h/2\"/><Description>old</Description><CatalogItems><CatalogItem href=\"https://h/4\"/></CatalogItems><IsPublished>true</IsPublished><CatalogStorageProfiles><VdcStorageProfile href=\"https://h/5\"/></CatalogStorageProfiles><PublishExternalCatalogParams><IsPublishedExternally>true</IsPublishedExternally></PublishExternalCatalogParams><LaterElement>x</LaterElement></AdminCatalog>");
        var body = VcdBodies.EditedCatalog(read, "b", null, null);
        Assert.Equal("b", VcdXml.Text(body, "name"));
        Assert.Equal("urn:vcloud:catalog:1", VcdXml.Text(body, "id"));
        Assert.Equal(["Description", "IsPublished", "CatalogStorageProfiles", "PublishExternalCatalogParams", "LaterElement"], body.Elements().Select(e => e.Name.LocalName), StringComparer.Ordinal);
        Assert.Equal("old", VcdXml.ChildText(body, "Description"));
        var described = VcdBodies.EditedCatalog(read, null, "new", Profile);
        Assert.Equal(("a", "new"), (VcdXml.Text(described, "name"), VcdXml.ChildText(described, "Description")));
        Assert.Equal(["Description", "IsPublished", "CatalogStorageProfiles", "PublishExternalCatalogParams", "LaterElement"], described.Elements().Select(e => e.Name.LocalName), StringComparer.Ordinal);
        Assert.Equal(Profile, VcdXml.Text(VcdXml.Child(VcdXml.Child(described, "CatalogStorageProfiles")!, "VdcStorageProfile")!, "href"));
    }

    [SkippableFact]
    public void Sharing_and_owners_are_valid_in_every_form()
    {
        VcdSchemas.Need();
        foreach (var read in new[]
        {
            "<ControlAccessParams xmlns=\"http://www.vmware.com/vcloud/v1.5\"><IsSharedToEveryone>false</IsSharedToEveryone></ControlAccessParams>",
            "<ControlAccessParams xmlns=\"http://www.vmware.com/vcloud/v1.5\"><IsSharedToEveryone>true</IsSharedToEveryone><EveryoneAccessLevel>ReadOnly</EveryoneAccessLevel></ControlAccessParams>",
            Shared,
        })
        {
            foreach (var change in new VcdAccessChange[]
            {
                new() { Everyone = VcdAccessLevel.Change },
                new() { Everyone = VcdAccessLevel.None },
                new() { Subjects = [Alice], Level = VcdAccessLevel.FullControl },
                new() { Subjects = [Alice] },
            })
            {
                Assert.Empty(VcdSchemas.Faults(VcdBodies.ControlAccess(XElement.Parse(read), change)));
            }
        }

        Assert.Empty(VcdSchemas.Faults(VcdBodies.Owner(Alice.Href, Alice.Name)));
        Assert.Empty(VcdSchemas.Faults(VcdBodies.Owner(Alice.Href, null)));
    }

    [Fact]
    public void A_change_of_sharing_leaves_everybody_else_as_he_was()
    {
        var read = XElement.Parse(Shared);
        var granted = VcdBodies.ControlAccess(read, new() { Subjects = [Alice], Level = VcdAccessLevel.FullControl });
        Assert.Equal(["false", "ReadOnly@bob", "Change@External", "FullControl@alice & co"], Told(granted), StringComparer.Ordinal);
        Assert.Equal(["false", "ReadOnly@bob", "Change@External"], Told(VcdBodies.ControlAccess(granted, new() { Subjects = [Alice] })), StringComparer.Ordinal);
        Assert.Equal(["false", "ReadOnly@bob", "Change@External", "ReadOnly@alice & co"], Told(VcdBodies.ControlAccess(granted, new() { Subjects = [Alice], Level = VcdAccessLevel.ReadOnly })), StringComparer.Ordinal);
        Assert.Equal(["true", "Change", "ReadOnly@bob", "Change@External"], Told(VcdBodies.ControlAccess(read, new() { Everyone = VcdAccessLevel.Change })), StringComparer.Ordinal);
        Assert.Equal(["false", "ReadOnly@bob", "Change@External"], Told(VcdBodies.ControlAccess(VcdBodies.ControlAccess(read, new() { Everyone = VcdAccessLevel.Change }), new() { Everyone = VcdAccessLevel.None })), StringComparer.Ordinal);
    }

    [SkippableTheory]
    [InlineData(VcdMetadataDomain.General, VcdMetadataVisibility.ReadWrite)]
    [InlineData(VcdMetadataDomain.System, VcdMetadataVisibility.ReadOnly)]
    [InlineData(VcdMetadataDomain.System, VcdMetadataVisibility.Private)]
    public void Metadata_of_every_type_and_domain_is_valid(VcdMetadataDomain domain, VcdMetadataVisibility visibility)
    {
        VcdSchemas.Need();
        KeyValuePair<string, object>[] values = [new("a key & <more>", "text\n]]>"), new("räksmörgås", string.Empty), new("n", long.MinValue), new("b", true), new("d", new DateTimeOffset(2026, 1, 2, 3, 4, 5, 6, TimeSpan.FromHours(-5)))];
        var typed = VcdBodies.Metadata(values, domain, visibility, typed: true);
        Assert.Empty(VcdSchemas.Faults(typed));
        Assert.Empty(VcdSchemas.Faults(VcdBodies.Metadata(values, domain, visibility, typed: false)));
        Assert.Equal(["MetadataStringValue", "MetadataStringValue", "MetadataNumberValue", "MetadataBooleanValue", "MetadataDateTimeValue"], typed.Elements().Select(e => (string?)VcdXml.Child(e, "TypedValue")!.Attribute(VcdXml.SchemaInstance + "type")), StringComparer.Ordinal);
        Assert.Equal("2026-01-02T08:04:05.006Z", VcdXml.ChildText(VcdXml.Child(typed.Elements().Last(), "TypedValue")!, "Value"));
        Assert.Equal(domain is VcdMetadataDomain.General ? null : visibility.ToString().ToUpperInvariant(), VcdXml.Child(typed.Elements().First(), "Domain") is { } tag ? VcdXml.Text(tag, "visibility") : null);
    }

    [Fact]
    public void Metadata_is_read_back_with_its_types()
    {
        KeyValuePair<string, object>[] values = [new("s", "text"), new("n", -42L), new("b", false), new("d", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero))];
        var read = XElement.Parse(System.Text.Encoding.UTF8.GetString(VcdXml.ToBytes(VcdBodies.Metadata(values, VcdMetadataDomain.System, VcdMetadataVisibility.Private, typed: true)))).Elements().Select(e => new VcdMetadataEntry(e, "x", "h")).ToArray();
        Assert.Equal(values.Select(v => v.Value), read.Select(e => e.Value));
        Assert.Equal(["String", "Number", "Boolean", "DateTime"], read.Select(e => e.Type), StringComparer.Ordinal);
        Assert.All(read, e => Assert.Equal((VcdMetadataDomain.System, VcdMetadataVisibility.Private), (e.Domain, e.Visibility)));
        var odd = new VcdMetadataEntry(XElement.Parse("<MetadataEntry xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:v=\"http://www.vmware.com/vcloud/v1.5\"><Key>k</Key><TypedValue i:type=\"v:MetadataNumberValue\"><Value>12</Value></TypedValue></MetadataEntry>"), "x", "h");
        Assert.Equal((12L, VcdMetadataDomain.General, VcdMetadataVisibility.ReadWrite), (odd.Value, odd.Domain, odd.Visibility));
        Assert.Equal("many", new VcdMetadataEntry(XElement.Parse("<MetadataEntry xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\"><Key>k</Key><TypedValue i:type=\"MetadataNumberValue\"><Value>many</Value></TypedValue></MetadataEntry>"), "x", "h").Value);
    }

    [SkippableFact]
    public void The_recorded_sharing_owners_and_metadata_are_read()
    {
        var folder = Path.Combine(Simulator.SharedFolder, "samples", "vcd", "jclouds_labs");
        Skip.IfNot(Directory.Exists(folder), "The recorded answers are not beside the repository.");
        var entry = Assert.Single(VcdXml.Children(XElement.Load(Path.Combine(folder, "media", "metadata.xml")), "MetadataEntry"));
        var read = new VcdMetadataEntry(entry, "x", "h");
        Assert.Equal(("key", "value", "String", VcdMetadataDomain.General), (read.Key, read.Value, read.Type, read.Domain));
        Assert.Contains(read.Links, l => l.Rel == "remove");
        Assert.Equal("acole", new VcdOwner(XElement.Load(Path.Combine(folder, "media", "owner.xml")), "x", "h").Owner);
        var catalog = new VcdCatalog(XElement.Load(Path.Combine(folder, "catalog", "admin", "catalog.xml")));
        Assert.NotEmpty(catalog.Items);
        VcdSchemas.Need();
        Assert.Empty(VcdSchemas.Faults(VcdBodies.EditedCatalog(XElement.Load(Path.Combine(folder, "catalog", "admin", "catalog.xml")), "b", "c", Profile)));
    }

    private const string Shared = "<ControlAccessParams xmlns=\"http://www.vmware.com/vcloud/v1.5\"><IsSharedToEveryone>false</IsSharedToEveryone><AccessSettings><AccessSetting><Subject href=\"https://cell.example.com/api/admin/user/00000000-0000-4000-8000-00000000000b\" name=\"bob\" type=\"application/vnd.vmware.admin.user+xml\"/><AccessLevel>ReadOnly</AccessLevel></AccessSetting><AccessSetting><ExternalSubject><SubjectId>x-1</SubjectId><IsUser>true</IsUser><IdpType>SAML</IdpType></ExternalSubject><AccessLevel>Change</AccessLevel></AccessSetting></AccessSettings></ControlAccessParams>";

    private static IEnumerable<string> Told(XElement body)
        => new[] { VcdXml.ChildText(body, "IsSharedToEveryone")!, VcdXml.ChildText(body, "EveryoneAccessLevel")! }.Where(t => t is not null)
            .Concat(VcdBodies.Settings(body).Select(s => $"{VcdXml.ChildText(s, "AccessLevel")}@{(VcdXml.Child(s, "Subject") is { } subject ? VcdXml.Text(subject, "name") : "External")}"));
}
