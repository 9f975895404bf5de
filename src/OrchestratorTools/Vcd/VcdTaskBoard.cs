using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Vcd;

/// <summary>The progress of tasks that are followed: one bar over all, with the first few that run below it; five updates a second.</summary>
internal sealed class VcdTaskBoard(OrchestratorCmdlet cmdlet, string activity)
{
    private const int Id = 100;
    private const int Children = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly List<VcdTask?> _states = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _shown = TimeSpan.MinValue;
    private bool _visible;

    /// <summary>A place for one more task. From the pipeline's thread.</summary>
    public int Add()
    {
        _states.Add(null);
        return _states.Count - 1;
    }

    /// <summary>A state that was read. From any thread.</summary>
    public void Seen(int place, VcdTask task) => cmdlet.Post(() => Show(place, task));

    /// <summary>A place whose work ended without a task. From any thread.</summary>
    public void Ended(int place) => cmdlet.Post(() => _states[place] ??= VcdTask.Done);

    /// <summary>Takes the bars away. From the pipeline's thread.</summary>
    public void Close()
    {
        if (!_visible)
        {
            return;
        }

        for (var i = Math.Min(_states.Count, Children); i >= 0; i--)
        {
            cmdlet.WriteProgress(new ProgressRecord(Id + i, activity, "done") { RecordType = ProgressRecordType.Completed });
        }

        _visible = false;
    }

    // A progress record takes no empty texts, and a server may give some.
    private static string Text(string? text, string otherwise) => string.IsNullOrWhiteSpace(text) ? otherwise : text;

    private void Show(int place, VcdTask task)
    {
        _states[place] = task;
        if (_shown != TimeSpan.MinValue && _watch.Elapsed - _shown < Pause)
        {
            return;
        }

        _shown = _watch.Elapsed;
        _visible = true;
        var ended = _states.Count(s => s is { IsFinished: true });
        var percent = (int)_states.Average(s => s is null ? 0 : s.IsFinished ? 100 : Math.Clamp(s.Progress ?? 0, 0, 100));
        cmdlet.WriteProgress(new ProgressRecord(Id, activity, string.Create(CultureInfo.InvariantCulture, $"{ended} of {_states.Count} have ended")) { PercentComplete = percent });
        var child = 1;
        foreach (var state in _states.Where(s => s is { IsFinished: false }).Take(Children))
        {
            cmdlet.WriteProgress(new ProgressRecord(Id + child++, Text(state!.Operation, Text(state.OperationName, "Task")), Text(state.Status, "?")) { ParentActivityId = Id, PercentComplete = Math.Clamp(state.Progress ?? -1, -1, 100) });
        }

        for (; child <= Math.Min(_states.Count, Children); child++)
        {
            cmdlet.WriteProgress(new ProgressRecord(Id + child, activity, "done") { ParentActivityId = Id, RecordType = ProgressRecordType.Completed });
        }
    }
}
