using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A file of an entity that is being uploaded, or can be downloaded.</summary>
/// <param name="Name">The name, often just "file".</param>
/// <param name="Size">Bytes; -1 where the server does not know yet.</param>
/// <param name="BytesTransferred">Bytes that the server has.</param>
/// <param name="Upload">Where to send it. Secret: who has it can write the file.</param>
internal sealed record VcdFile(string Name, long Size, long BytesTransferred, Uri? Upload)
{
    /// <summary>Where to get it. Secret: who has it can read the file.</summary>
    public Uri? Download { get; init; }

    /// <summary>Never the addresses.</summary>
    public override string ToString() => $"{Name}, {BytesTransferred} of {Size} bytes";

    /// <summary>The files of an entity, in the server's order.</summary>
    public static IReadOnlyList<VcdFile> Of(XElement entity)
        => VcdXml.Children(VcdXml.Child(entity, "Files"), "File").Select(f =>
        {
            var links = VcdLink.Of(f);
            return new VcdFile(
                VcdXml.Text(f, "name") ?? string.Empty,
                VcdXml.Number(f, "size") ?? -1,
                VcdXml.Number(f, "bytesTransferred") ?? 0,
                VcdXml.Address(links.FirstOrDefault(l => l.Rel == "upload:default")?.Href))
            {
                Download = VcdXml.Address(links.FirstOrDefault(l => l.Rel == "download:default")?.Href),
            };
        }).ToArray();
}
