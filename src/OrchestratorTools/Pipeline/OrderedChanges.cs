using System.Runtime.CompilerServices;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Pipeline;

/// <summary>
/// Several changes at once, each asked about (ShouldProcess) before it is begun, their results written in the order in which they were begun. Used from the pipeline's thread:
/// <see cref="Start"/> in OnRecord, <see cref="Finish"/> in OnEnd. An error of one is written, and the others go on.
/// </summary>
internal sealed class OrderedChanges(OrchestratorCmdlet cmdlet, int limit, Action<object> write, Action<OrchestratorApiException, object?> failed) : IDisposable
{
    private readonly OrderedReads<object> _running = new(cmdlet, limit, write, failed);

    /// <summary>Waits until there is a place for a request.</summary>
    public void MakeRoom() => _running.MakeRoom();

    /// <summary>Begins a change, after waiting for a place.</summary>
    /// <param name="target">The target of its error.</param>
    /// <param name="change">Makes the change; what it returns is written, null is not.</param>
    public void Start(object? target, Func<CancellationToken, Task<object?>> change) => _running.Add(target, token => RunAsync(change, token));

    /// <summary>Waits until all have ended.</summary>
    public void Finish() => _running.Finish();

    /// <summary>Gives up waiting.</summary>
    public void Dispose() => _running.Dispose();

    private static async IAsyncEnumerable<object> RunAsync(Func<CancellationToken, Task<object?>> change, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await change(cancellationToken).ConfigureAwait(false) is { } result)
        {
            yield return result;
        }
    }
}
