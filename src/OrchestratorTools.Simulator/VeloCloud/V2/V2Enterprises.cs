using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>Enterprises, their client devices and applications, and application maps.</summary>
internal sealed class V2Enterprises(VeloWorld world)
{
    private const int SuperuserRole = 5;

    private static readonly string[] Settable =
    [
        "accountNumber", "domain", "description", "contactName", "contactPhone", "contactMobile", "contactEmail", "streetAddress", "streetAddress2", "city", "state", "postalCode",
        "country", "lat", "lon", "timezone", "locale", "endpointPkiMode",
    ];

    private readonly VeloNetwork _network = world.Network;

    public Dictionary<string, Func<V2Call, V2Answer>> All => new(StringComparer.Ordinal)
    {
        ["getEnterprises"] = List,
        ["getEnterprise"] = call => V2Answer.Ok(V2Resources.Describe(call.Enterprise)),
        ["createEnterprise"] = Create,
        ["deleteEnterprise"] = Delete,
        ["getEnterpriseClientDevices"] = call => V2Answer.List(call.Enterprise.Edges.SelectMany(ClientDevices.Of).Select(d => V2Resources.ClientDevice(call.Enterprise, d, call))),
        ["getEnterpriseClientDevice"] = Device,
        ["getEnterpriseApplications"] = Applications,
        ["getEnterpriseApplicationById"] = call => V2Answer.List([Application(call)]),
        ["getEdgeApplications"] = EdgeApplications,
        ["getEdgeApplication"] = call => V2Answer.List([EdgeApplication(call)]),
        ["getApplicationMap"] = Map,
        ["getApplicationMapApplications"] = call => V2Answer.List(ApplicationCatalog.All.Select(a => V2Resources.Describe(a, $"{MapHref(call)}/applications/{a.Id}"))),
        ["getApplicationMapApplication"] = call => V2Answer.Ok(V2Resources.Describe(Find(call), $"{MapHref(call)}/applications/{call.Path("appId")}")),
        ["getApplicationMapApplicationClasses"] = call =>
        {
            var href = MapHref(call);
            return V2Answer.List(ApplicationCatalog.Classes.Select((c, i) => new JsonObject { ["_href"] = $"{href}/applicationClasses/{i}", ["id"] = i, ["name"] = c }));
        },
    };

    private V2Answer List(V2Call call)
    {
        var link = (call.Query("nextPageLink") ?? call.Query("prevPageLink")) is { Length: > 0 } text ? V2Page.Parse(text, "nextPageLink") : null;
        var filters = link?.Unpack() ?? call.Filters;
        var limit = (int)Math.Min(link?.Limit ?? call.Number("limit") ?? VeloAssumptions.EventLimit, call.Settings.PageLimit);
        var found = _network.Enterprises.Where(e => AccessRules.IsOwn(call.Caller, e) && filters.All(f => f.Passes(e.Utf8)));
        var page = V2Edges.PageOf(found, e => e.Id, link, limit, out var before, out var more);
        return V2Answer.Page(
            $"{ApiV2.Prefix}enterprises",
            page.Select(V2Resources.Describe),
            V2Edges.MetaData(limit, page.Count == 0 ? 0 : page[0].Id, page.Count == 0 ? 0 : page[^1].Id, before, more, link?.Filters ?? V2Page.Pack(call, FilterNames(call))));
    }

    public static IEnumerable<string> FilterNames(V2Call call) => call.Operation.Parameters.Where(p => p.Name.EndsWith(']')).Select(p => p.Name);

    private V2Answer Create(V2Call call)
    {
        var body = call.Body!.Value;
        if (body.ValueKind != JsonValueKind.Object)
            throw V2Error.Validation("The body is an object");

        foreach (var member in body.EnumerateObject())
        {
            if (!call.Operation.BodyMembers.Contains(member.Name, StringComparer.Ordinal))
                throw V2Error.Validation($"Unknown member: {member.Name}", member.Name);
        }

        var name = Text(body, "name") ?? throw V2Error.Validation("Missing member: name", "name");
        var profile = OperatorProfile(body);
        if (Text(body, "gatewayPool") is not { } pool)
            throw V2Error.Validation("Missing member: gatewayPool", "gatewayPool");

        var poolId = _network.Gateways.Pools.All(p => p["logicalId"]!.GetValue<string>() == LastPart(pool)) is [var found, ..] ? found["id"]!.GetValue<long>() : throw V2Error.Unprocessable("There is no such gateway pool", "gatewayPool");
        var partner = call.Caller.Account.ProxyId is { } id ? _network.FindPartner(id) : null;
        var enterprise = _network.Add(name, partner) ?? throw V2Error.Unprocessable($"An enterprise named {name} already exists", "name");
        enterprise.State.OperatorProfile = profile;
        enterprise.Set("gatewayPoolId", poolId);
        foreach (var member in body.EnumerateObject().Where(m => Settable.Contains(m.Name, StringComparer.Ordinal)))
        {
            enterprise.Change(member.Name, member.Value);
        }

        if (body.TryGetProperty("user", out var user) && Text(user, "username") is { } username && Text(user, "password") is { } password)
            world.Accounts.Add(Tier.Customer, username, password, world.Roles.Find(SuperuserRole)!, enterprise.Id, proxyId: null, _network.Now);

        _network.Report(call.Caller, "CREATE_ENTERPRISE", $"Enterprise {name} created");
        return V2Answer.Created(V2Resources.Describe(enterprise), V2Resources.HrefOf(enterprise));
    }

