using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The manifest of an OVF package: one line a file, <c>SHA256(disk1.vmdk)= hex</c> (facts/vcd.md, "OVF upload").</summary>
internal sealed partial class OvfManifest
{
    /// <summary>The checksums that manifests use.</summary>
    public static readonly IReadOnlyList<HashAlgorithmName> Algorithms = [HashAlgorithmName.SHA1, HashAlgorithmName.SHA256, HashAlgorithmName.SHA512];

    private readonly List<Line> _lines;

    private OvfManifest(List<Line> lines) => _lines = lines;

    /// <summary>The checksums that stand in it.</summary>
    public IReadOnlyList<HashAlgorithmName> Used => [.. Algorithms.Where(a => _lines.Exists(l => l.Algorithm == a))];

    /// <exception cref="FormatException">A line is none of a manifest; the message shows it.</exception>
    public static OvfManifest Read(byte[] bytes)
    {
        var lines = new List<Line>();
        foreach (var text in Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').Split('\n').Select(t => t.Trim('\r', ' ', '\t')).Where(t => t.Length > 0))
        {
            var match = LinePattern().Match(text);
            if (!match.Success) throw new FormatException($"the manifest's line '{(text.Length > 100 ? text[..100] : text)}' cannot be read");
            var algorithm = Algorithms.First(a => string.Equals(a.Name, match.Groups["algorithm"].Value.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
            lines.Add(new Line(algorithm, match.Groups["file"].Value, match.Groups["hex"].Value));
        }

        return lines.Count > 0 ? new OvfManifest(lines) : throw new FormatException("the manifest has no line");
    }

    /// <summary>What does not agree with what arrived; null: everything does.</summary>
    /// <param name="descriptor">The bytes of the descriptor. The server has a name of its own for it, so that any .ovf in the manifest means it.</param>
    /// <param name="files">The files that the descriptor refers to.</param>
    public string? Disagreement(byte[] descriptor, IReadOnlyList<TransferFile> files)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in _lines)
        {
            var (name, actual) = Find(line, descriptor, files);
            if (name is null) continue;
            if (!string.Equals(actual, line.Hex, StringComparison.OrdinalIgnoreCase)) return $"The {line.Algorithm.Name} checksum of the file {line.File} does not match the one in the manifest: expected {line.Hex}, was {actual ?? "not there"}.";
            seen.Add(name);
        }

        return files.FirstOrDefault(f => !seen.Contains(f.Name)) is { } missing ? $"The manifest has no checksum of the file {missing.Name}." : null;
    }

    private static (string? Name, string? Actual) Find(Line line, byte[] descriptor, IReadOnlyList<TransferFile> files)
    {
        if (files.FirstOrDefault(f => string.Equals(f.Name, line.File, StringComparison.Ordinal)) is { } whole) return (whole.Name, whole.DigestOfWhole(line.Algorithm));
        if (PartPattern().Match(line.File) is { Success: true } match
            && files.FirstOrDefault(f => f.PartSize > 0 && string.Equals(f.Name, match.Groups["file"].Value, StringComparison.Ordinal)) is { } cut)
        {
            return (cut.Name, cut.Digests?.Part(int.Parse(match.Groups["part"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture), line.Algorithm));
        }

        if (line.File.EndsWith(".ovf", StringComparison.OrdinalIgnoreCase)) return (line.File, Assumptions.ManifestCoversDescriptor ? Hash(line.Algorithm, descriptor) : line.Hex);
        return (null, null);
    }

    private static string Hash(HashAlgorithmName algorithm, byte[] bytes)
    {
        using var hash = IncrementalHash.CreateHash(algorithm);
        hash.AppendData(bytes);
        return Convert.ToHexString(hash.GetCurrentHash()).ToLowerInvariant();
    }

    [GeneratedRegex(@"^(?<algorithm>SHA-?(1|256|512))\s*\((?<file>.+)\)\s*=\s*(?<hex>[0-9a-f]+)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LinePattern();

    [GeneratedRegex(@"^(?<file>.+)\.(?<part>\d{9})$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PartPattern();

    private sealed record Line(HashAlgorithmName Algorithm, string File, string Hex);
}
