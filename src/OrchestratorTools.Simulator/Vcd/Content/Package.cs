using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>A file of a package, and the checksums of it that somebody asked for.</summary>
internal sealed class StoredFile(string name, FileContent content)
{
    private const int Block = 1 << 17;
    private readonly ConcurrentDictionary<string, string> _digests = new(StringComparer.Ordinal);

    public string Name { get; } = name;

    public FileContent Content { get; } = content;

    /// <summary>The checksum of the bytes that a download gives, in hex; reads all of them, the first time.</summary>
    public async Task<string> DigestAsync(HashAlgorithmName algorithm)
    {
        if (_digests.TryGetValue(algorithm.Name!, out var known)) return known;
        using var hash = IncrementalHash.CreateHash(algorithm);
        await using var bytes = Content.OpenRead(0);
        var block = new byte[Block];
        int read;
        while ((read = await bytes.ReadAsync(block)) > 0) hash.AppendData(block, 0, read);
        return _digests[algorithm.Name!] = Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }
}

/// <summary>What a download of an entity gives: the files, and what is known of the descriptor and the manifest around them.</summary>
internal sealed class Package
{
    public required IReadOnlyList<StoredFile> Files { get; init; }

    /// <summary>The descriptor that was uploaded; null: one is made.</summary>
    public byte[]? Descriptor { get; init; }

    /// <summary>The checksums of the manifest; null: the package has none.</summary>
    public HashAlgorithmName? Manifest { get; init; }

    public long Size => Files.Sum(f => f.Content.Size);

    /// <summary>One file of so many bytes: a media file.</summary>
    public static Package OfMedia(Guid id, long size) => new() { Files = [new StoredFile("file", new SeededContent(SeedOf(id, 0), size))] };

    /// <summary>Disks whose bytes are made from the entity's id; together they have so many bytes.</summary>
    public static Package OfMachines(Guid id, int machines, long size, HashAlgorithmName? manifest = null)
    {
        var count = Math.Max(1, machines);
        var each = size / count;
        return new Package
        {
            Files = [.. Enumerable.Range(0, count).Select(i => new StoredFile(
                string.Create(CultureInfo.InvariantCulture, $"vm-{id}-disk-{i}.vmdk"),
                new SeededContent(SeedOf(id, i), i == 0 ? size - (each * (count - 1)) : each)))],
            Manifest = manifest,
        };
    }

    /// <summary>Files of given sizes.</summary>
    public static Package OfFiles(Guid id, IEnumerable<(string Name, long Size)> files, HashAlgorithmName? manifest)
        => new() { Files = [.. files.Select((f, i) => new StoredFile(f.Name, new SeededContent(SeedOf(id, i), f.Size)))], Manifest = manifest };

    /// <summary>What an upload brought: the bytes themselves where they were spooled, else as many bytes made from a seed.</summary>
    public static Package OfUpload(Transfer transfer)
    {
        var files = transfer.Entity is Template ? transfer.Referenced.Reverse() : transfer.Files;
        return new Package
        {
            Files = [.. files.Select((f, i) => new StoredFile(
                f.Name,
                f.SpoolPath is { } path && f.Stored > 0 ? new SpooledContent(path, f.Stored) : new SeededContent(SeedOf(transfer.Entity.Id, i), f.Stored)))],
            Descriptor = transfer.Descriptor?.Bytes,
            Manifest = transfer.Manifest is { Used: [.., var strongest] } ? strongest : null,
        };
    }

    private static long SeedOf(Guid id, int file) => BinaryPrimitives.ReadInt64LittleEndian(id.ToByteArray()) + file;
}
