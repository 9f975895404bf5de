using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>Alerts: what was triggered, what is configured, who is told.</summary>
internal sealed class AlertMethods(VeloNetwork network, AccountBook accounts)
{
    private static readonly string[] Settable = ["enabled", "description", "firstNotificationSeconds", "maxNotifications", "notificationIntervalSeconds", "resetIntervalSeconds"];

    public Dictionary<string, Func<Call, Answer>> All => new(StringComparer.Ordinal)
    {
        ["enterprise/getEnterpriseAlerts"] = Alerts,
        ["enterprise/getEnterpriseAlertDefinitions"] = Definitions,
        ["alert/getEnterpriseAlertDefinitions"] = Definitions,
        ["enterprise/getEnterpriseAlertConfigurations"] = call => Answer.List(call.Enterprise.State.AlertConfigurations.All()),
        ["enterprise/insertOrUpdateEnterpriseAlertConfigurations"] = Configure,
        ["enterprise/getEnterpriseAllAlertsRecipients"] = call => Answer.Of(Recipients(call.Enterprise)),
        ["enterprise/setEnterpriseAllAlertsRecipients"] = SetRecipients,
    };

    private Answer Alerts(Call call)
    {
        var window = TimeWindow.Of(call, network.Now);
        var limit = EventMethods.Limit(call.Object("filter"), VeloAssumptions.EventLimit);
        var found = AlertFeed.Of(network, call.Enterprise, window).Take(limit + 1).ToList();
        return Answer.List(
            found.Take(limit).Select(a => AlertFeed.Describe(a, network, call.Enterprise, call.With("notifications"))),
            new JsonObject { ["limit"] = limit, ["more"] = found.Count > limit });
    }

    private Answer Definitions(Call call) => Answer.List(AlertCatalog.All(network.Start.AddDays(-800)));

    /// <summary>A configuration with an id is changed, one without is the one of its kind, or a new one.</summary>
    private Answer Configure(Call call)
    {
        var table = call.Enterprise.State.AlertConfigurations;
        var sent = call.Elements("enterpriseAlertConfigurations");
        var meant = sent.Select((json, i) => (Json: json, Id: Find(call.Enterprise, table, json, i))).ToList();
        foreach (var (json, id) in meant)
        {
            table.Change(id, json.EnumerateObject().Where(m => Settable.Contains(m.Name, StringComparer.Ordinal)).Select(m => KeyValuePair.Create(m.Name, m.Value)), network.Now);
        }

        network.Report(call.Enterprise, "ALERT_CONFIGURATION_UPDATED", "Alert configurations changed", edge: null, call.Caller.Account.Username);
        return Answer.Of(new JsonObject { ["enterpriseAlertConfigurations"] = new JsonArray([.. meant.Select(m => table.Find(m.Id))]) });
    }

    private long Find(Enterprise enterprise, ObjectTable table, JsonElement json, int index)
    {
        var path = $"#/enterpriseAlertConfigurations/{index}";
        if (json.TryGetProperty("id", out var sent) && sent.ValueKind == JsonValueKind.Number && sent.TryGetInt64(out var id))
            return table.Find(id) is not null ? id : throw VeloError.NotFound("alert configuration");

        if (!json.TryGetProperty("name", out var text) || text.ValueKind != JsonValueKind.String)
            throw VeloError.Invalid([new Complaint("OBJECT_MISSING_REQUIRED_PROPERTY", "Missing required property: name", path)]);

        var name = text.GetString()!;
        if (!AlertCatalog.Exists(name))
            throw VeloError.Invalid([new Complaint("ENUM_MISMATCH", $"No enum match for: {name}", path + "/name")]);

        var old = table.All(c => string.Equals(c["name"]!.GetValue<string>(), name, StringComparison.Ordinal));
        return old.Count > 0 ? old[0]["id"]!.GetValue<long>() : table.Put(AlertCatalog.New(network.NewId(), name, enterprise))["id"]!.GetValue<long>();
    }

    /// <summary>The recipients as they are kept, with the enterprise's users as they are now.</summary>
    private JsonObject Recipients(Enterprise enterprise)
    {
        var recipients = enterprise.State.Recipients.DeepClone().AsObject();
        var chosen = recipients["enterpriseUsers"]!.AsArray().ToDictionary(u => u!["enterpriseUserId"]!.GetValue<long>(), u => u!);
        recipients["enterpriseUsers"] = new JsonArray([.. accounts.OfEnterprise(enterprise.Id).Select(a => Recipient(a, chosen.GetValueOrDefault(a.Id)))]);
        return recipients;
    }

    private static JsonObject Recipient(Account account, JsonNode? chosen)
        => new()
        {
            ["enterpriseUserId"] = account.Id,
            ["username"] = account.Username,
            ["email"] = account.Username,
            ["mobilePhone"] = "",
            ["enabled"] = Bit(chosen, "enabled"),
            ["emailEnabled"] = Bit(chosen, "emailEnabled"),
            ["mobileEnabled"] = Bit(chosen, "mobileEnabled"),
            ["smsEnabled"] = Bit(chosen, "smsEnabled"),
        };

    private static int Bit(JsonNode? chosen, string name) => chosen?[name] is { } value && value.GetValueKind() is JsonValueKind.True or JsonValueKind.Number && value.ToString() is not "0" ? 1 : 0;

    private Answer SetRecipients(Call call)
    {
        var recipients = call.Enterprise.State.Recipients.DeepClone().AsObject();
        foreach (var member in call.Parameters.EnumerateObject())
        {
            if (member.Name is "enterpriseId")
                continue;

            if (member.Name is "enterpriseUsers")
                Check(call.Enterprise, member.Value);

            recipients[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        call.Enterprise.State.Recipients = recipients;
        return Answer.Of(Recipients(call.Enterprise));
    }

    private void Check(Enterprise enterprise, JsonElement users)
    {
        foreach (var user in users.EnumerateArray())
        {
            if (!user.TryGetProperty("enterpriseUserId", out var id) || id.ValueKind != JsonValueKind.Number)
                throw VeloError.Invalid([Operation.Missing("enterpriseUsers/enterpriseUserId")]);

            if (accounts.Find(id.GetInt64())?.EnterpriseId != enterprise.Id)
                throw VeloError.NotFound("user");
        }
    }
}
