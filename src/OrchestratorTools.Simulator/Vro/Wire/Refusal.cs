using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vro.Wire;

/// <summary>A request that the server refuses: thrown where that is found, answered in one place.</summary>
internal sealed class Refusal(int status, string message) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>400 with what is wrong about the request.</summary>
    public static Refusal BadRequest(string message) => new(StatusCodes.Status400BadRequest, message);

    /// <summary>404 for a thing by its kind and id.</summary>
    public static Refusal NotFound(string kind, string id) => new(StatusCodes.Status404NotFound, $"{kind} with ID '{id}' was not found.");

    /// <summary>401: no credential, an unknown one, or one that ran out.</summary>
    public static Refusal Unauthorized() => new(StatusCodes.Status401Unauthorized, "Authorization has been denied for this request.");

    /// <summary>403 with what the account may not do.</summary>
    public static Refusal Forbidden(string message) => new(StatusCodes.Status403Forbidden, message);
}
