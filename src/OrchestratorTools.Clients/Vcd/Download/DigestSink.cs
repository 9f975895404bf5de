using System.Security.Cryptography;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>Sees bytes in their order as they are written.</summary>
internal interface IByteSink
{
    /// <summary>The next bytes.</summary>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Begins anew.</summary>
    void Reset();
}

/// <summary>Makes a digest of what goes by.</summary>
internal sealed class DigestSink(HashAlgorithmName algorithm) : IByteSink, IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(algorithm);

    /// <summary>True where bytes that are in memory have the digest.</summary>
    public static bool Is(OvfDigest wanted, ReadOnlySpan<byte> bytes)
    {
        using var sink = new DigestSink(wanted.Algorithm);
        sink.Append(bytes);
        return sink.Is(wanted);
    }

    public void Append(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

    public void Reset() => _hash.GetHashAndReset();

    /// <summary>True where what went by has the digest.</summary>
    public bool Is(OvfDigest wanted) => string.Equals(Convert.ToHexString(_hash.GetCurrentHash()), wanted.Digest, StringComparison.OrdinalIgnoreCase);

    public void Dispose() => _hash.Dispose();
}