    private Profile OperatorProfile(JsonElement body)
    {
        if (!body.TryGetProperty("operatorProfiles", out var profiles) || profiles.ValueKind != JsonValueKind.Array || profiles.GetArrayLength() == 0)
            throw V2Error.Validation("Missing member: operatorProfiles", "operatorProfiles");

        var wanted = LastPart(profiles[0].ToString());
        return _network.OperatorProfiles.FirstOrDefault(p => p.LogicalId == wanted) ?? throw V2Error.Unprocessable("There is no such operator profile", "operatorProfiles");
    }

    /// <summary>References are logical ids, or the addresses that end in them.</summary>
    public static string LastPart(string reference) => reference.TrimEnd('/').Split('/')[^1];

    public static string? Text(JsonElement json, string name)
        => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private V2Answer Delete(V2Call call)
    {
        var enterprise = call.Enterprise;
        if (enterprise.Edges.Any(e => e.State is "CONNECTED"))
            throw V2Error.Unprocessable($"Cannot delete enterprise {enterprise.Name}: it has connected edges");

        foreach (var account in world.Accounts.OfEnterprise(enterprise.Id).ToList())
        {
            world.Accounts.Remove(account);
        }

        _network.Delete(enterprise);
        _network.Report(call.Caller, "DELETE_ENTERPRISE", $"Enterprise {enterprise.Name} deleted");
        return V2Answer.NoContent;
    }

    private V2Answer Device(V2Call call)
        => V2Answer.Ok(V2Resources.ClientDevice(call.Enterprise, ClientDevices.Find(call.Enterprise, call.Path("logicalId")) ?? throw V2Error.NotFound("client device"), call));

    private static Application Find(V2Call call)
        => int.TryParse(call.Path("appId"), System.Globalization.CultureInfo.InvariantCulture, out var id) && ApplicationCatalog.Find(id) is { } application
            ? application
            : throw V2Error.NotFound("application");

    private static V2Answer Applications(V2Call call)
    {
        var enterprise = call.Enterprise;
        return V2Answer.List(ApplicationCatalog.All.Select(a => V2Resources.Describe(a, V2Resources.HrefOfApplication(enterprise, a.Id))));
    }

    private static JsonObject Application(V2Call call)
    {
        var enterprise = call.Enterprise;
        return V2Resources.Describe(Find(call), V2Resources.HrefOfApplication(enterprise, Find(call).Id));
    }

    private static V2Answer EdgeApplications(V2Call call)
    {
        var edge = call.Edge;
        return V2Answer.List(ApplicationCatalog.Of(edge).Select(a => V2Resources.Describe(a, $"{V2Resources.HrefOf(edge)}/applications/{a.Id}")));
    }

    private static JsonObject EdgeApplication(V2Call call)
    {
        var edge = call.Edge;
        var application = Find(call);
        return ApplicationCatalog.Of(edge).Contains(application) ? V2Resources.Describe(application, $"{V2Resources.HrefOf(edge)}/applications/{application.Id}") : throw V2Error.NotFound("application");
    }

    private static string MapHref(V2Call call)
        => string.Equals(call.Path("logicalId"), ApplicationCatalog.MapLogicalId, StringComparison.OrdinalIgnoreCase) ? $"{ApiV2.Prefix}applicationMaps/{ApplicationCatalog.MapLogicalId}" : throw V2Error.NotFound("application map");

    private V2Answer Map(V2Call call)
    {
        var href = MapHref(call);
        return V2Answer.Ok(new JsonObject
        {
            ["_href"] = href,
            ["logicalId"] = ApplicationCatalog.MapLogicalId,
            ["name"] = "Default Application Map",
            ["description"] = "Uploaded with the release",
            ["type"] = "APPLICATION_MAP",
            ["version"] = "1661321196308",
            ["created"] = VeloTime.Text(_network.Start.AddDays(-800)),
            ["modified"] = VeloTime.Text(_network.Start.AddDays(-800)),
            ["timestamp"] = VeloTime.Text(_network.Start.AddDays(-800)),
            ["fileName"] = "application-map.json",
            ["manifest"] = new JsonObject { ["version"] = "5.0.1.0" },
            ["uploadDetails"] = new JsonObject { ["storageType"] = "LOCAL" },
            ["downloadToken"] = null,
            ["downloadUrl"] = null,
            ["blobContent"] = new JsonObject { ["applications"] = new JsonArray([.. ApplicationCatalog.All.Select(a => V2Resources.Describe(a, $"{href}/applications/{a.Id}"))]) },
        });
    }
}
