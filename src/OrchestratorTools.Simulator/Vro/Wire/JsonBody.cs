using System.Text.Json;

namespace OrchestratorTools.Simulator.Vro.Wire;

/// <summary>
/// A request's JSON object, or none. Member names count without their letter case; members that nobody asks for are passed over, as the real framework does.
/// </summary>
internal readonly struct JsonBody(JsonElement root)
{
    private readonly JsonElement _root = root;

    /// <summary>A truth value; false where it is absent or null.</summary>
    public bool Flag(string name) => Find(name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => false,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Wrong(name, "a boolean"),
    };

    /// <summary>A text; null where it is absent or null.</summary>
    public string? Text(string name) => Find(name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw Wrong(name, "a string"),
    };

    /// <summary>A whole number; null where it is absent or null.</summary>
    public int? Number(string name) => Find(name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var value) => value,
        _ => throw Wrong(name, "a whole number"),
    };

    /// <summary>A UUID; null where it is absent or null.</summary>
    public Guid? Id(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return Guid.TryParse(text, out var id) ? id : throw Wrong(name, "a UUID");
    }

    /// <summary>A date in one of the ISO 8601 forms; without a zone it is the server's own time. Null where it is absent or null.</summary>
    public DateTimeOffset? Time(string name, TimeSpan offset)
    {
        if (Text(name) is not { } text)
            return null;
        return ServerTime.TryRead(text, offset, out var time) ? time : throw Wrong(name, "a date");
    }

    private static Refusal Wrong(string name, string expected) => Refusal.BadRequest($"The member '{name}' must be {expected}.");

    private JsonElement? Find(string name)
    {
        if (_root.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var member in _root.EnumerateObject())
        {
            if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return member.Value;
        }

        return null;
    }
}
