using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>The fingerprint of a file's beginning.</summary>
public sealed class PrefixHashTests
{
    private const int Block = PrefixHash.BlockSize;

    [Fact]
    public void It_says_the_same_under_the_same_key_and_not_under_another()
    {
        var file = Bytes((2 * Block) + 5);
        using var first = Counted(file, null);
        using var again = Counted(file, first.Key);
        using var other = Counted(file, null);
        Assert.Equal(file.Length, first.Position);
        Assert.Equal(first.Current(), again.Current());
        Assert.NotEqual(first.Key, other.Key, StringComparer.Ordinal);
        Assert.NotEqual(first.Current(), other.Current(), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Block - 1)]
    [InlineData(Block)]
    [InlineData((2 * Block) + 4)]
    public void One_changed_byte_anywhere_changes_it(int at)
    {
        var file = Bytes((2 * Block) + 5);
        using var before = Counted(file, null);
        file[at] ^= 1;
        using var after = Counted(file, before.Key);
        Assert.NotEqual(before.Current(), after.Current(), StringComparer.Ordinal);
    }

    [Fact]
    public void Blocks_that_changed_places_change_it()
    {
        var file = Bytes(2 * Block);
        using var before = Counted(file, null);
        using var after = Counted([.. file[Block..], .. file[..Block]], before.Key);
        Assert.NotEqual(before.Current(), after.Current(), StringComparer.Ordinal);
    }

    [Fact]
    public void Zeros_at_the_end_count()
    {
        using var shorter = Counted(new byte[Block + 1], null);
        using var longer = Counted(new byte[Block + 2], shorter.Key);
        Assert.NotEqual(shorter.Current(), longer.Current(), StringComparer.Ordinal);
    }

    [Fact]
    public void What_is_read_again_does_not_count_again()
    {
        var file = Bytes(Block + 9);
        using var once = Counted(file, null);
        using var twice = new PrefixHash(once.Key);
        twice.Append(0, file.AsSpan(0, Block));
        twice.Append(100, file.AsSpan(100, Block - 100));
        twice.Append(0, file.AsSpan(0, Block));
        twice.Append(Block, file.AsSpan(Block));
        Assert.Equal(once.Current(), twice.Current());
    }

    [Fact]
    public void What_does_not_continue_it_is_refused()
    {
        using var hash = new PrefixHash();
        var file = Bytes(Block + 1);
        Assert.Throws<InvalidOperationException>(() => hash.Append(1, file.AsSpan(0, 10)));
        Assert.Throws<InvalidOperationException>(() => hash.Append(0, file));
        hash.Append(0, file.AsSpan(0, 10));
        Assert.Throws<InvalidOperationException>(() => hash.Append(10, file.AsSpan(0, 10)));
        Assert.Throws<InvalidOperationException>(() => hash.Append(5, file.AsSpan(0, 10)));
        Assert.Equal(10, hash.Position);
    }

    [Theory]
    [InlineData(0, 10, 0)]
    [InlineData(1, 10, 10)]
    [InlineData(1, Block * 3L, Block)]
    [InlineData(Block, Block * 3L, Block)]
    [InlineData(Block + 1, Block * 3L, Block * 2L)]
    [InlineData((Block * 3L) - 1, (Block * 3L) - 1, (Block * 3L) - 1)]
    public void Blocks_end_at_multiples_and_at_the_end(long position, long length, long end) => Assert.Equal(end, PrefixHash.BlockEnd(position, length));

    private static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }

    private static PrefixHash Counted(ReadOnlySpan<byte> file, string? key)
    {
        var hash = new PrefixHash(key);
        while (hash.Position < file.Length)
        {
            var at = (int)hash.Position;
            hash.Append(at, file[at..Math.Min(at + Block, file.Length)]);
        }

        return hash;
    }
}
