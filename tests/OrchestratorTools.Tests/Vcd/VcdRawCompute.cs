using System.Xml.Linq;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>What tests of vApps and machines ask a plain session.</summary>
internal static class VcdRawCompute
{
    public const string Prefix = "application/vnd.vmware.vcloud.";
    public static readonly XNamespace Ovf = "http://schemas.dmtf.org/ovf/envelope/1";

    public static XElement Element(string name, params object?[] content) => new(VcdRaw.Ns + name, content);

    /// <summary>The rels of the links of a vApp or machine.</summary>
    public static IReadOnlyList<string> Rels(XElement entity) => [.. entity.Elements(VcdRaw.Ns + "Link").Select(l => (string)l.Attribute("rel")!)];

    /// <summary>Whether a link of a rel is there.</summary>
    public static bool Offers(XElement entity, string rel) => VcdRaw.FindLink(entity, rel) is not null;

    public static IReadOnlyList<XElement> Machines(XElement vApp) => [.. vApp.Elements(VcdRaw.Ns + "Children").Elements(VcdRaw.Ns + "Vm")];

    /// <summary>The href of the one record of a type and a name; looked for here, so that no name is a filter's syntax.</summary>
    public static async Task<string> FindAsync(this VcdRaw raw, string type, string name)
        => Assert.Single(await raw.RecordsAsync($"type={type}&pageSize=128"), r => r.Text("name") == name).Text("href");

    /// <summary>Follows a link: POST, with a body where one is given; its type is the link's.</summary>
    public static async Task<RawAnswer> FollowAsync(this VcdRaw raw, XElement entity, string rel, XElement? body = null)
    {
        var link = entity.Elements(VcdRaw.Ns + "Link").FirstOrDefault(l => (string?)l.Attribute("rel") == rel && (body is null || l.Attribute("type") is not null)) ?? throw new Xunit.Sdk.XunitException($"There is no link {rel} in {entity}");
        return body is null ? await raw.SendAsync(HttpMethod.Post, link.Text("href")) : await raw.SendAsync(HttpMethod.Post, link.Text("href"), body, link.Text("type"));
    }

    /// <summary>Follows a link and waits for its task to succeed; answers with the entity as it is then.</summary>
    public static async Task<XElement> DoAsync(this VcdRaw raw, XElement entity, string rel, XElement? body = null)
    {
        await raw.SucceededAsync(await raw.FollowAsync(entity, rel, body));
        return await raw.GetAsync(entity.Text("href"));
    }

    public static XElement DeployBody(bool powerOn = true) => Element("DeployVAppParams", new XAttribute("powerOn", powerOn));

    public static XElement UndeployBody(string? action = "powerOff") => Element("UndeployVAppParams", action is null ? null : Element("UndeployPowerAction", action));

    /// <summary>An action of any of the names that links have, whether its link is there or not.</summary>
    public static Task<RawAnswer> ActAsync(this VcdRaw raw, string href, string action) => action switch
    {
        "deploy" => raw.SendAsync(HttpMethod.Post, $"{href}/action/deploy", DeployBody(), Prefix + "deployVAppParams+xml"),
        "undeploy" => raw.SendAsync(HttpMethod.Post, $"{href}/action/undeploy", UndeployBody(), Prefix + "undeployVAppParams+xml"),
        "discardState" => raw.SendAsync(HttpMethod.Post, $"{href}/action/discardSuspendedState"),
        _ => raw.SendAsync(HttpMethod.Post, $"{href}/power/action/{action.Split(':')[^1]}"),
    };

    /// <summary>Asserts an error answer: its status, its code, and words of its sentence.</summary>
    public static void Refused(this RawAnswer answer, int status, string code, params string[] words)
    {
        answer.Expect(status);
        Assert.Equal(code, answer.Code);
        Assert.All(words, w => Assert.Contains(w, answer.Xml.Text("message"), StringComparison.Ordinal));
    }

    /// <summary>The address of a network of the organization, by its name.</summary>
    public static Task<string> NetworkAsync(this VcdRaw raw, string name) => raw.FindAsync("orgVdcNetwork", name);

    /// <summary>A NetworkConfigSection of networks, each bridged to the one of the organization's that is named.</summary>
    public static XElement Bridged(params (string Name, string Parent)[] networks) => Element(
        "NetworkConfigSection",
        new XElement(Ovf + "Info", "Networks"),
        networks.Select(n => Element("NetworkConfig", new XAttribute("networkName", n.Name), Element("Configuration", Element("ParentNetwork", new XAttribute("href", n.Parent)), Element("FenceMode", "bridged")))));

