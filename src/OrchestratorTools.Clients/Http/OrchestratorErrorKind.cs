namespace OrchestratorTools.Clients.Http;

/// <summary>What went wrong, as a stable word. The error id of a cmdlet is <c>System.Kind</c>, for example <c>Vcd.NotFound</c>.</summary>
public enum OrchestratorErrorKind
{
    /// <summary>The server refused the request as wrong (400, 422).</summary>
    Validation,

    /// <summary>The thing does not exist, or the session has no right to see it.</summary>
    NotFound,

    /// <summary>Several things match where one is meant.</summary>
    Ambiguous,

    /// <summary>The credentials are wrong, the session ended and could not be renewed, or a second factor is needed.</summary>
    Authentication,

    /// <summary>The session has no right to do this.</summary>
    Permission,

    /// <summary>The object is in a state that does not allow this.</summary>
    WrongState,

    /// <summary>Something of that name exists, or somebody else changed it.</summary>
    Conflict,

    /// <summary>The server asks for fewer requests.</summary>
    RateLimited,

    /// <summary>A change was sent and its answer was lost: whether it was done is unknown. It was not sent again.</summary>
    OutcomeUnknown,

    /// <summary>An object of one connection was to be used with another.</summary>
    ConnectionMismatch,

    /// <summary>Nothing came back in time.</summary>
    Timeout,

    /// <summary>The server answered what it should not: HTML for JSON, a body cut short, nesting without end, a redirect elsewhere.</summary>
    Protocol,

    /// <summary>No connection could be made, or it broke.</summary>
    Unreachable,

    /// <summary>The server's certificate is not trusted.</summary>
    Certificate,

    /// <summary>The server says that it failed (5xx).</summary>
    ServerError,

    /// <summary>Work at the server ended in failure (a task, a plan).</summary>
    Failed,

    /// <summary>The server holds more than it can be made to hand out: what was returned is not all.</summary>
    Incomplete,

    /// <summary>A local file, or the state kept of an earlier transfer, does not allow this.</summary>
    LocalFile,
}
