using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>One request of APIv2 that has been found valid.</summary>
internal sealed class V2Call
{
    private readonly IReadOnlyDictionary<string, string> _path;
    private readonly Dictionary<string, string> _query;
    private readonly VeloNetwork _network;

    public V2Call(Caller caller, V2Operation operation, IReadOnlyDictionary<string, string> path, IQueryCollection query, JsonElement? body, VeloNetwork network, VeloSettings settings)
    {
        _path = path;
        _network = network;
        _query = query.ToDictionary(q => q.Key, q => Last(q.Value), StringComparer.Ordinal);
        Caller = caller;
        Operation = operation;
        Body = body;
        Settings = settings;
        Check();
    }

    public Caller Caller { get; }

    public V2Operation Operation { get; }

    /// <summary>The body, where the operation has one.</summary>
    public JsonElement? Body { get; }

    public VeloSettings Settings { get; }

    /// <summary>The enterprise of the path. One that is another's is not there.</summary>
    public Enterprise Enterprise
        => _network.Enterprises.FirstOrDefault(e => string.Equals(e.LogicalId, _path["enterpriseLogicalId"], StringComparison.OrdinalIgnoreCase) && AccessRules.IsOwn(Caller, e))
            ?? throw V2Error.NotFound("enterprise");

    /// <summary>The edge of the path.</summary>
    public Edge Edge => FindEdge(_path["edgeLogicalId"]);

    public Profile Profile
        => Enterprise.Profiles.FirstOrDefault(p => string.Equals(p.LogicalId, _path["profileLogicalId"], StringComparison.OrdinalIgnoreCase)) ?? throw V2Error.NotFound("profile");

    public Edge FindEdge(string logicalId)
        => Enterprise.Edges.FirstOrDefault(e => string.Equals(e.LogicalId, logicalId, StringComparison.OrdinalIgnoreCase)) ?? throw V2Error.NotFound("edge");

    public string Path(string name) => _path[name];

    public string? Query(string name) => _query.GetValueOrDefault(name);

    public long? Number(string name) => Query(name) is { Length: > 0 } text ? long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : null;

    /// <summary>The words of a list, separated by commas.</summary>
    public IReadOnlyList<string> List(string name) => Query(name) is { Length: > 0 } text ? text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];

    /// <summary>The members of a linked resource that the request wants with it: null where none, empty where all.</summary>
    public IReadOnlyList<string>? Include(string resource)
    {
        List<string>? wanted = null;
        foreach (var part in List("include"))
        {
            if (string.Equals(part, resource, StringComparison.Ordinal) || string.Equals(part, resource + ".*", StringComparison.Ordinal))
                return [];

            if (part.StartsWith(resource + ".", StringComparison.Ordinal))
                (wanted ??= []).Add(part[(resource.Length + 1)..]);
        }

        return wanted;
    }

    /// <summary>The filters <c>name[op]=value</c>.</summary>
    public IReadOnlyList<RuleFilter> Filters
        => [.. _query.Where(q => q.Key.EndsWith(']') && Operation.Query(q.Key) is not null).Select(q => Filter(q.Key, q.Value))];

    /// <summary>The interval of the query, in milliseconds since 1970.</summary>
    public TimeWindow Window
    {
        get
        {
            var now = _network.Now;
            var to = Number("end") is { } end ? Time(end, "end") : now;
            var from = Number("start") is { } start ? Time(start, "start") : to - TimeWindow.Default;
            return to >= from ? new TimeWindow(from, to) : throw V2Error.Validation("The interval ends before it starts", "end");
        }
    }

    private static string Last(StringValues values) => values.Count == 0 ? "" : values[^1] ?? "";

    private static RuleFilter Filter(string key, string value)
    {
        var bracket = key.IndexOf('[', StringComparison.Ordinal);
        var op = key[(bracket + 1)..^1];
        var values = op is "in" or "notIn" ? value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [value];
        return RuleFilter.Of(key[..bracket], op, values) ?? throw V2Error.Validation($"Unknown operator: {op}", key);
    }

    /// <summary>Only 13 digits are understood [spec].</summary>
    private static DateTimeOffset Time(long milliseconds, string name)
        => milliseconds is >= 1_000_000_000_000 and <= 9_999_999_999_999
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : throw V2Error.Validation("Expected a time in milliseconds since 1970, of 13 digits", name);

    /// <summary>Throws the 400 of parameters that are unknown, missing or of another type. The parameters of pages are understood by every list [spec].</summary>
    private void Check()
    {
        foreach (var (name, value) in _query)
        {
            if (Operation.Query(name) is not { } parameter)
            {
                if (Operation.Method is "GET" && name is "nextPageLink" or "prevPageLink" or "limit")
                    continue;

                throw V2Error.Validation($"Unknown parameter: {name}", name);
            }

            if (parameter.IsNumber && value.Length > 0 && !name.EndsWith("ull]", StringComparison.Ordinal) && !name.EndsWith("n]", StringComparison.Ordinal) && !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
                throw V2Error.Validation($"Expected a number, found {value}", name);

            if (parameter.Words is { } words && (name.EndsWith("n]", StringComparison.Ordinal) || name is "metrics" ? value.Split(',') : [value]).FirstOrDefault(v => !words.Contains(v.Trim(), StringComparer.Ordinal)) is { } wrong)
                throw V2Error.Validation($"{wrong} is none of {string.Join(", ", words)}", name);
        }

        if (Query("limit") is { } limit && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > VeloAssumptions.EventLimit))
            throw V2Error.Validation($"Expected a number from 1 to {VeloAssumptions.EventLimit}", "limit");

        foreach (var parameter in Operation.Parameters)
        {
            if (parameter is { Required: true, In: "query" } && !_query.ContainsKey(parameter.Name))
                throw V2Error.Validation($"Missing parameter: {parameter.Name}", parameter.Name);
        }
    }
}
