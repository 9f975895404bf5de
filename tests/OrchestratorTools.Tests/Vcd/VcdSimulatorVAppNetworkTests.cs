using System.Xml.Linq;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>Networks of vApps of the simulated server: isolated, bridged, routed with DHCP, firewall and NAT.</summary>
public sealed class VcdSimulatorVAppNetworkTests : IClassFixture<VcdServer>, IAsyncLifetime
{
    private static readonly string[] Versions = ["37.2", "30.0", "39.1"];
    private static int _count;
    private readonly VcdServer _server;

    public VcdSimulatorVAppNetworkTests(VcdServer server) => _server = server;

    public Task InitializeAsync() => _server.Simulator.CommandAsync("vcd", "settings", new { versions = Versions });

    public Task DisposeAsync() => Task.CompletedTask;

    [SkippableFact]
    public async Task A_routed_network_keeps_its_services_and_has_an_address_above()
    {
        using var raw = await LoginAsync("30.0");
        var vApp = await raw.NewVAppAsync(NextName());
        var dmz = await raw.NetworkAsync("dmz");
        var features = VcdRawCompute.Element(
            "Features",
            VcdRawCompute.Element("DhcpService", VcdRawCompute.Element("IsEnabled", true), VcdRawCompute.Element("DefaultLeaseTime", 3600), VcdRawCompute.Element("MaxLeaseTime", 7200), Range("192.168.7.200", "192.168.7.210")),
            VcdRawCompute.Element(
                "FirewallService",
                VcdRawCompute.Element("IsEnabled", true),
                VcdRawCompute.Element("DefaultAction", "drop"),
                VcdRawCompute.Element("LogDefaultAction", false),
                VcdRawCompute.Element("FirewallRule", VcdRawCompute.Element("IsEnabled", true), VcdRawCompute.Element("Description", "web & co"), VcdRawCompute.Element("Policy", "allow"), VcdRawCompute.Element("Protocols", VcdRawCompute.Element("Tcp", true)), VcdRawCompute.Element("DestinationPortRange", "443"), VcdRawCompute.Element("DestinationIp", "Any"), VcdRawCompute.Element("SourcePortRange", "Any"), VcdRawCompute.Element("SourceIp", "external"), VcdRawCompute.Element("EnableLogging", false))),
            VcdRawCompute.Element("NatService", VcdRawCompute.Element("IsEnabled", true), VcdRawCompute.Element("NatType", "portForwarding"), VcdRawCompute.Element("Policy", "allowTrafficIn")));
        var routed = Config("inner", "natRouted", dmz, Scope("192.168.7.1", "255.255.255.0", ("192.168.7.100", "192.168.7.120")), features);
        await PutAsync(raw, vApp, Bridge("VM Network", dmz), routed);
        vApp = await raw.GetAsync(vApp.Text("href"));
        await raw.AssertValidAsync(vApp.Text("href"));
        var present = Find(vApp, "inner");
        Assert.Equal("natRouted", present.Child("FenceMode"));
        Assert.StartsWith("10.16.", present.Element(VcdRaw.Ns + "RouterInfo")!.Child("ExternalIp"), StringComparison.Ordinal);
        Assert.Equal("web & co", present.Element(VcdRaw.Ns + "Features")!.Element(VcdRaw.Ns + "FirewallService")!.Element(VcdRaw.Ns + "FirewallRule")!.Child("Description"));
        await raw.AssertValidAsync(VcdRaw.Link(vApp, "down", "application/vnd.vmware.vcloud.vAppNetwork+xml"));

        var machine = VcdRawCompute.Machines(vApp)[0];
        await raw.PutAsync(machine, "networkConnectionSection/", VcdRawCompute.Connections(("inner", "POOL", null), ("inner", "DHCP", null)), "networkConnectionSection");
        machine = await raw.DoAsync(await raw.GetAsync(machine.Text("href")), "power:powerOn");
        Assert.Equal(("192.168.7.100", "192.168.7.200"), (VcdRawCompute.Adapters(machine)[0].Child("IpAddress"), VcdRawCompute.Adapters(machine)[1].Child("IpAddress")));
    }

