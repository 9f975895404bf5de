using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vro.Wire;

/// <summary>One answer, complete: made while the state is locked, written afterwards.</summary>
internal sealed class Answer
{
    // The real server writes names as they are, not as \u escapes.
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly int _status;
    private readonly byte[] _body;
    private readonly string? _contentType;
    private readonly List<(string Name, string Value)> _headers = [];

    private Answer(int status, byte[] body, string? contentType)
    {
        _status = status;
        _body = body;
        _contentType = contentType;
    }

    /// <summary>A JSON body. Null gives the text <c>null</c>.</summary>
    public static Answer Json(JsonNode? node, int status = StatusCodes.Status200OK, string contentType = "application/json; charset=utf-8")
        => new(status, Encoding.UTF8.GetBytes(node?.ToJsonString(Options) ?? "null"), contentType);

    /// <summary>No body.</summary>
    public static Answer Empty(int status) => new(status, [], contentType: null);

    /// <summary>A page as IIS makes them.</summary>
    public static Answer Html(int status, string title, string text)
    {
        var page = $"""
            <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
            <html xmlns="http://www.w3.org/1999/xhtml">
            <head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"/><title>{status} - {HtmlEncoder.Default.Encode(title)}</title></head>
            <body><div id="header"><h1>Server Error</h1></div>
            <div id="content"><h2>{status} - {HtmlEncoder.Default.Encode(title)}</h2><h3>{HtmlEncoder.Default.Encode(text)}</h3></div></body>
            </html>
            """;
        return new(status, Encoding.UTF8.GetBytes(page), "text/html");
    }

    /// <summary>Adds a header.</summary>
    public Answer With(string name, string value)
    {
        _headers.Add((name, value));
        return this;
    }

    /// <summary>Writes it.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = _status;
        response.Headers.Server = "Microsoft-IIS/10.0";
        response.Headers.XPoweredBy = "ASP.NET";
        foreach (var (name, value) in _headers)
            response.Headers[name] = value;
        if (_contentType is not null)
            response.ContentType = _contentType;
        if (_status != StatusCodes.Status204NoContent)
            response.ContentLength = _body.Length;
        if (_body.Length > 0)
            await response.Body.WriteAsync(_body, context.RequestAborted);
    }
}
