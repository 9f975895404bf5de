using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>Names that a server gives, judged by themselves: whoever reads the descriptor may be more lenient.</summary>
public sealed class DownloadNamesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("../evil.vmdk")]
    [InlineData("a/../evil.vmdk")]
    [InlineData("/etc/evil.vmdk")]
    [InlineData("..\\evil.vmdk")]
    [InlineData("c:evil.vmdk")]
    [InlineData("%2e%2e/evil.vmdk")]
    [InlineData("..%2fevil.vmdk")]
    [InlineData("%2fetc/evil.vmdk")]
    [InlineData("a//b.vmdk")]
    [InlineData("NUL")]
    [InlineData("com1.vmdk")]
    [InlineData("evil.vmdk ")]
    [InlineData("what?.vmdk")]
    public void What_leaves_the_folder_or_is_no_name_everywhere_is_refused(string name)
    {
        Assert.NotNull(DownloadNames.Problem(name));
        var e = Assert.Throws<InvalidDataException>(() => DownloadNames.Of([new OvfFile("f", name, 1, null, null)]));
        Assert.Contains($"'{name}'", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("disk.vmdk")]
    [InlineData("disks/größe #1.vmdk")]
    [InlineData("100%.vmdk")]
    [InlineData("disk%201.vmdk")]
    public void Other_names_are_taken(string name)
    {
        Assert.Null(DownloadNames.Problem(name));
        Assert.Equal(name, Assert.Single(DownloadNames.Of([new OvfFile("f", name, 1, null, null)])).Name);
    }

    [Theory]
    [InlineData("a/b", "a_b")]
    [InlineData("..", "_")]
    [InlineData("CON", "_CON")]
    [InlineData(" x. ", "x")]
    [InlineData("what? <is> it*", "what_ _is_ it_")]
    public void An_items_name_becomes_a_files(string name, string file) => Assert.Equal(file, DownloadNames.FileNameOf(name));
}
