using System.Xml.Linq;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>The bodies that make vApps and templates against the vendor's schemas, in every combination, and free of what a version does not know.</summary>
public sealed class VcdVAppBodyTests
{
    private const string Cell = "https://cell.example.com/api/";
    private const string Profile = Cell + "vdcStorageProfile/1";
    private static readonly VcdApiVersion V51 = VcdApiVersion.Parse("5.1");
    private static readonly VcdApiVersion V55 = VcdApiVersion.Parse("5.5");
    private static readonly VcdApiVersion V56 = VcdApiVersion.Parse("5.6");
    private static readonly VcdApiVersion V90 = VcdApiVersion.Parse("9.0");
    private static readonly VcdApiVersion V300 = VcdApiVersion.Parse("30.0");

    // What later references have and the schemas of 30.0 do not.
    private static readonly string[] Later = ["ComputePolicy", "VdcComputePolicy", "VmPlacementPolicy", "VmSizingPolicy", "MoveVAppParams"];

    private static readonly XElement Network = XElement.Parse("""
        <NetworkConfig xmlns="http://www.vmware.com/vcloud/v1.5" networkName="inner" href="https://h/1" type="t" id="i">
          <Link rel="edit" href="https://h/2"/><Description>d</Description>
          <Configuration><IpScopes><IpScope><IsInherited>false</IsInherited><Gateway>10.0.0.1</Gateway><Netmask>255.255.255.0</Netmask><AllocatedIpAddresses><IpAddress>10.0.0.7</IpAddress></AllocatedIpAddresses></IpScope></IpScopes>
          <ParentNetwork href="https://h/3" name="old"/><FenceMode>natRouted</FenceMode><RetainNetInfoAcrossDeployments>false</RetainNetInfoAcrossDeployments><RouterInfo><ExternalIp>10.0.0.9</ExternalIp></RouterInfo></Configuration>
          <IsDeployed>true</IsDeployed>
        </NetworkConfig>
        """);

    private static readonly XElement Connections = XElement.Parse("""
        <NetworkConnectionSection xmlns="http://www.vmware.com/vcloud/v1.5" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1" type="t" href="https://h/4" ovf:required="false">
          <ovf:Info>i</ovf:Info><PrimaryNetworkConnectionIndex>0</PrimaryNetworkConnectionIndex>
          <NetworkConnection network="none" needsCustomization="true"><NetworkConnectionIndex>0</NetworkConnectionIndex><IsConnected>false</IsConnected><MACAddress>00:50:56:02:00:fd</MACAddress><IpAddressAllocationMode>NONE</IpAddressAllocationMode></NetworkConnection>
          <NetworkConnection network="inner"><NetworkConnectionIndex>1</NetworkConnectionIndex><IpAddress>10.0.0.5</IpAddress><ExternalIpAddress>1.2.3.4</ExternalIpAddress><IsConnected>true</IsConnected><MACAddress>00:50:56:02:00:fe</MACAddress><IpAddressAllocationMode>MANUAL</IpAddressAllocationMode></NetworkConnection>
          <Link rel="edit" href="https://h/4"/>
        </NetworkConnectionSection>
        """);

    private static readonly XElement Customization = XElement.Parse("""
        <GuestCustomizationSection xmlns="http://www.vmware.com/vcloud/v1.5" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1" type="t" href="https://h/5" ovf:required="false">
          <ovf:Info>i</ovf:Info><Enabled>false</Enabled><ChangeSid>true</ChangeSid><VirtualMachineId>x</VirtualMachineId><AdminPasswordEnabled>false</AdminPasswordEnabled><AdminPasswordAuto>true</AdminPasswordAuto>
          <ResetPasswordRequired>false</ResetPasswordRequired><CustomizationScript>echo</CustomizationScript><ComputerName>old</ComputerName><Link rel="edit" href="https://h/5"/>
        </GuestCustomizationSection>
        """);

    public static TheoryData<string, string?> Texts => VcdBodyTests.Texts;

    [SkippableTheory]
    [MemberData(nameof(Texts))]
    public void Instantiations_are_valid_in_every_combination_and_hold_nothing_newer(string name, string? description)
    {
        VcdSchemas.Need();
        foreach (var powerOn in new[] { false, true })
        {
            foreach (var eula in new[] { false, true })
            {
                foreach (var sections in SectionChoices())
                {
                    foreach (var items in ItemChoices())
                    {
                        var body = VcdBodies.InstantiateTemplate(new(name, description, powerOn), sections, Template(), items, [], eula);
                        Assert.Empty(VcdSchemas.Faults(body));
                        foreach (var version in items.Count == 0 ? new[] { V55, V90, V300 } : [V56, V90, V300])
                        {
                            Assert.Empty(VcdSchemas.Newer(body, version, Later));
                        }
                    }
                }
            }
        }
    }

