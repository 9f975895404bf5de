using System.Buffers.Binary;
using OrchestratorTools.Simulator.Faults;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>
/// Bytes made from a seed: always the same for the same seed, wherever reading begins, and of any size. Every 4 KiB begin with their own place in the file, so that pieces that
/// were lost, doubled or exchanged change the checksum.
/// </summary>
internal sealed record SeededContent(long Seed, long Size) : FileContent(Size)
{
    private const int BlockSize = 4096;
    private const int Mark = 16;

    // One piece of noise serves all files: each block takes 4 KiB of it, from a place of its own.
    private static readonly byte[] Noise = MakeNoise();

    public override Stream OpenRead(long offset) => new Reader(this, offset);

    private static byte[] MakeNoise()
    {
        var noise = new byte[1 << 20];
        new Random(20_110_808).NextBytes(noise);
        return noise;
    }

    private void Fill(long offset, Span<byte> into)
    {
        Span<byte> mark = stackalloc byte[Mark];
        while (!into.IsEmpty)
        {
            var block = offset / BlockSize;
            var inBlock = (int)(offset % BlockSize);
            var count = Math.Min(into.Length, BlockSize - inBlock);
            var from = (int)((unchecked((ulong)(block + Seed) * 0x9E37_79B9_7F4A_7C15UL) >> 32) % (ulong)(Noise.Length - BlockSize));
            Noise.AsSpan(from + inBlock, count).CopyTo(into);
            if (inBlock < Mark)
            {
                BinaryPrimitives.WriteInt64BigEndian(mark, block);
                BinaryPrimitives.WriteInt64BigEndian(mark[8..], Seed);
                mark[inBlock..Math.Min(Mark, inBlock + count)].CopyTo(into);
            }

            into = into[count..];
            offset += count;
        }
    }

    private sealed class Reader(SeededContent content, long offset) : ReadOnlyStream
    {
        private long _offset = offset;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = (int)Math.Min(buffer.Length, content.Size - _offset);
            if (count <= 0) return ValueTask.FromResult(0);
            content.Fill(_offset, buffer.Span[..count]);
            _offset += count;
            return ValueTask.FromResult(count);
        }
    }
}
