using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>A file that an OVF descriptor refers to.</summary>
/// <param name="Name">The href.</param>
/// <param name="Size">Bytes; -1 where the descriptor does not say.</param>
/// <param name="PartSize">Bytes of each part that the client cut it into; 0: it is one file. The transfer is one stream all the same (facts/vcd.md, "OVF upload").</param>
internal sealed record OvfFile(string Name, long Size, long PartSize);

/// <summary>What the import needs from an OVF descriptor: the files that it refers to and the names of its machines.</summary>
internal sealed record OvfDescriptor(IReadOnlyList<OvfFile> Files, IReadOnlyList<string> Machines)
{
    /// <exception cref="XmlException">It is no XML, no OVF envelope, or its references are no files.</exception>
    public static OvfDescriptor Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        var envelope = XElement.Load(reader);
        if (envelope.Name != Xml.Ovf + "Envelope") throw new XmlException($"the root element is {envelope.Name.LocalName}, not Envelope of {Xml.Ovf}");
        var files = envelope.Elements(Xml.Ovf + "References").Elements(Xml.Ovf + "File")
            .Select(f => new OvfFile((string?)f.Attribute(Xml.Ovf + "href") ?? throw new XmlException("a File has no href"), Number(f, "size") ?? -1, Number(f, "chunkSize") ?? 0))
            .ToArray();
        if (files.GroupBy(f => f.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new XmlException($"the file {twice.Key} is referred to twice");
        var machines = envelope.Descendants(Xml.Ovf + "VirtualSystem").Select(v => (string?)v.Attribute(Xml.Ovf + "id") ?? "vm").ToArray();
        return new OvfDescriptor(files, machines);
    }

    private static long? Number(XElement file, string attribute)
        => long.TryParse((string?)file.Attribute(Xml.Ovf + attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
