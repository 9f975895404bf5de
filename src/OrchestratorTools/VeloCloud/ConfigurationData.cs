using System.Management.Automation;
using System.Text.Json;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>The property Data of modules and device settings: the JSON as objects that can be changed and are written back without a loss.</summary>
internal static class ConfigurationData
{
    /// <summary>The property's name.</summary>
    public const string Property = "Data";

    /// <summary>The object with its data.</summary>
    public static PSObject With(object item, JsonElement data)
    {
        var wrapped = PSObject.AsPSObject(item);
        if (wrapped.Properties[Property] is null)
        {
            wrapped.Properties.Add(new PSNoteProperty(Property, ExactJson.ToObject(data)));
        }

        return wrapped;
    }

    /// <summary>The data that an object has now, changed or not; null where it lost them (a copy from another process has them as a property of its own).</summary>
    public static object? Of(object item) => PSObject.AsPSObject(item).Properties[Property]?.Value;

    /// <summary>What a user gave as data: an object. Throws <see cref="ArgumentException"/> with what would be right.</summary>
    public static JsonElement Element(object? given)
    {
        var data = ExactJson.ToElement(given);
        return data.ValueKind is JsonValueKind.Object ? data : throw new ArgumentException("the data are an object: what the property Data of the module held, a hashtable, or JSON as a text.");
    }

    /// <summary>How many differences, and the first ones, for a question.</summary>
    public static string Describe(IReadOnlyList<VeloCloudDifference> differences)
    {
        const int Shown = 5;
        var first = string.Join("; ", differences.Take(Shown).Select(d => d.ToString()));
        return $"{differences.Count} {(differences.Count == 1 ? "difference" : "differences")}: {first}{(differences.Count > Shown ? $"; and {differences.Count - Shown} more" : string.Empty)}";
    }
}
