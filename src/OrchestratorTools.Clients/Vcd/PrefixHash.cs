using System.Buffers.Binary;
using System.Security.Cryptography;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>
/// The fingerprint of a file's beginning, which grows block by block as the file is read on; what is read again does not count again. Each block is authenticated with AES-GMAC under a key
/// of the upload's own (128 bits, and about five times as fast as SHA-256), and the tags are chained with SHA-256. It tells whether a file is still the one that was being sent; it is no
/// checksum to show anybody.
/// </summary>
internal sealed class PrefixHash : IDisposable
{
    /// <summary>A block's length. Blocks begin at multiples of it; only the file's last one may be shorter.</summary>
    public const int BlockSize = 512 * 1024;

    private const int KeySize = 32;
    private readonly byte[] _key;
    private readonly AesGcm _mac;
    private readonly byte[] _chain = new byte[SHA256.HashSizeInBytes];
    private bool _ended;

    /// <summary>Begins a fingerprint.</summary>
    /// <param name="key">The <see cref="Key"/> of the one to compare with; null: a new one.</param>
    public PrefixHash(string? key = null)
    {
        _key = IsKey(key) ? Convert.FromHexString(key!) : RandomNumberGenerator.GetBytes(KeySize);
        _mac = new AesGcm(_key, AesGcm.TagByteSizes.MaxSize);
    }

    /// <summary>How many bytes are counted in: whole blocks, or the whole file.</summary>
    public long Position { get; private set; }

    /// <summary>The key, hex. Fingerprints can be compared under the same key only.</summary>
    public string Key => Convert.ToHexString(_key);

    /// <summary>True where the text is a key.</summary>
    public static bool IsKey(string? text) => text is { Length: KeySize * 2 } && text.All(char.IsAsciiHexDigit);

    /// <summary>The end of the block that holds the byte before <paramref name="position"/>, in a file of <paramref name="length"/> bytes: the next position that a fingerprint can have.</summary>
    public static long BlockEnd(long position, long length) => Math.Min(length, (position + BlockSize - 1) / BlockSize * BlockSize);

    /// <summary>Counts in a block, or a part of one that is counted already.</summary>
    /// <param name="offset">Where the bytes stand in the file.</param>
    /// <param name="bytes">The whole block that begins at <see cref="Position"/>; at the file's end a shorter one. Or bytes before <see cref="Position"/>.</param>
    public void Append(long offset, ReadOnlySpan<byte> bytes)
    {
        if (offset + bytes.Length <= Position)
        {
            return;
        }

        if (offset != Position || _ended || bytes.Length > BlockSize)
        {
            throw new InvalidOperationException("Blocks are counted in whole and in their order.");
        }

        Span<byte> nonce = stackalloc byte[12];
        nonce.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(nonce, offset / BlockSize);
        Span<byte> link = stackalloc byte[SHA256.HashSizeInBytes + 16];
        _chain.CopyTo(link);
        _mac.Encrypt(nonce, [], [], link[SHA256.HashSizeInBytes..], bytes);
        SHA256.HashData(link, _chain);
        _ended = bytes.Length < BlockSize;
        Position = offset + bytes.Length;
    }

    /// <summary>The fingerprint of the first <see cref="Position"/> bytes, hex.</summary>
    public string Current() => Convert.ToHexString(_chain);

    public void Dispose()
    {
        _mac.Dispose();
        CryptographicOperations.ZeroMemory(_key);
    }
}
