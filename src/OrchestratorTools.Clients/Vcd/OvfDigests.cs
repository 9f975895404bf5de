using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>What a package's manifest says: a digest for each of its files (DSP0243, "Manifest").</summary>
internal sealed partial class OvfDigests
{
    private readonly Dictionary<string, OvfDigest> _digests = new(StringComparer.Ordinal);

    /// <summary>Reads a manifest. Throws <see cref="InvalidDataException"/> where it says two things about one file.</summary>
    public static OvfDigests Read(ReadOnlySpan<byte> manifest)
    {
        var digests = new OvfDigests();
        foreach (Match line in Line().Matches(Encoding.UTF8.GetString(manifest)))
        {
            var algorithm = line.Groups[1].Value switch
            {
                "1" => HashAlgorithmName.SHA1,
                "256" => HashAlgorithmName.SHA256,
                "384" => HashAlgorithmName.SHA384,
                _ => HashAlgorithmName.SHA512,
            };
            var digest = new OvfDigest(algorithm, line.Groups[3].Value.ToLowerInvariant());
            var name = line.Groups[2].Value;
            if (!digests._digests.TryAdd(name, digest) && digests._digests[name] != digest)
            {
                throw new InvalidDataException($"it says two things about '{name}'");
            }
        }

        return digests;
    }

    /// <summary>How many files it speaks of.</summary>
    public int Count => _digests.Count;

    /// <summary>What it says about a file; null where it says nothing.</summary>
    public OvfDigest? Of(string name) => _digests.GetValueOrDefault(name);

    [GeneratedRegex(@"^[ \t]*SHA-?(1|256|384|512)[ \t]*\([ \t]*([^\r\n]+?)[ \t]*\)[ \t]*=[ \t]*([0-9a-fA-F]+)[ \t]*\r?$", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 5000)]
    private static partial Regex Line();
}

/// <summary>A digest of a file.</summary>
/// <param name="Algorithm">How it is made.</param>
/// <param name="Hex">The digest, hex, lower case.</param>
internal sealed record OvfDigest(HashAlgorithmName Algorithm, string Hex)
{
    /// <summary>The digest of bytes that are in memory.</summary>
    public bool IsOf(ReadOnlySpan<byte> bytes)
    {
        using var hash = new DigestSink(Algorithm);
        hash.Append(bytes);
        return hash.Is(this);
    }
}

/// <summary>Sees bytes in their order as they are written.</summary>
internal interface IByteSink
{
    /// <summary>The next bytes.</summary>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Begins anew.</summary>
    void Reset();
}

/// <summary>Makes a digest.</summary>
internal sealed class DigestSink : IByteSink, IDisposable
{
    private readonly IncrementalHash _hash;

    public DigestSink(HashAlgorithmName algorithm) => _hash = IncrementalHash.CreateHash(algorithm);

    public void Append(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

    public void Reset() => _hash.GetHashAndReset();

    /// <summary>True where what went by has this digest.</summary>
    public bool Is(OvfDigest wanted) => string.Equals(Convert.ToHexString(_hash.GetCurrentHash()), wanted.Hex, StringComparison.OrdinalIgnoreCase);

    public void Dispose() => _hash.Dispose();
}
