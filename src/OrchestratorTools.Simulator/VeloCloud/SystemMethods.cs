using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The methods about the Orchestrator itself.</summary>
internal sealed class SystemMethods(VeloNetwork network)
{
    public Dictionary<string, Func<Call, Answer>> All => new(StringComparer.Ordinal)
    {
        ["system/getVersionInfo"] = call => Answer.Of(call.Settings.Release4
            ? new JsonObject { ["version"] = "4.5.1", ["build"] = "R451-20220831-GA-61583-6d1d9cd0aa", ["apiVersion"] = "v1" }
            : new JsonObject { ["version"] = "5.2.3.1", ["build"] = "R5231-20240611-GA-4c3b1fa1a5", ["apiVersion"] = "v1" }),
        ["systemProperty/getSystemProperties"] = SystemProperties,
        ["systemProperty/getSystemProperty"] = call => Answer.Of(Shown(Find(call))),
        ["systemProperty/insertSystemProperty"] = Insert,
        ["systemProperty/insertOrUpdateSystemProperty"] = InsertOrUpdate,
        ["systemProperty/updateSystemProperty"] = Update,
    };

    /// <summary>The value of a password is never shown.</summary>
    private static JsonObject Shown(JsonObject property)
    {
        if (property["isPassword"]!.GetValue<int>() == 1)
            property["value"] = "";

        return property;
    }

    private Answer SystemProperties(Call call)
    {
        var group = call.Text("group") is { Length: > 0 } text ? text + "." : "";
        return Answer.List(network.System.Properties.All(p => p["name"]!.GetValue<string>().StartsWith(group, StringComparison.Ordinal)).Select(Shown));
    }

    private JsonObject Find(Call call)
    {
        if (call.Integer("id") is null && call.Text("name") is null)
            throw VeloError.Invalid([Operation.Missing("name")]);

        var property = call.Integer("id") is { } id ? network.System.Properties.Find(id) : network.System.Property(call.Text("name")!);
        return property ?? throw VeloError.NotFound("system property");
    }

    private Answer Insert(Call call)
        => network.Exclusively(() =>
        {
            var name = call.Text("name")!;
            if (string.IsNullOrWhiteSpace(name))
                throw VeloError.Invalid([new Complaint("MIN_LENGTH", "The name must not be empty", "#/name")]);

            if (network.System.Property(name) is not null)
                throw VeloError.BadRequest($"A system property named {name} already exists");

            var added = network.System.Add(name, call.Text("value")!, call.Text("defaultValue"), call.Text("dataType") ?? "STRING", call.Flag("isPassword"), call.Flag("isReadOnly"));
            network.Report(call.Caller, "SYSTEM_PROPERTY_CREATED", $"System property {name} created");
            return Answer.Of(new JsonObject { ["id"] = added["id"]!.GetValue<long>(), ["rows"] = 1, ["error"] = null });
        });

    private Answer InsertOrUpdate(Call call)
        => network.Exclusively(() =>
        {
            if (network.System.Property(call.Text("name")!) is not { } old)
                return Insert(call);

            var changes = call.Parameters.EnumerateObject().Where(m => m.Name is not "name").Select(m => KeyValuePair.Create(m.Name, m.Value)).ToList();
            return Change(call, old, changes, withId: true);
        });

    private Answer Update(Call call)
    {
        var changes = Changes.Read(call, ["name", "value", "defaultValue", "isPassword", "isReadOnly", "dataType", "description"]);
        return network.Exclusively(() => Change(call, Find(call), changes, withId: false));
    }

    /// <summary>A property that is read only stays as it is [inferred].</summary>
    private Answer Change(Call call, JsonObject property, IReadOnlyList<KeyValuePair<string, System.Text.Json.JsonElement>> changes, bool withId)
    {
        var id = property["id"]!.GetValue<long>();
        var name = property["name"]!.GetValue<string>();
        var error = property["isReadOnly"]!.GetValue<int>() == 1 ? $"System property {name} is read only" : null;
        if (error is null && changes.Count > 0)
        {
            network.System.Properties.Change(id, changes, network.Now);
            network.System.Properties.Change(id, Normalize);
            network.Report(call.Caller, "SYSTEM_PROPERTY_UPDATED", $"System property {name} changed");
        }

        var answer = new JsonObject { ["rows"] = error is null && changes.Count > 0 ? 1 : 0, ["error"] = error };
        if (withId)
            answer["id"] = id;

        return Answer.Of(answer);
    }

    /// <summary>Truths are sent as truths, and kept as 0 and 1.</summary>
    private static void Normalize(JsonObject property)
    {
        foreach (var name in new[] { "isPassword", "isReadOnly" })
        {
            if (property[name]!.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False)
                property[name] = property[name]!.GetValue<bool>() ? 1 : 0;
        }
    }
}