    [Fact]
    public async Task A_pool_that_is_empty_is_an_error()
    {
        using var raw = await LoginAsync("37.2");
        var vApp = await raw.NewVAppAsync(NextName());
        await PutAsync(raw, vApp, Bridge("VM Network", await raw.NetworkAsync("dmz")), Config("tiny", "isolated", null, Scope("192.168.8.1", "255.255.255.0", ("192.168.8.10", "192.168.8.10"))));
        var machine = VcdRawCompute.Machines(vApp)[0];
        var task = await raw.DoneAsync((await raw.PutRawAsync(machine, "networkConnectionSection/", VcdRawCompute.Connections(("tiny", "POOL", null), ("tiny", "POOL", null)), "networkConnectionSection")).Expect(202).Xml.Text("href"));
        Assert.Equal("error", task.Text("status"));
        Assert.Contains("tiny", task.Element(VcdRaw.Ns + "Error")!.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_may_have_several_ranges()
    {
        using var raw = await LoginAsync("37.2");
        var vApp = await raw.NewVAppAsync(NextName());
        var scope = Scope("192.168.8.1", "255.255.255.0", ("192.168.8.10", "192.168.8.10"));
        scope.Element(VcdRaw.Ns + "IpRanges")!.Add(Range("192.168.8.20", "192.168.8.21"));
        await PutAsync(raw, vApp, Bridge("VM Network", await raw.NetworkAsync("dmz")), Config("two", "isolated", null, scope));
        Assert.Equal(2, Find(await raw.GetAsync(vApp.Text("href")), "two").Descendants(VcdRaw.Ns + "IpRange").Count());
        var machine = VcdRawCompute.Machines(vApp)[0];
        await raw.PutAsync(machine, "networkConnectionSection/", VcdRawCompute.Connections(("two", "POOL", null), ("two", "POOL", null)), "networkConnectionSection");
        machine = await raw.GetAsync(machine.Text("href"));
        Assert.Equal("192.168.8.10 192.168.8.20", string.Join(' ', VcdRawCompute.Adapters(machine).Select(a => a.Child("IpAddress"))));
        var outside = Scope("192.168.8.1", "255.255.255.0", ("192.168.8.10", "192.168.8.10"));
        outside.Element(VcdRaw.Ns + "IpRanges")!.Add(Range("192.168.9.20", "192.168.9.21"));
        (await PutRawAsync(raw, vApp, Bridge("VM Network", await raw.NetworkAsync("dmz")), Config("two", "isolated", null, outside))).Refused(400, "BAD_REQUEST", "192.168.9.20");
    }

    [Fact]
    public async Task What_machines_are_connected_to_stays_and_what_nobody_uses_goes()
    {
        using var raw = await LoginAsync("37.2");
        var vApp = await raw.NewVAppAsync(NextName());
        var dmz = await raw.NetworkAsync("dmz");
        var second = Config("second", "isolated", null, Scope("192.168.9.1", "255.255.255.0", null));
        await PutAsync(raw, vApp, Bridge("VM Network", dmz), second);
        (await PutRawAsync(raw, vApp, second)).Refused(400, "BAD_REQUEST", "VM Network", "connected");
        await PutAsync(raw, vApp, Bridge("VM Network", dmz));
        vApp = await raw.GetAsync(vApp.Text("href"));
        Assert.Single(vApp.Element(VcdRaw.Ns + "NetworkConfigSection")!.Elements(VcdRaw.Ns + "NetworkConfig"));
    }

    [Theory]
    [InlineData("37.2", 409, "CONFLICT")]
    [InlineData("30.0", 400, "BAD_REQUEST")]
    public async Task A_running_vApp_gains_networks_and_loses_none(string version, int status, string code)
    {
        using var raw = await LoginAsync(version);
        var vApp = await raw.NewVAppAsync(NextName(), powerOn: true);
        var dmz = await raw.NetworkAsync("dmz");
        var second = Config("second", "isolated", null, Scope("192.168.9.1", "255.255.255.0", null));
        await PutAsync(raw, vApp, Bridge("VM Network", dmz), second);
        (await PutRawAsync(raw, vApp, Bridge("VM Network", dmz))).Refused(status, code, "Stop the vApp and try again");
    }

    [Fact]
    public async Task Networks_that_cannot_be_are_refused()
    {
        using var raw = await LoginAsync("37.2");
        var vApp = await raw.NewVAppAsync(NextName());
        var dmz = await raw.NetworkAsync("dmz");
        (await PutRawAsync(raw, vApp, Config("x", "bridged", null, null))).Refused(400, "BAD_REQUEST", "parent network", "\"x\"");
        (await PutRawAsync(raw, vApp, Config("x", "isolated", dmz, Scope("192.168.9.1", "255.255.255.0", null)))).Refused(400, "BAD_REQUEST", "isolated", "parent");
        (await PutRawAsync(raw, vApp, Config("x", "isolated", null, null))).Refused(400, "BAD_REQUEST", "IpScope");
        (await PutRawAsync(raw, vApp, Config("x", "isolated", null, Scope("192.168.9.1", "255.255.255.0", ("10.0.0.1", "10.0.0.9"))))).Refused(400, "BAD_REQUEST", "subnet");
        (await PutRawAsync(raw, vApp, Config("x", "tunnelled", dmz, null))).Refused(400, "BAD_REQUEST", "tunnelled", "natRouted");
        (await PutRawAsync(raw, vApp, Bridge("x", await raw.NetworkAsync("lab")))).Refused(400, "INVALID_REFERENCE", "acme-vdc");
        (await PutRawAsync(raw, vApp, Bridge("x", dmz), Bridge("x", dmz))).Refused(400, "DUPLICATE_NAME", "x");
    }

    private static XElement Bridge(string name, string parent) => Config(name, "bridged", parent, null);

    private static XElement Config(string name, string fence, string? parent, XElement? scope, XElement? features = null) => VcdRawCompute.Element(
        "NetworkConfig",
        new XAttribute("networkName", name),
        VcdRawCompute.Element(
            "Configuration",
            scope is null ? null : VcdRawCompute.Element("IpScopes", scope),
            parent is null ? null : VcdRawCompute.Element("ParentNetwork", new XAttribute("href", parent)),
            VcdRawCompute.Element("FenceMode", fence),
            features));

    private static XElement Scope(string gateway, string mask, (string First, string Last)? range) => VcdRawCompute.Element(
        "IpScope",
        VcdRawCompute.Element("IsInherited", false),
        VcdRawCompute.Element("Gateway", gateway),
        VcdRawCompute.Element("Netmask", mask),
        range is { } r ? VcdRawCompute.Element("IpRanges", Range(r.First, r.Last)) : null);

    private static XElement Range(string first, string last) => VcdRawCompute.Element("IpRange", VcdRawCompute.Element("StartAddress", first), VcdRawCompute.Element("EndAddress", last));

    private static XElement Find(XElement vApp, string name) => vApp.Element(VcdRaw.Ns + "NetworkConfigSection")!.Elements(VcdRaw.Ns + "NetworkConfig").Single(c => c.Text("networkName") == name).Element(VcdRaw.Ns + "Configuration")!;

    private static Task<RawAnswer> PutRawAsync(VcdRaw raw, XElement vApp, params XElement[] configs)
        => raw.PutRawAsync(vApp, "networkConfigSection/", VcdRawCompute.Element("NetworkConfigSection", new XElement(VcdRawCompute.Ovf + "Info", "Networks"), configs), "networkConfigSection");

    private static async Task PutAsync(VcdRaw raw, XElement vApp, params XElement[] configs) => await raw.SucceededAsync(await PutRawAsync(raw, vApp, configs));

    private static string NextName() => $"networked {Interlocked.Increment(ref _count)}";

    private Task<VcdRaw> LoginAsync(string version) => VcdRaw.LoginAsync(_server.Simulator, version);
}
