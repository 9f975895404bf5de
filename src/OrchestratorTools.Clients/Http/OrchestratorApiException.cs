using System.Net;

namespace OrchestratorTools.Clients.Http;

/// <summary>The one exception of the clients. Its texts hold no secrets: what comes from a server went through the connection's redactor.</summary>
public sealed class OrchestratorApiException : Exception
{
    /// <summary>Creates the exception.</summary>
    public OrchestratorApiException(OrchestratorSystem system, OrchestratorErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        System = system;
        Kind = kind;
    }

    /// <summary>Which kind of server.</summary>
    public OrchestratorSystem System { get; }

    /// <summary>What went wrong.</summary>
    public OrchestratorErrorKind Kind { get; }

    /// <summary>The stable id, <c>System.Kind</c>.</summary>
    public string ErrorId => $"{System}.{Kind}";

    /// <summary>The HTTP status, where there was an answer.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>The server's own code (minorErrorCode, error.code, …) as text.</summary>
    public string? ServerCode { get; init; }

    /// <summary>The server's own words, at most 64 KiB.</summary>
    public string? ServerMessage { get; init; }

    /// <summary>The server's id of the request, for its support.</summary>
    public string? RequestId { get; init; }

    /// <summary>The HTTP method.</summary>
    public string? Method { get; init; }

    /// <summary>The address, without secrets.</summary>
    public string? Uri { get; init; }

    /// <summary>What to do now, in a sentence.</summary>
    public string? RecommendedAction { get; init; }
}
