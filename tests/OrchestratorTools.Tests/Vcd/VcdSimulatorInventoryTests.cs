using System.Xml.Linq;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>What the simulated server shows of its inventory: every representation is valid by the schemas, and every link that looks leads somewhere.</summary>
public sealed class VcdSimulatorInventoryTests : IClassFixture<VcdServer>
{
    // The schemas are those of this version: at a newer one a real server says more than they know.
    private const string SchemaVersion = "30.0";
    private static readonly string[] Versions = [SchemaVersion, "39.1", "37.2"];
    private static readonly string[] ForAll =
    [
        "OrgList", "Org", "QueryList", "QueryResultRecords", "Vdc", "VdcStorageProfile", "Catalog", "CatalogItem", "Media", "VAppTemplate", "VApp", "Vm", "OrgVdcNetwork", "VAppNetwork",
        "Owner", "Metadata", "TasksList", "Task", "Disk", "Vms", "AllocatedIpAddresses", "RasdItemsList", "Item", "Entity",
    ];

    private static readonly string[] ForAdministrators = ["User", "Group", "Role", "Right", "EdgeGateway", "AdminOrg", "AdminVdc", "VCloud"];
    private static readonly string[] Anothers = ["/api/org/", "/api/vdc/", "/api/vdcStorageProfile/", "/api/admin/network/"];
    private readonly VcdServer _server;

    public VcdSimulatorInventoryTests(VcdServer server) => _server = server;

