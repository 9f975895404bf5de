namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>
/// The Orchestrator's two limiters, each user for himself: a leaky bucket, and a number of requests under way. Whoever runs into one is refused everything for five
/// simulated seconds; what is refused meanwhile does not make it longer. Safe for many threads.
/// </summary>
internal sealed class RateLimiter(TimeProvider clock)
{
    private readonly object _lock = new();
    private readonly Dictionary<int, State> _states = [];

    /// <summary>Admits a request, or throws the 429. What comes back is disposed of when the request is answered.</summary>
    public IDisposable Enter(Account account, VeloSettings settings)
    {
        lock (_lock)
        {
            if (!_states.TryGetValue(account.Id, out var state))
                _states.Add(account.Id, state = new State());

            var now = clock.GetUtcNow();
            if (now < state.PenaltyEnds)
                throw VeloError.RateLimited();

            if (settings.RequestsPerSecond > 0)
            {
                state.Level = Math.Max(0, state.Level - ((now - state.Last).TotalSeconds * settings.RequestsPerSecond)) + 1;
                state.Last = now;
            }

            if ((settings.RequestsPerSecond > 0 && state.Level > settings.RequestsPerSecond) || (settings.Concurrent > 0 && state.UnderWay >= settings.Concurrent))
            {
                state.Level = 0;
                state.PenaltyEnds = now + VeloAssumptions.Penalty;
                throw VeloError.RateLimited();
            }

            state.UnderWay++;
            return new Leave(this, state);
        }
    }

    private sealed class State
    {
        public double Level { get; set; }

        public DateTimeOffset Last { get; set; }

        public DateTimeOffset PenaltyEnds { get; set; }

        public int UnderWay { get; set; }
    }

    private sealed class Leave(RateLimiter limiter, State state) : IDisposable
    {
        public void Dispose()
        {
            lock (limiter._lock)
            {
                state.UnderWay--;
            }
        }
    }
}
