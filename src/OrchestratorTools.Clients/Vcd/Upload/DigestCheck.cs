using System.Globalization;
using System.Security.Cryptography;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>
/// Compares a file with the digests that a manifest has for it, while it is read on from its beginning; what is read again does not count again. A file in chunks has a digest for each chunk.
/// </summary>
internal sealed class DigestCheck : IDisposable
{
    private readonly Running[] _ranges;

    /// <summary>Begins to compare.</summary>
    public DigestCheck(IEnumerable<DigestRange> ranges) => _ranges = ranges.Select(r => new Running(r, IncrementalHash.CreateHash(r.Algorithm))).ToArray();

    /// <summary>How many bytes are counted in.</summary>
    public long Position { get; private set; }

    /// <summary>Counts in what lies behind <see cref="Position"/>. Throws with kind LocalFile as soon as the last byte of a range was counted in and its digest is another one.</summary>
    /// <param name="offset">Where the bytes stand in the file.</param>
    /// <param name="bytes">The bytes.</param>
    public void Append(long offset, ReadOnlySpan<byte> bytes)
    {
        if (offset > Position)
        {
            throw new InvalidOperationException("A part of the file was skipped.");
        }

        var end = offset + bytes.Length;
        if (end <= Position)
        {
            return;
        }

        foreach (var (range, hash) in _ranges)
        {
            var from = Math.Max(Position, range.Start);
            var to = Math.Min(end, range.Start + range.Length);
            if (from < to)
            {
                hash.AppendData(bytes[(int)(from - offset)..(int)(to - offset)]);
                if (to == range.Start + range.Length)
                {
                    range.Compare(Convert.ToHexString(hash.GetCurrentHash()));
                }
            }
        }

        Position = end;
    }

    /// <summary>True where the last byte of a range lies in these.</summary>
    public bool HasEndIn(long offset, int count)
        => Array.Exists(_ranges, r => r.Range.Start + r.Range.Length is var end && end > offset && end <= offset + count);

    public void Dispose()
    {
        foreach (var (_, hash) in _ranges)
        {
            hash.Dispose();
        }
    }

    private sealed record Running(DigestRange Range, IncrementalHash Hash);
}

/// <summary>A part of a file that a manifest has a digest of.</summary>
/// <param name="Name">The name in the manifest.</param>
/// <param name="Start">The first byte.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Algorithm">The algorithm.</param>
/// <param name="Expected">The digest, hex.</param>
/// <param name="Manifest">The manifest, for messages.</param>
internal sealed record DigestRange(string Name, long Start, long Length, HashAlgorithmName Algorithm, string Expected, string Manifest)
{
    /// <summary>Compares bytes that are in memory.</summary>
    public void Compare(ReadOnlySpan<byte> bytes)
    {
        using var hash = IncrementalHash.CreateHash(Algorithm);
        hash.AppendData(bytes);
        Compare(Convert.ToHexString(hash.GetCurrentHash()));
    }

    /// <summary>Throws with kind LocalFile where the digest is another one.</summary>
    public void Compare(string found)
    {
        if (!string.Equals(found, Expected, StringComparison.OrdinalIgnoreCase))
        {
            throw new ManifestMismatchException(string.Create(CultureInfo.InvariantCulture, $"'{Name}' is not the file that '{Manifest}' was made for: its {Algorithm.Name} is {found.ToLowerInvariant()}, the manifest says {Expected}."));
        }
    }
}

/// <summary>A file is not what the manifest says: nothing that was sent of it is of use.</summary>
internal sealed class ManifestMismatchException(string message) : Exception(message)
{
    /// <summary>The error that users see.</summary>
    public OrchestratorApiException ToError(string? remains = null)
        => LocalFile.Error(remains is null ? Message : Message + " " + remains, "The package is damaged or was changed after its manifest was made: get it again, or make its manifest anew.", this);
}
