using System.Text.Json;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>One parameter of an operation, and where it stands: <c>path</c> or <c>query</c>.</summary>
internal sealed record V2Parameter(string Name, string In, string Type, bool Required)
{
    /// <summary>The words that it may be; null where any is right.</summary>
    public string[]? Words { get; } = Type.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 ? Type[(colon + 1)..].Split('|') : null;

    public bool IsNumber => Type is "integer" or "number";
}

/// <summary>One operation of APIv2, as the vendor's definition has it (2021-05-01).</summary>
internal sealed record V2Operation(string Method, string[] Segments, string Name, IReadOnlyList<V2Parameter> Parameters, bool HasBody, IReadOnlyList<string> BodyMembers)
{
    public V2Parameter? Query(string name) => Parameters.FirstOrDefault(p => p.In is "query" && string.Equals(p.Name, name, StringComparison.Ordinal));

    /// <summary>The values of the path's variables; null where the path is another one.</summary>
    public Dictionary<string, string>? Match(string[] segments)
    {
        if (segments.Length != Segments.Length)
            return null;

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < segments.Length; i++)
        {
            if (Segments[i].StartsWith('{'))
                values[Segments[i][1..^1]] = segments[i];
            else if (!string.Equals(Segments[i], segments[i], StringComparison.Ordinal))
                return null;
        }

        return values;
    }
}

/// <summary>The operations of APIv2.</summary>
internal static class V2Table
{
    private static readonly Lazy<IReadOnlyList<V2Operation>> Operations = new(Load);

    public static IReadOnlyList<V2Operation> All => Operations.Value;

    /// <summary>The operation of a method and path; a slash at the end makes no difference.</summary>
    public static (V2Operation Operation, Dictionary<string, string> Path)? Find(string method, string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var operation in All)
        {
            if (string.Equals(operation.Method, method, StringComparison.OrdinalIgnoreCase) && operation.Match(segments) is { } values)
                return (operation, values);
        }

        return null;
    }

    private static List<V2Operation> Load()
    {
        using var stream = typeof(V2Table).Assembly.GetManifestResourceStream("velocloud-v2-operations.json")
            ?? throw new InvalidOperationException("The operation table of APIv2 is missing from the assembly.");
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.EnumerateArray().Select(Read)];
    }

    private static V2Operation Read(JsonElement json)
        => new(
            json.GetProperty("method").GetString()!,
            json.GetProperty("path").GetString()![ApiV2.Prefix.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries),
            json.GetProperty("operation").GetString()!,
            [.. json.GetProperty("params").EnumerateArray().Select(p => new V2Parameter(
                p.GetProperty("name").GetString()!,
                p.GetProperty("in").GetString()!,
                p.GetProperty("type").GetString()!,
                p.TryGetProperty("required", out var required) && required.GetBoolean()))],
            json.GetProperty("body").GetArrayLength() > 0,
            [.. json.GetProperty("bodyMembers").EnumerateArray().Select(m => m.GetString()!)]);
}
