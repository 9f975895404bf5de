namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The bytes of a file that the server has. They are never held: they lie on disk, or are made while they are read.</summary>
internal abstract record FileContent(long Size)
{
    /// <summary>Opens the bytes from <paramref name="offset"/> on.</summary>
    public abstract Stream OpenRead(long offset);
}

/// <summary>An upload that was spooled (<c>--keep-content</c>): what was sent, byte for byte.</summary>
internal sealed record SpooledContent(string Path, long Size) : FileContent(Size)
{
    private const int ReadAhead = 1 << 17;

    public override Stream OpenRead(long offset) => new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, ReadAhead, useAsync: true) { Position = offset };
}

/// <summary>A few bytes: a descriptor, a manifest, the header of an archive's member.</summary>
internal sealed record SmallContent(byte[] Bytes) : FileContent(Bytes.Length)
{
    public override Stream OpenRead(long offset) => new MemoryStream(Bytes, writable: false) { Position = offset };
}

/// <summary>Files one after the other, as one.</summary>
internal sealed record JoinedContent(IReadOnlyList<FileContent> Parts) : FileContent(Parts.Sum(p => p.Size))
{
    public override Stream OpenRead(long offset) => new JoinedStream(Parts, offset);
}
