using System.Xml.Linq;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Tests.Http;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>Machines that come to a vApp, on a scripted wire: what is sent in each version, and what is refused before anything is.</summary>
public sealed class VcdMachineAddingTests
{
    private const string VApp = "/api/vApp/vapp-00000000-0000-4000-8000-000000000007";
    private const string Vdc = "/api/vdc/00000000-0000-4000-8000-000000000001";
    private const string Template = "/api/vAppTemplate/vappTemplate-00000000-0000-4000-8000-000000000002";
    private const string Machine = "/api/vApp/vm-00000000-0000-4000-8000-000000000003";
    private const string Dmz = VcdFake.Host + "/api/network/00000000-0000-4000-8000-000000000004";
    private const string Gold = VcdFake.Host + "/api/vdcStorageProfile/00000000-0000-4000-8000-000000000005";
    private static readonly VcdBlankMachine Blank = new("debian11_64Guest", 4, 2, 2L << 30, null);
    private static readonly VcdMachineRecipe OfTemplate = new() { VAppHref = VApp, Templates = [Template], AcceptsEula = true };
    private static readonly VcdMachineRecipe OfMachine = new() { VAppHref = VApp, VMs = [Machine] };

    // What a machine can be told in each version, and what the schemas' marks say of the body then.
    [SkippableTheory]
    [InlineData("5.5")]
    [InlineData("9.0")]
    [InlineData("30.0")]
    public async Task Bodies_are_valid_and_no_newer_than_the_version(string version)
    {
        VcdSchemas.Need();
        var old = version is "5.5";
        foreach (var recipe in new[]
        {
            OfTemplate,
            OfTemplate with { Name = "a & <b>", Networks = [new VcdNetworkMapping(null, "dmz")], StorageProfile = "gold", ComputerNames = new Dictionary<string, string>(StringComparer.Ordinal) { [""] = "web-1" } },
            OfMachine with { Moves = true },
            OfMachine with { Name = "copy", Description = old ? null : "d", Networks = [new VcdNetworkMapping("eth0", "dmz") { IPAddress = "10.0.0.9" }, new VcdNetworkMapping("eth1", null)] },
            OfTemplate with { VMs = [Machine] },
        })
        {
            var body = (await PlanAsync(recipe, version)).Body;
            Assert.Empty(VcdSchemas.Faults(body));
            Assert.Empty(VcdSchemas.Newer(body, VcdApiVersion.Parse(version)));
        }
    }

