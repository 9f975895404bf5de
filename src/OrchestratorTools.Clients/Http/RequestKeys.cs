namespace OrchestratorTools.Clients.Http;

/// <summary>What travels with a request through the handlers. The names are texts of the framework's own types, so that the resilience layer needs no type of ours.</summary>
internal static class RequestKeys
{
    /// <summary>The name of the <see cref="RequestClass"/>.</summary>
    public static readonly HttpRequestOptionsKey<string> Class = new("OrchestratorTools.RequestClass");

    /// <summary>Who hears about the request: verbose and debug lines go there.</summary>
    public static readonly HttpRequestOptionsKey<IRequestObserver> Observer = new("OrchestratorTools.Observer");

    /// <summary>Set on requests that carry no session (logins, versions, transfers).</summary>
    public static readonly HttpRequestOptionsKey<bool> Anonymous = new("OrchestratorTools.Anonymous");

    /// <summary>Set on requests whose body, answer or address is a secret: never shown, not even under -Debug.</summary>
    public static readonly HttpRequestOptionsKey<bool> Secret = new("OrchestratorTools.Secret");

    /// <summary>Set where the caller reads the answer as it comes. All other answers are read whole before they count as received, so that a connection that breaks in the middle is a lost answer.</summary>
    public static readonly HttpRequestOptionsKey<bool> Streamed = new("OrchestratorTools.Streamed");

    /// <summary>Called by a body that is being sent, so that the timeout counts from the last byte that moved.</summary>
    public static readonly HttpRequestOptionsKey<ActivityClock> Activity = new("OrchestratorTools.Activity");

    /// <summary>How often the request was sent so far; counted by the handler next to the wire.</summary>
    public static readonly HttpRequestOptionsKey<AttemptCounter> Attempts = new("OrchestratorTools.Attempts");

    /// <summary>Which cmdlet shows what became of a change whose answer was lost.</summary>
    public static readonly HttpRequestOptionsKey<string> OutcomeHint = new("OrchestratorTools.OutcomeHint");
}

/// <summary>Counts the attempts of one request.</summary>
internal sealed class AttemptCounter
{
    public int Count { get; set; }
}

/// <summary>Lets a body that is being sent put off its request's timeout.</summary>
internal sealed class ActivityClock
{
    private Action? _moved;

    public void Listen(Action moved) => Volatile.Write(ref _moved, moved);

    public void Moved() => Volatile.Read(ref _moved)?.Invoke();
}
