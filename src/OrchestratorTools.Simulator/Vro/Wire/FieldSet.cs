using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.Vro.Wire;

/// <summary>
/// The members of one schema: how an object of it is written, filtered and sorted. Names are found without their letter case, as in the vendor's own sample.
/// </summary>
internal sealed class FieldSet<T>
{
    private readonly List<(string Name, Func<T, JsonNode?> Get)> _fields = [];
    private readonly Dictionary<string, Func<T, JsonNode?>> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds a member; the order is the order on the wire.</summary>
    public FieldSet<T> Add(string name, Func<T, JsonNode?> get)
    {
        _fields.Add((name, get));
        _byName.Add(name, get);
        return this;
    }

    /// <summary>The whole object.</summary>
    public JsonObject Write(T item)
    {
        var written = new JsonObject();
        foreach (var (name, get) in _fields)
            written.Add(name, get(item));
        return written;
    }

    /// <summary>
    /// How a property, <c>a</c> or <c>a.b</c>, is read. Of a list every item's member is taken. An unknown one is refused or always null (<see
    /// cref="VroChoices.UnknownPropertyIsRefused"/>).
    /// </summary>
    public Func<T, IEnumerable<JsonNode?>> Property(string path)
    {
        var names = path.Split('.');
        if (!_byName.TryGetValue(names[0], out var get))
            return VroChoices.UnknownPropertyIsRefused ? throw Refusal.BadRequest($"The property '{path}' does not exist.") : _ => [null];
        return item => names.Skip(1).Aggregate<string, IEnumerable<JsonNode?>>([get(item)], (nodes, name) => nodes.SelectMany(node => Members(node, name)));
    }

    private static IEnumerable<JsonNode?> Members(JsonNode? node, string name) => node switch
    {
        JsonObject o => [o.FirstOrDefault(m => m.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value],
        JsonArray a => a.SelectMany(item => Members(item, name)),
        _ => [null],
    };
}
