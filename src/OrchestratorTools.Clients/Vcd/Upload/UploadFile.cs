namespace OrchestratorTools.Clients.Vcd;

/// <summary>One file of an upload: its bytes, what is on record of them, and what the manifest says.</summary>
internal sealed class UploadFile : IDisposable
{
    /// <summary>Makes a file.</summary>
    /// <param name="index">Its place in the record.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="source">Its bytes.</param>
    /// <param name="digests">What the manifest says; empty where it says nothing.</param>
    /// <param name="recorded">What an earlier run recorded; null where there is nothing.</param>
    /// <param name="find">Finds it among the files that the server lists.</param>
    public UploadFile(int index, string name, TransferSource source, IReadOnlyList<DigestRange> digests, VcdUploadFileRecord? recorded, Func<VcdResource, VcdFile?> find)
    {
        Find = find;
        Index = index;
        Name = name;
        Source = source;
        Recorded = recorded;
        Algorithms = string.Join(", ", digests.Select(d => d.Algorithm.Name).Distinct(StringComparer.Ordinal));
        Hash = new PrefixHash(recorded?.PrefixKey);
        Digest = digests.Count > 0 ? new DigestCheck(digests) : null;
    }

    public int Index { get; }

    public string Name { get; }

    public TransferSource Source { get; }

    /// <summary>The media type that goes with its bytes; null where the server asks for none. A file that has one is sent whole where it begins at its first byte.</summary>
    public string? ContentType { get; init; }

    /// <summary>Finds it among the files that the server lists; null where it is not there.</summary>
    public Func<VcdResource, VcdFile?> Find { get; }

    /// <summary>What an earlier run recorded of this very upload; null where there is nothing.</summary>
    public VcdUploadFileRecord? Recorded { get; private set; }

    /// <summary>The algorithms of the manifest's digests, for people; empty where there are none.</summary>
    public string Algorithms { get; }

    public PrefixHash Hash { get; }

    public DigestCheck? Digest { get; }

    /// <summary>What is to be recorded of it now: what an earlier run found stays until it was compared.</summary>
    public VcdUploadFileRecord ToRecord() => new()
    {
        Name = Name,
        Path = Path.GetFullPath(Source.Path),
        Length = Source.Length,
        LastWriteTime = Source.LastWriteTime is { } written ? new DateTimeOffset(written) : null,
        PrefixKey = Hash.Key,
        PrefixLength = Recorded?.PrefixLength ?? 0,
        PrefixMac = Recorded?.PrefixMac,
    };

    /// <summary>What is on record is of another upload.</summary>
    public void DropRecorded() => Recorded = null;

    public void Dispose()
    {
        Hash.Dispose();
        Digest?.Dispose();
    }
}
