using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Vcd;

/// <summary>Waits until tasks have ended, all at once, and returns each as it ended. A task that did not end well is an error.</summary>
[Cmdlet(VerbsLifecycle.Wait, "VcdTask")]
[OutputType(typeof(VcdTask))]
public sealed class WaitVcdTaskCommand : VcdReadingCmdlet
{
    // Each asks its server every few seconds: more at once would be a burden, and what is not asked for yet goes on all the same.
    private const int AtOnce = 32;
    private static readonly TimeSpan ProgressPause = TimeSpan.FromMilliseconds(200);
    private WorkPool? _pool;
    private Board? _board;

    /// <summary>Tasks, media that are being imported, ids or addresses.</summary>
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
        _board ??= new Board(this);
        foreach (var argument in Task)
        {
            if (argument.Id is not { } id)
            {
                WriteVerbose("The media has no task: its import has ended.");
                continue;
            }

            Attempt(
                () =>
                {
                    foreach (var session in Sessions(argument.Source))
                    {
                        var place = _board.Add();
                        _pool.Add(token => WaitAsync(Client(session), id, place, token));
                    }
                },
                id);
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

    /// <summary>One bar over all tasks, with the first few that run below it.</summary>
    private sealed class Board(WaitVcdTaskCommand cmdlet)
    {
        private const int Children = 5;
        private readonly List<VcdTask?> _states = [];
        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private TimeSpan _shown = TimeSpan.MinValue;

        /// <summary>From the pipeline's thread.</summary>
        public int Add()
        {
            _states.Add(null);
            return _states.Count - 1;
        }

        /// <summary>From any thread.</summary>
        public void Seen(int place, VcdTask task) => cmdlet.Post(() => Show(place, task));

        public void Close()
        {
            for (var i = Math.Min(_states.Count, Children); i >= 0; i--)
            {
                cmdlet.WriteProgress(new ProgressRecord(100 + i, "Tasks", "done") { RecordType = ProgressRecordType.Completed });
            }
        }

        // A progress record takes no empty texts, and a server may give some.
        private static string Text(string? text, string otherwise) => string.IsNullOrWhiteSpace(text) ? otherwise : text;

        private void Show(int place, VcdTask task)
        {
            _states[place] = task;
            if (_shown != TimeSpan.MinValue && _watch.Elapsed - _shown < ProgressPause)
            {
                return;
            }

            _shown = _watch.Elapsed;
            var ended = _states.Count(s => s is { IsFinished: true });
            var percent = (int)_states.Average(s => s is null ? 0 : s.IsFinished ? 100 : Math.Clamp(s.Progress ?? 0, 0, 100));
            cmdlet.WriteProgress(new ProgressRecord(100, "Tasks", string.Create(CultureInfo.InvariantCulture, $"{ended} of {_states.Count} have ended")) { PercentComplete = percent });
            var child = 1;
            foreach (var state in _states.Where(s => s is { IsFinished: false }).Take(Children))
            {
                cmdlet.WriteProgress(new ProgressRecord(100 + child++, Text(state!.Operation, Text(state.OperationName, "Task")), Text(state.Status, "?")) { ParentActivityId = 100, PercentComplete = Math.Clamp(state.Progress ?? -1, -1, 100) });
            }

            for (; child <= Math.Min(_states.Count, Children); child++)
            {
                cmdlet.WriteProgress(new ProgressRecord(100 + child, "Tasks", "done") { ParentActivityId = 100, RecordType = ProgressRecordType.Completed });
            }
        }
    }
}
