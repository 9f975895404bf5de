using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Vcd;

/// <summary>Waits until tasks have ended, all at once, and returns each as it ended. A task that did not end well is an error.</summary>
[Cmdlet(VerbsLifecycle.Wait, "VcdTask")]
[OutputType(typeof(VcdTask))]
public sealed class WaitVcdTaskCommand : VcdShowingCmdlet
{
    // Each asks its server every few seconds: more at once would be a burden, and what is not asked for yet goes on all the same.
    private const int AtOnce = 32;
    private WorkPool? _pool;
    private VcdTaskBoard? _board;

    /// <summary>Tasks, objects that tasks are at work on, ids or addresses.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    public VcdTaskArgument[] Task { get; set; } = [];

    /// <summary>The longest wait for each task in whole seconds; default: without end. The task goes on at the server.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Timeout { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        _pool ??= new WorkPool(this, AtOnce);
        _board ??= new VcdTaskBoard(this, "Tasks");
        foreach (var argument in Task)
        {
            if (argument.Ids.Count == 0)
            {
                WriteVerbose($"'{argument}' has no task: nothing works on it, or its import has ended.");
            }

            foreach (var id in argument.Ids)
            {
                Attempt(
                    () =>
                    {
                        foreach (var session in Sessions(argument.Source ?? Organization?.Organization))
                        {
                            var client = ClientFor(session, argument.Source);
                            var place = _board.Add();
                            _pool.Add(token => WaitAsync(client, id, place, token));
                        }
                    },
                    id);
            }
        }
    }

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        _pool?.Finish();
        _board?.Close();
    }

    private async Task WaitAsync(VcdClient client, string id, int place, CancellationToken cancellationToken)
    {
        try
        {
            var task = await client.WaitTaskAsync(id, Timeout > 0 ? TimeSpan.FromSeconds(Timeout) : null, state => _board!.Seen(place, state), cancellationToken).ConfigureAwait(false);
            if (client.FailureOf(task) is { } failure)
            {
                Post(() => WriteApiError(failure, task));
            }
            else
            {
                Post(() => WriteObject(task));
            }
        }
        catch (OrchestratorApiException e)
        {
            Post(() => WriteApiError(e, id));
        }
    }
}
