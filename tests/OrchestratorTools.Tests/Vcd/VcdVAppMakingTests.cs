using System.Net;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>What is looked at before a vApp is made, copied, moved or captured, and what is sent then, in the form of each version.</summary>
public sealed class VcdVAppMakingTests
{
    private const string Api = VcdFake.Host + "/api/";
    private const string Vdc = Api + "vdc/00000000-0000-4000-8000-000000000001";
    private const string Other = Api + "vdc/00000000-0000-4000-8000-000000000002";
    private const string Template = Api + "vAppTemplate/vappTemplate-00000000-0000-4000-8000-000000000003";
    private const string Second = Api + "vAppTemplate/vappTemplate-00000000-0000-4000-8000-000000000004";
    private const string Source = Api + "vApp/vapp-00000000-0000-4000-8000-000000000005";
    private const string Catalog = Api + "catalog/00000000-0000-4000-8000-000000000006";
    private const string Made = Api + "vApp/vapp-00000000-0000-4000-8000-000000000007";
    private const string Xmlns = "xmlns=\"http://www.vmware.com/vcloud/v1.5\" xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\"";

    private static readonly string[] Actions = ["instantiateVAppTemplate", "composeVApp", "cloneVApp", "captureVApp"];

    // A machine with three cards: on the template's own isolated network, on one that is another cloud's, and on none.
    private static readonly string Machine = $"""
        <Vm name="a" href="{Api}vAppTemplate/vm-1" type="application/vnd.vmware.vcloud.vm+xml"><StorageProfile href="{Api}vdcStorageProfile/77" name="gold"/>
        <NetworkConnectionSection ovf:required="false"><ovf:Info>i</ovf:Info><PrimaryNetworkConnectionIndex>0</PrimaryNetworkConnectionIndex>
          <NetworkConnection network="inner"><NetworkConnectionIndex>0</NetworkConnectionIndex><IpAddress>10.0.0.2</IpAddress><IsConnected>true</IsConnected><MACAddress>00:00:00:00:00:01</MACAddress><IpAddressAllocationMode>MANUAL</IpAddressAllocationMode></NetworkConnection>
          <NetworkConnection network="far"><NetworkConnectionIndex>1</NetworkConnectionIndex><IsConnected>true</IsConnected><MACAddress>00:00:00:00:00:02</MACAddress><IpAddressAllocationMode>DHCP</IpAddressAllocationMode></NetworkConnection>
          <NetworkConnection network="none"><NetworkConnectionIndex>2</NetworkConnectionIndex><IsConnected>false</IsConnected><IpAddressAllocationMode>NONE</IpAddressAllocationMode></NetworkConnection>
        </NetworkConnectionSection></Vm>
        """;

    private const string Networks = """
        <NetworkConfigSection><ovf:Info>i</ovf:Info>
          <NetworkConfig networkName="none"><Configuration><FenceMode>isolated</FenceMode></Configuration></NetworkConfig>
          <NetworkConfig networkName="inner"><Configuration><FenceMode>isolated</FenceMode></Configuration></NetworkConfig>
          <NetworkConfig networkName="far"><Configuration><ParentNetwork href="https://other/api/network/9" name="far"/><FenceMode>bridged</FenceMode></Configuration></NetworkConfig>
        </NetworkConfigSection>
        """;

    [Fact]
    public async Task Nothing_is_said_of_networks_where_nothing_was_asked()
    {
        var body = await BodyAsync("37.0", Recipe());
        Assert.Equal(["Source"], body.Elements().Select(e => e.Name.LocalName), StringComparer.Ordinal);
        Assert.Equal(("made", "false", "false"), (VcdXml.Text(body, "name"), VcdXml.Text(body, "deploy"), VcdXml.Text(body, "powerOn")));
    }

