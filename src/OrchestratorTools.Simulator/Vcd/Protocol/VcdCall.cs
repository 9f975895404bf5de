using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>One request, with what has been found out about it so far.</summary>
internal sealed class VcdCall
{
    private const string ClientRequestIdHeader = "X-VMWARE-VCLOUD-CLIENT-REQUEST-ID";
    private const string RequestIdHeader = "X-VMWARE-VCLOUD-REQUEST-ID";
    private const int LongestClientRequestId = 128;

    private Session? _session;

    public VcdCall(HttpContext http, VcdWorld world)
    {
        Http = http;
        World = world;
        Settings = world.Settings;
        Hrefs = new Hrefs(Settings.PublicAddress ?? $"{http.Request.Scheme}://{http.Request.Host}");
        Segments = (http.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        IsCloudApi = Segments is ["cloudapi", ..];

        string? clientId = http.Request.Headers[ClientRequestIdHeader];
        RequestId = Assumptions.RequestId(clientId is { Length: > 0 and <= LongestClientRequestId } && clientId.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? clientId : null);
        http.Response.Headers[RequestIdHeader] = RequestId;
    }

    public HttpContext Http { get; }

    public HttpRequest Request => Http.Request;

    public VcdWorld World { get; }

    /// <summary>The settings as they were when the request came.</summary>
    public VcdSettings Settings { get; }

    public Hrefs Hrefs { get; }

    /// <summary>The path, decoded and cut at its slashes; a slash at its end counts for nothing.</summary>
    public string[] Segments { get; }

    public bool IsCloudApi { get; }

    public string RequestId { get; }

    /// <summary>The version that Accept asks for; null until it was read.</summary>
    public ApiVersion? Version { get; set; }

    /// <summary>The request's XML; null where the operation takes none.</summary>
    public XElement? Body { get; set; }

    /// <summary>Who asks. Only after authentication.</summary>
    public Session Session
    {
        get => _session ?? throw new InvalidOperationException("The request has no session.");
        set => _session = value;
    }

    /// <summary>What the asking user may see; null before authentication.</summary>
    public Scope? Scope { get; set; }

    /// <summary>What the asking user may see. Only after authentication.</summary>
    public Scope Sees => Scope ?? throw new InvalidOperationException("The request has no session.");

    public DateTimeOffset Now => World.Clock.GetUtcNow();
}
