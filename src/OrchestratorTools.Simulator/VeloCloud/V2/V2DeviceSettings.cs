using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The device settings of profiles and edges: the module of that name, read at once and changed asynchronously [spec].</summary>
internal sealed class V2DeviceSettings(VeloNetwork network, AsyncOperations operations)
{
    private const string Module = "deviceSettings";

    public Dictionary<string, Func<V2Call, V2Answer>> All => new(StringComparer.Ordinal)
    {
        ["getEnterpriseProfileDeviceSettings"] = call => Read(call.Profile, V2Resources.HrefOf(call.Profile)),
        ["updateEnterpriseProfileDeviceSettings"] = call => Patch(call, call.Profile, V2Resources.HrefOf(call.Profile)),
        ["replaceEnterpriseProfileDeviceSettings"] = call => Replace(call, call.Profile, V2Resources.HrefOf(call.Profile)),
        ["getEdgeProfileDeviceSettings"] = call => Read(call.Edge.Configuration, V2Resources.HrefOf(call.Edge)),
        ["updateEdgeProfileDeviceSettings"] = call => Patch(call, call.Edge.Configuration, V2Resources.HrefOf(call.Edge)),
        ["replaceEdgeProfileDeviceSettings"] = call => Replace(call, call.Edge.Configuration, V2Resources.HrefOf(call.Edge)),
    };

    private static ConfigurationModule Find(Profile profile) => profile.Module(Module) ?? throw V2Error.NotFound("deviceSettings");

    private static JsonObject Data(Profile profile) => JsonNode.Parse(Find(profile).Data.Span)!.AsObject();

    private static V2Answer Read(Profile profile, string href)
    {
        var json = Data(profile);
        json["_href"] = $"{href}/{Module}";
        return V2Answer.Ok(json);
    }

    private V2Answer Patch(V2Call call, Profile profile, string href)
    {
        var patch = JsonPatch.Parse(call.Body!.Value);
        _ = Find(profile);
        return Begin(call, profile, href, () => patch.Apply(Data(profile)));
    }

    private V2Answer Replace(V2Call call, Profile profile, string href)
    {
        var body = call.Body!.Value;
        if (body.ValueKind != JsonValueKind.Object)
            throw V2Error.Validation("The body is an object");

        foreach (var member in body.EnumerateObject())
        {
            if (!call.Operation.BodyMembers.Contains(member.Name, StringComparer.Ordinal))
                throw V2Error.Validation($"Unknown member: {member.Name}", member.Name);
        }

        _ = Find(profile);
        return Begin(call, profile, href, () => JsonNode.Parse(body.GetRawText())!.AsObject());
    }

    private V2Answer Begin(V2Call call, Profile profile, string href, Func<JsonObject> change)
        => operations.Begin(call.Caller, $"{href}/{Module}", call.Settings, () =>
        {
            var data = change();
            data.Remove("_href");
            Find(profile).Replace(JsonSerializer.SerializeToElement(data), network.Now);
            network.Report(profile.Enterprise!, "EDIT_PROFILE", $"Module {Module} of {profile.Name} changed", profile.Edge, call.Caller.Account.Username);
        });
}
