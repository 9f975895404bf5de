using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>A method of the portal API, as the vendor's definition (release 5.0.0) has it.</summary>
/// <param name="Name">The name, object/method.</param>
/// <param name="Parameters">What it takes.</param>
/// <param name="Returns">object, array or none.</param>
/// <param name="Members">The members of what it returns.</param>
/// <param name="Privileges">The privileges that it takes.</param>
/// <param name="IsOperatorOnly">True where only operators may call it.</param>
public sealed record VeloCloudOperation(
    string Name,
    IReadOnlyList<VeloCloudParameter> Parameters,
    string Returns,
    IReadOnlyList<string> Members,
    IReadOnlyList<string> Privileges,
    bool IsOperatorOnly)
{
    /// <summary>True where it changes nothing.</summary>
    public bool IsRead => VeloCloudReadMethods.Contains(Name);

    /// <summary>True where the answer is a list, or holds one under data beside metaData.</summary>
    internal bool IsList => Returns is "array" || (Members.Contains("data", StringComparer.Ordinal) && Members.Contains("metaData", StringComparer.Ordinal));

    /// <summary>True where a page can be asked for by its link.</summary>
    internal bool HasPages => Parameters.Any(p => p.Name is "nextPageLink");

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>The operation table: read from the assembly when it is first needed, so that importing the module does not wait for it.</summary>
public static class VeloCloudOperations
{
    private static readonly Lazy<FrozenDictionary<string, VeloCloudOperation>> Table = new(Load);

    /// <summary>The operations, by name.</summary>
    public static IReadOnlyDictionary<string, VeloCloudOperation> All => Table.Value;

    /// <summary>The names to offer: the table's, and those in use that no definition has.</summary>
    public static IEnumerable<string> Names => Table.Value.Keys.Concat(VeloCloudReadMethods.Undefined).Where(n => !IsSessionMethod(n)).Order(StringComparer.Ordinal);

    /// <summary>True while the table was not needed yet.</summary>
    internal static bool IsUnread => !Table.IsValueCreated;

    /// <summary>True for the methods that begin and end sessions: a session's own business.</summary>
    public static bool IsSessionMethod(string method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return method.StartsWith("login/", StringComparison.OrdinalIgnoreCase) || method.Equals("logout", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>True for a text that can be a method's name: it becomes a part of an address.</summary>
    public static bool IsMethodName(string method)
    {
        ArgumentNullException.ThrowIfNull(method);
        var parts = method.Split('/');
        return parts.Length is >= 1 and <= 3 && Array.TrueForAll(parts, p => p.Length is > 0 and <= 100 && char.IsAsciiLetter(p[0]) && p.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'));
    }

    /// <summary>The names that are most like one that does not exist, at most three; empty where none is like it.</summary>
    public static IReadOnlyList<string> NamesLike(string method)
    {
        ArgumentNullException.ThrowIfNull(method);
        var last = method[(method.LastIndexOf('/') + 1)..];
        var sameMethod = Names.Where(n => n.EndsWith("/" + last, StringComparison.OrdinalIgnoreCase)).Take(3).ToArray();
        return sameMethod.Length > 0 ? sameMethod : Likeness.Of(method, Names);
    }

    /// <summary>
    /// The request's body for these parameters, and what is wrong with them. A single value where a list is meant becomes a list of one.
    /// An operation that the table lacks takes anything.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="parameters">An object.</param>
    /// <param name="problems">What is wrong, a sentence each.</param>
    public static byte[] Prepare(string method, JsonElement parameters, out IReadOnlyList<string> problems)
    {
        ArgumentNullException.ThrowIfNull(method);
        var found = new List<string>();
        problems = found;
        All.TryGetValue(method, out var operation);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            var given = new HashSet<string>(StringComparer.Ordinal);
            foreach (var member in parameters.EnumerateObject())
            {
                writer.WritePropertyName(member.Name);
                var parameter = operation?.Parameters.FirstOrDefault(p => string.Equals(p.Name, member.Name, StringComparison.Ordinal));
                if (operation is null || parameter is null)
                {
                    if (operation is not null)
                    {
                        found.Add(Unknown(operation, member.Name));
                    }

                    member.Value.WriteTo(writer);
                    continue;
                }

                if (member.Value.ValueKind is not JsonValueKind.Null)
                {
                    given.Add(member.Name);
                }

                parameter.Write(writer, member.Value, found);
            }

            writer.WriteEndObject();
            foreach (var missing in operation?.Parameters.Where(p => p.IsRequired && !given.Contains(p.Name)) ?? [])
            {
                found.Add($"'{missing.Name}' is required ({missing.Wanted}).");
            }
        }

        return stream.ToArray();
    }

    private static string Unknown(VeloCloudOperation operation, string name)
    {
        var names = operation.Parameters.Select(p => p.Name).ToArray();
        var like = Likeness.Of(name, names);
        var advice = (names.Length, like.Count) switch
        {
            (0, _) => "the method takes no parameters.",
            (_, > 0) => $"did you mean {string.Join(" or ", like.Select(l => "'" + l + "'"))}?",
            _ => $"it takes {string.Join(", ", names)}.",
        };
        return $"'{name}' is no parameter of {operation.Name}: {advice}";
    }

    private static FrozenDictionary<string, VeloCloudOperation> Load()
    {
        using var stream = typeof(VeloCloudOperations).Assembly.GetManifestResourceStream("velocloud-v1-operations.json")
            ?? throw new InvalidOperationException("The operation table is missing from the assembly.");
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.EnumerateObject().Select(o => new VeloCloudOperation(
            o.Name,
            o.Value.GetProperty("params").EnumerateArray().Select(p => new VeloCloudParameter(p.GetProperty("name").GetString()!, p.GetProperty("type").GetString()!, p.TryGetProperty("required", out var required) && required.GetBoolean())).ToArray(),
            o.Value.GetProperty("returns").GetString()!,
            Texts(o.Value, "members"),
            Texts(o.Value, "privileges"),
            o.Value.TryGetProperty("operatorOnly", out var only) && only.GetBoolean())).ToFrozenDictionary(o => o.Name, StringComparer.Ordinal);
    }

    private static string[] Texts(JsonElement operation, string member)
        => operation.TryGetProperty(member, out var list) ? list.EnumerateArray().Select(t => t.GetString()!).ToArray() : [];
}
