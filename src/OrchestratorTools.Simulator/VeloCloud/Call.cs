using System.Globalization;
using System.Text.Json;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>One call that has been found valid and permitted. The parameters have the types of the table: what is read here can be missing, but not wrong.</summary>
internal sealed class Call(Caller caller, Operation operation, JsonElement parameters, Enterprise? enterprise, VeloSettings settings)
{
    public Caller Caller => caller;

    public Operation Operation => operation;

    public JsonElement Parameters => parameters;

    public VeloSettings Settings => settings;

    /// <summary>Whose things the call is about. Throws the 400 of a missing <c>enterpriseId</c> where it says nothing about that.</summary>
    public Enterprise Enterprise => enterprise ?? throw VeloError.Invalid([Operation.Missing("enterpriseId")]);

    /// <summary>The same; null where the call is about no enterprise in particular.</summary>
    public Enterprise? EnterpriseOrNone => enterprise;

    public bool Has(string name) => Find(name) is not null;

    public long? Integer(string name) => Find(name) is { } value && value.TryGetInt64(out var number) ? number : null;

    public string? Text(string name) => Find(name)?.GetString();

    public bool Flag(string name) => Find(name) is { ValueKind: JsonValueKind.True };

    public JsonElement? Object(string name) => Find(name);

    /// <summary>The objects of an array.</summary>
    public IReadOnlyList<JsonElement> Elements(string name) => Find(name) is { } value ? [.. value.EnumerateArray()] : [];

    /// <summary>An id that has several names. Throws the 400 of a missing one where it is under none of them.</summary>
    public long Id(params string[] names)
    {
        foreach (var name in names)
        {
            if (Integer(name) is { } id)
                return id;
        }

        throw VeloError.Invalid([Operation.Missing(names[0])]);
    }

    public double? Double(string name) => Find(name) is { } value && value.TryGetDouble(out var number) ? number : null;

    public IReadOnlyList<long> Integers(string name) => Find(name) is { } value ? [.. value.EnumerateArray().Select(e => e.GetInt64())] : [];

    /// <summary>The texts of an array; one text counts as an array of one.</summary>
    public IReadOnlyList<string> Texts(string name)
        => Find(name) is not { } value ? [] : value.ValueKind == JsonValueKind.String ? [value.GetString()!] : [.. value.EnumerateArray().Select(e => e.GetString()!)];

    /// <summary>Whether the array <c>with</c> asks for something.</summary>
    public bool With(string what) => Texts("with").Contains(what, StringComparer.Ordinal);

    /// <summary>An edge of the call's enterprise by its id, or of any that the caller may see where the call names none.</summary>
    public Edge Edge(VeloNetwork network, long id)
    {
        var edge = id is > 0 and <= int.MaxValue ? network.FindEdge((int)id) : null;
        return edge is not null && (enterprise is null ? AccessRules.IsOwn(caller, edge.Enterprise) : edge.Enterprise == enterprise)
            ? edge
            : throw VeloError.NotFound(string.Create(CultureInfo.InvariantCulture, $"edge {id}"));
    }

    private JsonElement? Find(string name) => parameters.TryGetProperty(name, out var value) ? value : null;
}
