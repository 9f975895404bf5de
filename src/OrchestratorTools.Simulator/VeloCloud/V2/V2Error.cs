using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>An answer of APIv2 that is an error: an HTTP status, and the members of its body [spec].</summary>
internal sealed class V2Error(int status, string code, string message, string? property = null) : Exception(message)
{
    public int Status => status;

    /// <summary>A request whose form is wrong.</summary>
    public static V2Error Validation(string message, string? property = null) => new(StatusCodes.Status400BadRequest, "ValidationError", message, property);

    /// <summary>A body that is read, and cannot be carried out as it is.</summary>
    public static V2Error Unprocessable(string message, string? property = null) => new(StatusCodes.Status422UnprocessableEntity, "DataValidationError", message, property);

    public static V2Error Unauthorized(string message) => new(StatusCodes.Status401Unauthorized, "UnauthorizedError", message);

    public static V2Error Denied() => new(VeloAssumptions.DeniedStatusV2, "ForbiddenError", VeloAssumptions.DeniedMessage);

    public static V2Error NotFound(string what) => new(StatusCodes.Status404NotFound, "NotFoundError", $"{what} not found");

    public static V2Error MediaType(string? type)
        => new(StatusCodes.Status415UnsupportedMediaType, "UnsupportedMediaTypeError", $"The media type {(string.IsNullOrEmpty(type) ? "(none)" : type)} is not supported: send application/json");

    /// <summary>The same error as APIv2 says it.</summary>
    public static V2Error Of(VeloError e)
        => e.IsTokenError ? Unauthorized(e.Message)
            : e.Status == StatusCodes.Status429TooManyRequests ? new V2Error(e.Status, "RateLimitExceededError", e.Message)
            : new V2Error(e.Status, "ValidationError", e.Message);

    public JsonObject Describe()
    {
        var errors = new JsonArray();
        if (property is not null)
            errors.Add(new JsonObject { ["property"] = property, ["message"] = Message });

        return new JsonObject { ["code"] = code, ["message"] = Message, ["developerMessage"] = Message, ["errors"] = errors, ["property"] = property, ["documentation"] = null };
    }
}
