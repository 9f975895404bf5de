using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>What an upload needs of an OVF descriptor (DMTF DSP0243): the files that it refers to. Read without DTD and external entities.</summary>
internal sealed class OvfDescriptor
{
    /// <summary>The largest descriptor that is read.</summary>
    public const int MaximumSize = 16 * 1024 * 1024;

    // OVF 1.0 and 1.1 have the first namespace, OVF 2 the second one.
    private static readonly string[] Namespaces = ["http://schemas.dmtf.org/ovf/envelope/1", "http://schemas.dmtf.org/ovf/envelope/2"];

    private OvfDescriptor(byte[] bytes, IReadOnlyList<OvfFile> files, IReadOnlyList<string> licences)
    {
        Bytes = bytes;
        Files = files;
        Licences = licences;
    }

    /// <summary>The descriptor as it was read.</summary>
    public byte[] Bytes { get; }

    /// <summary>References/File, in the descriptor's order.</summary>
    public IReadOnlyList<OvfFile> Files { get; }

    /// <summary>The texts of its licences (EulaSection/License), of the package and of its machines.</summary>
    public IReadOnlyList<string> Licences { get; }

    /// <summary>Reads a descriptor. Throws with kind LocalFile where it is none, or where its references cannot be followed.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="path">What it is called, for messages.</param>
    public static OvfDescriptor Read(byte[] bytes, string path)
    {
        XElement envelope;
        try
        {
            using var stream = new MemoryStream(bytes);
            envelope = SafeXml.Load(stream);
        }
        catch (XmlException e)
        {
            throw LocalFile.Error($"'{path}' is no OVF descriptor: the XML cannot be read: {e.Message}", inner: e);
        }

        var ovf = envelope.Name.Namespace;
        if (envelope.Name.LocalName != "Envelope" || !Namespaces.Contains(ovf.NamespaceName, StringComparer.Ordinal))
        {
            throw LocalFile.Error($"'{path}' is no OVF descriptor: its document element is '{envelope.Name.LocalName}' of the namespace '{ovf.NamespaceName}', not 'Envelope' of '{Namespaces[0]}'.");
        }

        var files = envelope.Elements(ovf + "References").Elements(ovf + "File").Select(f => ReadFile(f, ovf, path)).ToArray();
        RefuseDuplicates(files, f => f.Href, "ovf:href", path);
        RefuseDuplicates(files, f => f.Id, "ovf:id", path);
        var ids = files.Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var disk in envelope.Elements(ovf + "DiskSection").Elements(ovf + "Disk"))
        {
            if ((string?)disk.Attribute(ovf + "fileRef") is { } reference && !ids.Contains(reference))
            {
                throw LocalFile.Error($"'{path}': the disk '{(string?)disk.Attribute(ovf + "diskId")}' is to be in the file '{reference}', and there is no such file in References.");
            }
        }

        var licences = envelope.Descendants(ovf + "EulaSection").Elements(ovf + "License").Select(l => l.Value.Trim()).Where(t => t.Length > 0).Distinct(StringComparer.Ordinal).ToArray();
        return new OvfDescriptor(bytes, files, licences);
    }

    /// <summary>The descriptor with the ovf:size of those files that had none; otherwise unchanged, as far as XML can tell.</summary>
    public byte[] WithSizes(IReadOnlyDictionary<string, long> sizes)
    {
        using var source = new MemoryStream(Bytes);
        using var reader = XmlReader.Create(source, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        var document = XDocument.Load(reader, LoadOptions.PreserveWhitespace);
        var ovf = document.Root!.Name.Namespace;
        foreach (var file in document.Root.Elements(ovf + "References").Elements(ovf + "File"))
        {
            if (file.Attribute(ovf + "size") is null && sizes.TryGetValue((string)file.Attribute(ovf + "href")!, out var size))
            {
                file.SetAttributeValue(ovf + "size", size.ToString(CultureInfo.InvariantCulture));
            }
        }

        using var target = new MemoryStream();
        var settings = new XmlWriterSettings
        {
            Encoding = EncodingOf(document.Declaration?.Encoding),
            OmitXmlDeclaration = document.Declaration is null,
            NewLineHandling = NewLineHandling.Entitize,
        };
        using (var writer = XmlWriter.Create(target, settings))
        {
            document.Save(writer);
        }

        return target.ToArray();
    }

    private static Encoding EncodingOf(string? name)
    {
        try
        {
            return string.IsNullOrEmpty(name) || name.Equals("utf-8", StringComparison.OrdinalIgnoreCase) ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) : Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        }
    }

    private static OvfFile ReadFile(XElement file, XNamespace ovf, string path)
    {
        var id = (string?)file.Attribute(ovf + "id") ?? throw LocalFile.Error($"'{path}': a File in References has no ovf:id.");
        var href = (string?)file.Attribute(ovf + "href") ?? throw LocalFile.Error($"'{path}': the File '{id}' in References has no ovf:href.");

        // A reference may be percent-encoded: what it stands for has to stay in the package too.
        if ((PackageName.Problem(href) ?? PackageName.Problem(Uri.UnescapeDataString(href))) is { } problem)
        {
            throw LocalFile.Error($"'{path}' refers to '{href}', which is refused: {problem}.", "Do not use this package unless you know who made it.");
        }

        if (VcdAssumptions.IsDescriptorFile(href) || VcdAssumptions.IsManifestFile(href))
        {
            throw LocalFile.Error($"'{path}' refers to '{href}'; a server has a file of that name of its own in every upload.", "Rename the file, in the descriptor and in the manifest too.");
        }

        return new OvfFile(id, href, Number("size", 0), Number("chunkSize", 1), (string?)file.Attribute(ovf + "compression") is { Length: > 0 } compression ? compression : null);

        long? Number(string attribute, long least)
        {
            if ((string?)file.Attribute(ovf + attribute) is not { } text)
            {
                return null;
            }

            return long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
                ? number
                : throw LocalFile.Error($"'{path}': ovf:{attribute} of '{href}' is '{text}'; it has to be a number of bytes.");
        }
    }

    private static void RefuseDuplicates(OvfFile[] files, Func<OvfFile, string> key, string what, string path)
    {
        if (files.GroupBy(key, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw LocalFile.Error($"'{path}' has the {what} '{twice.Key}' {twice.Count()} times in References; which file is meant cannot be told.");
        }
    }
}

/// <summary>A file that a descriptor refers to.</summary>
/// <param name="Id">ovf:id.</param>
/// <param name="Href">ovf:href: its name in the package, and at the server.</param>
/// <param name="Size">ovf:size in bytes; null where it is missing.</param>
/// <param name="ChunkSize">ovf:chunkSize: the file is cut into parts of so many bytes, named NAME.000000000 and so on.</param>
/// <param name="Compression">ovf:compression: the file is sent as it is, and the server unpacks it.</param>
internal sealed record OvfFile(string Id, string Href, long? Size, long? ChunkSize, string? Compression);
