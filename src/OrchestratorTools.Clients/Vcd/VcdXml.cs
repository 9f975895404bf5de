using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>Reads and writes the XML of the vCloud API. Elements are found by their local names: the namespace has been the same since API 1.5, but recorded answers mix prefixes.</summary>
internal static class VcdXml
{
    /// <summary>The one namespace of the API's bodies.</summary>
    public static readonly XNamespace Namespace = "http://www.vmware.com/vcloud/v1.5";

    /// <summary>The namespace of xsi:type.</summary>
    public static readonly XNamespace SchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>The namespace of OVF's elements and attributes, among which the sections of vApps and virtual machines are.</summary>
    public static readonly XNamespace Ovf = "http://schemas.dmtf.org/ovf/envelope/1";

    /// <summary>The namespace of what the vendor adds to OVF.</summary>
    public static readonly XNamespace OvfVmware = "http://www.vmware.com/schema/ovf";

    /// <summary>The namespace of what is in an item of the virtual hardware.</summary>
    public static readonly XNamespace Rasd = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData";

    /// <summary>The namespace of what the virtual hardware says of the whole machine.</summary>
    public static readonly XNamespace Vssd = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData";

    private static readonly XmlWriterSettings Writing = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = false,
        // A line break in an attribute is written as a reference; written bare, a parser would read it as a blank.
        NewLineHandling = NewLineHandling.Entitize,
    };

    public static string? Text(XElement element, string attribute) => (string?)element.Attribute(attribute);

    public static XElement? Child(XElement element, string name) => element.Elements().FirstOrDefault(e => string.Equals(e.Name.LocalName, name, StringComparison.Ordinal));

    public static XElement? ChildOf(XElement? element, string name) => element is null ? null : Child(element, name);

    public static string? ChildText(XElement element, string name) => Child(element, name)?.Value;

    public static IEnumerable<XElement> Children(XElement? element, string name)
        => element?.Elements().Where(e => string.Equals(e.Name.LocalName, name, StringComparison.Ordinal)) ?? [];

    public static bool? Flag(XElement element, string attribute) => Flag(Text(element, attribute));

    public static bool? Flag(string? text) => text?.Trim() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => null,
    };

    public static long? Number(XElement element, string attribute) => Number(Text(element, attribute));

    public static long? Number(string? text) => long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A time in UTC; null where there is none that can be read.</summary>
    public static DateTimeOffset? Time(string? text)
        => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var time) ? time.ToUniversalTime() : null;

    /// <summary>An absolute http or https address; null of anything else.</summary>
    public static Uri? Address(string? text)
        => Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) ? address : null;

    /// <summary>True where a media type is the one that is meant; parameters (<c>;version=…</c>) and letter case do not count.</summary>
    public static bool IsMediaType(string? type, string wanted)
    {
        var bare = type.AsSpan();
        var end = bare.IndexOf(';');
        return (end < 0 ? bare : bare[..end]).Trim().Equals(wanted, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A body as bytes: UTF-8 without a byte order mark.</summary>
    public static byte[] ToBytes(XElement body)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, Writing))
        {
            body.Save(writer);
        }

        return stream.ToArray();
    }

    /// <summary>True when every character of the text can stand in an XML document.</summary>
    public static bool IsWritable(string text)
    {
        try
        {
            XmlConvert.VerifyXmlChars(text);
            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }
}
