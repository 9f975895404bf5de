using System.Management.Automation;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Xml;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Vcd;

/// <summary>Sends any request to a vCloud Director: to an address, a path, or a link of an object.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "VcdRequest", DefaultParameterSetName = UriSet, SupportsShouldProcess = true)]
[OutputType(typeof(XmlDocument), typeof(PSObject), typeof(string))]
public sealed class InvokeVcdRequestCommand : VcdChangingCmdlet
{
    private const string UriSet = "Uri";
    private const string LinkSet = "Link";

    /// <summary>An address that the server named, or a path such as /api/org.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = UriSet, ValueFromPipelineByPropertyName = true)]
    [Alias("Href", "Path")]
    [ValidateNotNullOrEmpty]
    public string Uri { get; set; } = string.Empty;

    /// <summary>The object whose link is followed: what a cmdlet of this system returned, or XML.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LinkSet, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The link's relation: up, down, edit, remove, add, …</summary>
    [Parameter(Mandatory = true, ParameterSetName = LinkSet)]
    [ValidateNotNullOrEmpty]
    public string? Rel { get; set; }

    /// <summary>The link's media type, where several have the relation; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = LinkSet)]
    [Alias("Type")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? LinkType { get; set; }

    /// <summary>The HTTP method. Everything but GET and HEAD is a change: it asks, and is sent once.</summary>
    [Parameter]
    [ValidateSet("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH")]
    public string Method { get; set; } = "GET";

    /// <summary>The body: XML as text or as a document, JSON as text or as a hashtable.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? Body { get; set; }

    /// <summary>The body's media type; default: the link's, or application/json for JSON.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ContentType { get; set; }

    /// <summary>Returns the body as text.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var session = SessionOf(InputObject);
        var client = ClientFor(session, InputObject);
        var link = Rel is null ? null : FindLink(client);
        var address = link?.Href ?? Uri;
        CurrentTarget = address;
        var (body, kind) = ReadBody();
        var contentType = ContentType ?? (kind is "json" ? "application/json" : link?.Type);
        if (body is not null && contentType is null)
        {
            ThrowBadParameter(nameof(ContentType), null, "the media type of the body is needed, for example application/vnd.vmware.vcloud.media+xml: the server decides by it what the body is.");
        }

        if (contentType is not null && !MediaTypeHeaderValue.TryParse(contentType, out _))
        {
            ThrowBadParameter(nameof(ContentType), contentType, "a media type is needed, for example application/vnd.vmware.vcloud.media+xml.");
        }

        var method = new HttpMethod(Method.ToUpperInvariant());
        var reads = method == HttpMethod.Get || method == HttpMethod.Head;
        if (reads && body is not null)
        {
            ThrowBadParameter(nameof(Method), Method, "a request with a body is no GET; POST or PUT is needed.");
        }

        if (!reads && !ShouldProcess($"{address} at {session.Server.Authority}", $"Send {method.Method}"))
        {
            return;
        }

        var answer = Await(token => client.InvokeAsync(method, address, body, contentType, token));
        if (answer.Text.Length == 0)
        {
            WriteVerbose($"HTTP {answer.StatusCode}, no body{(answer.Location is null ? string.Empty : ", location " + answer.Location)}.");
        }
        else if (Raw)
        {
            WriteObject(answer.Text);
        }
        else if (answer.IsXml)
        {
            var document = PSObject.AsPSObject(answer.ToXmlDocument());

            // What came by a connection is acted on there.
            document.Properties.Add(new PSNoteProperty("Connection", session.ConnectionName));
            WriteObject(document);
        }
        else
        {
            WriteObject(ReadJson(answer));
        }
    }

    private static object? ReadJson(VcdAnswer answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.Text, new JsonDocumentOptions { MaxDepth = 128 });
            return JsonObjects.ToObject(document.RootElement);
        }
        catch (JsonException)
        {
            return answer.Text;
        }
    }

    private VcdLink FindLink(VcdClient client)
    {
        var links = InputObject!.BaseObject switch
        {
            // What a list returned has no links of its own: the object itself is asked.
            VcdObject { IsRecord: true, Links.Count: 0, Href.Length: > 0 } record => Await(token => client.GetLinksAsync(record.Href, token)),
            VcdObject entity => entity.Links,
            XmlDocument document => LinksOf(document.DocumentElement),
            XmlElement element => LinksOf(element),
            _ => throw Wrong($"-InputObject: a {InputObject.BaseObject.GetType().Name} has no links; what a cmdlet of this system returned, or XML, is needed."),
        };
        var type = LinkType is null ? null : WildcardPattern.Get(LinkType, WildcardOptions.IgnoreCase);
        var found = links.Where(l => string.Equals(l.Rel, Rel, StringComparison.OrdinalIgnoreCase) && (type is null || type.IsMatch(l.Type ?? string.Empty))).ToArray();
        if (found.Length > 1 && ContentType is not null && found.Where(l => VcdXml.IsMediaType(l.Type, ContentType)).ToArray() is [var fitting])
        {
            return fitting;
        }

        return found.Length switch
        {
            1 => found[0],
            0 => throw Wrong($"-Rel '{Rel}'{(LinkType is null ? string.Empty : $" -LinkType '{LinkType}'")}: the object has no such link: this may not be done, or not now. It has: {Describe(links)}.", OrchestratorErrorKind.NotFound),
            _ => throw Wrong($"-Rel '{Rel}' means {found.Length} links: {Describe(found)}. Choose one with -LinkType.", OrchestratorErrorKind.Ambiguous),
        };
    }

    private static string Describe(IReadOnlyCollection<VcdLink> links) => links.Count == 0 ? "none" : string.Join(", ", links.Select(l => $"'{l}'").Distinct(StringComparer.Ordinal));

    private static OrchestratorApiException Wrong(string message, OrchestratorErrorKind kind = OrchestratorErrorKind.Validation) => new(OrchestratorSystem.Vcd, kind, message);

    private static VcdLink[] LinksOf(XmlElement? element)
        => element?.ChildNodes.OfType<XmlElement>()
            .Where(e => e.LocalName == "Link" && e.GetAttribute("href").Length > 0)
            .Select(e => new VcdLink(e.GetAttribute("rel"), e.GetAttribute("href"), e.GetAttribute("type") is { Length: > 0 } type ? type : null, e.GetAttribute("name") is { Length: > 0 } name ? name : null))
            .ToArray() ?? [];

    private (byte[]? Body, string? Kind) ReadBody()
    {
        var value = Body is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : Body;
        switch (value)
        {
            case null:
                return (null, null);
            case string text:
                return (Encoding.UTF8.GetBytes(text), text.AsSpan().TrimStart() is ['{' or '[', ..] ? "json" : "text");
            case byte[] bytes:
                return (bytes, "bytes");
            case XmlNode node:
                return (Encoding.UTF8.GetBytes(node.OuterXml), "xml");
            case global::System.Xml.Linq.XNode node:
                return (Encoding.UTF8.GetBytes(node.ToString(global::System.Xml.Linq.SaveOptions.DisableFormatting)), "xml");
            default:
                return (Encoding.UTF8.GetBytes(JsonObjects.ToElement(Body).GetRawText()), "json");
        }
    }
}
