using System.Xml;
using System.Xml.Linq;

namespace OrchestratorTools.Clients.Http;

/// <summary>Reads XML from a server: no DTD, no external entity, bounded depth, bounded text.</summary>
internal static class SafeXml
{
    /// <summary>The deepest nesting that is read.</summary>
    public const int MaximumDepth = 128;

    /// <summary>The largest document.</summary>
    public const long MaximumCharacters = 64L * 1024 * 1024;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaximumCharacters,
        MaxCharactersFromEntities = 1024,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>Reads the document element. Throws <see cref="XmlException"/> where the text is no XML or passes a bound.</summary>
    public static XElement Load(Stream stream)
    {
        using var reader = XmlReader.Create(stream, Settings);
        return Read(reader);
    }

    /// <summary>Reads the document element.</summary>
    public static XElement Parse(string text)
    {
        using var source = new StringReader(text);
        using var reader = XmlReader.Create(source, Settings);
        return Read(reader);
    }

    // XElement.Load is bounded by nothing but memory and, for some of its callers, the stack; this loop bounds the depth.
    private static XElement Read(XmlReader reader)
    {
        XElement? root = null;
        XElement? current = null;
        var depth = 0;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (depth >= MaximumDepth)
                    {
                        throw new XmlException($"The document is nested deeper than {MaximumDepth} levels.");
                    }

                    var empty = reader.IsEmptyElement;
                    var element = new XElement(XName.Get(reader.LocalName, reader.NamespaceURI));
                    while (reader.MoveToNextAttribute())
                    {
                        var name = reader.NamespaceURI is "http://www.w3.org/2000/xmlns/" && reader.Prefix.Length == 0
                            ? XName.Get("xmlns")
                            : XName.Get(reader.LocalName, reader.NamespaceURI);
                        element.SetAttributeValue(name, reader.Value);
                    }

                    if (current is null)
                    {
                        root = element;
                    }
                    else
                    {
                        current.Add(element);
                    }

                    if (!empty)
                    {
                        current = element;
                        depth++;
                    }

                    break;

                case XmlNodeType.EndElement:
                    current = current?.Parent;
                    depth--;
                    break;

                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    current?.Add(new XText(reader.Value));
                    break;

                default:
                    break;
            }
        }

        return root ?? throw new XmlException("The document has no element.");
    }
}
