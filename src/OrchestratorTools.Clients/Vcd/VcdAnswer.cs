using System.Xml;
using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>What came back from a request that no cmdlet covers.</summary>
public sealed class VcdAnswer
{
    private readonly XElement? _xml;

    internal VcdAnswer(int statusCode, string? contentType, string text, XElement? xml, string? location)
    {
        StatusCode = statusCode;
        ContentType = contentType;
        Text = text;
        Location = location;
        _xml = xml;
    }

    /// <summary>The HTTP status.</summary>
    public int StatusCode { get; }

    /// <summary>The body's media type.</summary>
    public string? ContentType { get; }

    /// <summary>The body as it came.</summary>
    public string Text { get; }

    /// <summary>Where the new object is, where the server says so.</summary>
    public string? Location { get; }

    /// <summary>True where the body is XML.</summary>
    public bool IsXml => _xml is not null;

    /// <summary>The body as a document: read without DTD and external entities, bounded in depth.</summary>
    public XmlDocument ToXmlDocument()
    {
        var document = new XmlDocument { XmlResolver = null };
        using var reader = _xml!.CreateReader();
        document.Load(reader);
        return document;
    }
}
