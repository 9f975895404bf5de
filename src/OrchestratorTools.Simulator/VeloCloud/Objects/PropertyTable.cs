using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>Named values of an enterprise or a partner: what <c>getEnterpriseProperty</c> and its kin show. Safe for many threads.</summary>
/// <param name="ownerMember">The member that names the owner: <c>enterpriseId</c>, <c>enterpriseProxyId</c> or <c>gatewayId</c>.</param>
/// <param name="owner">The owner's id.</param>
/// <param name="clock">The server's clock.</param>
internal sealed class PropertyTable(string ownerMember, int owner, TimeProvider clock)
{
    private readonly object _lock = new();
    private readonly SortedDictionary<string, JsonObject> _properties = new(StringComparer.Ordinal);

    /// <summary>All properties, by name.</summary>
    public IReadOnlyList<JsonObject> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _properties.Values.Select(p => p.DeepClone().AsObject())];
            }
        }
    }

    /// <summary>A property as it stands; null where it was never set.</summary>
    public JsonObject? Find(string name)
    {
        lock (_lock)
        {
            return _properties.GetValueOrDefault(name)?.DeepClone().AsObject();
        }
    }

    /// <summary>A property by its id; null where there is none.</summary>
    public JsonObject? Find(long id) => All.FirstOrDefault(p => p["id"]!.GetValue<long>() == id);

    /// <summary>The value of a property; null where it was never set.</summary>
    public string? Value(string name) => Find(name)?["value"]?.GetValue<string>();

    /// <summary>A property, or what the server says of one that was never set: its default, without an id of its own.</summary>
    public JsonObject FindOr(string name, string value, string type) => Find(name) ?? Describe(id: 0, name, value, type, isPassword: false, description: null, clock.GetUtcNow());

    /// <summary>Sets a property and returns its id.</summary>
    public long Set(string name, string value, string type, bool isPassword = false, string? description = null)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (!_properties.TryGetValue(name, out var property))
                _properties[name] = property = Describe(((long)owner * 1000) + _properties.Count + 1, name, value, type, isPassword, description, now);

            property["value"] = value;
            property["dataType"] = type;
            property["isPassword"] = isPassword ? 1 : 0;
            property["description"] = description ?? property["description"]?.GetValue<string>();
            property["modified"] = VeloTime.Text(now);
            return property["id"]!.GetValue<long>();
        }
    }

    /// <summary>Takes a property out; false where there was none.</summary>
    public bool Remove(string name)
    {
        lock (_lock)
        {
            return _properties.Remove(name);
        }
    }

    private JsonObject Describe(long id, string name, string value, string type, bool isPassword, string? description, DateTimeOffset now)
        => new()
        {
            ["id"] = id,
            ["created"] = VeloTime.Text(now),
            [ownerMember] = owner,
            ["name"] = name,
            ["value"] = value,
            ["isPassword"] = isPassword ? 1 : 0,
            ["dataType"] = type,
            ["description"] = description,
            ["modified"] = VeloTime.Text(now),
        };
}
