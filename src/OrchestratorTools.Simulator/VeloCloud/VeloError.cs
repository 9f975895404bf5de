using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>An answer of the portal API that is an error: an HTTP status and the members of its envelope.</summary>
internal sealed class VeloError : Exception
{
    private VeloError(int status, int code, string message, JsonObject? data = null)
        : base(message)
    {
        Status = status;
        Code = code;
        Details = data;
    }

    public int Status { get; }

    public int Code { get; }

    /// <summary>The member <c>data</c>: what is wrong with which parameter; null where there is none.</summary>
    public JsonObject? Details { get; }

    /// <summary>Whether this is about the credential: such an answer comes with <c>Expires: 0</c>, and always with the members of JSON-RPC.</summary>
    public bool IsTokenError { get; private init; }

    /// <summary>A request that is wrong as a whole.</summary>
    public static VeloError BadRequest(string message)
        => Invalid([new Complaint("INVALID_REQUEST", message, "#/")]);

    /// <summary>Parameters that are wrong.</summary>
    public static VeloError Invalid(IReadOnlyList<Complaint> complaints)
    {
        var errors = new JsonArray([.. complaints.Select(c => new JsonObject { ["code"] = c.Code, ["message"] = c.Message, ["path"] = c.Path })]);
        var data = new JsonObject { ["valid"] = false, ["error"] = errors, ["warning"] = new JsonArray() };
        return new VeloError(StatusCodes.Status400BadRequest, VeloAssumptions.BadRequestCode, complaints[0].Message, data);
    }

    public static VeloError Denied() => new(VeloAssumptions.DeniedStatus, VeloAssumptions.DeniedCode, VeloAssumptions.DeniedMessage);

    public static VeloError NotFound(string what) => new(VeloAssumptions.NotFoundStatus, VeloAssumptions.NotFoundCode, $"{what} not found");

    public static VeloError Standby() => new(VeloAssumptions.StandbyStatus, VeloAssumptions.StandbyCode, VeloAssumptions.StandbyMessage);

    public static VeloError RateLimited()
        => new(StatusCodes.Status429TooManyRequests, VeloAssumptions.RateLimitCode, VeloAssumptions.RateLimitMessage);

    public static VeloError ExpiredSession() => Token("expired session cookie", VeloAssumptions.TokenErrorCode);

    public static VeloError InvalidToken() => Token("Invalid API Token", VeloAssumptions.OtherTokenErrorCode);

    public static VeloError NoCredential() => Token("credential for authentication missing", VeloAssumptions.TokenErrorCode);

    private static VeloError Token(string reason, int code) => new(StatusCodes.Status200OK, code, $"tokenError [{reason}]") { IsTokenError = true };
}

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Code">A word for programs.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Path">Where in the parameters: <c>#/name</c>.</param>
internal sealed record Complaint(string Code, string Message, string Path);
