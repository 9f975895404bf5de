using System.IO.Enumeration;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Faults;

/// <summary>One fault of the control address: which requests it is meant for, and what happens to them.</summary>
internal sealed class Fault
{
    private readonly string? _system;
    private readonly string? _method;
    private readonly string? _path;
    private readonly int _skip;
    private readonly int _count;
    private readonly JsonObject _asSent;
    private int _matched;
    private int _hits;

    private Fault(int id, FaultKind kind, JsonElement sent)
    {
        Id = id;
        Kind = kind;
        _asSent = JsonObject.Create(sent.Clone()) ?? [];
        _system = sent.Text("system");
        _method = sent.Text("method");
        _path = sent.Text("path");
        _skip = (int)sent.Number("skip", 0, 0, int.MaxValue);
        _count = (int)sent.Number("count", 1, 0, int.MaxValue);
        Milliseconds = (int)sent.Number("milliseconds", 0, 0, 3_600_000);
        Bytes = sent.Number("bytes", 0, 0, long.MaxValue);
        BytesPerSecond = sent.Number("bytesPerSecond", 1024, 1, long.MaxValue);
        Close = sent.Flag("close");
        Chunked = sent.Flag("chunked");
        RefreshTokens = sent.Flag("refreshTokens");
        Status = (int)sent.Number("status", kind switch { FaultKind.Redirect => 302, FaultKind.RateLimit => 429, _ => 500 }, 200, 599);
        Body = sent.Text("body");
        ContentType = sent.Text("contentType");
        Location = sent.Text("location");
        RetryAfter = sent.TextOrNumber("retryAfter");
        Headers = sent.Texts("headers");
    }

    /// <summary>The number it is removed by.</summary>
    public int Id { get; }

    public FaultKind Kind { get; }

    public int Milliseconds { get; }

    public long Bytes { get; }

    public long BytesPerSecond { get; }

    /// <summary>FIN where the default is RST.</summary>
    public bool Close { get; }

    /// <summary>A huge body without Content-Length.</summary>
    public bool Chunked { get; }

    public bool RefreshTokens { get; }

    public int Status { get; }

    public string? Body { get; }

    public string? ContentType { get; }

    public string? Location { get; }

    /// <summary>The text of the header Retry-After: seconds or an HTTP date.</summary>
    public string? RetryAfter { get; }

    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>True where others may apply to the same request beside it.</summary>
    public bool LeavesRoom => Kind is FaultKind.Latency or FaultKind.Slow or FaultKind.ExpireSessions;

    /// <summary>Reads a fault. Throws <see cref="ArgumentException"/> with a sentence for the caller.</summary>
    /// <param name="id">The number it gets.</param>
    /// <param name="sent">The object of <c>POST /faults</c>.</param>
    /// <param name="systems">The names that <c>system</c> may have.</param>
    public static Fault Parse(int id, JsonElement sent, IReadOnlyCollection<string> systems)
    {
        if (sent.ValueKind != JsonValueKind.Object)
            throw new ArgumentException("A fault is a JSON object.");

        var kind = FaultMembers.KindOf(sent.Text("kind"));
        FaultMembers.Check(kind, sent);
        if (sent.Text("system") is { } system && !systems.Contains(system, StringComparer.Ordinal))
            throw new ArgumentException($"There is no system '{system}'. There are: {string.Join(", ", systems)}.");

        return new Fault(id, kind, sent);
    }

    /// <summary>Whether the request is one that this fault is meant for. Says nothing about <c>skip</c> and <c>count</c>.</summary>
    public bool Matches(string system, HttpRequest request)
        => (_system is null || string.Equals(_system, system, StringComparison.Ordinal))
            && (_method is null || string.Equals(_method, request.Method, StringComparison.OrdinalIgnoreCase))
            && (_path is null || FileSystemName.MatchesSimpleExpression(_path, request.Path.Value ?? "", ignoreCase: true));

    /// <summary>Counts a matching request, and says whether the fault is due for it. Called under the list's lock.</summary>
    public bool IsDue()
    {
        if (_matched < _skip)
        {
            _matched++;
            return false;
        }

        return _count == 0 || _hits < _count;
    }

    /// <summary>Counts one application. Called under the list's lock.</summary>
    public void Hit() => _hits++;

    /// <summary>The fault as it was sent, with its id and how often it applied. Called under the list's lock.</summary>
    public JsonObject Describe()
    {
        var answer = (JsonObject)_asSent.DeepClone();
        answer["id"] = Id;
        answer["hits"] = _hits;
        return answer;
    }
}
