using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;
using System.Text;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>The headers of an archive that is packed here, read by three readers that know nothing of it: the framework's, tar's, and the one of the upload.</summary>
public sealed class TarOutputTests : IDisposable
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("vcd-tar-").FullName;

    public static TheoryData<string, long> Members => new()
    {
        { "disk0.vmdk", 0 },
        { "disk0.vmdk", 1 },
        { "disk0.vmdk", 512 },
        { "disk0.vmdk", 0x1_FFFF_FFFF },
        { "disk0.vmdk", 0x2_0000_0000 },
        { "disk0.vmdk", 40L << 30 },
        { new string('n', 100), 10 },
        { new string('n', 101), 10 },
        { string.Join('/', Enumerable.Repeat("folder", 40)) + "/disk.vmdk", 9L << 30 },
        { "größe – 磁盘.vmdk", 10 },
        { "a b'c\"(1).vmdk", 513 },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Members))]
    public void Every_reader_finds_the_members_where_they_are(string name, long size)
    {
        // A sparse file: forty gigabytes that take no room.
        var path = Path.Combine(_folder, "test.ova");
        using (var file = File.Create(path))
        {
            file.Write(TarOutput.Of(name, size, Time));
            var start = file.Position;
            file.SetLength(start + size + TarOutput.Padding(size));
            file.Position = start + size + TarOutput.Padding(size);
            file.Write(TarOutput.Of("last.txt", 4, Time));
            file.Write("last"u8);
            file.Write(new byte[TarOutput.Padding(4)]);
            file.Write(TarOutput.End);
            Assert.Equal(0, file.Position % 512);
        }

        using (var reader = new TarReader(File.OpenRead(path)))
        {
            var first = reader.GetNextEntry()!;
            Assert.Equal((name, size, Time), (first.Name, first.Length, first.ModificationTime));
            var second = reader.GetNextEntry()!;
            Assert.Equal("last.txt", second.Name);
            Assert.Equal("last", new StreamReader(second.DataStream!).ReadToEnd());
            Assert.Null(reader.GetNextEntry());
        }

        using (var local = LocalFile.Open(path))
        {
            var archive = OvaArchive.Read(local);
            Assert.Equal([(name, size), ("last.txt", 4L)], archive.Members.Select(m => (m.Name, m.Length)));
            Assert.True(archive.HasEndMark);
        }

        if (OperatingSystem.IsLinux())
        {
            using var tar = Process.Start(new ProcessStartInfo("tar", ["-tvf", path, "--quoting-style=literal"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, StandardOutputEncoding = Encoding.UTF8, Environment = { ["LC_ALL"] = "C.UTF-8", ["TZ"] = "UTC" } })!;
            var lines = tar.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(string.Empty, tar.StandardError.ReadToEnd());
            Assert.Equal(2, lines.Length);
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $" {size} 2026-01-02 03:04 {name}"), lines[0], StringComparison.Ordinal);
        }
    }
}
