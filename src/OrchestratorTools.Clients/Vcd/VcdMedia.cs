using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>An image file in a catalog (facts/vcd.md, "Media upload").</summary>
public sealed class VcdMedia : VcdObject
{
    internal VcdMedia(XElement element)
        : base(element, "media", "size", "imageType", "status")
    {
        Size = VcdXml.Number(element, "size") ?? 0;
        ImageType = VcdXml.Text(element, "imageType");
        StatusCode = (int?)VcdXml.Number(element, "status");
        Description = VcdXml.ChildText(element, "Description");
        var owner = VcdXml.Child(element, "Owner");
        Owner = owner is not null && VcdXml.Child(owner, "User") is { } user ? VcdXml.Text(user, "name") : null;
        Tasks = VcdXml.Child(element, "Tasks") is { } tasks ? VcdXml.Children(tasks, "Task").Select(t => new VcdTask(t)).ToArray() : [];
        Files = VcdXml.Child(element, "Files") is { } files
            ? VcdXml.Children(files, "File").Select(f => new VcdFile(
                VcdXml.Text(f, "name") ?? string.Empty,
                VcdXml.Number(f, "size") ?? -1,
                VcdXml.Number(f, "bytesTransferred") ?? 0,
                VcdXml.Address(VcdLink.Of(f).FirstOrDefault(l => l.Rel == "upload:default")?.Href))).ToArray()
            : [];
    }

    /// <summary>Bytes, as they were announced.</summary>
    public long Size { get; }

    /// <summary>iso, floppy or other.</summary>
    public string? ImageType { get; }

    /// <summary>Unresolved (0: being uploaded or imported), Resolved (1: ready), Failed (-1); any other number as it is.</summary>
    public string Status => StatusCode switch
    {
        0 => "Unresolved",
        1 => "Resolved",
        -1 => "Failed",
        { } other => other.ToString(System.Globalization.CultureInfo.InvariantCulture),
        null => string.Empty,
    };

    /// <summary>The description.</summary>
    public string? Description { get; }

    /// <summary>The owner's user name.</summary>
    public string? Owner { get; }

    /// <summary>Bytes that the server has, while it is being uploaded.</summary>
    public long? BytesTransferred => Files.Count > 0 ? Files[0].BytesTransferred : null;

    /// <summary>The task that imports it, while there is one.</summary>
    public VcdTask? Task => Tasks.Count > 0 ? Tasks[0] : null;

    /// <summary>The catalog's name, where it was uploaded by this module.</summary>
    public string? Catalog { get; internal set; }

    /// <summary>The server's number of the status.</summary>
    internal int? StatusCode { get; }

    internal IReadOnlyList<VcdTask> Tasks { get; }

    /// <summary>What is still to be uploaded. Its links are capabilities and never shown.</summary>
    internal IReadOnlyList<VcdFile> Files { get; }

    /// <summary>True while the server waits for bytes.</summary>
    internal bool IsBeingUploaded => StatusCode is not 1 and not -1 && Files.Count > 0;

    internal bool IsFailed => StatusCode is -1;
}

/// <summary>A file of an entity that is being uploaded.</summary>
/// <param name="Name">The name, often just "file".</param>
/// <param name="Size">Bytes; -1 where the server does not know yet.</param>
/// <param name="BytesTransferred">Bytes that the server has.</param>
/// <param name="Upload">Where to send it. Secret: who has it can write the file.</param>
internal sealed record VcdFile(string Name, long Size, long BytesTransferred, Uri? Upload)
{
    /// <summary>Never the address.</summary>
    public override string ToString() => $"{Name}, {BytesTransferred} of {Size} bytes";
}