    [Fact]
    public async Task A_card_that_is_not_named_stays_on_the_templates_own_network_and_leaves_any_other()
    {
        var (plan, body) = await PlanAsync("37.0", Recipe() with { Networks = [new("eth2", "dmz")] });
        var configurations = body.Descendants(VcdXml.Namespace + "NetworkConfig").ToDictionary(n => VcdXml.Text(n, "networkName")!, n => n.Descendants(VcdXml.Namespace + "FenceMode").Single().Value, StringComparer.Ordinal);
        Assert.Equal(["dmz=bridged", "inner=isolated"], configurations.Select(c => $"{c.Key}={c.Value}").Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(["inner MANUAL true", "none NONE false", "dmz POOL true"], Cards(body), StringComparer.Ordinal);
        Assert.Contains("eth1 of virtual machine 'a'", Assert.Single(plan.Warnings), StringComparison.Ordinal);
        Assert.Empty(body.Descendants(VcdXml.Namespace + "MACAddress"));
    }

    [Fact]
    public async Task The_narrower_key_counts()
    {
        VcdNetworkMapping[] map = [new(null, "dmz"), new("far", "lan"), new("eth1", null), new("a/eth1", "dmz")];
        Assert.Equal(["dmz POOL true", "dmz DHCP true", "dmz POOL true"], Cards(await BodyAsync("37.0", Recipe() with { Networks = map })), StringComparer.Ordinal);
        Assert.Equal(["dmz POOL true", "none NONE false", "dmz POOL true"], Cards(await BodyAsync("37.0", Recipe() with { Networks = [.. map[..3]] })), StringComparer.Ordinal);
        Assert.Equal(["dmz POOL true", "lan DHCP true", "dmz POOL true"], Cards(await BodyAsync("37.0", Recipe() with { Networks = [.. map[..2]] })), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("ETH1", "lan")]
    [InlineData("1", "LAN")]
    [InlineData("A/1", "lan")]
    [InlineData("FAR", Api + "network/00000000-0000-4000-8000-0000000000b2")]
    [InlineData("a/far", "urn:vcloud:network:00000000-0000-4000-8000-0000000000b2")]
    public async Task Cards_and_networks_are_found_in_every_spelling(string card, string network)
        => Assert.Equal("lan DHCP true", Cards(await BodyAsync("37.0", Recipe() with { Networks = [new(card, network)] }))[1]);

    [Fact]
    public async Task Before_5_6_the_templates_networks_get_parents_as_the_guide_has_it()
    {
        var body = await BodyAsync("5.5", Recipe() with { Networks = [new("eth1", "dmz")], StorageProfile = "gold" });
        Assert.Equal(["InstantiationParams", "Source", "SourcedVmInstantiationParams"], body.Elements().Select(e => e.Name.LocalName), StringComparer.Ordinal);
        Assert.Equal(["far=dmz", "inner="], body.Descendants(VcdXml.Namespace + "NetworkConfig").Select(n => $"{VcdXml.Text(n, "networkName")}={VcdReference.Of(n.Descendants(VcdXml.Namespace + "ParentNetwork").SingleOrDefault())?.Name}").Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("eth2", "on no network in the template")]
    [InlineData("eth0", "another way (POOL)")]
    public async Task Before_5_6_what_cannot_be_said_is_an_error(string card, string said)
    {
        var recipe = Recipe() with { Networks = [card == "eth0" ? new VcdNetworkMapping("eth1", "dmz") { Mode = "POOL" } : new VcdNetworkMapping(card, "dmz")] };
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => BodyAsync("5.5", recipe));
        Assert.Equal(OrchestratorErrorKind.Validation, e.Kind);
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("5.5")]
    [InlineData("9.0")]
    [InlineData("30.0")]
    public async Task Whatever_is_sent_is_valid_and_of_the_version(string version)
    {
        VcdSchemas.Need();
        var old = version == "5.5";
        VcdVAppRecipe[] recipes =
        [
            Recipe(),
            Recipe() with { Networks = [new("far", "dmz")], StorageProfile = "gold", RuntimeLease = TimeSpan.FromDays(1), AcceptsEula = true, PowersOn = true },
            old ? Recipe() : Recipe() with { Networks = [new(null, "dmz")], ComputerNames = new Dictionary<string, string>(StringComparer.Ordinal) { [""] = "web-1" }, AdminPassword = SecretText.From("geheim"), StorageProfile = "gold" },
            Recipe() with { Templates = [Template, Second], Networks = [new(null, "dmz")], CustomizesGuests = true, StorageProfile = "gold" },
            Recipe() with { Templates = [] },
            Recipe() with { Templates = [], Networks = [new(null, "dmz")], StorageLease = TimeSpan.Zero },
        ];
        foreach (var recipe in recipes)
        {
            var body = await BodyAsync(version, recipe);
            Assert.Empty(VcdSchemas.Faults(body));
            Assert.Empty(VcdSchemas.Newer(body, VcdApiVersion.Parse(version), "ComputePolicy", "VdcComputePolicy"));
        }

        foreach (var copy in new[] { Copy(), Copy() with { VdcHref = Other, Networks = [new("far", "lab")], StorageProfile = "tin", PowersOn = true }, Copy() with { VdcHref = Other, Networks = [new(null, "lab")], RemovesSource = true, RuntimeLease = TimeSpan.FromHours(3) } })
        {
            var body = await CopyAsync(version, copy);
            Assert.Empty(VcdSchemas.Faults(body));
            Assert.Empty(VcdSchemas.Newer(body, VcdApiVersion.Parse(version)));
        }
    }

    [Fact]
    public async Task Policies_go_with_each_machine_and_need_33_0()
    {
        var recipe = Recipe() with { SizingPolicy = "small", PlacementPolicy = "HERE" };
        var policy = (await BodyAsync("33.0", recipe)).Descendants(VcdXml.Namespace + "ComputePolicy").Single();
        Assert.Equal(["VmPlacementPolicy here", "VmSizingPolicy small"], policy.Elements().Select(e => $"{e.Name.LocalName} {VcdXml.Text(e, "name")}"), StringComparer.Ordinal);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => BodyAsync("32.0", recipe));
        Assert.Contains("-SizingPolicy 'small' needs API 33.0", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_licence_is_shown_and_accepted_only_where_that_was_said()
    {
        var licensed = Recipe() with { Templates = [Second + "?licensed"] };
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => BodyAsync("37.0", licensed));
        Assert.Contains("\"Be good.\"", e.Message, StringComparison.Ordinal);
        Assert.Equal("true", VcdXml.ChildText(await BodyAsync("37.0", licensed with { AcceptsEula = true }), "AllEULAsAccepted"));
        Assert.Null(VcdXml.Child(await BodyAsync("37.0", Recipe()), "AllEULAsAccepted"));
    }

    [Fact]
    public async Task A_password_is_in_the_body_that_is_sent_and_nowhere_before()
    {
        var fake = Fake("37.0");
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        var plan = await client.PlanVAppAsync(Recipe() with { AdminPassword = SecretText.From("geheim-1") }, CancellationToken.None);
        var change = await client.MakeVAppAsync(plan, CancellationToken.None);
        var sent = Assert.Single(fake.Handler.Sent, r => r.Method == "POST" && r.Uri.AbsolutePath.Contains("/action/", StringComparison.Ordinal));
        Assert.Contains("<AdminPassword>geheim-1</AdminPassword>", sent.Body!, StringComparison.Ordinal);
        Assert.Equal(VcdBodies.InstantiateTemplateType, sent.ContentType);
        Assert.Equal(("urn:vcloud:task:00000000-0000-4000-8000-00000000000f", Made), (change.Task!.Id, change.Href));
    }

    [Theory]
    [InlineData(false, "It left vApp 'made' (FAILED_CREATION, 0 virtual machines, " + Made + ") in virtual data center 'v'.", 0)]
    [InlineData(true, "that was removed.", 1)]
    public async Task What_a_failed_task_leaves_is_named_and_removed_where_that_was_asked(bool removes, string said, int removals)
    {
        var fake = Fake("37.0");
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        var plan = await client.PlanVAppAsync(Recipe(), CancellationToken.None);
        var change = await client.MakeVAppAsync(plan, CancellationToken.None);
        var failure = new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.Failed, "Task failed: no room.") { ServerCode = "NO_SPACE" };
        var e = await client.RemainsOfAsync(failure, change, plan, removes, null, CancellationToken.None);
        Assert.StartsWith("Task failed: no room. It left", e.Message, StringComparison.Ordinal);
        Assert.EndsWith(said, e.Message, StringComparison.Ordinal);
        Assert.Equal((OrchestratorErrorKind.Failed, "NO_SPACE"), (e.Kind, e.ServerCode));
        Assert.Equal(removals, fake.Handler.Sent.Count(r => r.Method == "DELETE" && r.Uri.AbsoluteUri == Made));
    }

    [Theory]
    [InlineData(OrchestratorErrorKind.Timeout)]
    [InlineData(OrchestratorErrorKind.OutcomeUnknown)]
    public async Task Nothing_is_removed_where_nobody_knows_how_it_ended(OrchestratorErrorKind kind)
    {
        var fake = Fake("37.0");
        var client = new VcdClient(await fake.ConnectAsync(), SilentObserver.Instance);
        var plan = await client.PlanVAppAsync(Recipe(), CancellationToken.None);
        var change = await client.MakeVAppAsync(plan, CancellationToken.None);
        var e = await client.RemainsOfAsync(new OrchestratorApiException(OrchestratorSystem.Vcd, kind, "It goes on."), change, plan, true, null, CancellationToken.None);
        Assert.Equal(kind, e.Kind);
        Assert.DoesNotContain(fake.Handler.Sent, r => r.Method == "DELETE");
    }

    [Fact]
    public async Task A_copy_into_another_data_center_brings_its_networks_onto_others()
    {
        var body = await CopyAsync("37.0", Copy() with { VdcHref = Other, Networks = [new("FAR", "lab")] });
        Assert.Equal(["far=lab bridged", "inner= isolated"], Parents(body), StringComparer.Ordinal);
        Assert.Null(VcdXml.Child(await CopyAsync("37.0", Copy()), "InstantiationParams"));
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => CopyAsync("37.0", Copy() with { VdcHref = Other }));
        Assert.Contains("Network 'far' of vApp 'src' is on 'far', which virtual data center 'w' has not; it has 'lab'", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5.5", true)]
    [InlineData("9.0", false)]
    public async Task A_deployed_vApp_is_copied_only_where_the_server_may_take_it(string version, bool refused)
    {
        var copy = Copy() with { Href = Source + "?deployed" };
        if (refused)
        {
            Assert.Equal(OrchestratorErrorKind.WrongState, (await Assert.ThrowsAsync<OrchestratorApiException>(() => CopyAsync(version, copy))).Kind);
        }
        else
        {
            Assert.Equal("false", VcdXml.ChildText(await CopyAsync(version, copy), "IsSourceDelete"));
        }

        Assert.Equal(OrchestratorErrorKind.WrongState, (await Assert.ThrowsAsync<OrchestratorApiException>(() => CopyAsync(version, copy with { VdcHref = Other, RemovesSource = true }))).Kind);
    }

    [Fact]
    public async Task A_move_names_each_machine_with_its_cards_and_the_storage_profile_of_the_same_name()
    {
        var client = new VcdClient(await Fake("37.0").ConnectAsync(), SilentObserver.Instance);
        var plan = await client.PlanMoveAsync(Copy() with { VdcHref = Other, Networks = [new("far", "lab")] }, CancellationToken.None);
        Assert.Equal((Other + "/action/moveVApp", VcdBodies.MoveVAppType), (plan.Href, plan.ContentType));
        var body = plan.Body(null);
        Assert.Equal(["Source", "NetworkConfigSection", "SourcedItem"], body.Elements().Select(e => e.Name.LocalName), StringComparer.Ordinal);
        Assert.Equal(["far=lab bridged", "inner= isolated"], Parents(body), StringComparer.Ordinal);
        Assert.Equal(["inner MANUAL true", "far DHCP true", "none NONE false"], Cards(body), StringComparer.Ordinal);
        Assert.Equal(["00:00:00:00:00:01", "00:00:00:00:00:02"], body.Descendants(VcdXml.Namespace + "MACAddress").Select(m => m.Value), StringComparer.Ordinal);
        Assert.Equal(Api + "vdcStorageProfile/00000000-0000-4000-8000-0000000000d2", VcdXml.Text(body.Descendants(VcdXml.Namespace + "StorageProfile").Single(), "href"));
    }

    [Fact]
    public async Task A_move_that_the_server_does_not_offer_is_refused_with_the_other_way()
    {
        var client = new VcdClient(await Fake("33.0").ConnectAsync(), SilentObserver.Instance);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.PlanMoveAsync(Copy() with { VdcHref = Other, Networks = [new("far", "lab")] }, CancellationToken.None));
        Assert.Contains("API 34.0", e.Message, StringComparison.Ordinal);
        Assert.Contains("-AllowNewIdentity", e.RecommendedAction!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("37.0", Catalog + "/action/captureVApp", false)]
    [InlineData("5.5", Vdc + "/action/captureVApp", true)]
    public async Task A_template_is_made_by_the_catalog_or_beside_it(string version, string href, bool adds)
    {
        var client = new VcdClient(await Fake(version).ConnectAsync(), SilentObserver.Instance);
        var (plan, added) = await client.PlanCaptureAsync(Source, Catalog, "t", null, true, false, null, CancellationToken.None);
        Assert.Equal((href, adds, false), (plan.Href, added, plan.Replaces));
        var taken = await Assert.ThrowsAsync<OrchestratorApiException>(() => client.PlanCaptureAsync(Source, Catalog, "taken", null, null, false, null, CancellationToken.None));
        Assert.Equal(OrchestratorErrorKind.Conflict, taken.Kind);
        (plan, added) = await client.PlanCaptureAsync(Source, Catalog, "taken", null, null, true, null, CancellationToken.None);
        Assert.Equal((true, false, Api + "catalogItem/1"), (plan.Replaces, added, VcdXml.Text(VcdXml.Child(plan.Body(null), "TargetCatalogItem")!, "href")));
    }

    private static VcdVAppRecipe Recipe() => new() { Name = "made", VdcHref = Vdc, Templates = [Template] };

    private static VcdVAppCopy Copy() => new() { Href = Source, Name = "copy" };

    private static string[] Cards(XElement body)
        => [.. body.Descendants(VcdXml.Namespace + "NetworkConnection").Select(c => $"{VcdXml.Text(c, "network")} {VcdXml.ChildText(c, "IpAddressAllocationMode")} {VcdXml.ChildText(c, "IsConnected")}")];

    private static string[] Parents(XElement body)
        => [.. body.Descendants(VcdXml.Namespace + "NetworkConfig").Select(n => $"{VcdXml.Text(n, "networkName")}={VcdReference.Of(n.Descendants(VcdXml.Namespace + "ParentNetwork").SingleOrDefault())?.Name} {n.Descendants(VcdXml.Namespace + "FenceMode").Single().Value}").Order(StringComparer.Ordinal)];

    private static async Task<XElement> BodyAsync(string version, VcdVAppRecipe recipe) => (await PlanAsync(version, recipe)).Body;

    private static async Task<(VcdVAppPlan Plan, XElement Body)> PlanAsync(string version, VcdVAppRecipe recipe)
    {
        var client = new VcdClient(await Fake(version).ConnectAsync(), SilentObserver.Instance);
        var plan = await client.PlanVAppAsync(recipe, CancellationToken.None);
        return (plan, plan.Body(recipe.AdminPassword is { } secret ? SecretText.Reveal(secret) : null));
    }

    private static async Task<XElement> CopyAsync(string version, VcdVAppCopy copy)
        => (await new VcdClient(await Fake(version).ConnectAsync(), SilentObserver.Instance).PlanCopyAsync(copy, CancellationToken.None)).Body(null);

    private static VcdFake Fake(string version)
    {
        var parsed = VcdApiVersion.Parse(version);
        string Links(string vdc) => string.Concat(Actions.Select(a => Link("add", $"{vdc}/action/{a}", $"application/vnd.vmware.vcloud.{a}Params+xml")))
            + (parsed >= VcdApiVersion.Parse("34.0") ? Link("add", $"{vdc}/action/moveVApp", VcdBodies.MoveVAppType) : string.Empty)
            + (parsed >= VcdApiVersion.Parse("31.0") ? Link("down", $"{vdc}/computePolicies", "application/vnd.vmware.vcloud.vdcComputePolicyReferences+xml") : string.Empty);
        string Data(string href, string name, string networks, string profiles) => $"<Vdc {Xmlns} name=\"{name}\" href=\"{href}\" type=\"application/vnd.vmware.vcloud.vdc+xml\">{Links(href)}<AvailableNetworks>{networks}</AvailableNetworks><VdcStorageProfiles>{profiles}</VdcStorageProfiles></Vdc>";
        var answers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Vdc] = Data(
                Vdc,
                "v",
                $"<Network name=\"dmz\" href=\"{Api}network/00000000-0000-4000-8000-0000000000b1\"/><Network name=\"lan\" href=\"{Api}network/00000000-0000-4000-8000-0000000000b2\"/>",
                $"<VdcStorageProfile name=\"gold\" href=\"{Api}vdcStorageProfile/00000000-0000-4000-8000-0000000000d1\"/>"),
            [Other] = Data(
                Other,
                "w",
                $"<Network name=\"lab\" href=\"{Api}network/00000000-0000-4000-8000-0000000000b3\"/>",
                $"<VdcStorageProfile name=\"tin\" href=\"{Api}vdcStorageProfile/00000000-0000-4000-8000-0000000000d3\"/><VdcStorageProfile name=\"gold\" href=\"{Api}vdcStorageProfile/00000000-0000-4000-8000-0000000000d2\"/>"),
            [Vdc + "/computePolicies"] = $"<VdcComputePolicyReferences {Xmlns}><VdcComputePolicyReference name=\"small\" href=\"{VcdFake.Host}/cloudapi/1.0.0/vdcComputePolicies/1\"/><VdcComputePolicyReference name=\"here\" href=\"{VcdFake.Host}/cloudapi/1.0.0/vdcComputePolicies/2\"/></VdcComputePolicyReferences>",
            [Template] = $"<VAppTemplate {Xmlns} status=\"8\" name=\"t\" href=\"{Template}\" type=\"application/vnd.vmware.vcloud.vAppTemplate+xml\"><Children>{Machine}</Children>{Networks}</VAppTemplate>",
            [Second] = $"<VAppTemplate {Xmlns} status=\"8\" name=\"u\" href=\"{Second}\"><Children>{Machine.Replace("name=\"a\"", "name=\"b\"", StringComparison.Ordinal)}</Children></VAppTemplate>",
            [Second + "?licensed"] = $"<VAppTemplate {Xmlns} status=\"8\" name=\"u\" href=\"{Second}\"><Children>{Machine}</Children><ovf:EulaSection><ovf:Info>i</ovf:Info><ovf:License>Be good.</ovf:License></ovf:EulaSection></VAppTemplate>",
            [Source] = $"<VApp {Xmlns} status=\"8\" deployed=\"false\" name=\"src\" href=\"{Source}\" type=\"application/vnd.vmware.vcloud.vApp+xml\">{Link("up", Vdc, "application/vnd.vmware.vcloud.vdc+xml")}{Networks}<Children>{Machine}</Children></VApp>",
            [Source + "?deployed"] = $"<VApp {Xmlns} status=\"4\" deployed=\"true\" name=\"src\" href=\"{Source}\" type=\"application/vnd.vmware.vcloud.vApp+xml\">{Link("up", Vdc, "application/vnd.vmware.vcloud.vdc+xml")}<Children>{Machine}</Children></VApp>",
            [Made] = $"<VApp {Xmlns} status=\"-1\" deployed=\"false\" name=\"made\" href=\"{Made}\">{Link("remove", Made, null)}</VApp>",
            [Catalog] = $"<Catalog {Xmlns} name=\"c\" href=\"{Catalog}\">{Link("add", Catalog + "/catalogItems", VcdBodies.CatalogItemType)}{(parsed >= VcdApiVersion.Parse("5.6") ? Link("add", Catalog + "/action/captureVApp", VcdBodies.CaptureVAppType) : string.Empty)}<CatalogItems><CatalogItem name=\"taken\" href=\"{Api}catalogItem/1\"/></CatalogItems></Catalog>",
        };
        var login = parsed < VcdApiVersion.Parse("33.0") ? VcdFake.Host + "/api/sessions" : VcdFake.Host + "/cloudapi/1.0.0/sessions";
        return new VcdFake(r => r.Method == "GET" && answers.TryGetValue(r.Uri.AbsoluteUri, out var xml) ? VcdFake.Xml(xml)
            : r.Method == "POST" && r.Uri.AbsolutePath.Contains("/action/", StringComparison.Ordinal)
                ? VcdFake.Xml($"<VApp {Xmlns} status=\"0\" name=\"made\" href=\"{Made}\"><Tasks><Task status=\"running\" name=\"task\" id=\"urn:vcloud:task:00000000-0000-4000-8000-00000000000f\" href=\"{Api}task/00000000-0000-4000-8000-00000000000f\"/></Tasks></VApp>", HttpStatusCode.Created)
            : r.Method == "GET" && r.Uri.AbsolutePath.StartsWith("/api/admin/", StringComparison.Ordinal) ? new HttpResponseMessage(HttpStatusCode.Forbidden)
            : null)
        {
            Versions = VcdFake.VersionList((version, false, login, login)),
            LoginHeaders = [("X-VMWARE-VCLOUD-ACCESS-TOKEN", "token-one-1234567890"), ("x-vcloud-authorization", "token-one-1234567890")],
        };
    }

    private static string Link(string rel, string href, string? type) => $"<Link rel=\"{rel}\" href=\"{href}\"{(type is null ? string.Empty : $" type=\"{type}\"")}/>";
}