    /// <summary>A NetworkConnectionSection of adapters.</summary>
    public static XElement Connections(params (string Network, string Mode, string? Address)[] adapters) => Element(
        "NetworkConnectionSection",
        new XElement(Ovf + "Info", "Connections"),
        Element("PrimaryNetworkConnectionIndex", 0),
        adapters.Select((a, i) => Element(
            "NetworkConnection",
            new XAttribute("network", a.Network),
            Element("NetworkConnectionIndex", i),
            a.Address is null ? null : Element("IpAddress", a.Address),
            Element("IsConnected", true),
            Element("IpAddressAllocationMode", a.Mode))));

    /// <summary>A body that makes a vApp of a template.</summary>
    public static XElement InstantiateBody(string name, string template, object[]? parameters = null, params object?[] content) => Element(
        "InstantiateVAppTemplateParams",
        new XAttribute("name", name),
        content.OfType<XAttribute>(),
        Element("Description", $"{name} & more"),
        Element("InstantiationParams", parameters ?? []),
        Element("Source", new XAttribute("href", template)),
        content.OfType<XElement>());

    public static async Task<RawAnswer> CreateAsync(this VcdRaw raw, string action, XElement body, string vdc = "acme-vdc")
        => await raw.FollowTypeAsync(await raw.GetAsync(await raw.FindAsync("orgVdc", vdc)), $"{Prefix}{action}Params+xml", body);

    /// <summary>Follows the link rel=add of a type.</summary>
    public static Task<RawAnswer> FollowTypeAsync(this VcdRaw raw, XElement entity, string type, XElement body) => raw.SendAsync(HttpMethod.Post, VcdRaw.Link(entity, "add", type), body, type);

    /// <summary>The vApp that a request made, once its task succeeded.</summary>
    public static async Task<XElement> MadeAsync(this VcdRaw raw, RawAnswer answer)
    {
        var entity = answer.Expect(201).Xml;
        var task = await raw.DoneAsync(entity.Element(VcdRaw.Ns + "Tasks")!.Element(VcdRaw.Ns + "Task")!.Text("href"));
        Assert.True(task.Text("status") == "success", task.ToString());
        return await raw.GetAsync(entity.Text("href"));
    }

    /// <summary>A vApp of a template, its one network bridged to one of the organization's.</summary>
    public static async Task<XElement> NewVAppAsync(this VcdRaw raw, string name, string template = "debian-12-base", string network = "dmz", bool powerOn = false)
    {
        var parent = await raw.NetworkAsync(network);
        var source = await raw.FindAsync("vAppTemplate", template);
        return await raw.MadeAsync(await raw.CreateAsync("instantiateVAppTemplate", InstantiateBody(name, source, [Bridged(("VM Network", parent))], new XAttribute("deploy", powerOn), new XAttribute("powerOn", powerOn))));
    }

    /// <summary>PUTs a section to its own address, and waits for it.</summary>
    public static async Task PutAsync(this VcdRaw raw, XElement entity, string section, XElement body, string type)
        => await raw.SucceededAsync(await raw.PutRawAsync(entity, section, body, type));

    public static Task<RawAnswer> PutRawAsync(this VcdRaw raw, XElement entity, string section, XElement body, string type) => raw.SendAsync(HttpMethod.Put, $"{entity.Text("href")}/{section}", body, Prefix + type + "+xml");

    /// <summary>Asserts that what the server shows is valid by the schemas; they are those of 30.0.</summary>
    public static async Task AssertValidAsync(this VcdRaw raw, string href)
    {
        VcdSchemas.Need();
        var faults = VcdSchemas.Faults((await raw.SendAsync(HttpMethod.Get, href)).Expect(200).Bytes).Where(f => !f.Contains("schema information for the attribute", StringComparison.Ordinal)).ToList();
        Assert.True(faults.Count == 0, $"{href}: {string.Join('\n', faults)}");
    }

    public static IReadOnlyList<XElement> Adapters(XElement machine) => [.. machine.Elements(VcdRaw.Ns + "NetworkConnectionSection").Elements(VcdRaw.Ns + "NetworkConnection")];

    public static string? Child(this XElement element, string name) => (string?)element.Element(VcdRaw.Ns + name);
}
