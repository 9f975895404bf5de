using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace OrchestratorTools.Simulator.Vro.Wire;

/// <summary>
/// The bodies of errors. Nobody has documented them (facts/vro.md, B), so they take turns through every shape that such a server may have: the first error of a
/// run of the simulator has the first shape of its list, the next error the next. 401 has a list and a turn of its own, because a client meets them at other
/// times.
/// </summary>
internal sealed class ErrorShapes(VroSettings settings)
{
    private static readonly string[] Shapes = ["message", "Message", "oauth", "problem", "html", "empty"];
    private static readonly string[] UnauthorizedShapes = ["empty", "message", "html", "problem"];
    private int _errors;
    private int _unauthorized;

    /// <summary>The names that <see cref="VroSettings.ErrorShape"/> can have.</summary>
    public static IReadOnlyList<string> Names => Shapes;

    /// <summary>The answer to a refused request.</summary>
    public Answer Render(int status, string message)
    {
        var unauthorized = status == StatusCodes.Status401Unauthorized;
        var shape = settings.ErrorShape ?? (unauthorized ? UnauthorizedShapes[_unauthorized++ % UnauthorizedShapes.Length] : Shapes[_errors++ % Shapes.Length]);
        var answer = shape switch
        {
            "message" => Answer.Json(new JsonObject { ["message"] = message }, status),
            "Message" => Answer.Json(new JsonObject { ["Message"] = message }, status),
            "oauth" => Answer.Json(new JsonObject { ["error"] = "invalid_request", ["error_description"] = message }, status),
            "problem" => Answer.Json(
                new JsonObject { ["type"] = "about:blank", ["title"] = ReasonPhrases.GetReasonPhrase(status), ["status"] = status, ["detail"] = message },
                status,
                "application/problem+json; charset=utf-8"),
            "html" => Answer.Html(status, ReasonPhrases.GetReasonPhrase(status), message),
            _ => Answer.Empty(status),
        };
        return unauthorized ? answer.With("WWW-Authenticate", "Bearer") : answer;
    }
}
