using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>What a download can be made of.</summary>
internal interface IDownloadable : ITaskOwner
{
    /// <summary>The virtual machines in it, by name; a media file has none.</summary>
    IReadOnlyList<string> MachineNames { get; }

    /// <summary>The files; made from a seed where nothing was uploaded.</summary>
    Package Package { get; }

    /// <summary>The download that is enabled; null: none is.</summary>
    Download? Download { get; set; }

    DateTimeOffset Created { get; }
}

/// <summary>A download that was enabled: the files that its addresses give, for as long as somebody reads them or until it is disabled.</summary>
internal sealed class Download(IDownloadable entity, IReadOnlyDictionary<string, FileContent> files, DateTimeOffset now)
{
    public const string Descriptor = "descriptor.ovf";
    public const string DescriptorWithIdentity = "descriptor-with-id.ovf";
    public const string Ova = "descriptor.ova";
    public const string OvaWithIdentity = "descriptor-with-id.ova";
    private readonly Dictionary<string, (long Requests, long Bytes)> _read = new(StringComparer.Ordinal);
    private long _lastActivity = now.UtcTicks;
    private volatile string? _ended;

    public Guid Id { get; } = Guid.NewGuid();

    public IDownloadable Entity { get; } = entity;

    /// <summary>By the last part of their address.</summary>
    public IReadOnlyDictionary<string, FileContent> Files { get; } = files;

    /// <summary>Why it is over: <c>disabled</c>, <c>timedOut</c> or <c>removed</c>; null while it is not.</summary>
    public string? Ended => _ended;

    /// <summary>When somebody last read a byte.</summary>
    public DateTimeOffset LastActivity
    {
        get => new(Interlocked.Read(ref _lastActivity), TimeSpan.Zero);
        set => Interlocked.Exchange(ref _lastActivity, value.UtcTicks);
    }

    /// <summary>Ends it: its addresses give nothing any more. Called with the world's gate held.</summary>
    public void End(string why)
    {
        _ended ??= why;
        if (Entity.Download == this) Entity.Download = null;
    }

    public void CountRequest(string file) => Count(file, 1, 0);

    public void CountBytes(string file, long bytes) => Count(file, 0, bytes);

    /// <summary>One entry of the command <c>downloads</c>.</summary>
    public JsonObject ToJson()
    {
        lock (_read)
        {
            return new JsonObject
            {
                ["id"] = Id.ToString(),
                ["name"] = Entity.Reference.Name,
                ["kind"] = KindOf(Entity),
                ["enabled"] = _ended is null,
                ["ended"] = _ended,
                ["files"] = new JsonArray([.. Files.Select(f => (JsonNode)new JsonObject
                {
                    ["file"] = f.Key,
                    ["size"] = f.Value.Size,
                    ["requests"] = _read.GetValueOrDefault(f.Key).Requests,
                    ["bytes"] = _read.GetValueOrDefault(f.Key).Bytes,
                })]),
            };
        }
    }

    /// <summary>The word of the control address for a kind of thing.</summary>
    public static string KindOf(IDownloadable entity) => entity switch
    {
        Media => "media",
        Template => "template",
        _ => "vApp",
    };

    private void Count(string file, long requests, long bytes)
    {
        lock (_read)
        {
            var (r, b) = _read.GetValueOrDefault(file);
            _read[file] = (r + requests, b + bytes);
        }
    }
}

/// <summary>All downloads that were ever enabled.</summary>
internal sealed class DownloadStore(TimeProvider clock)
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<Guid, Download> _all = new();
    private readonly List<Download> _inOrder = [];

    public Download? Find(Guid id) => _all.GetValueOrDefault(id);

    /// <summary>Opens the download of an entity. Called with the world's gate held, as everything below.</summary>
    public Download Open(IDownloadable entity, IReadOnlyDictionary<string, FileContent> files)
    {
        var download = new Download(entity, files, clock.GetUtcNow());
        _all[download.Id] = download;
        _inOrder.Add(download);
        entity.Download = download;
        return download;
    }

    /// <summary>Ends those that nobody read from for too long.</summary>
    public void EndTimedOut(TimeSpan timeout)
    {
        var now = clock.GetUtcNow();
        foreach (var download in _inOrder)
        {
            if (download.Ended is null && now - download.LastActivity > timeout) download.End("timedOut");
        }
    }

    /// <summary>The answer to the command <c>downloads</c>.</summary>
    public JsonArray ToJson() => new([.. _inOrder.Select(d => (JsonNode)d.ToJson())]);
}
