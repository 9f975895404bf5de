using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>
/// Keeps the API session alive while bytes move, until it is disposed: a cheap request from time to time, since bytes of a transfer do not do it (facts/vcd.md, "OVF upload").
/// A session that ended is renewed by the session itself.
/// </summary>
internal sealed class VcdSessionKeeper : IAsyncDisposable
{
    private readonly VcdSession _session;
    private readonly IRequestObserver _observer;
    private readonly CancellationTokenSource _done = new();
    private readonly Task _keeping;

    /// <summary>Begins.</summary>
    public VcdSessionKeeper(VcdSession session, IRequestObserver observer)
    {
        _session = session;
        _observer = observer;
        _keeping = KeepAsync(_done.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync().ConfigureAwait(false);
        await _keeping.ConfigureAwait(false);
        _done.Dispose();
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(VcdAssumptions.KeepAlive, _session.Settings.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                try
                {
                    await _session.ProbeAsync(_observer, cancellationToken).ConfigureAwait(false);
                }
                catch (OrchestratorApiException e)
                {
                    _observer.Verbose($"The session could not be kept alive; the transfer goes on: {e.Message}");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The transfer has ended.
        }
    }
}
