using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>Resources as APIv2 shows them: by logical id, truths as truths, and linked resources as an <c>_href</c> that <c>include</c> can resolve.</summary>
internal static class V2Resources
{
    private const string Root = "/api/sdwan/v2/";

    private static readonly string[] EnterpriseMembers =
    [
        "created", "alertsEnabled", "operatorAlertsEnabled", "endpointPkiMode", "name", "domain", "prefix", "logicalId", "accountNumber", "description", "contactName", "contactPhone",
        "contactMobile", "contactEmail", "streetAddress", "streetAddress2", "city", "state", "postalCode", "country", "lat", "lon", "timezone", "locale", "modified", "bastionState",
    ];

    private static readonly string[] EdgeMembers =
    [
        "activationKey", "activationKeyExpires", "activationState", "activationTime", "alertsEnabled", "bastionState", "buildNumber", "created", "customInfo", "description", "deviceFamily",
        "deviceId", "dnsName", "edgeState", "edgeStateTime", "endpointPkiMode", "factoryBuildNumber", "factorySoftwareVersion", "platformBuildNumber", "platformFirmwareVersion",
        "modemBuildNumber", "modemFirmwareVersion", "lteRegion", "haLastContact", "haPreviousState", "haSerialNumber", "haState", "isLive", "lastContact", "logicalId", "modelNumber",
        "modified", "name", "operatorAlertsEnabled", "selfMacAddress", "serialNumber", "serviceState", "serviceUpSince", "softwareUpdated", "softwareVersion", "systemUpSince",
    ];

    private static readonly string[] Truths = ["alertsEnabled", "operatorAlertsEnabled", "isLive", "shippingSameAsLocation"];

    public static string HrefOf(Enterprise enterprise) => $"{Root}enterprises/{enterprise.LogicalId}";

    public static string HrefOf(Edge edge) => $"{HrefOf(edge.Enterprise)}/edges/{edge.LogicalId}";

    public static string HrefOf(Profile profile) => $"{HrefOf(profile.Enterprise!)}/profiles/{profile.LogicalId}";

    public static string HrefOfLink(Edge edge, JsonNode link) => $"{HrefOf(edge)}/links/{Uri.EscapeDataString(link["internalId"]!.GetValue<string>())}";

    public static string HrefOfDevice(Enterprise enterprise, JsonNode device) => $"{HrefOf(enterprise)}/clientDevices/{device["logicalId"]!.GetValue<string>()}";

    public static string HrefOfApplication(Enterprise enterprise, int id) => string.Create(CultureInfo.InvariantCulture, $"{HrefOf(enterprise)}/applications/{id}");

    public static JsonObject Describe(Enterprise enterprise)
    {
        var json = Pick(JsonNode.Parse(enterprise.Utf8.Span)!, EnterpriseMembers);
        json["_href"] = HrefOf(enterprise);
        json["gatewayPool"] = new JsonObject { ["_href"] = $"{Root}gatewayPools/{Invented.LogicalId("gatewayPool", enterprise.Read("gatewayPoolId") is { ValueKind: JsonValueKind.Number } id ? id.GetInt64() : GatewayBook.DefaultPool)}" };
        return json;
    }

    /// <summary>An edge. <paramref name="call"/> says which linked resources come with it.</summary>
    public static JsonObject Describe(Edge edge, V2Call? call)
    {
        var json = Pick(JsonNode.Parse(edge.Utf8.Span)!, EdgeMembers);
        json["_href"] = HrefOf(edge);
        json["links"] = new JsonArray([.. EdgeLinks.Of(edge, onlyRecent: false).Select(l => Linked(HrefOfLink(edge, l), () => Link(edge, l), call?.Include("links")))]);
        json["site"] = Linked($"{HrefOf(edge)}/site", () => Site(edge), call?.Include("site"));
        json["enterprise"] = Linked(HrefOf(edge.Enterprise), () => Describe(edge.Enterprise), call?.Include("enterprise"));
        return json;
    }

    /// <summary>A resource as a link, with the members that are wanted.</summary>
    public static JsonObject Linked(string href, Func<JsonObject> resource, IReadOnlyList<string>? wanted)
    {
        var json = new JsonObject { ["_href"] = href };
        if (wanted is null)
            return json;

        foreach (var (name, value) in resource())
        {
            if (name is not "_href" && (wanted.Count == 0 || wanted.Contains(name, StringComparer.Ordinal)))
                json[name] = value?.DeepClone();
        }

        return json;
    }

    public static JsonObject LinkTo(Edge edge, V2Call call) => Linked(HrefOf(edge), () => Describe(edge, call: null), call.Include("edge"));

    /// <summary>A WAN link.</summary>
    public static JsonObject Link(Edge edge, JsonObject link)
    {
        var json = Pick(link, [.. link.Select(m => m.Key).Where(k => k is not ("id" or "edgeId"))]);
        json["_href"] = HrefOfLink(edge, link);
        json["edge"] = new JsonObject { ["_href"] = HrefOf(edge) };
        return json;
    }

    public static JsonObject ClientDevice(Enterprise enterprise, JsonObject device, V2Call call)
    {
        var json = device.DeepClone().AsObject();
        json["_href"] = HrefOfDevice(enterprise, device);
        json["enterprise"] = Linked(HrefOf(enterprise), () => Describe(enterprise), call.Include("enterprise"));
        if (enterprise.Edges.FirstOrDefault(e => e.Id == device["edgeId"]!.GetValue<int>()) is { } edge)
            json["edge"] = LinkTo(edge, call);

        foreach (var name in new[] { "id", "edgeId", "enterpriseId" })
        {
            json.Remove(name);
        }

        return json;
    }

    public static JsonObject Describe(Application application, string href)
    {
        var json = application.Describe();
        json.Remove("id");
        json["_href"] = href;
        json["mustNotPerformDpi"] = 0;
        return json;
    }

    private static JsonObject Site(Edge edge)
    {
        var site = EdgeSites.Of(edge);
        site.Remove("id");
        return Pick(site, [.. site.Select(m => m.Key)]);
    }

    /// <summary>Members in this API's way: truths are truths, and a time that never was is null.</summary>
    private static JsonObject Pick(JsonNode from, IReadOnlyList<string> names)
    {
        var json = new JsonObject();
        foreach (var name in names)
        {
            var value = from[name];
            json[name] = value is JsonValue number && number.GetValueKind() == JsonValueKind.Number && Truths.Contains(name, StringComparer.Ordinal) ? number.ToString() is not "0"
                : value is JsonValue text && text.GetValueKind() == JsonValueKind.String && text.ToString().StartsWith(VeloTime.Never[..10], StringComparison.Ordinal) ? null
                : value?.DeepClone();
        }

        return json;
    }
}
