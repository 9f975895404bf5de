using System.Text.Json;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The member <c>_update</c> of a call: which members of an object get which values.</summary>
internal static class Changes
{
    private static readonly string[] NeverChanged = ["id", "created", "modified", "logicalId", "networkId", "enterpriseId", "edgeId", "enterpriseProxyId", "operatorId"];

    /// <summary>Reads the changes. Throws the 400 of members that an object of this kind does not have, or that nobody may change.</summary>
    /// <param name="call">The call.</param>
    /// <param name="allowed">The members that such an object has.</param>
    /// <param name="fixedMembers">Members that cannot be changed, besides ids and times.</param>
    public static IReadOnlyList<KeyValuePair<string, JsonElement>> Read(Call call, IReadOnlyCollection<string> allowed, params string[] fixedMembers)
    {
        var changes = new List<KeyValuePair<string, JsonElement>>();
        foreach (var member in call.Object("_update") is { } update ? update.EnumerateObject().ToList() : [])
        {
            if (!allowed.Contains(member.Name, StringComparer.Ordinal) || NeverChanged.Contains(member.Name, StringComparer.Ordinal) || fixedMembers.Contains(member.Name, StringComparer.Ordinal))
                throw VeloError.Invalid([new Complaint("OBJECT_ADDITIONAL_PROPERTIES", $"Additional properties not allowed: {member.Name}", "#/_update/" + member.Name)]);

            changes.Add(KeyValuePair.Create(member.Name, member.Value));
        }

        return changes;
    }

    /// <summary>Throws the 400 of a name that is no text, or an empty one.</summary>
    public static string Name(JsonElement value, string path = "#/_update/name")
        => value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString())
            ? value.GetString()!
            : throw VeloError.Invalid([new Complaint("INVALID_TYPE", "Expected type string", path)]);
}
