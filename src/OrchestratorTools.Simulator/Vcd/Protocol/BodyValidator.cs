using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Validates request bodies: against the vendor's schemas where a folder with them is given, and else by what the simulator itself knows of the bodies that it takes.</summary>
/// <param name="folder">The folder that has <c>all.xsd</c>; null: there are no schemas.</param>
internal sealed class BodyValidator(string? folder)
{
    // Compiling takes a while: it begins with the system's first request, not with the first body.
    private readonly Lazy<Task<XmlSchemaSet>>? _schemas = folder is null ? null : new Lazy<Task<XmlSchemaSet>>(() => Task.Run(() => Compile(folder)));

    /// <summary>Begins to compile the schemas in the background, once.</summary>
    public void WarmUp() => _ = _schemas?.Value;

    /// <exception cref="VcdException">400 with the validator's sentence.</exception>
    /// <exception cref="XmlException">Not well formed.</exception>
    public async Task<XElement> LoadAsync(MemoryStream body, ApiVersion version)
    {
        body.Position = 0;
        using var reader = XmlReader.Create(body, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = false });
        var sent = XElement.Load(reader);
        if (_schemas is null || SchemaVersions.IsNewer(sent, version)) return sent;

        // The validator writes default attributes of OVF into the document, and wants a prefix for them; a real server's does not.
        var document = new XDocument(SchemaVersions.WithoutNewer(sent, version));
        if (document.Root!.GetPrefixOfNamespace(Xml.Ovf) is null) document.Root.SetAttributeValue(XNamespace.Xmlns + "ovf", Xml.Ovf.NamespaceName);
        document.Validate(await _schemas.Value, (_, e) =>
        {
            // OVF's elements may carry attributes of others, which no schema declares.
            if (e.Severity == XmlSeverityType.Error || !e.Message.Contains("schema information for the attribute", StringComparison.Ordinal)) throw VcdException.BadRequest($"validation error: {e.Message}");
        }, addSchemaInfo: true);
        SchemaVersions.Check(document.Root, version);
        return sent;
    }

    private static XmlSchemaSet Compile(string folder)
    {
        var set = new XmlSchemaSet { XmlResolver = new FileResolver() };
        using var reader = XmlReader.Create(Path.Combine(folder, "all.xsd"), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        set.Add(targetNamespace: null, reader);
        set.Compile();
        return set;
    }

    /// <summary>Schemas are read from disk, whatever addresses stand in them.</summary>
    private sealed class FileResolver : XmlUrlResolver
    {
        public override object? GetEntity(Uri absoluteUri, string? role, Type? ofObjectToReturn)
            => absoluteUri.IsFile ? base.GetEntity(absoluteUri, role, ofObjectToReturn) : throw new XmlException($"{absoluteUri} is not a file.");
    }
}
