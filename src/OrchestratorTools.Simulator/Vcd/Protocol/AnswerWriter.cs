using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Writes answers and errors.</summary>
internal static class AnswerWriter
{
    // "Responses of 64 KB and more can be compressed" (facts/vcd.md, "Limits").
    private const int SmallestCompressed = 64 * 1024;

    // A carriage return is written as a reference: written bare, whoever reads it would lose it.
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), NewLineHandling = NewLineHandling.Entitize };

    public static Task WriteAsync(VcdCall call, VcdAnswer answer)
    {
        var response = call.Http.Response;
        response.StatusCode = answer.Status;
        if (answer.Location is not null) response.Headers.Location = answer.Location;
        var version = (call.Version ?? call.Settings.Newest).Text;
        if (answer.Xml is not null) return SendAsync(call.Http, Serialize(answer.Xml), $"{answer.MediaType};version={version}");
        if (answer.Json is not null) return SendAsync(call.Http, Encoding.UTF8.GetBytes(answer.Json.ToJsonString()), $"application/json;version={version}");
        return answer.Bytes is null ? Task.CompletedTask : SendAsync(call.Http, answer.Bytes, answer.MediaType!);
    }

    public static Task WriteAsync(VcdCall call, VcdException error)
    {
        var response = call.Http.Response;
        response.StatusCode = error.Status;
        if (error.Allow is not null) response.Headers.Allow = error.Allow;
        if (error.MinorCode is null)
        {
            if (error.Status == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "BASIC realm=\"vCloud\"";
            response.ContentType = "text/plain";
            response.ContentLength = 0;
            return Task.CompletedTask;
        }

        var version = call.Version ?? call.Settings.Newest;
        var message = version >= Assumptions.MessagesNameTheRequestFrom ? $"[ {call.RequestId} ] {error.Message}" : error.Message;
        if (call.IsCloudApi)
        {
            var json = new JsonObject { ["minorErrorCode"] = error.MinorCode, ["message"] = message, ["stackTrace"] = null };
            return SendAsync(call.Http, Encoding.UTF8.GetBytes(json.ToJsonString()), "application/json");
        }

        // The stack trace is for the provider's eyes only (facts/vcd.md, "Error").
        var stackTrace = call.Scope is { IsProvider: true } ? $"com.vmware.vcloud.api.presentation.service.{error.MinorCode}: {error.Message}\n\tat simulated.frames(Unknown Source)" : null;
        var xml = Xml.Root(
            call.Hrefs,
            "Error",
            stackTrace is null ? null : new XAttribute("stackTrace", stackTrace),
            new XAttribute("minorErrorCode", error.MinorCode),
            new XAttribute("message", message),
            new XAttribute("majorErrorCode", error.Status.ToString(CultureInfo.InvariantCulture)));
        return SendAsync(call.Http, Serialize(xml), $"{MediaTypes.Error};version={version}");
    }

    private static byte[] Serialize(XElement xml)
    {
        using var buffer = new MemoryStream();
        using (var writer = XmlWriter.Create(buffer, Settings))
        {
            new XDocument(new XDeclaration("1.0", "UTF-8", standalone: null), xml).Save(writer);
        }

        return buffer.ToArray();
    }

    private static async Task SendAsync(HttpContext http, byte[] body, string contentType)
    {
        var response = http.Response;
        response.ContentType = contentType;
        if (body.Length >= SmallestCompressed)
        {
            response.Headers.Vary = HeaderNames.AcceptEncoding;
            if (http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
            {
                using var packed = new MemoryStream();
                await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) await gzip.WriteAsync(body);
                body = packed.ToArray();
                response.Headers.ContentEncoding = "gzip";
            }
        }

        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, http.RequestAborted);
    }
}
