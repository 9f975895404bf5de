using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Pipeline;

/// <summary>
/// Several listings at once, written in the order in which they were begun: the first of them is read element by element as the pipeline takes them; of each later one the first element is
/// asked for, and no more, until its turn comes. So nothing is held but what is under way, at most <paramref name="limit"/> requests are, and a page is not asked for before its time.
/// Used from the pipeline's thread: <see cref="MakeRoom"/> and <see cref="Add"/> in OnRecord, <see cref="Finish"/> in OnEnd. An error of a listing is written, and the next one goes on.
/// </summary>
internal sealed class OrderedReads<T>(OrchestratorCmdlet cmdlet, int limit, Action<T> write, Action<OrchestratorApiException, object?> failed) : IDisposable
{
    private static readonly TimeSpan StopGrace = TimeSpan.FromMilliseconds(500);
    private readonly object _gate = new();
    private readonly LinkedList<Listing> _running = [];
    private bool _ahead;

    /// <summary>Whether the listing whose turn it is may ask for its next page while it still reads the present one: that is one more request. From any thread.</summary>
    public bool MayAskAhead()
    {
        lock (_gate)
        {
            return _ahead |= _running.Count < limit;
        }
    }

    /// <summary>Waits until there is a place, writing what comes meanwhile.</summary>
    public void MakeRoom()
    {
        while (!HasRoom())
        {
            WriteFirst(wait: true);
        }
    }

    /// <summary>Begins a listing, after waiting for a place, and writes what is there already.</summary>
    /// <param name="target">The target of its errors.</param>
    /// <param name="list">The listing.</param>
    public void Add(object? target, Func<CancellationToken, IAsyncEnumerable<T>> list)
    {
        MakeRoom();
        var listing = new Listing(target, list, cmdlet.StopToken);
        lock (_gate)
        {
            _running.AddLast(listing);
        }

        while (_running.Count > 0 && WriteFirst(wait: false))
        {
            // The next one's turn.
        }
    }

    /// <summary>Writes all that there is.</summary>
    public void Finish()
    {
        while (_running.Count > 0)
        {
            WriteFirst(wait: true);
        }
    }

    /// <summary>Gives up what still runs.</summary>
    public void Dispose()
    {
        foreach (var listing in _running)
        {
            listing.Cancel();
        }

        while (_running.First is { } first)
        {
            End(first.Value);
        }
    }

    private bool HasRoom()
    {
        lock (_gate)
        {
            return _running.Count == 0 || _running.Count + (_ahead ? 1 : 0) < limit;
        }
    }

    // Writes of the first listing what has come, or with wait all that comes. True when it has ended.
    private bool WriteFirst(bool wait)
    {
        var listing = _running.First!.Value;
        try
        {
            while (true)
            {
                if (!listing.Next.IsCompleted)
                {
                    if (!wait)
                    {
                        return false;
                    }

                    cmdlet.Drain(listing.Next);
                }

                if (!listing.Next.GetAwaiter().GetResult())
                {
                    break;
                }

                write(listing.Current);
                listing.Move();
            }
        }
        catch (OrchestratorApiException e)
        {
            End(listing);
            failed(e, listing.Target);
            return true;
        }
        catch
        {
            // The pipeline has enough, or is stopped.
            Dispose();
            throw;
        }

        End(listing);
        return true;
    }

    private void End(Listing listing)
    {
        lock (_gate)
        {
            _running.Remove(listing);
            _ahead = false;
        }

        listing.Dispose();
    }

    private sealed class Listing : IDisposable
    {
        private readonly CancellationTokenSource _enough;
        private readonly IAsyncEnumerator<T> _items;

        public Listing(object? target, Func<CancellationToken, IAsyncEnumerable<T>> list, CancellationToken stop)
        {
            Target = target;
            _enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
            _items = list(_enough.Token).GetAsyncEnumerator(_enough.Token);
            Next = null!;
            Move();
        }

        public object? Target { get; }

        /// <summary>Whether there is a next element.</summary>
        public Task<bool> Next { get; private set; }

        public T Current => _items.Current;

        public void Move() => Next = _items.MoveNextAsync().AsTask();

        public void Cancel() => _enough.Cancel();

        public void Dispose()
        {
            Cancel();
            var ended = EndAsync();
            if (!ended.IsCompleted)
            {
                Task.WaitAny([ended], StopGrace);
            }
        }

        // What is cancelled ends soon, and the listing was given up or has ended: how it ended is nobody's business any more.
        private async Task EndAsync()
        {
            try
            {
                await Next.ConfigureAwait(false);
            }
            catch (Exception e) when (e is OrchestratorApiException or OperationCanceledException or ObjectDisposedException or IOException or HttpRequestException)
            {
                // Said already, or nobody listens.
            }

            try
            {
                await _items.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (e is OrchestratorApiException or OperationCanceledException or ObjectDisposedException or IOException or HttpRequestException)
            {
                // The same.
            }

            _enough.Dispose();
        }
    }
}
