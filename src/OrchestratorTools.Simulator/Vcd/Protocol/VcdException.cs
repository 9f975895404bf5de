using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The request ends in an error answer (facts/vcd.md, "Error").</summary>
/// <param name="status">The HTTP status, which is the major error code too.</param>
/// <param name="minorCode">The minor error code; null: the answer has no body.</param>
/// <param name="message">The sentence.</param>
internal sealed class VcdException(int status, string? minorCode, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string? MinorCode { get; } = minorCode;

    /// <summary>Methods that the address does have, for a 405.</summary>
    public string? Allow { get; init; }

    public static VcdException BadRequest(string message) => new(StatusCodes.Status400BadRequest, "BAD_REQUEST", message);

    /// <summary>Login failed, or the token is unknown or ran out: recorded with an empty body (facts/vcd.md, "401/403").</summary>
    public static VcdException Unauthorized() => new(StatusCodes.Status401Unauthorized, minorCode: null, "");

    public static VcdException Forbidden(string message = "Access is forbidden") => new(StatusCodes.Status403Forbidden, "ACCESS_TO_RESOURCE_IS_FORBIDDEN", message);

    /// <summary>What an id gets that is not there, or not for this user: the two are told apart by nothing.</summary>
    public static VcdException NoAccess(EntityKind kind, Guid id)
        => Forbidden($"No access to entity \"(com.vmware.vcloud.entity.{kind.Urn.ToLowerInvariant()}:{id})\".");

    public static VcdException NotFound(string message = "The resource was not found.") => new(StatusCodes.Status404NotFound, "RESOURCE_NOT_FOUND", message);

    /// <summary>The asked version does not have this operation.</summary>
    public static VcdException AbsentOperation() => new(Assumptions.AbsentOperationStatus, "RESOURCE_NOT_FOUND", "The API version does not have this operation.");

    public static VcdException MethodNotAllowed(string allow) => new(StatusCodes.Status405MethodNotAllowed, "METHOD_NOT_ALLOWED", "The method is not allowed here.") { Allow = allow };
}