    [SkippableTheory]
    [InlineData("acme", 0)]
    [InlineData("acme", 1)]
    [InlineData("System", 0)]
    public async Task Every_link_that_looks_leads_to_an_answer_that_the_schemas_find_valid(string organization, int nth)
    {
        VcdSchemas.Need();
        using var raw = await LoginAsync(SchemaVersion, organization, nth);
        var administers = nth == 0;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        var faults = new List<string>();
        var waiting = new Queue<(string Address, string From)>([("org", "-"), ("query", "-"), .. administers ? new[] { ("admin", "-") } : []]);
        while (waiting.TryDequeue(out var next) && faults.Count < 20)
        {
            if (!seen.Add(next.Address.Split('#')[0])) continue;
            var answer = await raw.SendAsync(HttpMethod.Get, next.Address);
            if (answer.Status != 200)
            {
                if (answer.Status == 403 && organization is not "System" && IsAnothers(next.Address)) continue;
                faults.Add($"{answer.Status} {next.Address} (from {next.From})");
                continue;
            }

            faults.AddRange(Faults(answer.Bytes).Select(f => $"{next.Address}: {f}").Take(3));
            var xml = answer.Xml;
            kinds.Add(xml.Name.LocalName);
            foreach (var href in Looks(xml))
            {
                // Who administers nothing is shown the addresses of users and groups, and may not open them.
                if (administers || !href.Contains("/api/admin/", StringComparison.Ordinal)) waiting.Enqueue((href, next.Address));
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        string[] expected = administers ? [.. ForAll, .. ForAdministrators] : ForAll;
        Assert.Empty(expected.Except(kinds, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Sections_of_a_machine_say_what_it_is()
    {
        using var raw = await LoginAsync("37.2", "acme");
        var record = (await raw.RecordsAsync("type=vm&filter=status==POWERED_ON;isVAppTemplate==false&pageSize=1"))[0];
        var vm = await raw.GetAsync((string)record.Attribute("href")!);
        Assert.Equal((string?)record.Attribute("name"), (string?)vm.Attribute("name"));
        Assert.Equal("4", (string?)vm.Attribute("status"));
        Assert.Equal("true", (string?)vm.Attribute("deployed"));
        XNamespace rasd = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData";
        XNamespace ovf = "http://schemas.dmtf.org/ovf/envelope/1";
        var items = vm.Element(ovf + "VirtualHardwareSection")!.Elements(ovf + "Item").ToList();
        Assert.Equal((string?)record.Attribute("numberOfCpus"), Quantity("3"));
        Assert.Equal((string?)record.Attribute("memoryMB"), Quantity("4"));
        Assert.Equal((string?)record.Attribute("ipAddress"), (string?)vm.Element(VcdRaw.Ns + "NetworkConnectionSection")!.Elements(VcdRaw.Ns + "NetworkConnection").First().Element(VcdRaw.Ns + "IpAddress"));
        Assert.Equal((string?)record.Attribute("container"), (string?)vm.Elements(VcdRaw.Ns + "Link").Single(l => (string?)l.Attribute("rel") == "up").Attribute("href"));

        string Quantity(string type) => (string)items.Single(i => (string?)i.Element(rasd + "ResourceType") == type).Element(rasd + "VirtualQuantity")!;
    }

    [Theory]
    [InlineData("POWERED_ON", "power:powerOff power:reboot power:reset power:shutdown power:suspend undeploy")]
    [InlineData("POWERED_OFF", "power:powerOn deploy recompose remove")]
    [InlineData("SUSPENDED", "power:powerOn power:powerOff deploy undeploy discardState recompose")]
    public async Task The_links_of_a_vApp_say_what_its_state_allows(string status, string rels)
    {
        using var provider = await LoginAsync("37.2", "System");
        var record = (await provider.RecordsAsync($"type=adminVApp&filter=status=={status}"))[0];
        var vApp = await provider.GetAsync((string)record.Attribute("href")!);
        string[] states = ["power:", "deploy", "undeploy", "discardState", "recompose", "remove"];
        var found = vApp.Elements(VcdRaw.Ns + "Link").Values("rel").Where(r => states.Any(s => r.StartsWith(s, StringComparison.Ordinal)));
        Assert.Equal(rels.Split(' ').Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_user_without_rights_sees_own_and_shared_vApps_and_may_change_none_of_the_shared()
    {
        using var user = await LoginAsync("37.2", "acme", 1);
        using var administrator = await LoginAsync("37.2", "acme");
        var seen = await user.RecordsAsync("type=vApp&pageSize=128");
        var all = await administrator.RecordsAsync("type=vApp&pageSize=128");
        Assert.NotEmpty(seen);
        Assert.True(seen.Count < all.Count, "The user sees everything.");
        var hidden = all.Values("href").Except(seen.Values("href"), StringComparer.Ordinal).First();
        var error = await user.RefusedAsync(hidden, 403);
        Assert.Equal("ACCESS_TO_RESOURCE_IS_FORBIDDEN", (string?)error.Attribute("minorErrorCode"));
        var shared = seen.First(r => (string?)r.Attribute("ownerName") != "victor@acme.example");
        var links = (await user.GetAsync((string)shared.Attribute("href")!)).Elements(VcdRaw.Ns + "Link").Select(l => (string)l.Attribute("rel")!).ToList();
        Assert.DoesNotContain(links, r => r is "edit" or "remove" or "controlAccess" || r.StartsWith("power:", StringComparison.Ordinal));
        var own = seen.First(r => (string?)r.Attribute("ownerName") == "victor@acme.example");
        Assert.NotNull(VcdRaw.FindLink(await user.GetAsync(own.Text("href")), "edit"));
    }

    [Fact]
    public async Task The_seed_has_the_states_and_names_that_clients_have_to_cope_with()
    {
        using var raw = await LoginAsync("37.2", "System");
        var vApps = await raw.RecordsAsync("type=adminVApp&pageSize=128");
        Assert.Superset(
            new HashSet<string>(["POWERED_ON", "POWERED_OFF", "SUSPENDED", "MIXED", "RESOLVED", "FAILED_CREATION"], StringComparer.Ordinal),
            vApps.Select(v => (string)v.Attribute("status")!).ToHashSet(StringComparer.Ordinal));
        Assert.Contains(vApps, v => (string?)v.Attribute("isExpired") == "true");
        Assert.Contains(vApps, v => (string?)v.Attribute("isInMaintenanceMode") == "true");
        Assert.Contains(vApps, v => (string?)v.Attribute("numberOfVMs") == "0");
        var names = vApps.Select(v => (string)v.Attribute("name")!).ToList();
        foreach (var letter in " &();,=*\"<>'%数") Assert.Contains(names, n => n.Contains(letter, StringComparison.Ordinal));
        Assert.True(vApps.Select(v => (string)v.Attribute("org")!).Distinct(StringComparer.Ordinal).Count() > 1);
        Assert.True(vApps.Select(v => (string)v.Attribute("ownerName")!).Distinct(StringComparer.Ordinal).Count() > 4);
        var machines = await raw.RecordsAsync("type=adminVM&filter=isVAppTemplate==false&pageSize=128");
        Assert.Equal(24, machines.Count);
        Assert.NotEmpty(await raw.RecordsAsync("type=adminVM&filter=isVAppTemplate==true"));
        Assert.NotEmpty(await raw.RecordsAsync("type=adminVAppTemplate&filter=status==UNRESOLVED"));
    }

    private async Task<VcdRaw> LoginAsync(string version, string organization, int nth = 0)
    {
        await _server.Simulator.CommandAsync("vcd", "settings", new { versions = Versions });
        return await VcdRaw.LoginAsync(_server.Simulator, version, organization, nth);
    }

    // OVF's elements may carry attributes of others (vcloud:href), which the validator only warns of: no schema declares them.
    private static IEnumerable<string> Faults(byte[] document) => VcdSchemas.Faults(document).Where(f => !f.Contains("schema information for the attribute", StringComparison.Ordinal));

    /// <summary>What a representation points to and one may look at: links down, up and across, and references.</summary>
    private static IEnumerable<string> Looks(XElement xml)
    {
        string[] looks = ["down", "up", "alternate", "catalogItem", "nextPage", "edgeGateways", "orgVdcNetworks"];
        var links = xml.DescendantsAndSelf(VcdRaw.Ns + "Link").Where(l => looks.Contains((string?)l.Attribute("rel"), StringComparer.Ordinal));
        var references = xml.Descendants().Where(e => e.Name.LocalName != "User" && e.Attribute("href") is not null && e.Name != VcdRaw.Ns + "Link" && !e.Name.LocalName.EndsWith("Section", StringComparison.Ordinal));
        return links.Concat(references).Select(e => (string)e.Attribute("href")!).Concat(Attributes(xml));
    }

    // Another tenant's shared catalog names its organization and where its items are; an edge gateway names networks that are the provider's.
    private static bool IsAnothers(string address) => Array.Exists(Anothers, k => address.Contains(k, StringComparison.Ordinal));

    // What a record is and holds; its owner, VDC and organization may be another tenant's, whose catalog is shared.
    private static IEnumerable<string> Attributes(XElement xml)
    {
        string[] looks = ["href", "id", "entity", "catalog", "catalogItem", "container", "vApp", "network", "orgVdcNetwork", "vm", "disk", "storageProfile"];
        return xml.Elements().Where(e => e.Name.LocalName.EndsWith("Record", StringComparison.Ordinal)).Attributes().Where(a => looks.Contains(a.Name.LocalName, StringComparer.Ordinal)).Select(a => a.Value.StartsWith("urn:", StringComparison.Ordinal) ? $"entity/{a.Value}" : a.Value);
    }
}
