using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>
/// Since when a version has the elements and attributes of the schemas: their marks <c>added-in</c>. A server of an older version's view refuses what is newer
/// (users' reports of 5.5: "Invalid content was found starting with element 'VmGeneralParams'").
/// </summary>
internal static class SchemaVersions
{
    private const string Meta = "http://www.vmware.com/vcloud/meta";

    /// <summary>The version of the schemas: what is newer than it is not in them.</summary>
    public static readonly ApiVersion OfSchemas = new("30.0");

    // What later references have, and the schemas do not: it is looked at by nobody, and the rest of the body is.
    private static readonly HashSet<string> NewerElements = new(StringComparer.Ordinal)
    {
        "ComputePolicy", "VdcComputePolicy", "VmPlacementPolicy", "VmSizingPolicy", "BootImage", "TrustedPlatformModule", "ExtraConfigs", "SecondaryIpAddressAllocationMode", "SecondaryIpAddress", "IsShared", "Firmware",
    };

    /// <exception cref="VcdException">400: the body has what the version does not know.</exception>
    public static void Check(XElement body, ApiVersion version)
    {
        foreach (var element in body.DescendantsAndSelf())
        {
            var info = element.GetSchemaInfo();
            if ((AddedIn(info?.SchemaElement) ?? AddedIn(info?.SchemaType)) is { } added && added > version) throw VcdException.BadRequest($"Bad request - Unexpected JAXB Exception - cvc-complex-type.2.4.a: Invalid content was found starting with element '{element.Name.LocalName}'. It is of API version {added}, not of {version}.");
            foreach (var attribute in element.Attributes())
            {
                if (attribute.GetSchemaInfo() is { IsDefault: false } about && AddedIn(about.SchemaAttribute) is { } since && since > version) throw VcdException.BadRequest($"Bad request - Unexpected JAXB Exception - cvc-complex-type.3.2.2: Attribute '{attribute.Name.LocalName}' is not allowed to appear in element '{element.Name.LocalName}'. It is of API version {since}, not of {version}.");
            }
        }
    }

    /// <summary>Whether a body is of a kind that the schemas do not have yet: then its handler's own rules are all that is looked at.</summary>
    public static bool IsNewer(XElement body, ApiVersion version) => version > OfSchemas && body.Name == Xml.Namespace + "MoveVAppParams";

    /// <summary>A body without what is newer than the schemas, for those who ask for a newer version.</summary>
    public static XElement WithoutNewer(XElement body, ApiVersion version)
    {
        var copy = new XElement(body);
        if (version <= OfSchemas) return copy;
        copy.Descendants().Where(e => e.Name.Namespace == Xml.Namespace && NewerElements.Contains(e.Name.LocalName)).Remove();
        foreach (var disk in copy.DescendantsAndSelf(Xml.Namespace + "Disk"))
        {
            if (version < Assumptions.DisksInMegabytesFrom || disk.Attribute("sizeMb") is not { } size) continue;
            if (disk.Attribute("size") is null) disk.SetAttributeValue("size", size.Value);
            size.Remove();
            disk.Attribute("sharingType")?.Remove();
        }

        return copy;
    }

    private static ApiVersion? AddedIn(XmlSchemaAnnotated? part)
    {
        foreach (var note in part?.Annotation?.Items.OfType<XmlSchemaAppInfo>() ?? [])
        {
            foreach (var mark in note.Markup?.OfType<XmlElement>() ?? [])
            {
                if (mark.LocalName != "version" || mark.NamespaceURI != Meta || mark.GetAttribute("added-in") is not { Length: > 0 } text) continue;
                return char.IsAsciiDigit(text[0]) ? new ApiVersion(text) : Assumptions.NamedVersion(text);
            }
        }

        return null;
    }
}
