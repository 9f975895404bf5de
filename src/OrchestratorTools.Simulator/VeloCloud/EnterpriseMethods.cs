using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The methods about one enterprise as a whole.</summary>
internal sealed class EnterpriseMethods(VeloNetwork network, AccountBook accounts)
{
    private static readonly string[] ReadOnlyMembers = ["id", "created", "logicalId", "modified", "networkId"];

    public Dictionary<string, Func<Call, Answer>> All => new(StringComparer.Ordinal)
    {
        ["enterprise/getEnterprise"] = Get,
        ["enterprise/updateEnterprise"] = call => network.Exclusively(() => Update(call)),
        ["enterprise/getEnterpriseEdges"] = EdgeListing.Read,
        ["enterprise/getEnterpriseConfigurations"] = Configurations,
        ["enterprise/getEnterpriseUsers"] = Users,
    };

    private static Answer Get(Call call)
    {
        if (!call.With("enterpriseProxy"))
            return Answer.Of(call.Enterprise.Utf8);

        var json = JsonNode.Parse(call.Enterprise.Utf8.Span)!.AsObject();
        json["enterpriseProxy"] = call.Enterprise.ProxyId is null ? null : new JsonObject { ["id"] = VeloNetwork.ProxyId, ["name"] = VeloNetwork.ProxyName };
        return Answer.Of(json);
    }

    private static Answer Configurations(Call call)
    {
        var type = call.Text("configurationType");
        var profiles = type is "NETWORK_BASED" ? [] : call.Enterprise.Profiles;
        return Answer.List(profiles.Select(p => Describe(p, call)));
    }

    private static JsonObject Describe(Profile profile, Call call)
    {
        var json = JsonNode.Parse(profile.Utf8.Span)!.AsObject();
        var edges = call.Enterprise.Edges.Where(e => call.Enterprise.Profiles[e.ProfileNumber] == profile);
        if (call.With("edgeCount"))
            json["edgeCount"] = edges.Count();

        if (call.With("edges"))
            json["edges"] = new JsonArray([.. edges.Select(e => new JsonObject { ["id"] = e.Id, ["name"] = e.Name, ["logicalId"] = e.LogicalId, ["edgeState"] = e.State })]);

        if (call.With("modules") || call.With("deviceSettings"))
            json["modules"] = new JsonArray();

        return json;
    }

    private Answer Update(Call call)
    {
        var update = call.Object("_update");
        var changes = update is { } json ? json.EnumerateObject().ToList() : [];
        var members = OperationTable.Find("enterprise/getEnterprise")!.Members;
        foreach (var member in changes)
        {
            if (ReadOnlyMembers.Contains(member.Name, StringComparer.Ordinal) || !members.Contains(member.Name, StringComparer.Ordinal))
                throw VeloError.Invalid([new Complaint("OBJECT_ADDITIONAL_PROPERTIES", $"Additional properties not allowed: {member.Name}", "#/_update/" + member.Name)]);
        }

        var name = update is { } u && u.TryGetProperty("name", out var inside) ? inside.GetString() : call.Text("name");
        if (name is not null && network.Enterprises.Any(e => e != call.Enterprise && string.Equals(e.Name, name, StringComparison.OrdinalIgnoreCase)))
            return Answer.Rows(0, $"An enterprise named {name} already exists");

        if (changes.Count == 0 && name is null)
            return Answer.Rows(0);

        foreach (var member in changes)
        {
            call.Enterprise.Change(member.Name, member.Value);
        }

        if (name is not null)
            call.Enterprise.Change("name", JsonSerializer.SerializeToElement(name));

        call.Enterprise.Change("modified", JsonSerializer.SerializeToElement(VeloTime.Text(network.Clock.GetUtcNow())));
        return Answer.Rows(1);
    }

    private Answer Users(Call call) => Answer.List(UserMethods.Of(call.Enterprise, accounts));
}
