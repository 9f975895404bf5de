using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A manifest (.mf): the digests of a package's files, a line each, as <c>SHA256(name)= hex</c> (DSP0243, "OVF package"). One manifest may use several algorithms, for one file too.</summary>
internal sealed partial class OvfManifest
{
    /// <summary>The largest manifest that is read.</summary>
    public const int MaximumSize = 4 * 1024 * 1024;

    private OvfManifest(byte[] bytes, string path, IReadOnlyList<OvfDigest> entries)
    {
        Bytes = bytes;
        Path = path;
        Entries = entries;
    }

    /// <summary>The manifest as it was read.</summary>
    public byte[] Bytes { get; }

    /// <summary>What it is called, for messages.</summary>
    public string Path { get; }

    /// <summary>The lines.</summary>
    public IReadOnlyList<OvfDigest> Entries { get; }

    /// <summary>Reads a manifest. Throws with kind LocalFile where a line is none, where an algorithm is not known, or where two lines contradict each other.</summary>
    public static OvfManifest Read(byte[] bytes, string path)
    {
        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        var entries = new List<OvfDigest>();
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var match = Line().Match(line);
            if (!match.Success)
            {
                throw LocalFile.Error(string.Create(CultureInfo.InvariantCulture, $"'{path}' is no manifest: line {number} is not of the form 'SHA256(name)= hex'."));
            }

            var word = match.Groups[1].Value;
            var (algorithm, size) = word.Replace("-", string.Empty, StringComparison.Ordinal).ToUpperInvariant() switch
            {
                "SHA1" => (HashAlgorithmName.SHA1, 20),
                "SHA256" => (HashAlgorithmName.SHA256, 32),
                "SHA512" => (HashAlgorithmName.SHA512, 64),
                _ => throw LocalFile.Error(string.Create(CultureInfo.InvariantCulture, $"'{path}', line {number}: the algorithm '{word}' is not known; manifests use SHA1, SHA256 and SHA512.")),
            };
            var name = match.Groups[2].Value;
            var hex = match.Groups[3].Value;
            if (hex.Length != size * 2)
            {
                throw LocalFile.Error(string.Create(CultureInfo.InvariantCulture, $"'{path}', line {number}: the digest of '{name}' has {hex.Length} hexadecimal digits; one of {word} has {size * 2}."));
            }

            var digest = hex.ToLowerInvariant();
            if (entries.Find(e => e.Algorithm == algorithm && string.Equals(e.Name, name, StringComparison.Ordinal)) is not { } earlier)
            {
                entries.Add(new OvfDigest(name, algorithm, digest));
            }
            else if (!string.Equals(earlier.Digest, digest, StringComparison.Ordinal))
            {
                throw LocalFile.Error(string.Create(CultureInfo.InvariantCulture, $"'{path}', line {number}: '{name}' has another digest than in a line before."));
            }
        }

        return new OvfManifest(bytes, path, entries);
    }

    /// <summary>The lines about a file.</summary>
    public IEnumerable<OvfDigest> Of(string name) => Entries.Where(e => string.Equals(e.Name, name, StringComparison.Ordinal));

    // A name may hold brackets: the last one that is followed by "=" ends it.
    [GeneratedRegex(@"^\s*([A-Za-z0-9-]+)\s*\((.+)\)\s*=\s*([0-9A-Fa-f]+)\s*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Line();
}

/// <summary>A line of a manifest.</summary>
/// <param name="Name">The file.</param>
/// <param name="Algorithm">SHA1, SHA256 or SHA512.</param>
/// <param name="Digest">The digest, hex in small letters.</param>
internal sealed record OvfDigest(string Name, HashAlgorithmName Algorithm, string Digest);
