using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>Objects of one kind, each a JSON object with an <c>id</c>. Safe for many threads: what comes out is a copy.</summary>
internal sealed class ObjectTable
{
    private readonly object _lock = new();
    private readonly SortedDictionary<long, JsonObject> _items = [];

    /// <summary>All objects that are meant, by id.</summary>
    public IReadOnlyList<JsonObject> All(Func<JsonObject, bool>? isMeant = null)
    {
        lock (_lock)
        {
            return [.. _items.Values.Where(i => isMeant is null || isMeant(i)).Select(i => i.DeepClone().AsObject())];
        }
    }

    public int Count(Func<JsonObject, bool>? isMeant = null)
    {
        lock (_lock)
        {
            return isMeant is null ? _items.Count : _items.Values.Count(isMeant);
        }
    }

    public JsonObject? Find(long id)
    {
        lock (_lock)
        {
            return _items.GetValueOrDefault(id)?.DeepClone().AsObject();
        }
    }

    /// <summary>Keeps an object, and returns it as it is kept; an older one of the same id is replaced.</summary>
    public JsonObject Put(JsonObject item)
    {
        var kept = Normal(item);
        lock (_lock)
        {
            _items[kept["id"]!.GetValue<long>()] = kept;
            return kept.DeepClone().AsObject();
        }
    }

    /// <summary>Changes an object where it lies; false where there is none.</summary>
    public bool Change(long id, Action<JsonObject> change)
    {
        lock (_lock)
        {
            if (!_items.TryGetValue(id, out var item))
                return false;

            change(item);
            _items[id] = Normal(item);
            return true;
        }
    }

    /// <summary>Gives members other values, and notes when; false where there is no such object.</summary>
    public bool Change(long id, IEnumerable<KeyValuePair<string, JsonElement>> members, DateTimeOffset now)
        => Change(id, item =>
        {
            foreach (var (name, value) in members)
            {
                item[name] = JsonNode.Parse(value.GetRawText());
            }

            item["modified"] = VeloTime.Text(now);
        });

    public bool Remove(long id)
    {
        lock (_lock)
        {
            return _items.Remove(id);
        }
    }

    /// <summary>An object as if it had been read: its numbers are of no particular type.</summary>
    private static JsonObject Normal(JsonObject item) => JsonNode.Parse(JsonSerializer.SerializeToUtf8Bytes(item))!.AsObject();
}
