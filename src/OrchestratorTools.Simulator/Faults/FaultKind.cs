namespace OrchestratorTools.Simulator.Faults;

/// <summary>What a fault does to a request. The names on the control address are these in camel case.</summary>
internal enum FaultKind
{
    /// <summary>The answer starts later.</summary>
    Latency,

    /// <summary>The connection is reset before the request is looked at.</summary>
    Refuse,

    /// <summary>The connection is reset while the request's body is read.</summary>
    ResetRequest,

    /// <summary>The connection is reset inside the answer's body.</summary>
    ResetResponse,

    /// <summary>The connection is closed in good order inside the answer's body.</summary>
    CloseResponse,

    /// <summary>The request is carried out, the answer never sent.</summary>
    LostAnswer,

    /// <summary>A prepared answer; the system does not see the request.</summary>
    Status,

    /// <summary>429; the system does not see the request.</summary>
    RateLimit,

    /// <summary>A redirect; the system does not see the request.</summary>
    Redirect,

    /// <summary>Both bodies trickle.</summary>
    Slow,

    /// <summary>The request is carried out, and answered 200 with another body.</summary>
    ReplaceBody,

    /// <summary>Content-Length promises more than comes.</summary>
    Truncate,

    /// <summary>An answer of any size, made while it is sent.</summary>
    HugeBody,

    /// <summary>Sessions and access tokens are forgotten just before the request is looked at.</summary>
    ExpireSessions,
}
