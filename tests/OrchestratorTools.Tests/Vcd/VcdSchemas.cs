using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>The vendor's schemas, where they are beside the repository: what a body that is sent must agree with.</summary>
internal static class VcdSchemas
{
    private static readonly Lazy<XmlSchemaSet?> Schemas = new(Load);

    /// <summary>Skips the test, aloud, where the schemas are not there.</summary>
    public static void Need() => Skip.If(Schemas.Value is null, "The vCloud schemas are not beside the repository.");

    /// <summary>What the schemas find wrong with a body, written as it is sent.</summary>
    public static IReadOnlyList<string> Faults(XElement body) => Faults(VcdXml.ToBytes(body));

    /// <summary>What the schemas find wrong with a body.</summary>
    public static IReadOnlyList<string> Faults(byte[] body)
    {
        var faults = new List<string>();
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, Schemas = Schemas.Value! };
        settings.ValidationFlags |= XmlSchemaValidationFlags.ReportValidationWarnings;
        settings.ValidationEventHandler += (_, e) => faults.Add(e.Message);
        using var stream = new MemoryStream(body);
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
