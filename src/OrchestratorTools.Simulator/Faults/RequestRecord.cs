using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace OrchestratorTools.Simulator.Faults;

/// <summary>
/// One line of the request log. It stands in the log from the moment that the request is seen, and its members are true at any moment: a client that has read its
/// answer to the end finds status and sizes there, although the server may still be tidying up.
/// </summary>
internal sealed class RequestRecord(long id, string system, string method, string path, string query, int client, bool hasCredential, KeyValuePair<string, string>[] headers)
{
    private readonly DateTimeOffset _startedAt = DateTimeOffset.UtcNow;
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _bodyBytes;
    private long _responseBytes;
    private long _elapsedTicks = -1;
    private byte[]? _body;
    private volatile bool _aborted;
    private volatile int _status;

    public long Id => id;

    public string System => system;

    /// <summary>What the simulator decided; 0 before that.</summary>
    public int Status
    {
        get => _status;
        set => _status = value;
    }

    /// <summary>Whether the connection was cut, by a fault or by the client.</summary>
    public bool Aborted
    {
        get => _aborted;
        set => _aborted = value;
    }

    /// <summary>The kinds of fault that applied.</summary>
    public string? Fault { get; set; }

    /// <summary>A defect of the simulator that this request brought to light.</summary>
    public string? Error { get; set; }

    /// <summary>The request's body as far as it is kept; null where it is not.</summary>
    public byte[]? Body
    {
        get => Volatile.Read(ref _body);
        set => Volatile.Write(ref _body, value);
    }

    public void AddBodyBytes(long count) => Interlocked.Add(ref _bodyBytes, count);

    public void AddResponseBytes(long count) => Interlocked.Add(ref _responseBytes, count);

    public void Finish() => Interlocked.CompareExchange(ref _elapsedTicks, Stopwatch.GetElapsedTime(_started).Ticks, -1);

    /// <summary>Writes the record as it stands.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        var ticks = Interlocked.Read(ref _elapsedTicks);
        var elapsed = ticks < 0 ? Stopwatch.GetElapsedTime(_started) : TimeSpan.FromTicks(ticks);
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteString("system", system);
        json.WriteString("method", method);
        json.WriteString("path", path);
        json.WriteString("query", query);
        json.WriteNumber("status", Status);
        json.WriteString("startedAt", _startedAt.UtcDateTime);
        json.WriteNumber("milliseconds", Math.Round(elapsed.TotalMilliseconds, 3));
        json.WriteNumber("bodyBytes", Interlocked.Read(ref _bodyBytes));
        json.WriteNumber("responseBytes", Interlocked.Read(ref _responseBytes));
        json.WriteBoolean("hasCredential", hasCredential);
        json.WriteStartObject("headers");
        foreach (var (name, value) in headers)
            json.WriteString(name, value);

        json.WriteEndObject();
        json.WriteBoolean("aborted", Aborted);
        json.WriteString("fault", Fault);
        json.WriteString("body", Body is { } body ? Encoding.UTF8.GetString(body) : null);
        json.WriteNumber("client", client);
        if (Error is not null)
            json.WriteString("error", Error);

        json.WriteEndObject();
    }
}
