using System.Globalization;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>What applications and their classes are called: statistics know them by number (configuration/getIdentifiableApplications).</summary>
internal sealed class ApplicationNames
{
    private readonly Dictionary<long, string> _applications = [];
    private readonly Dictionary<long, string> _classes = [];

    public ApplicationNames(JsonElement answer)
    {
        if (answer.ValueKind is not JsonValueKind.Object)
        {
            return;
        }

        if (answer.TryGetProperty("applications", out var applications))
        {
            foreach (var application in Elements(applications))
            {
                if (application.ValueKind is JsonValueKind.Object && VeloCloudJson.Whole(application, "id") is { } id
                    && (VeloCloudJson.Text(application, "displayName") is { Length: > 0 } name || (name = VeloCloudJson.Text(application, "name")) is { Length: > 0 }))
                {
                    _applications[id] = name;
                }
            }
        }

        if (answer.TryGetProperty("applicationClasses", out var classes))
        {
            ReadClasses(classes);
        }
    }

    /// <summary>An application's name; its number where it has none.</summary>
    public string OfApplication(long id) => _applications.GetValueOrDefault(id) ?? id.ToString(CultureInfo.InvariantCulture);

    /// <summary>A class's name; its number where it has none.</summary>
    public string OfClass(long id) => _classes.GetValueOrDefault(id) ?? id.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<JsonElement> Elements(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray(),
        JsonValueKind.Object => value.EnumerateObject().Select(m => m.Value),
        _ => [],
    };

    // A list in which the place is the number, or an object in which the member's name is; names, or objects that have one [inferred].
    private void ReadClasses(JsonElement classes)
    {
        if (classes.ValueKind is JsonValueKind.Array)
        {
            var place = 0L;
            foreach (var item in classes.EnumerateArray())
            {
                Add(place++, item);
            }
        }
        else if (classes.ValueKind is JsonValueKind.Object)
        {
            foreach (var member in classes.EnumerateObject())
            {
                if (long.TryParse(member.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                {
                    Add(id, member.Value);
                }
            }
        }
    }

    private void Add(long id, JsonElement item)
    {
        if (item.ValueKind is JsonValueKind.String)
        {
            _classes[id] = OrchestratorTools.Clients.Http.JsonText.Of(item);
        }
        else if (item.ValueKind is JsonValueKind.Object && (VeloCloudJson.Text(item, "displayName") ?? VeloCloudJson.Text(item, "name")) is { Length: > 0 } name)
        {
            _classes[VeloCloudJson.Whole(item, "id") ?? id] = name;
        }
    }
}
