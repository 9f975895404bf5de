using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Vcd;

/// <summary>
/// The base of the cmdlets that start tasks at the server. A cmdlet asks its question (ShouldProcess) and hands the change to <see cref="Start"/>. What comes out: without -Wait the task that was started
/// (where the server did it at once and made no task, the finished object); with -Wait the finished object, or, where nothing is left of it, the task as it ended. Several are started and followed at once.
/// </summary>
public abstract class VcdTaskCmdlet : VcdChangingCmdlet
{
    private const int MostTold = 5;
    private readonly object _gate = new();
    private readonly List<Work> _running = [];
    private WorkPool? _pool;
    private VcdTaskBoard? _board;
    private readonly VcdSiblings _siblings = new();
    private bool _yesToAll;
    private bool _noToAll;

    /// <summary>Follows what was started to its end and returns the finished object.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>The longest wait for each task with -Wait, in whole seconds; default: without end. The task goes on at the server.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Timeout { get; set; }

    /// <summary>How many are started (with -Wait: followed) at once; default 4.</summary>
    [Parameter]
    [ValidateRange(1, 32)]
    public int ThrottleLimit { get; set; } = 4;

    /// <summary>The longest wait that was asked for; null: without end.</summary>
    private protected TimeSpan? Longest => Timeout > 0 ? TimeSpan.FromSeconds(Timeout) : null;

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        Work[] left;
        lock (_gate)
        {
            left = [.. _running];
        }

        base.StopProcessing();
        foreach (var work in left.Take(MostTold))
        {
            Say(work.Describe());
        }

