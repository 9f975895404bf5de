using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>What the import needs from an OVF descriptor: the files that it refers to and the names of its machines.</summary>
internal sealed record OvfDescriptor(IReadOnlyList<(string Name, long Size)> Files, IReadOnlyList<string> Machines)
{
    /// <exception cref="XmlException">It is no XML, or no OVF envelope.</exception>
    public static OvfDescriptor Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        var envelope = XElement.Load(reader);
        if (envelope.Name != Xml.Ovf + "Envelope") throw new XmlException($"the root element is {envelope.Name.LocalName}, not Envelope of {Xml.Ovf}");
        var files = envelope.Elements(Xml.Ovf + "References").Elements(Xml.Ovf + "File")
            .Select(f => (
                Name: (string?)f.Attribute(Xml.Ovf + "href") ?? throw new XmlException("a File has no href"),
                Size: long.TryParse((string?)f.Attribute(Xml.Ovf + "size"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : -1))
            .ToArray();
        var machines = envelope.Descendants(Xml.Ovf + "VirtualSystem").Select(v => (string?)v.Attribute(Xml.Ovf + "id") ?? "vm").ToArray();
        return new OvfDescriptor(files, machines);
    }
}
