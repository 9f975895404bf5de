using System.Security.Cryptography;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>The SHA-256 of a file's beginning, which grows as the file is read on; what is read again is not hashed again.</summary>
internal sealed class PrefixHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>How many bytes are hashed.</summary>
    public long Position { get; private set; }

    /// <summary>Hashes the part of <paramref name="bytes"/>, which stand at <paramref name="offset"/> in the file, that lies behind <see cref="Position"/>.</summary>
    public void Append(long offset, ReadOnlySpan<byte> bytes)
    {
        if (offset > Position)
        {
            throw new InvalidOperationException("A part of the file was skipped.");
        }

        var skip = Position - offset;
        if (skip < bytes.Length)
        {
            _hash.AppendData(bytes[(int)skip..]);
            Position = offset + bytes.Length;
        }
    }

    /// <summary>The hash of the first <see cref="Position"/> bytes, hex.</summary>
    public string Current() => Convert.ToHexString(_hash.GetCurrentHash());

    public void Dispose() => _hash.Dispose();
}
