namespace OrchestratorTools.Clients.Http;

/// <summary>An error as a server's body tells it.</summary>
/// <param name="Kind">The kind, where the body knows better than the status.</param>
/// <param name="Code">The server's code.</param>
/// <param name="Message">The server's words.</param>
/// <param name="Action">What to do, where this server's error is known.</param>
public readonly record struct ServerError(OrchestratorErrorKind? Kind, string? Code, string? Message, string? Action = null);
