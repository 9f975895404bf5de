using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Faults;

/// <summary>Every request that reached a simulated server, oldest first. Bounded in number and in the memory of the bodies that it keeps; safe for many threads.</summary>
internal sealed class RequestLog
{
    /// <summary>Of a body, so much is kept.</summary>
    public const int KeptBody = 64 * 1024;

    /// <summary>Headers that are logged: what a request asks for and for whom. None of them is a credential.</summary>
    private static readonly string[] Told = ["X-VMWARE-VCLOUD-TENANT-CONTEXT", "X-VMWARE-VCLOUD-AUTH-CONTEXT", "Range", "If-Range", "Content-Range"];

    private const int KeptRecords = 200_000;
    private const long KeptBodies = 256L * 1024 * 1024;

    private readonly object _lock = new();
    private readonly Queue<RequestRecord> _records = new();
    private readonly Queue<RequestRecord> _withBody = new();
    private long _bodies;
    private long _lastId;

    /// <summary>Opens the record of a request.</summary>
    public RequestRecord Open(string system, HttpContext context)
    {
        var request = context.Request;
        lock (_lock)
        {
            var (path, query) = (request.Path.Value ?? "", request.QueryString.Value ?? "");
            var record = new RequestRecord(++_lastId, system, request.Method, path, query, context.Connection.RemotePort, HasCredential(request), Headers(request));
            _records.Enqueue(record);
            if (_records.Count > KeptRecords)
                _records.Dequeue();

            return record;
        }
    }

    /// <summary>Keeps a request's body with its record. The oldest bodies make room.</summary>
    public void Keep(RequestRecord record, byte[] body)
    {
        record.Body = body;
        lock (_lock)
        {
            _withBody.Enqueue(record);
            _bodies += body.Length;
            while (_bodies > KeptBodies)
            {
                var oldest = _withBody.Dequeue();
                _bodies -= oldest.Body?.Length ?? 0;
                oldest.Body = null;
            }
        }
    }

    /// <summary>The records after an id, of one system or of all.</summary>
    public IReadOnlyList<RequestRecord> Read(string? system, long after)
    {
        lock (_lock)
        {
            return [.. _records.Where(r => r.Id > after && (system is null || string.Equals(r.System, system, StringComparison.Ordinal)))];
        }
    }

    /// <summary>Empties the log. Ids go on counting.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _records.Clear();
            _withBody.Clear();
            _bodies = 0;
        }
    }

    private static KeyValuePair<string, string>[] Headers(HttpRequest request)
        => Array.Exists(Told, request.Headers.ContainsKey) ? [.. Told.Where(request.Headers.ContainsKey).Select(n => KeyValuePair.Create(n, request.Headers[n].ToString()))] : [];

    private static bool HasCredential(HttpRequest request)
        => request.Headers.ContainsKey("Authorization")
            || request.Headers.ContainsKey("Cookie")
            || request.Headers.ContainsKey("Proxy-Authorization")
            || request.Headers.ContainsKey("x-vcloud-authorization")
            || request.Headers.ContainsKey("X-VMWARE-VCLOUD-ACCESS-TOKEN");
}
