using System.Globalization;
using System.Text;
using System.Xml;

namespace OrchestratorTools.Clients.Vro.Report;

/// <summary>Writes HTML that is well-formed XML too. Every text and every attribute goes through the XML writer: nothing that a server says can become markup.</summary>
internal sealed class Markup : IDisposable
{
    private static readonly HashSet<string> Void = new(StringComparer.Ordinal) { "meta", "br", "hr", "rect", "line", "path", "circle" };
    private readonly StringBuilder _text = new();
    private readonly XmlWriter _xml;

    public Markup()
    {
        var settings = new XmlWriterSettings { OmitXmlDeclaration = true, ConformanceLevel = ConformanceLevel.Fragment, NewLineHandling = NewLineHandling.None, CheckCharacters = true };
        _xml = XmlWriter.Create(new StringWriter(_text, CultureInfo.InvariantCulture), settings);
    }

    /// <summary>An element with what is in it.</summary>
    public void Element(string name, Action content, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Begin(name, attributes);
        content();
        _xml.WriteFullEndElement();
    }

    /// <summary>An element with a text in it, or with nothing.</summary>
    public void Element(string name, string? text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Begin(name, attributes);
        if (Void.Contains(name))
        {
            _xml.WriteEndElement();
            return;
        }

        Text(text);
        _xml.WriteFullEndElement();
    }

    /// <summary>A text.</summary>
    public void Text(string? text) => _xml.WriteString(Printable(text));

    /// <summary>A line end between elements.</summary>
    public void Line() => _xml.WriteWhitespace("\n");

    /// <inheritdoc/>
    public override string ToString()
    {
        _xml.Flush();
        return _text.ToString();
    }

    public void Dispose() => _xml.Dispose();

    private void Begin(string name, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        _xml.WriteStartElement(name);
        foreach (var (attribute, value) in attributes)
        {
            if (value is not null)
            {
                _xml.WriteAttributeString(attribute, Printable(value));
            }
        }
    }

    // What XML cannot hold (most control characters, halves of pairs) is shown as the sign for "there was something".
    private static string Printable(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return string.Empty;
        }

        StringBuilder? mended = null;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var good = XmlConvert.IsXmlChar(c) && c is not '\r';
            if (!good && i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], c))
            {
                mended?.Append(c).Append(text[i + 1]);
                i++;
                continue;
            }

            if (!good)
            {
                mended ??= new StringBuilder(text, 0, i, text.Length);
                c = '\uFFFD';
            }

            mended?.Append(c);
        }

        return mended?.ToString() ?? text;
    }
}
