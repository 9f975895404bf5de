using System.Globalization;
using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A file that an OVF descriptor names and that is received as it is.</summary>
/// <param name="Name">The name as it stands in the descriptor.</param>
/// <param name="Size">Bytes, where the descriptor says so.</param>
internal sealed record OvfReference(string Name, long? Size);

/// <summary>What a received OVF descriptor says about the package's files (DSP0243, "References").</summary>
internal static class OvfReferences
{
    /// <summary>The files in the descriptor's order, a file in chunks as its chunks. Throws <see cref="InvalidDataException"/> where a name leaves the folder or a number cannot be.</summary>
    /// <param name="envelope">The document element.</param>
    /// <param name="taken">Names that are in use already: the descriptor's own and the manifest's.</param>
    public static IReadOnlyList<OvfReference> Read(XElement envelope, params string[] taken)
    {
        var found = new List<OvfReference>();
        foreach (var file in VcdXml.Children(VcdXml.Child(envelope, "References"), "File"))
        {
            var name = Attribute(file, "href") ?? string.Empty;
            if (DownloadNames.Objection(name) is { } objection)
            {
                throw new InvalidDataException($"it names a file '{name}', which is refused: {objection}");
            }

            var size = Number(file, "size", name);
            if (Number(file, "chunkSize", name) is { } chunk and > 0)
            {
                found.AddRange(Chunks(name, size ?? throw new InvalidDataException($"it names '{name}' in chunks without a size"), chunk));
            }
            else
            {
                found.Add(new OvfReference(name, size));
            }
        }

        var distinct = found.Distinct().ToArray();
        var names = new HashSet<string>(taken, StringComparer.OrdinalIgnoreCase);
        foreach (var file in distinct)
        {
            if (!names.Add(file.Name) || !names.Add(file.Name + PartialFile.Suffix))
            {
                throw new InvalidDataException($"it names '{file.Name}' twice, or the name is another file's");
            }
        }

        return distinct;
    }

    // DSP0243, "chunkSize": every chunk but the last has this size; the names end in nine digits.
    private static IEnumerable<OvfReference> Chunks(string name, long size, long chunk)
    {
        var count = Math.Max(1, (size + chunk - 1) / chunk);
        if (count > 1_000_000)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"it names '{name}' in {count} chunks"));
        }

        for (var i = 0L; i < count; i++)
        {
            yield return new OvfReference(string.Create(CultureInfo.InvariantCulture, $"{name}.{i:000000000}"), Math.Min(chunk, size - (i * chunk)));
        }
    }

    private static long? Number(XElement file, string attribute, string name)
        => Attribute(file, attribute) is not { } text
            ? null
            : VcdXml.Number(text) is { } number and >= 0 ? number : throw new InvalidDataException($"it names '{name}' with {attribute} '{text}'");

    private static string? Attribute(XElement element, string name)
        => element.Attributes().FirstOrDefault(a => !a.IsNamespaceDeclaration && string.Equals(a.Name.LocalName, name, StringComparison.Ordinal))?.Value;
}