    [SkippableFact]
    public void The_storage_profile_of_machines_has_two_forms()
    {
        VcdSchemas.Need();
        var old = VcdBodies.InstantiateTemplate(new("a", null, false), [], Template(), [], [VcdBodies.SourcedVmProfile(Cell + "vAppTemplate/vm-1", null, "vm1", Profile)], false);
        Assert.Empty(VcdSchemas.Faults(old));
        Assert.Empty(VcdSchemas.Newer(old, V51));
        Assert.Empty(VcdSchemas.Newer(old, V55));
        var now = VcdBodies.InstantiateTemplate(new("a", null, false), [], Template(), [VcdBodies.SourcedItem(Machine() with { StorageProfile = Profile })], [], false);
        Assert.Empty(VcdSchemas.Faults(now));
        Assert.Equal(["SourcedItem"], VcdSchemas.Newer(now, V55), StringComparer.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Texts))]
    public void Compositions_are_valid_in_every_combination_and_hold_nothing_newer(string name, string? description)
    {
        VcdSchemas.Need();
        foreach (var eula in new[] { false, true })
        {
            foreach (var sections in SectionChoices())
            {
                foreach (var items in ItemChoices())
                {
                    var body = VcdBodies.ComposeVApp(new(name, description, eula), sections, items, eula);
                    Assert.Empty(VcdSchemas.Faults(body));
                    foreach (var version in new[] { V55, V90, V300 })
                    {
                        Assert.Empty(VcdSchemas.Newer(body, version, Later));
                    }
                }
            }
        }
    }

    [SkippableFact]
    public void New_names_of_composed_machines_are_newer_than_5_5()
    {
        VcdSchemas.Need();
        var body = VcdBodies.ComposeVApp(new("a", null, false), [], [VcdBodies.SourcedItem(Machine() with { NewName = "b & c", Description = "" })], false);
        Assert.Empty(VcdSchemas.Faults(body));
        Assert.Contains("VmGeneralParams", VcdSchemas.Newer(body, V55), StringComparer.Ordinal);
        Assert.Empty(VcdSchemas.Newer(body, V90, Later));
    }

    [SkippableTheory]
    [MemberData(nameof(Texts))]
    public void Copies_are_valid_in_every_combination_and_hold_nothing_newer(string name, string? description)
    {
        VcdSchemas.Need();
        foreach (var removes in new[] { false, true })
        {
            foreach (var sections in SectionChoices())
            {
                var body = VcdBodies.CloneVApp(new(name, description, false), sections, VcdBodies.Source(Cell + "vApp/vapp-1", null, name), removes, [], []);
                Assert.Empty(VcdSchemas.Faults(body));
                Assert.Empty(VcdSchemas.Newer(body, V55, Later));
                var old = VcdBodies.CloneVApp(new(name, description, false), sections, VcdBodies.Source(Cell + "vApp/vapp-1", null, name), removes, [], [VcdBodies.SourcedVmProfile(Cell + "vApp/vm-1", null, null, Profile)]);
                Assert.Empty(VcdSchemas.Faults(old));
                Assert.Empty(VcdSchemas.Newer(old, V55, Later));
                var now = VcdBodies.CloneVApp(new(name, description, false), sections, VcdBodies.Source(Cell + "vApp/vapp-1", null, name), removes, [VcdBodies.SourcedItem(Machine() with { StorageProfile = Profile })], []);
                Assert.Empty(VcdSchemas.Faults(now));
                Assert.Empty(VcdSchemas.Newer(now, V90, Later));
            }
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Texts))]
    public void Captures_are_valid_in_every_combination_and_hold_nothing_newer(string name, string? description)
    {
        VcdSchemas.Need();
        foreach (var customize in new bool?[] { null, true, false })
        {
            foreach (var profile in new[] { null, Profile })
            {
                foreach (var target in new[] { null, VcdBodies.TargetCatalogItem(Cell + "catalogItem/1", name) })
                {
                    var body = VcdBodies.CaptureVApp(name, description, VcdBodies.Source(Cell + "vApp/vapp-1", null, null), customize, profile, target);
                    Assert.Empty(VcdSchemas.Faults(body));
                    Assert.Empty(VcdSchemas.Newer(body, V55, Later));
                    Assert.Equal(target is null ? [] : ["TargetCatalogItem"], VcdSchemas.Newer(body, V51, Later), StringComparer.Ordinal);
                }
            }
        }
    }

    [Fact]
    public void A_move_has_its_sections_beside_the_source_and_names_every_machine()
    {
        var body = VcdBodies.MoveVApp(VcdBodies.Source(Cell + "vApp/vapp-1", null, "a"), [VcdBodies.NetworkConfigSection([VcdBodies.BridgedNetwork("n", Cell + "network/1", "n")])], [VcdBodies.SourcedItem(Machine()), VcdBodies.SourcedItem(Machine())]);
        Assert.Equal(["Source", "NetworkConfigSection", "SourcedItem", "SourcedItem"], body.Elements().Select(e => e.Name.LocalName), StringComparer.Ordinal);
        Assert.All(body.DescendantsAndSelf().Where(e => e.Name.LocalName is not "Info"), e => Assert.Equal(VcdXml.Namespace, e.Name.Namespace));
    }

    [SkippableFact]
    public void Policies_are_of_33_0_and_stand_behind_the_storage_profile()
    {
        VcdSchemas.Need();
        var item = VcdBodies.SourcedItem(Machine() with { StorageProfile = Profile, SizingPolicy = new("small", Cell + "s", null), PlacementPolicy = new("here", Cell + "p", null) });
        Assert.Equal(["Source", "StorageProfile", "ComputePolicy"], item.Elements().Select(e => e.Name.LocalName), StringComparer.Ordinal);
        Assert.Equal(["VmPlacementPolicy", "VmSizingPolicy"], VcdXml.Child(item, "ComputePolicy")!.Elements().Select(e => e.Name.LocalName), StringComparer.Ordinal);
        var body = VcdBodies.ComposeVApp(new("a", null, false), [], [item], false);
        Assert.Equal(["ComputePolicy", "VmPlacementPolicy", "VmSizingPolicy"], VcdSchemas.Newer(body, V300, Later), StringComparer.Ordinal);
        VcdXml.Child(item, "ComputePolicy")!.Remove();
        Assert.Empty(VcdSchemas.Faults(VcdBodies.ComposeVApp(new("a", null, false), [], [item], false)));
    }

    [Fact]
    public void A_copied_network_keeps_what_it_is_and_gets_the_other_parent()
    {
        var copy = VcdBodies.CopiedNetwork(Network, Cell + "network/9", "dmz & co");
        Assert.Equal(["Description", "Configuration"], copy.Elements().Select(e => e.Name.LocalName), StringComparer.Ordinal);
        Assert.Equal(["networkName"], copy.Attributes().Where(a => !a.IsNamespaceDeclaration).Select(a => a.Name.LocalName), StringComparer.Ordinal);
        Assert.DoesNotContain(copy.Descendants(), e => e.Name.LocalName is "RouterInfo" or "AllocatedIpAddresses");
        var parent = copy.Descendants(VcdXml.Namespace + "ParentNetwork").Single();
        Assert.Equal((Cell + "network/9", "dmz & co"), (VcdXml.Text(parent, "href"), VcdXml.Text(parent, "name")));
        Assert.Equal("https://h/3", VcdXml.Text(VcdBodies.CopiedNetwork(Network, null, null).Descendants(VcdXml.Namespace + "ParentNetwork").Single(), "href"));
    }

    [Fact]
    public void Connections_change_only_where_they_are_meant_to()
    {
        var section = VcdBodies.NetworkConnections(Connections, new Dictionary<int, VcdCardPlan> { [0] = new("dmz", "MANUAL", "10.0.0.77", true) }, newAddresses: true);
        var cards = VcdXml.Children(section, "NetworkConnection").ToArray();
        Assert.Equal(["NetworkConnectionIndex", "IpAddress", "IsConnected", "IpAddressAllocationMode"], cards[0].Elements().Select(e => e.Name.LocalName), StringComparer.Ordinal);
        Assert.Equal(("dmz", "10.0.0.77", "true", "MANUAL"), (VcdXml.Text(cards[0], "network"), VcdXml.ChildText(cards[0], "IpAddress"), VcdXml.ChildText(cards[0], "IsConnected"), VcdXml.ChildText(cards[0], "IpAddressAllocationMode")));
        Assert.Equal(("inner", "10.0.0.5", null), (VcdXml.Text(cards[1], "network"), VcdXml.ChildText(cards[1], "IpAddress"), VcdXml.ChildText(cards[1], "MACAddress")));
        var kept = VcdBodies.NetworkConnections(Connections, new Dictionary<int, VcdCardPlan>(), newAddresses: false);
        Assert.Equal(["00:50:56:02:00:fd", "00:50:56:02:00:fe"], kept.Descendants(VcdXml.Namespace + "MACAddress").Select(m => m.Value), StringComparer.Ordinal);
    }

    [Fact]
    public void A_customization_keeps_what_is_not_changed()
    {
        var section = VcdBodies.GuestCustomization(Customization, "web-1", "secret & <more>");
        Assert.Equal(
            ["Info", "Enabled", "ChangeSid", "AdminPasswordEnabled", "AdminPasswordAuto", "AdminPassword", "ResetPasswordRequired", "CustomizationScript", "ComputerName"],
            section.Elements().Select(e => e.Name.LocalName),
            StringComparer.Ordinal);
        Assert.Equal(("true", "true", "true", "false", "secret & <more>", "echo", "web-1"), (
            VcdXml.ChildText(section, "Enabled"),
            VcdXml.ChildText(section, "ChangeSid"),
            VcdXml.ChildText(section, "AdminPasswordEnabled"),
            VcdXml.ChildText(section, "AdminPasswordAuto"),
            VcdXml.ChildText(section, "AdminPassword"),
            VcdXml.ChildText(section, "CustomizationScript"),
            VcdXml.ChildText(section, "ComputerName")));
        var enabled = VcdBodies.GuestCustomization(Customization, null, null);
        Assert.Equal(("true", "false", "true", "old"), (VcdXml.ChildText(enabled, "Enabled"), VcdXml.ChildText(enabled, "AdminPasswordEnabled"), VcdXml.ChildText(enabled, "AdminPasswordAuto"), VcdXml.ChildText(enabled, "ComputerName")));
    }

    [Theory]
    [InlineData(null, null, new string[0])]
    [InlineData(3600, null, new[] { "DeploymentLeaseInSeconds=3600" })]
    [InlineData(null, 0, new[] { "StorageLeaseInSeconds=0" })]
    [InlineData(86400, 604800, new[] { "DeploymentLeaseInSeconds=86400", "StorageLeaseInSeconds=604800" })]
    public void Leases_are_in_seconds(int? runtime, int? storage, string[] expected)
    {
        var section = VcdBodies.LeaseSettings(runtime is { } r ? TimeSpan.FromSeconds(r) : null, storage is { } s ? TimeSpan.FromSeconds(s) : null);
        Assert.Equal(expected, section.Elements().Where(e => e.Name.LocalName is not "Info").Select(e => $"{e.Name.LocalName}={e.Value}"), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whether_it_is_powered_on_is_always_said(bool on)
    {
        var body = VcdBodies.InstantiateTemplate(new("a", null, on), [], Template(), [], [], false);
        Assert.Equal((on ? "true" : "false", on ? "true" : "false"), (VcdXml.Text(body, "deploy"), VcdXml.Text(body, "powerOn")));
        Assert.Null(VcdXml.Child(body, "AllEULAsAccepted"));
    }

    private static XElement Template() => VcdBodies.Source(Cell + "vAppTemplate/vappTemplate-1", "application/vnd.vmware.vcloud.vAppTemplate+xml", "t");

    private static VcdSourcedItem Machine() => new(Cell + "vAppTemplate/vm-1", "application/vnd.vmware.vcloud.vm+xml", "vm1");

    private static IEnumerable<IReadOnlyList<XElement>> SectionChoices()
    {
        XElement Networks(params XElement[] networks) => VcdBodies.NetworkConfigSection(networks);
        yield return [];
        yield return [Networks(VcdBodies.BridgedNetwork("dmz & co", Cell + "network/1", null))];
        yield return [VcdBodies.LeaseSettings(TimeSpan.FromDays(1), null)];
        yield return [VcdBodies.LeaseSettings(TimeSpan.Zero, TimeSpan.FromDays(90)), Networks(VcdBodies.BridgedNetwork("a", Cell + "network/1", "b"), VcdBodies.CopiedNetwork(Network, null, null), VcdBodies.CopiedNetwork(Network, Cell + "network/2", "c"))];
    }

    private static IEnumerable<IReadOnlyList<XElement>> ItemChoices()
    {
        yield return [];
        yield return [VcdBodies.SourcedItem(Machine())];
        var full = Machine() with
        {
            Sections =
            [
                VcdBodies.NetworkConnections(Connections, new Dictionary<int, VcdCardPlan> { [0] = new("dmz", "POOL", null, true), [1] = new("none", "NONE", null, false) }, newAddresses: true),
                VcdBodies.GuestCustomization(Customization, "web-1", "secret"),
            ],
            NetworkAssignments = [new("inner", "dmz & co")],
            StorageProfile = Profile,
            SourceDelete = true,
        };
        yield return [VcdBodies.SourcedItem(full), VcdBodies.SourcedItem(Machine() with { Sections = [VcdBodies.GuestCustomization(null, null, "x")] })];
    }
}
