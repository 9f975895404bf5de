using System.Collections.Concurrent;
using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Pipeline;

/// <summary>
/// The base of every cmdlet. Work runs as tasks on the pool; whatever they have to say (verbose and debug lines, warnings, progress) is queued and written by the
/// pipeline's own thread while it waits for them. StopToken cancels the work; a request in flight ends at once.
/// </summary>
public abstract class OrchestratorCmdlet : PSCmdlet, IDisposable
{
    // How long a stopped cmdlet waits for its cancelled work before it leaves it to end by itself.
    private static readonly TimeSpan StopGrace = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Action> _messages = new();
    private readonly SemaphoreSlim _signal = new(0);
    private volatile bool _closed;
    private Observer? _observer;

    /// <summary>Releases the cmdlet's resources and cancels what still runs.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Cancelled when the pipeline is stopped or the cmdlet is disposed.</summary>
    internal CancellationToken StopToken => _stop.Token;

    /// <summary>Hears the HTTP pipeline for this cmdlet's streams.</summary>
    internal IRequestObserver RequestObserver => _observer ??= new Observer(this, DebugIsOn());

    /// <summary>The prefix of this cmdlet's own error ids: VeloCloud, Vcd, Vro or Orchestrator.</summary>
    private protected virtual string ErrorPrefix => "Orchestrator";

    /// <summary>What is acted on at the moment: the target of an error that has none of its own.</summary>
    private protected object? CurrentTarget { get; set; }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Run(OnBegin, terminating: true);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Run(OnRecord, terminating: false);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Run(OnEnd, terminating: false);

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        _stop.Cancel();
        _signal.Release();
        base.StopProcessing();
    }

    /// <summary>Before the first record. A client's error here ends the cmdlet.</summary>
    private protected virtual void OnBegin()
    {
    }

    /// <summary>One record. A client's error here is written, and the next record goes on.</summary>
    private protected virtual void OnRecord()
    {
    }

    /// <summary>After the last record.</summary>
    private protected virtual void OnEnd()
    {
    }

    /// <summary>Runs asynchronous work and waits for it, writing what is queued meanwhile.</summary>
    private protected T Await<T>(Func<CancellationToken, Task<T>> work)
    {
        var task = work(StopToken);
        Drain(task);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Runs asynchronous work and waits for it, writing what is queued meanwhile.</summary>
    private protected void Await(Func<CancellationToken, Task> work)
    {
        var task = work(StopToken);
        Drain(task);
        task.GetAwaiter().GetResult();
    }

    /// <summary>Writes what a client lists, one by one as it comes. When the pipeline has enough (Select-Object -First), the listing ends: no further page is asked for.</summary>
    private protected void Stream<T>(Func<CancellationToken, IAsyncEnumerable<T>> list, Action<T>? write = null)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(StopToken);
        var items = list(enough.Token).GetAsyncEnumerator(enough.Token);
        try
        {
            while (true)
            {
                var next = items.MoveNextAsync();
                bool more;
                if (next.IsCompleted)
                {
                    more = next.GetAwaiter().GetResult();
                }
                else
                {
                    var pending = next.AsTask();
                    Drain(pending);
                    more = pending.GetAwaiter().GetResult();
                }

                WriteQueued();
                if (!more)
                {
                    break;
                }

                if (write is null)
                {
                    WriteObject(items.Current);
                }
                else
                {
                    write(items.Current);
                }
            }
        }
        finally
        {
            enough.Cancel();
            var end = items.DisposeAsync();
            if (!end.IsCompletedSuccessfully)
            {
                // What is cancelled ends soon, and the enumeration was given up: how it ended is nobody's business any more.
                var ended = end.AsTask();
                Task.WaitAny([ended], StopGrace);
                _ = ended.ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            }
        }
    }

    /// <summary>Queues something for the pipeline's thread: it is run the next time the cmdlet waits. From any thread; ignored when the cmdlet has ended.</summary>
    internal void Post(Action message)
    {
        if (_closed)
        {
            return;
        }

        _messages.Enqueue(message);
        _signal.Release();
    }

    /// <summary>Waits for a task, writing what is queued meanwhile. Returns when the task has ended, in whatever way.</summary>
    internal void Drain(Task task)
    {
        if (!task.IsCompleted)
        {
            _ = task.ContinueWith(static (_, signal) => ((SemaphoreSlim)signal!).Release(), _signal, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            while (!task.IsCompleted)
            {
                _signal.Wait();
                WriteQueued();
                if (_stop.IsCancellationRequested && Task.WaitAny([task], StopGrace) < 0)
                {
                    _ = task.ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
                    throw new PipelineStoppedException();
                }
            }
        }

        WriteQueued();
    }

    /// <summary>Writes what is queued so far.</summary>
    private protected void WriteQueued()
    {
        while (_messages.TryDequeue(out var message))
        {
            message();
        }
    }

    /// <summary>Ends the cmdlet with an error that names a parameter, its value and what would be right.</summary>
    private protected void ThrowBadParameter(string parameter, object? value, string wanted)
        => ThrowTerminatingError(ErrorRecords.BadParameter(ErrorPrefix, parameter, value, wanted));

    /// <summary>Does one item of several: a client's error is written, and the next item goes on.</summary>
    private protected void Attempt(Action step, object? target)
    {
        try
        {
            step();
        }
        catch (OrchestratorApiException e)
        {
            WriteQueued();
            WriteApiError(e, target);
        }
    }

    /// <summary>Writes a client's error; the next record goes on.</summary>
    private protected void WriteApiError(OrchestratorApiException exception, object? target = null) => WriteError(ErrorRecords.From(exception, target ?? CurrentTarget));

    /// <summary>Releases the cmdlet's resources.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !_closed)
        {
            _closed = true;
            _stop.Cancel();
            _stop.Dispose();
            _messages.Clear();
        }
    }

    private void Run(Action step, bool terminating)
    {
        try
        {
            step();
            WriteQueued();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (OrchestratorApiException e)
        {
            WriteQueued();
            if (terminating)
            {
                ThrowTerminatingError(ErrorRecords.From(e, CurrentTarget));
            }

            WriteApiError(e);
        }
    }

    private bool DebugIsOn()
    {
        if (MyInvocation.BoundParameters.TryGetValue("Debug", out var given))
        {
            return given is SwitchParameter { IsPresent: true };
        }

        // Set in a scope of its own, the preference is a text.
        return LanguagePrimitives.TryConvertTo(SessionState.PSVariable.GetValue("DebugPreference"), CultureInfo.InvariantCulture, out ActionPreference preference)
            && preference is not ActionPreference.SilentlyContinue and not ActionPreference.Ignore;
    }

    private sealed class Observer(OrchestratorCmdlet cmdlet, bool debug) : IRequestObserver
    {
        public bool WantsDebug => debug;

        public void Verbose(string line) => cmdlet.Post(() => cmdlet.WriteVerbose(line));

        public void Debug(string text) => cmdlet.Post(() => cmdlet.WriteDebug(text));

        public void Warning(string text) => cmdlet.Post(() => cmdlet.WriteWarning(text));
    }
}
