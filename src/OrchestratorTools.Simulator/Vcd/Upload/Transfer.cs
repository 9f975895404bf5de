namespace OrchestratorTools.Simulator.Vcd;

/// <summary>An upload that waits for its files.</summary>
internal sealed class Transfer(StoredEntity entity, DateTimeOffset now)
{
    private long _lastActivity = now.UtcTicks;
    private volatile bool _isOver;

    public Guid Id { get; } = Guid.NewGuid();

    public StoredEntity Entity { get; } = entity;

    /// <summary>How many files it has had made for it.</summary>
    public int FileCount { get; set; }

    /// <summary>The files, in the order in which the entity lists them. The list is replaced, never changed.</summary>
    public IReadOnlyList<TransferFile> Files { get; set; } = [];

    /// <summary>The descriptor of a template, once it came.</summary>
    public TransferFile? Descriptor { get; set; }

    /// <summary>The files that the descriptor refers to, in the order in which they are listed. The list is replaced, never changed.</summary>
    public IReadOnlyList<TransferFile> Referenced { get; set; } = [];

    /// <summary>The file that the manifest comes in; null where none was promised.</summary>
    public TransferFile? ManifestFile { get; set; }

    /// <summary>The manifest, once it came and could be read.</summary>
    public OvfManifest? Manifest { get; set; }

    /// <summary>Where the server itself fetches the package from; null: the client sends it.</summary>
    public Uri? Source { get; init; }

    /// <summary>The task that the upload shows; null until there is one.</summary>
    public VcdTask? Task { get; set; }

    /// <summary>No more bytes are taken: all are there, or it was given up.</summary>
    public bool IsOver
    {
        get => _isOver;
        set => _isOver = value;
    }

    /// <summary>When the last byte came. Bytes alone keep a transfer alive (facts/vcd.md, "OVF upload").</summary>
    public DateTimeOffset LastActivity
    {
        get => new(Interlocked.Read(ref _lastActivity), TimeSpan.Zero);
        set => Interlocked.Exchange(ref _lastActivity, value.UtcTicks);
    }
}
