namespace OrchestratorTools.Clients.Http;

/// <summary>What may be done with a request whose answer did not come. Set on every request; the resilience layer goes by its name.</summary>
public enum RequestClass
{
    /// <summary>Changes nothing: repeated.</summary>
    Read,

    /// <summary>A PUT or DELETE that the server answers at once: doing it twice is doing it once. Repeated.</summary>
    Idempotent,

    /// <summary>Changes something, or starts a task: sent once. Repeated only when the server certainly did not take it.</summary>
    Change,

    /// <summary>Bytes of a transfer: never repeated here; the transfer asks the server what it has and goes on there.</summary>
    Transfer,

    /// <summary>A login of a session that exists (renewal): as <see cref="Change"/>.</summary>
    Login,

    /// <summary>The first requests of a connection: a wrong host or port is said at once. Repeated only on 429.</summary>
    FirstContact,
}
