using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>A parameter of an operation of APIv2.</summary>
/// <param name="Name">The name, in the path or in the query.</param>
/// <param name="Type">The type, as the table writes it: string, integer, string:A|B, …</param>
/// <param name="IsRequired">True where the operation refuses to go without.</param>
/// <param name="IsInPath">True where it is a part of the path.</param>
public sealed record VeloCloudV2Parameter(string Name, string Type, bool IsRequired, bool IsInPath)
{
    /// <summary>The values that it may have, where they are listed.</summary>
    public IReadOnlyList<string> Words => Type.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? Type[(colon + 1)..].Split('|') : [];
}

/// <summary>An operation of APIv2, as the vendor's definition (2021-05-01) has it.</summary>
/// <param name="Name">The definition's name of it.</param>
/// <param name="Method">GET, POST, PUT, PATCH or DELETE.</param>
/// <param name="Path">The path behind the prefix, with its places for ids: enterprises/{enterpriseLogicalId}/edges/.</param>
/// <param name="Parameters">What stands in the path and in the query.</param>
/// <param name="BodyMembers">The members of the body, where the definition lists them.</param>
/// <param name="HasBody">True where it takes a body.</param>
/// <param name="Members">The members of what it returns, where they are listed.</param>
/// <param name="Success">The statuses of its good answers.</param>
public sealed record VeloCloudV2Operation(
    string Name,
    string Method,
    string Path,
    IReadOnlyList<VeloCloudV2Parameter> Parameters,
    IReadOnlyList<string> BodyMembers,
    bool HasBody,
    IReadOnlyList<string> Members,
    IReadOnlyList<string> Success)
{
    /// <summary>True where it changes nothing.</summary>
    public bool IsRead => Method is "GET";

    /// <summary>True where a path (behind the prefix, ids filled in) is one of this operation.</summary>
    public bool Fits(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var mine = Path.Trim('/').Split('/');
        var parts = path.Trim('/').Split('/');
        return mine.Length == parts.Length && mine.Zip(parts).All(p => p.First is ['{', ..] ? p.Second.Length > 0 : string.Equals(p.First, p.Second, StringComparison.Ordinal));
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>The operation table of APIv2: read from the assembly when it is first needed.</summary>
public static class VeloCloudV2Operations
{
    private static readonly Lazy<IReadOnlyList<VeloCloudV2Operation>> Table = new(Load);

    /// <summary>The operations, in the definition's order.</summary>
    public static IReadOnlyList<VeloCloudV2Operation> All => Table.Value;

    /// <summary>True while the table was not needed yet.</summary>
    internal static bool IsUnread => !Table.IsValueCreated;

    /// <summary>The operations of a path, whatever their method.</summary>
    public static IEnumerable<VeloCloudV2Operation> At(string path) => All.Where(o => o.Fits(path));

    private static VeloCloudV2Operation[] Load()
    {
        using var stream = typeof(VeloCloudV2Operations).Assembly.GetManifestResourceStream("velocloud-v2-operations.json")
            ?? throw new InvalidOperationException("The operation table of APIv2 is missing from the assembly.");
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.EnumerateArray().Select(o => new VeloCloudV2Operation(
            o.GetProperty("operation").GetString()!,
            o.GetProperty("method").GetString()!,
            o.GetProperty("path").GetString()![VeloCloudAssumptions.V2Prefix.Length..],
            o.GetProperty("params").EnumerateArray().Select(p => new VeloCloudV2Parameter(
                p.GetProperty("name").GetString()!,
                p.GetProperty("type").GetString()!,
                p.TryGetProperty("required", out var required) && required.GetBoolean(),
                p.GetProperty("in").GetString() is "path")).ToArray(),
            Texts(o, "bodyMembers"),
            Texts(o, "body").Length > 0,
            Texts(o, "members"),
            Texts(o, "success"))).ToArray();
    }

    private static string[] Texts(JsonElement operation, string member)
        => operation.TryGetProperty(member, out var list) ? list.EnumerateArray().Select(t => t.GetString()!).ToArray() : [];
}
