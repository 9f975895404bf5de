using System.Net;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vro;

/// <summary>Reads error bodies. None is documented (facts/vro.md, B), so every usual shape is tried, and anything that is none of them is shown as it is.</summary>
internal static class VroErrors
{
    private const int ShownText = 1000;
    private static readonly string[] MessageNames = ["error_description", "message", "detail", "title", "errorMessage", "exceptionMessage"];

    public static ServerError Read(HttpStatusCode status, string body)
    {
        var (code, message) = Words(body);
        if (body.AsSpan().TrimStart().StartsWith("<", StringComparison.Ordinal))
        {
            // HTML was recognised before; a Recovery Orchestrator answers in JSON or not at all.
            return new ServerError(OrchestratorErrorKind.Protocol, null, "an XML document, which a Veeam Recovery Orchestrator does not send");
        }

        return new ServerError(KindOf(status, code, message), code, message, status is HttpStatusCode.Conflict ? "Look at the plan with Get-VroPlan and Get-VroPlanRuntime." : null);
    }

    internal static OrchestratorErrorKind? KindOf(HttpStatusCode status, string? code, string? message)
    {
        if (code is "invalid_grant" or "invalid_client" or "unauthorized_client" or "invalid_token")
        {
            return OrchestratorErrorKind.Authentication;
        }

        return (int)status switch
        {
            409 or 412 or 423 => OrchestratorErrorKind.WrongState,
            400 or 422 or 500 when VroAssumptions.SaysWrongState(message) => OrchestratorErrorKind.WrongState,
            _ => null,
        };
    }

    private static (string? Code, string? Message) Words(string body)
    {
        var text = body.Trim();
        if (text.Length == 0)
        {
            return (null, null);
        }

        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 32, AllowTrailingCommas = true });
            var root = document.RootElement;
            if (root.ValueKind is JsonValueKind.String)
            {
                return (null, Shorten(root.GetString()!));
            }

            if (root.ValueKind is JsonValueKind.Object)
            {
                var error = VroJson.Find(root, "error");
                var place = error is { ValueKind: JsonValueKind.Object } inner ? inner : root;
                var code = VroJson.Text(root, "error") ?? VroJson.Text(place, "code") ?? VroJson.Text(place, "errorCode");
                foreach (var name in MessageNames)
                {
                    if (VroJson.Text(place, name) is { } found && !string.IsNullOrWhiteSpace(found))
                    {
                        return (code, Shorten(found));
                    }
                }

                if (code is not null)
                {
                    return (code, Shorten(code));
                }
            }
        }
        catch (JsonException)
        {
            // Not JSON, or only the beginning of it: what there is says more than nothing.
        }

        return (null, Shorten(text));
    }

    private static string Shorten(string text) => text.Length > ShownText ? text[..ShownText] + "…" : text;
}
