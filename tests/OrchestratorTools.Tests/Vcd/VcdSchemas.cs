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
        settings.ValidationEventHandler += (_, e) =>
        {
            // OVF's elements take any attribute, checked where it is declared: those of the API (capacity, busType, …) are declared nowhere, and are in every recorded machine.
            if (e.Severity is XmlSeverityType.Error || !e.Message.Contains("schema information for the attribute 'http://www.vmware.com/vcloud/v1.5:", StringComparison.Ordinal))
            {
                faults.Add(e.Message);
            }
        };
        using var stream = new MemoryStream(body);
        using var reader = XmlReader.Create(stream, settings);
        while (reader.Read())
        {
        }

        return faults;
    }

    /// <summary>
    /// What of a body is newer than a version of the API, by the schemas' marks <c>added-in</c>: elements, types and attributes. Names of <paramref name="newerThanSchemas"/> are those that later references have and the schemas
    /// of 30.0 do not: each counts as newer than all that can be asked for here.
    /// </summary>
    public static IReadOnlyList<string> Newer(XElement body, VcdApiVersion version, params string[] newerThanSchemas)
    {
        var document = new XDocument(XElement.Parse(System.Text.Encoding.UTF8.GetString(VcdXml.ToBytes(body))));
        document.Validate(Schemas.Value!, static (_, _) => { }, addSchemaInfo: true);
        var newer = new List<string>();
        foreach (var element in document.Descendants())
        {
            var info = element.GetSchemaInfo();
            if (newerThanSchemas.Contains(element.Name.LocalName, StringComparer.Ordinal) || IsLater(info?.SchemaElement, version) || IsLater(info?.SchemaType, version))
            {
                newer.Add(element.Name.LocalName);
            }

            newer.AddRange(element.Attributes().Where(a => a.GetSchemaInfo() is { IsDefault: false } about && IsLater(about.SchemaAttribute, version)).Select(a => $"{element.Name.LocalName}/@{a.Name.LocalName}"));
        }

        return newer;
    }

    private static bool IsLater(XmlSchemaAnnotated? part, VcdApiVersion version)
        => part?.Annotation?.Items.OfType<XmlSchemaAppInfo>().SelectMany(i => i.Markup?.OfType<XmlElement>() ?? []).FirstOrDefault(m => m.LocalName is "version" && m.HasAttribute("added-in")) is { } mark
            && VersionOf(mark.GetAttribute("added-in")) > version;

    // The schemas name some versions by what came with them. Which number that is no source states: the words are of the schemas of 30.0, so none is later, and what has the word for its mark is not in 9.0 and before.
    private static VcdApiVersion VersionOf(string mark) => VcdApiVersion.TryParse(mark, out var version) ? version : VcdApiVersion.Parse("30.0");

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
