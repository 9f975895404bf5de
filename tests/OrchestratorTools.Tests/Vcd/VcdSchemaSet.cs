using System.Xml;
using System.Xml.Schema;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>The vendor's schemas (of API 30.0), where they are beside the repository.</summary>
internal static class VcdSchemaSet
{
    private static readonly Lazy<XmlSchemaSet?> Schemas = new(Load);

    public static bool IsThere => Schemas.Value is not null;

    /// <summary>What the schemas find wrong with a document.</summary>
    public static List<string> Faults(byte[] document)
    {
        var faults = new List<string>();
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, Schemas = Schemas.Value! };
        settings.ValidationFlags |= XmlSchemaValidationFlags.ReportValidationWarnings;

        // OVF's elements may carry attributes of others (vcloud:href), which the validator only warns of: no schema declares them.
        settings.ValidationEventHandler += (_, e) =>
        {
            if (e.Severity == XmlSeverityType.Error || !e.Message.Contains("schema information for the attribute", StringComparison.Ordinal)) faults.Add(e.Message);
        };
        using var stream = new MemoryStream(document);
        using var reader = XmlReader.Create(stream, settings);
        while (reader.Read())
        {
        }

        return faults;
    }

    private static XmlSchemaSet? Load()
    {
        if (Simulator.VcdSchemas is not { } folder)
        {
            return null;
        }

        var schemas = new XmlSchemaSet { XmlResolver = new XmlUrlResolver() };
        schemas.Add(null, Path.Combine(folder, "all.xsd"));
        schemas.Compile();
        return schemas;
    }
}