        if (left.Length > MostTold)
        {
            Say($"{left.Length - MostTold} more were under way; Get-VcdTask shows what goes on.");
        }
    }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (Timeout > 0 && !Wait)
        {
            ThrowBadParameter(nameof(Timeout), Timeout, "it is the longest wait of -Wait; without -Wait nothing is waited for.");
        }
    }

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        _pool?.Finish();
        _board?.Close();
    }

    /// <summary>Asks once more, as ShouldProcess does of a cmdlet of high impact, where it is a parameter that makes it one, which the attribute cannot say.</summary>
    /// <param name="target">What is changed.</param>
    /// <param name="action">What is done.</param>
    private protected bool AgreedTo(string target, string action)
        => MyInvocation.BoundParameters.ContainsKey("Confirm")
            || !LanguagePrimitives.TryConvertTo(SessionState.PSVariable.GetValue("ConfirmPreference"), CultureInfo.InvariantCulture, out ConfirmImpact preference)
            || preference is not ConfirmImpact.High
            || ShouldContinue($"{action}. {target}", "Confirm", ref _yesToAll, ref _noToAll);

    /// <summary>Sends a change to something of a vApp; where the server refuses it because of another change of this command to the same vApp, again when that has ended.</summary>
    /// <param name="client">Sends.</param>
    /// <param name="vapp">The address of the vApp; null where it is not known.</param>
    /// <param name="what">What is changed: "virtual machine 'x'".</param>
    /// <param name="send">Sends the change.</param>
    /// <param name="cancellationToken">Ends sending and waiting.</param>
    private protected Task<VcdChange> BesideOthersAsync(VcdClient client, string? vapp, string what, Func<Task<VcdChange>> send, CancellationToken cancellationToken)
        => _siblings.SendAsync(client, vapp, what, send, Longest, line => Post(() => WriteVerbose(line)), cancellationToken);

    /// <summary>Begins one change, after waiting for a place. From the pipeline's thread, after ShouldProcess.</summary>
    /// <param name="like">Where to, and for which organization.</param>
    /// <param name="what">What is done, to be read after a Ctrl+C: "Removing media 'x'".</param>
    /// <param name="target">The target of its errors.</param>
    /// <param name="send">Sends the change.</param>
    /// <param name="finished">Reads the finished object; null where nothing is left of it (a removal).</param>
    /// <param name="meanwhile">What is looked at while the task is followed; ended with it.</param>
    /// <param name="failed">Says more of a task that was followed and did not end well; null: its own error is enough.</param>
    private protected void Start(
        VcdClient like,
        string what,
        object? target,
        Func<VcdClient, CancellationToken, Task<VcdChange>> send,
        Func<VcdClient, VcdChange, CancellationToken, Task<object?>>? finished = null,
        Func<VcdClient, CancellationToken, Task>? meanwhile = null,
        Func<VcdClient, VcdChange, OrchestratorApiException, CancellationToken, Task<OrchestratorApiException>>? failed = null)
    {
        _pool ??= new WorkPool(this, ThrottleLimit);
        var place = 0;
        if (Wait)
        {
            _board ??= new VcdTaskBoard(this, "Tasks");
            place = _board.Add();
        }

        var work = new Work(what);
        var client = Client(like.Session, like.Tenant);
        client.Sending = work.Sending;
        client.FirstStep = state =>
        {
            work.Step(state);
            _board?.Seen(place, state);
        };
        _pool.Add(token => RunAsync(work, client, target, place, send, finished, meanwhile, failed, token));
    }

    private async Task RunAsync(
        Work work,
        VcdClient client,
        object? target,
        int place,
        Func<VcdClient, CancellationToken, Task<VcdChange>> send,
        Func<VcdClient, VcdChange, CancellationToken, Task<object?>>? finished,
        Func<VcdClient, CancellationToken, Task>? meanwhile,
        Func<VcdClient, VcdChange, OrchestratorApiException, CancellationToken, Task<OrchestratorApiException>>? failed,
        CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _running.Add(work);
        }

        try
        {
            var change = await send(client, cancellationToken).ConfigureAwait(false);
            work.Task = change.Task;
            if (change.Task is { } task && !Wait)
            {
                Post(() => WriteObject(task));
                return;
            }

            if (change.IsNothing && !Wait)
            {
                // Tasks are what comes out; there is none.
                return;
            }

            VcdTask? ended;
            using (var following = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
            {
                var looking = meanwhile is null || change.Task is not { IsFinished: false } ? Task.CompletedTask : meanwhile(client, following.Token);
                try
                {
                    ended = await client.FollowAsync(change.Task, Longest, state => _board?.Seen(place, state), cancellationToken).ConfigureAwait(false);
                }
                catch (OrchestratorApiException e) when (failed is not null)
                {
                    throw await failed(client, change, e, cancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    await following.CancelAsync().ConfigureAwait(false);
                    await looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }

            var result = finished is null ? ended : await finished(client, change with { Task = ended }, cancellationToken).ConfigureAwait(false);
            if (result is not null)
            {
                Post(() => WriteObject(result, enumerateCollection: true));
            }
        }
        catch (OrchestratorApiException e)
        {
            Post(() => WriteApiError(e, target));
        }
        finally
        {
            _board?.Ended(place);
            if (!cancellationToken.IsCancellationRequested)
            {
                lock (_gate)
                {
                    _running.Remove(work);
                }
            }
        }
    }

    private void Say(string line)
    {
        try
        {
            // The pipeline takes no more records; the host still shows a line.
            Host.UI.WriteWarningLine(line);
        }
        catch (Exception e) when (e is HostException or NotImplementedException or InvalidOperationException)
        {
            // A host without a screen is told nothing.
        }
    }

    /// <summary>One change that is under way.</summary>
    private sealed class Work(string what)
    {
        private VcdTask? _task;
        private VcdTask? _step;
        private volatile bool _sent;

        public VcdTask? Task
        {
            set => Volatile.Write(ref _task, value);
        }

        /// <summary>A task that has to end before the change itself is sent.</summary>
        public void Step(VcdTask task) => Volatile.Write(ref _step, task);

        public void Sending(bool sent)
        {
            _sent = sent;
            Volatile.Write(ref _step, null);
        }

        public string Describe() => (Volatile.Read(ref _task), Volatile.Read(ref _step), _sent) switch
        {
            (null, { } step, _) => $"{what} was stopped at its first step, which goes on at the server: Get-VcdTask {step.Id} shows it, Stop-VcdTask {step.Id} ends it. What was to come after it was not sent.",
            ({ } task, _, _) => $"{what} goes on at the server; nobody waits for it any more. Get-VcdTask {task.Id} shows it, Stop-VcdTask {task.Id} ends it.",
            (_, _, true) => $"{what} was stopped while the server had not answered yet: whether it was taken is unknown. Get-VcdTask shows what goes on.",
            _ => $"{what} was stopped before it was sent: nothing was changed.",
        };
    }
}
