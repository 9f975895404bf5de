using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>A list of changes to a JSON object: <c>add</c>, <c>replace</c>, <c>remove</c> and <c>move</c>, as the definition has them (RFC 6902).</summary>
internal sealed class JsonPatch
{
    private readonly List<Change> _changes;

    private JsonPatch(List<Change> changes) => _changes = changes;

    /// <summary>The paths that it changes.</summary>
    public IEnumerable<string> Paths => _changes.Select(c => c.Path);

    /// <summary>Reads a patch. Throws the 400 of one whose form is wrong.</summary>
    public static JsonPatch Parse(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Array)
            throw V2Error.Validation("The body is a list of changes: op, path, value");

        return new JsonPatch([.. body.EnumerateArray().Select(Change.Parse)]);
    }

    /// <summary>Carries all changes out on an object, or none. Throws the 422 of a path that is not there.</summary>
    public JsonObject Apply(JsonObject source)
    {
        var target = source.DeepClone().AsObject();
        foreach (var change in _changes)
        {
            switch (change.Op)
            {
                case "move":
                    var moved = Remove(target, change.From!);
                    Set(target, change.Path, moved, mustExist: false);
                    break;
                case "remove":
                    Remove(target, change.Path);
                    break;
                default:
                    Set(target, change.Path, change.Value is { } value ? JsonNode.Parse(value.GetRawText()) : null, mustExist: change.Op is "replace");
                    break;
            }
        }

        return target;
    }

    private static (JsonNode Parent, string Name) Find(JsonObject root, string path)
    {
        var parts = path.Split('/').Skip(1).Select(p => p.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToList();
        JsonNode node = root;
        foreach (var part in parts.SkipLast(1))
        {
            node = (node is JsonArray array ? Index(part) is { } i && i < array.Count ? array[i] : null : (node as JsonObject)?[part]) ?? throw V2Error.Unprocessable($"There is no {path}", path);
        }

        return (node, parts[^1]);
    }

    private static int? Index(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    private static JsonNode? Remove(JsonObject root, string path)
    {
        var (parent, name) = Find(root, path);
        if (parent is JsonArray array && Index(name) is { } index && index < array.Count)
        {
            var item = array[index];
            array.RemoveAt(index);
            return item;
        }

        if (parent is JsonObject json && json.ContainsKey(name))
        {
            var value = json[name];
            json.Remove(name);
            return value;
        }

        throw V2Error.Unprocessable($"There is no {path}", path);
    }

    private static void Set(JsonObject root, string path, JsonNode? value, bool mustExist)
    {
        var (parent, name) = Find(root, path);
        if (parent is JsonArray array)
        {
            var index = name is "-" && !mustExist ? array.Count : Index(name) ?? -1;
            if (index < 0 || index > array.Count || (mustExist && index == array.Count))
                throw V2Error.Unprocessable($"There is no {path}", path);

            if (mustExist)
                array[index] = value;
            else
                array.Insert(index, value);
        }
        else if (parent is JsonObject json && (!mustExist || json.ContainsKey(name)))
        {
            json[name] = value;
        }
        else
        {
            throw V2Error.Unprocessable($"There is no {path}", path);
        }
    }

    private sealed record Change(string Op, string Path, string? From, JsonElement? Value)
    {
        public static Change Parse(JsonElement json)
        {
            var op = Text(json, "op");
            if (op is not ("add" or "replace" or "remove" or "move"))
                throw V2Error.Validation("op is add, replace, remove or move", "op");

            var path = Pointer(json, "path");
            if (op is "move")
                return new Change(op, path, Pointer(json, "from"), Value: null);

            if (op is not "remove" && !json.TryGetProperty("value", out _))
                throw V2Error.Validation("The change has no value", "value");

            return new Change(op, path, From: null, json.TryGetProperty("value", out var value) ? value.Clone() : null);
        }

        private static string? Text(JsonElement json, string name)
            => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

        private static string Pointer(JsonElement json, string name)
            => Text(json, name) is { Length: > 1 } path && path[0] == '/' ? path : throw V2Error.Validation($"{name} begins with a slash and names a member", name);
    }
}
