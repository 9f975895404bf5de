using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Reads the XML of a request within the server's limits (facts/vcd.md, "Limits").</summary>
internal static class RequestBody
{
    private const int LargestBody = 512 * 1024;
    private const int MostElements = 4096;
    private const int Deepest = 100;

    /// <exception cref="VcdException">400: over a limit, not well formed, or not valid; the sentence says what.</exception>
    public static async Task<XElement> ReadAsync(HttpContext http, BodyValidator validator, ApiVersion version)
    {
        var request = http.Request;
        if (request.Headers.ContentEncoding.Count > 0) throw VcdException.BadRequest("Requests cannot be compressed.");
        if (request.ContentLength > LargestBody) throw TooLarge();
        using var buffer = new MemoryStream();
        var block = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(block, http.RequestAborted)) > 0)
        {
            buffer.Write(block, 0, read);
            if (buffer.Length > LargestBody) throw TooLarge();
        }

        if (buffer.Length == 0) throw VcdException.BadRequest("The request has no body.");
        try
        {
            CheckShape(buffer);
            return await validator.LoadAsync(buffer, version);
        }
        catch (XmlException e)
        {
            throw VcdException.BadRequest($"The request body cannot be read as XML: {e.Message}");
        }
    }

    private static VcdException TooLarge() => VcdException.BadRequest($"The request body is larger than {LargestBody} bytes.");

    private static void CheckShape(MemoryStream buffer)
    {
        buffer.Position = 0;
        using var reader = XmlReader.Create(buffer, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = false });
        var elements = 0;
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element) continue;
            if (++elements > MostElements) throw VcdException.BadRequest($"The request body has more than {MostElements} elements.");
            if (reader.Depth >= Deepest) throw VcdException.BadRequest($"The request body is deeper than {Deepest} elements.");
        }
    }
}
