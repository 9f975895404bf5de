using System.Security.Cryptography;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>
/// Running checksums of a file that a manifest will be compared with: of the whole of it (SHA-256 aside, which every file has) and, where it comes in parts (ovf:chunkSize),
/// of each part. Only uploads that promised a manifest pay for them.
/// </summary>
internal sealed class FileDigests : IDisposable
{
    private readonly HashAlgorithmName[] _algorithms;
    private readonly HashAlgorithmName[] _wholeAlgorithms;
    private readonly IncrementalHash[] _whole;
    private readonly IncrementalHash[] _part;
    private readonly List<string[]> _parts = [];
    private readonly long _partSize;
    private long _inPart;

    /// <param name="algorithms">The checksums to keep.</param>
    /// <param name="partSize">Bytes of a part; 0: the file is not cut.</param>
    public FileDigests(IReadOnlyList<HashAlgorithmName> algorithms, long partSize)
    {
        _algorithms = [.. algorithms];
        _wholeAlgorithms = [.. algorithms.Where(a => a != HashAlgorithmName.SHA256)];
        _partSize = partSize;
        _whole = [.. _wholeAlgorithms.Select(IncrementalHash.CreateHash)];
        _part = partSize > 0 ? [.. algorithms.Select(IncrementalHash.CreateHash)] : [];
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        foreach (var hash in _whole) hash.AppendData(bytes);
        if (_partSize == 0) return;
        while (!bytes.IsEmpty)
        {
            if (_inPart == _partSize) EndPart();
            var piece = bytes[..(int)Math.Min(bytes.Length, _partSize - _inPart)];
            foreach (var hash in _part) hash.AppendData(piece);
            _inPart += piece.Length;
            bytes = bytes[piece.Length..];
        }
    }

    /// <summary>How many parts the bytes so far make.</summary>
    public int PartCount => _partSize == 0 ? 0 : _parts.Count + (_inPart > 0 ? 1 : 0);

    /// <summary>The checksum of everything, in hex; null where this one was not kept.</summary>
    public string? Whole(HashAlgorithmName algorithm) => Array.IndexOf(_wholeAlgorithms, algorithm) is >= 0 and var index ? Hex(_whole[index].GetCurrentHash()) : null;

    /// <summary>The checksum of a part, in hex; null where it was not kept, or there is no such part.</summary>
    public string? Part(int part, HashAlgorithmName algorithm)
    {
        if (Array.IndexOf(_algorithms, algorithm) is not (>= 0 and var index) || part >= PartCount) return null;
        return part < _parts.Count ? _parts[part][index] : Hex(_part[index].GetCurrentHash());
    }

    public void Dispose()
    {
        foreach (var hash in _whole) hash.Dispose();
        foreach (var hash in _part) hash.Dispose();
    }

    private void EndPart()
    {
        _parts.Add(Array.ConvertAll(_part, h => Hex(h.GetHashAndReset())));
        _inPart = 0;
    }

    private static string Hex(byte[] hash) => Convert.ToHexString(hash).ToLowerInvariant();
}
