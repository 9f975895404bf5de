using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>Makes OVF packages in a folder of a test's own, inside of one that somebody removes.</summary>
public sealed class OvfFixture(string parent)
{
    public const string Namespace = "http://schemas.dmtf.org/ovf/envelope/1";

    public string Folder { get; } = Directory.CreateDirectory(Path.Combine(parent, "ovf-" + Guid.NewGuid().ToString("N"))).FullName;

    public string PathOf(string name) => Path.Combine(Folder, name);

    public byte[] Write(string name, int length)
    {
        var bytes = new byte[length];
        new Random(length + name.Length).NextBytes(bytes);
        Write(name, bytes);
        return bytes;
    }

    public string Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    /// <summary>A descriptor with File elements as they are given.</summary>
    public static string Descriptor(params string[] files) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- made for a test -->
        <Envelope xmlns="{Namespace}" xmlns:ovf="{Namespace}" xmlns:vmw="http://www.vmware.com/schema/ovf">
          <References>
            {string.Join("\n    ", files)}
          </References>
          <VirtualSystem ovf:id="web &amp; more"><Info>A machine</Info><Name>web</Name></VirtualSystem>
        </Envelope>
        """;

    public static string File_(string href, long? size = null, string? id = null, string more = "")
        => $"""<File ovf:id="{id ?? "file-" + href.GetHashCode(StringComparison.Ordinal).ToString(CultureInfo.InvariantCulture)}" ovf:href="{System.Security.SecurityElement.Escape(href)}"{(size is null ? "" : $" ovf:size=\"{size}\"")} {more}/>""";

#pragma warning disable CA5350 // Manifests of OVF 1.0 use SHA-1.
    public static string Hex(HashAlgorithmName algorithm, byte[] bytes)
        => Convert.ToHexString(algorithm == HashAlgorithmName.SHA1 ? SHA1.HashData(bytes) : algorithm == HashAlgorithmName.SHA512 ? SHA512.HashData(bytes) : SHA256.HashData(bytes)).ToLowerInvariant();
#pragma warning restore CA5350
}
