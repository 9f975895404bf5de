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
}
