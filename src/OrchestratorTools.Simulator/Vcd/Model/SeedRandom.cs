namespace OrchestratorTools.Simulator.Vcd;

/// <summary>A source of invented ids; each part of the cloud has its own, so that a change to one leaves the others as they are.</summary>
internal sealed class SeedRandom(int seed, int part)
{
    private readonly Random _random = new(HashCode(seed, part));

    public Guid NextId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes);
    }

    public int Next(int below) => _random.Next(below);

    // System.HashCode differs from process to process; the same seed has to give the same cloud.
    private static int HashCode(int seed, int part) => unchecked((seed * 397) ^ (part * 7919));
}