    [SkippableFact]
    public async Task A_blank_machine_is_valid_and_known_from_its_version_on()
    {
        VcdSchemas.Need();
        foreach (var recipe in new[]
        {
            new VcdMachineRecipe { VAppHref = VApp, Name = "blank", Blank = Blank },
            new VcdMachineRecipe { VAppHref = VApp, Name = "räksmörgås", Description = "", Blank = Blank with { CoresPerSocket = null, HardwareVersion = 9 }, StorageProfile = Gold, ComputerNames = new Dictionary<string, string>(StringComparer.Ordinal) { [""] = "b1" }, Networks = [new("eth2", null), new("eth0", Dmz) { Mode = "DHCP" }] },
        })
        {
            var body = (await PlanAsync(recipe, "32.0")).Body;
            Assert.Empty(VcdSchemas.Faults(body));
            Assert.Empty(VcdSchemas.Newer(body, VcdApiVersion.Parse("32.0")));
            Assert.Contains("CreateItem", VcdSchemas.Newer(body, VcdApiVersion.Parse("9.0")), StringComparer.Ordinal);
        }

        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => PlanAsync(new VcdMachineRecipe { VAppHref = VApp, Name = "blank", Blank = Blank }, "31.0"));
        Assert.Contains("needs API 32.0; this connection speaks 31.0", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blank_machine_has_what_was_asked_and_the_highest_hardware()
    {
        var (_, body, _, _) = await PlanAsync(new VcdMachineRecipe { VAppHref = VApp, Name = "blank", Blank = Blank, Networks = [new(null, "DMZ")] }, "37.0");
        var item = VcdXml.Child(body, "CreateItem")!;
        var spec = VcdXml.Child(item, "VmSpecSection")!;
        Assert.Equal(("debian11_64Guest", "4", "2", "2048", "vmx-19"), (VcdXml.ChildText(spec, "OsType"), VcdXml.ChildText(spec, "NumCpus"), VcdXml.ChildText(spec, "NumCoresPerSocket"), VcdXml.ChildText(VcdXml.Child(spec, "MemoryResourceMb")!, "Configured"), VcdXml.ChildText(spec, "HardwareVersion")));
        Assert.Equal("blank", VcdXml.ChildText(VcdXml.Child(item, "GuestCustomizationSection")!, "ComputerName"));
        Assert.Equal("dmz POOL true", Card(item, 0));
    }

    [Fact]
    public async Task The_name_stands_where_the_version_has_it()
    {
        var old = Assert.Single(VcdXml.Children((await PlanAsync(OfTemplate with { Name = "new" }, "5.5")).Body, "SourcedItem"));
        Assert.Equal(("new", null), (VcdXml.Text(VcdXml.Child(old, "Source")!, "name"), VcdXml.Child(old, "VmGeneralParams")));
        var now = Assert.Single(VcdXml.Children((await PlanAsync(OfTemplate with { Name = "new" }, "37.0")).Body, "SourcedItem"));
        Assert.Equal(("vm1", "new"), (VcdXml.Text(VcdXml.Child(now, "Source")!, "name"), VcdXml.ChildText(VcdXml.Child(now, "VmGeneralParams")!, "Name")));
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => PlanAsync(OfTemplate with { Description = "d" }, "5.5"));
        Assert.Contains("-Description 'd' needs API 5.6", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cards_go_where_they_are_told_else_to_the_network_of_the_same_name_else_nowhere()
    {
        var (_, body, plan, _) = await PlanAsync(OfMachine, "37.0");
        var item = VcdXml.Child(body, "SourcedItem")!;
        var parameters = VcdXml.Child(item, "InstantiationParams")!;
        Assert.Equal(("dmz POOL true", "none NONE false"), (Card(parameters, 0), Card(parameters, 1)));
        Assert.Contains("eth1 of virtual machine 'db'", Assert.Single(plan.Warnings), StringComparison.Ordinal);
        Assert.DoesNotContain(item.Descendants(), e => e.Name.LocalName is "MACAddress");

        (_, body, plan, _) = await PlanAsync(OfMachine with { Networks = [new("lost", Dmz) { IPAddress = "10.0.0.9" }, new("eth0", null)] }, "37.0");
        parameters = VcdXml.Child(VcdXml.Child(body, "SourcedItem")!, "InstantiationParams")!;
        Assert.Equal(("none NONE false", "dmz MANUAL true"), (Card(parameters, 0), Card(parameters, 1)));
        Assert.Empty(plan.Warnings);
    }

    [Fact]
    public async Task What_is_moved_keeps_its_hardware_addresses_and_its_source_goes()
    {
        var item = VcdXml.Child((await PlanAsync(OfMachine with { Moves = true }, "37.0")).Body, "SourcedItem")!;
        Assert.Equal("true", VcdXml.Text(item, "sourceDelete"));
        Assert.Contains(item.Descendants(), e => e.Name.LocalName is "MACAddress");
        Assert.Null(VcdXml.Text(VcdXml.Child((await PlanAsync(OfMachine, "37.0")).Body, "SourcedItem")!, "sourceDelete"));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_before_anything_is_sent()
    {
        foreach (var (recipe, kind, said, cloud) in new (VcdMachineRecipe, string, string, Cloud)[]
        {
            (OfMachine, "WrongState", "offers no 'recompose'", new Cloud { Recomposes = false }),
            (OfMachine with { Name = "there" }, "Conflict", "has a virtual machine 'there' already", new Cloud()),
            (OfTemplate with { VMs = [Machine], Name = "x" }, "Validation", "one name is for one virtual machine, and there are 2", new Cloud()),
            (OfTemplate with { AcceptsEula = false }, "Validation", "only with -AcceptEula: \"Be nice.\"", new Cloud()),
            (OfMachine with { Networks = [new("eth0", "lab")] }, "NotFound", "-Network 'lab': vApp 'web' has no such network; it has 'dmz'", new Cloud()),
            (OfMachine with { Networks = [new("eth7", "dmz")] }, "Validation", "no network card is so called; there are db: eth0 (on 'dmz'), eth1 (on 'lost')", new Cloud()),
            (OfMachine with { StorageProfile = "lead" }, "NotFound", "has no such storage profile; it has 'gold'", new Cloud()),
            (OfMachine with { ComputerNames = new Dictionary<string, string>(StringComparer.Ordinal) { ["db"] = "not_so" } }, "Validation", "-ComputerName 'not_so'", new Cloud()),
            (OfMachine with { Moves = true }, "WrongState", "'db' is deployed (POWERED_ON)", new Cloud { IsDeployed = true }),
            (OfMachine with { Moves = true }, "Validation", "is in vApp 'web' already", new Cloud { Home = VApp }),
            (OfTemplate with { Moves = true }, "Validation", "of a vApp template, which keeps it", new Cloud()),
            (new VcdMachineRecipe { VAppHref = VApp, Name = "x", Blank = Blank with { HardwareVersion = 21 } }, "Validation", "'acme-vdc' has 9, 14, 19", new Cloud()),
            (new VcdMachineRecipe { VAppHref = VApp, Name = "a b", Blank = Blank }, "Validation", "-ComputerName 'a b'", new Cloud()),
            (new VcdMachineRecipe { VAppHref = VApp, Name = "x", Blank = Blank, Networks = [new("dmz", "dmz")] }, "Validation", "called eth0 to eth9", new Cloud()),
        })
        {
            var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => PlanAsync(recipe, "37.0", cloud));
            Assert.Contains(said, e.Message, StringComparison.Ordinal);
            Assert.Equal("Vcd." + kind, e.ErrorId);
            Assert.DoesNotContain(cloud.Fake!.Handler.Sent, r => r.Method != "GET" && !r.Uri.AbsolutePath.Contains("session", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task It_is_sent_once_and_the_new_machines_are_shown()
    {
        var (cloud, _, plan, names) = await PlanAsync(OfMachine with { Name = "new" }, "37.0");
        var change = await cloud.Client!.MakeVAppAsync(plan, CancellationToken.None);
        Assert.Equal("running", change.Task!.Status);
        var post = Assert.Single(cloud.Fake!.Handler.Sent, r => r.Uri.AbsolutePath == VApp + "/action/recomposeVApp");
        Assert.Equal(("POST", VcdBodies.RecomposeType), (post.Method, post.ContentType));
        Assert.Equal(["new"], names, StringComparer.Ordinal);
        Assert.Equal(["there"], (await cloud.Client.GetMachinesAsync(VApp, ["there", "elsewhere"], CancellationToken.None)).Select(m => m.Name), StringComparer.Ordinal);
    }

    private static string Card(XElement parent, int index)
    {
        var card = VcdXml.Children(VcdXml.Child(parent, "NetworkConnectionSection"), "NetworkConnection").Single(c => VcdXml.ChildText(c, "NetworkConnectionIndex") == index.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return $"{VcdXml.Text(card, "network")} {VcdXml.ChildText(card, "IpAddressAllocationMode")} {VcdXml.ChildText(card, "IsConnected")}";
    }

    private static async Task<(Cloud Cloud, XElement Body, VcdVAppPlan Plan, IReadOnlyList<string> Names)> PlanAsync(VcdMachineRecipe recipe, string version, Cloud? cloud = null)
    {
        cloud ??= new Cloud();
        var legacy = VcdApiVersion.Parse(version) < VcdApiVersion.Parse("33.0");
        cloud.Fake = new VcdFake(cloud.Answer)
        {
            Versions = VcdFake.VersionList((version, false, VcdFake.Host + (legacy ? "/api/sessions" : "/cloudapi/1.0.0/sessions"), null)),
            LoginHeaders = legacy ? [("x-vcloud-authorization", "0123456789abcdef0123456789abcdef")] : [("X-VMWARE-VCLOUD-ACCESS-TOKEN", "token-one-1234567890")],
        };
        cloud.Client = new VcdClient(await cloud.Fake.ConnectAsync(), SilentObserver.Instance);
        var (plan, names) = await cloud.Client.PlanMachinesAsync(recipe, CancellationToken.None);
        return (cloud, plan.Body(null), plan, names);
    }

    private sealed class Cloud
    {
        public VcdFake? Fake { get; set; }

        public VcdClient? Client { get; set; }

        public bool Recomposes { get; init; } = true;

        public bool IsDeployed { get; init; }

        public string Home { get; init; } = "/api/vApp/vapp-00000000-0000-4000-8000-000000000009";

        public HttpResponseMessage? Answer(SentRequest r) => r.Uri.AbsolutePath switch
        {
            VApp => Xml("VApp", $"""name="web" status="8" deployed="false" href="{VcdFake.Host}{VApp}" """, $"""
                {(Recomposes ? $"<Link rel=\"recompose\" type=\"{VcdBodies.RecomposeType}\" href=\"{VcdFake.Host}{VApp}/action/recomposeVApp\"/>" : string.Empty)}
                <Link rel="up" type="application/vnd.vmware.vcloud.vdc+xml" href="{VcdFake.Host}{Vdc}"/><Description>notes</Description>
                <NetworkConfigSection><NetworkConfig networkName="none"/><NetworkConfig networkName="dmz"><Configuration><ParentNetwork href="{Dmz}" name="dmz"/></Configuration></NetworkConfig></NetworkConfigSection>
                <Children><Vm name="there"/></Children>
                """),
            Vdc => Xml("Vdc", "name=\"acme-vdc\"", $"""
                <Capabilities><SupportedHardwareVersions><SupportedHardwareVersion>vmx-14</SupportedHardwareVersion><SupportedHardwareVersion>vmx-19</SupportedHardwareVersion><SupportedHardwareVersion>vmx-09</SupportedHardwareVersion></SupportedHardwareVersions></Capabilities>
                <VdcStorageProfiles><VdcStorageProfile name="gold" href="{Gold}"/></VdcStorageProfiles>
                """),
            Template => Xml("VAppTemplate", "name=\"deb\" status=\"8\"", $"""
                <Children><Vm name="vm1" href="{VcdFake.Host}/api/vAppTemplate/vm-1" type="application/vnd.vmware.vcloud.vm+xml"><Link rel="up" type="application/vnd.vmware.vcloud.vAppTemplate+xml" href="{VcdFake.Host}{Template}"/>{Cards("VM Network")}<ovf:EulaSection><ovf:Info/><ovf:License>Be nice.</ovf:License></ovf:EulaSection></Vm></Children>
                """),
            Machine => Xml("Vm", $"""name="db" status="{(IsDeployed ? 4 : 8)}" deployed="{(IsDeployed ? "true" : "false")}" href="{VcdFake.Host}{Machine}" type="application/vnd.vmware.vcloud.vm+xml" """, $"""
                <Link rel="remove" href="{VcdFake.Host}{Machine}"/><Link rel="up" type="application/vnd.vmware.vcloud.vApp+xml" href="{VcdFake.Host}{Home}"/>{Cards("dmz", "lost")}
                """),
            VApp + "/action/recomposeVApp" => Xml("Task", $"""status="running" href="{VcdFake.Host}/api/task/1" """, string.Empty),
            _ => null,
        };

        private static string Cards(params string[] networks)
            => $"<NetworkConnectionSection type=\"t\" href=\"h\" ovf:required=\"false\"><ovf:Info>i</ovf:Info><PrimaryNetworkConnectionIndex>0</PrimaryNetworkConnectionIndex>{string.Concat(networks.Select((n, i) => $"<NetworkConnection needsCustomization=\"true\" network=\"{n}\"><NetworkConnectionIndex>{i}</NetworkConnectionIndex><IpAddress>10.0.0.{i}</IpAddress><IsConnected>true</IsConnected><MACAddress>00:50:56:00:00:0{i}</MACAddress><IpAddressAllocationMode>MANUAL</IpAddressAllocationMode></NetworkConnection>"))}<Link rel=\"edit\" href=\"x\"/></NetworkConnectionSection>";

        private static HttpResponseMessage Xml(string root, string attributes, string content)
            => VcdFake.Xml($"<{root} xmlns=\"{VcdXml.Namespace}\" xmlns:ovf=\"{VcdXml.Ovf}\" {attributes}>{content}</{root}>");
    }
}
