using System.Globalization;
using System.Text;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Reads the errors of the portal API, which come with any status, 200 included (facts/velocloud.md, "Errors").</summary>
internal static class VeloCloudErrors
{
    private const int ShownText = 1000;
    private const int ShownDetails = 5;

    /// <summary>The error that a body tells; null where it tells none, or is no JSON.</summary>
    public static ServerError? Read(ReadOnlyMemory<byte> body, bool success)
    {
        // A list is never an error, and most answers are lists: they are not parsed for nothing.
        if (FirstByte(body.Span) is not (byte)'{')
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = JsonElementStream<int>.MaximumDepth });
            return Read(document.RootElement, success);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The error that an answer tells; null where it tells none.</summary>
    public static ServerError? Read(JsonElement root, bool success)
    {
        if (root.ValueKind is not JsonValueKind.Object)
        {
            return null;
        }

        if (root.TryGetProperty("error", out var error))
        {
            return Read(error, root.TryGetProperty("rows", out _) || root.EnumerateObject().Count() == 1, success);
        }

        return success ? null : Plain(root);
    }

    /// <summary>The error in the member <c>error</c>: an object, or the text of a write that answers <c>{rows, error}</c>.</summary>
    /// <param name="error">The member's value.</param>
    /// <param name="isResult">True where a text in it is an error: beside <c>rows</c>, or alone.</param>
    /// <param name="success">True when the status was a good one, so that the body alone says what happened.</param>
    public static ServerError? Read(JsonElement error, bool isResult, bool success)
    {
        switch (error.ValueKind)
        {
            case JsonValueKind.Object:
                var code = error.TryGetProperty("code", out var number) ? Text(number) : null;
                var message = (error.TryGetProperty("message", out var words) ? Text(words) : null) ?? "an error without words";
                return Judge(code, message + Details(error, message), success);
            case JsonValueKind.String when isResult && JsonText.Of(error) is { Length: > 0 } text:
                return Judge(null, text, success) with { Kind = KindOf(text) ?? OrchestratorErrorKind.Failed };
            default:
                return null;
        }
    }

    /// <summary>True where the error says that the credential is refused: what was asked for was not done.</summary>
    public static bool IsSessionLost(ServerError? error)
        => error?.Message?.Contains(VeloCloudAssumptions.SessionLostText, StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>What a body that is no JSON says, shortened.</summary>
    public static string Shorten(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length > ShownText ? line[..ShownText] + "…" : line;
    }

    /// <summary>The first byte that is no blank; 0 of an empty body.</summary>
    public static byte FirstByte(ReadOnlySpan<byte> body)
    {
        var text = body.StartsWith("\uFEFF"u8) ? body[3..] : body;
        text = text.TrimStart(" \t\r\n"u8);
        return text.IsEmpty ? (byte)0 : text[0];
    }

    private static ServerError Judge(string? code, string message, bool success)
    {
        var told = new ServerError(null, code, Shorten(message));
        if (IsSessionLost(told))
        {
            return told with { Kind = OrchestratorErrorKind.Authentication };
        }

        return KindOf(message) is { } kind ? told with { Kind = kind } : told with { Kind = success ? KindOfCode(code) : null };
    }

    private static OrchestratorErrorKind? KindOf(string message)
        => message.StartsWith(VeloCloudAssumptions.PermissionText, StringComparison.OrdinalIgnoreCase) ? OrchestratorErrorKind.Permission
            : message.Contains(VeloCloudAssumptions.NotFoundText, StringComparison.OrdinalIgnoreCase) ? OrchestratorErrorKind.NotFound
            : null;

    // JSON-RPC 2.0's own codes; with a status of its own the status says it better.
    private static OrchestratorErrorKind KindOfCode(string? code) => code switch
    {
        "-32603" or "-32000" => OrchestratorErrorKind.ServerError,
        _ => OrchestratorErrorKind.Validation,
    };

    // APIv2 has no envelope: {code, message | displayMessage, developerMessage, errors, property, ...}.
    private static ServerError? Plain(JsonElement root)
    {
        if ((Member(root, "displayMessage") ?? Member(root, "message") ?? Member(root, "developerMessage")) is not { } message)
        {
            return null;
        }

        var text = new StringBuilder(message);
        if (Member(root, "property") is { Length: > 0 } property && !message.Contains(property, StringComparison.Ordinal))
        {
            text.Append(" (").Append(property).Append(')');
        }

        if (root.TryGetProperty("errors", out var list) && list.ValueKind is JsonValueKind.Array)
        {
            foreach (var detail in list.EnumerateArray().Where(d => d.ValueKind is JsonValueKind.Object).Take(ShownDetails))
            {
                if ((Member(detail, "message") ?? Member(detail, "displayMessage")) is { } said && !string.Equals(said, message, StringComparison.Ordinal))
                {
                    text.Append("; ");
                    if (Member(detail, "property") is { Length: > 0 } where)
                    {
                        text.Append(where).Append(": ");
                    }

                    text.Append(said);
                }
            }
        }

        var told = new ServerError(null, Member(root, "code"), Shorten(text.ToString()));
        return IsSessionLost(told) ? told with { Kind = OrchestratorErrorKind.Authentication } : told;
    }

    private static string Details(JsonElement error, string said)
    {
        if (!error.TryGetProperty("data", out var data) || data.ValueKind is not JsonValueKind.Object || !data.TryGetProperty("error", out var list) || list.ValueKind is not JsonValueKind.Array)
        {
            return string.Empty;
        }

        var text = new StringBuilder();
        foreach (var detail in list.EnumerateArray().Where(d => d.ValueKind is JsonValueKind.Object).Take(ShownDetails))
        {
            if (Member(detail, "message") is { } message && !string.Equals(message, said, StringComparison.Ordinal))
            {
                text.Append("; ");
                if (Member(detail, "path") is { Length: > 0 } path)
                {
                    text.Append(path).Append(": ");
                }

                text.Append(message);
            }
        }

        if (list.GetArrayLength() > ShownDetails)
        {
            text.Append(CultureInfo.InvariantCulture, $"; and {list.GetArrayLength() - ShownDetails} more");
        }

        return text.ToString();
    }

    private static string? Member(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? Text(value) : null;

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => JsonText.Of(value),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };
}
