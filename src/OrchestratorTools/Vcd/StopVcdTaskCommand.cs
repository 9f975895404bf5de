using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Cancels tasks. A task that cannot be cancelled, or has ended, is an error.</summary>
[Cmdlet(VerbsLifecycle.Stop, "VcdTask", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask))]
public sealed class StopVcdTaskCommand : VcdChangingCmdlet
{
    private readonly List<(VcdClient Client, VcdTask Task)> _cancelled = [];

    /// <summary>Tasks, objects whose running tasks are meant, ids or addresses.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    public VcdTaskArgument[] Task { get; set; } = [];

    /// <summary>Stays until the tasks have ended, and returns them as they ended. One that ended otherwise than cancelled is an error.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>The longest wait for each task with -Wait, in whole seconds; default: without end.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Timeout { get; set; }

    /// <summary>Returns the tasks as they are after the server was told.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

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
    private protected override void OnRecord()
    {
        foreach (var argument in Task)
        {
            Attempt(() => Stop(argument), argument.ToString());
        }
    }

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        foreach (var (client, task) in _cancelled)
        {
            Attempt(
                () =>
                {
                    var ended = Await(token => client.WaitTaskAsync(task.Href, Timeout > 0 ? TimeSpan.FromSeconds(Timeout) : null, null, token));
                    if (ended.Status is "canceled" or "cancelled" or "aborted")
                    {
                        WriteObject(ended);
                        return;
                    }

                    throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.WrongState, $"Task '{ended.OperationName}' ({ended.Id}) was to be cancelled, but ended as '{ended.Status}'.") { RecommendedAction = ended.IsFailed ? "Get-VcdTask shows why it failed." : "What it did is done; undo it where that is wanted." };
                },
                task);
        }
    }

    private void Stop(VcdTaskArgument argument)
    {
        var session = SessionOf(argument.Source);
        var client = ClientFor(session, argument.Source);
        foreach (var (id, shown) in argument.Owner is { } owner ? RunningOf(client, owner) : argument.Ids.Select(i => (i, Describe(argument, i))))
        {
            if (!ShouldProcess($"task {shown} at {session.Server.Authority}", "Cancel"))
            {
                continue;
            }

            Attempt(
                () =>
                {
                    var cancelled = Await(token => client.CancelTaskAsync(id, token));
                    if (Wait)
                    {
                        _cancelled.Add((client, cancelled));
                    }
                    else if (PassThru)
                    {
                        WriteObject(cancelled);
                    }
                },
                id);
        }
    }

    // What runs now, not what ran when the object was read.
    private (string Id, string Shown)[] RunningOf(VcdClient client, VcdObject owner)
    {
        var tasks = Await(token => client.GetEntityAsync(owner.Href.Length > 0 ? owner.Href : owner.Id, null, token)).Tasks.Where(t => !t.IsFinished).ToArray();
        return tasks.Length > 0
            ? tasks.Select(t => (t.Href, Describe(t))).ToArray()
            : throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.WrongState, $"No task is at work on '{owner.Name}': there is nothing to cancel.");
    }

    private static string Describe(VcdTaskArgument argument, string id)
        => (argument.Source is PSObject wrapped ? wrapped.BaseObject : argument.Source) is VcdTask task ? Describe(task) : id;

    private static string Describe(VcdTask task) => $"'{task.OperationName}' on '{task.ObjectName}' ({task.Id})";
}
