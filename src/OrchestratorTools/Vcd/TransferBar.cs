using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Vcd;

/// <summary>
/// The progress bar of one transfer: percent, bytes, rate, time left; of a transfer of several files one over all of them, and below it one for each file that is under way. Five updates a second.
/// </summary>
/// <param name="cmdlet">Shows it.</param>
/// <param name="activity">What is done, as the bar's title.</param>
/// <param name="id">The bar's number; the files' bars have the five behind it.</param>
internal sealed class TransferBar(OrchestratorCmdlet cmdlet, string activity, int id = 200)
{
    private const int Children = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly object _gate = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Pace _pace = new();
    private readonly Dictionary<string, Child> _children = new(StringComparer.Ordinal);
    private TimeSpan _shown = TimeSpan.MinValue;
    private bool _isReceiving;

    /// <summary>From any thread, as often as one likes.</summary>
    public void Moved(VcdTransferProgress progress)
    {
        lock (_gate)
        {
            var now = _watch.Elapsed;
            _isReceiving |= progress.Phase is VcdTransferPhase.Receiving;
            if (progress.File is { } file && progress.AllTotal > progress.Total)
            {
                ShowFile(file, progress, now);
                progress = progress with { Done = progress.AllDone, Total = progress.AllTotal };
            }

            if (IsDue(_shown, now, progress.Phase))
            {
                _shown = now;
                _pace.Measure(progress, now);
                Post(Record(id, activity, progress, _pace));
            }
        }
    }

    /// <summary>The server works on what was sent.</summary>
    public void Importing(VcdTask task) => Working("The server imports it", task);

    /// <summary>The server works on what is to be received.</summary>
    public void Preparing(VcdTask task) => Working("The server prepares the download", task);

    /// <summary>Takes the bars away.</summary>
    public void Close()
    {
        lock (_gate)
        {
            foreach (var child in _children.Values)
            {
                Post(new ProgressRecord(child.Id, activity, "done") { ParentActivityId = id, RecordType = ProgressRecordType.Completed });
            }

            _children.Clear();
            Post(new ProgressRecord(id, activity, "done") { RecordType = ProgressRecordType.Completed });
        }
    }

    private static bool IsDue(TimeSpan shown, TimeSpan now, VcdTransferPhase phase) => shown == TimeSpan.MinValue || now - shown >= Pause || phase is VcdTransferPhase.Waiting;

    private static string Size(long bytes) => bytes switch
    {
        >= 1L << 30 => string.Create(CultureInfo.CurrentCulture, $"{bytes / (double)(1L << 30):0.00} GiB"),
        >= 1L << 20 => string.Create(CultureInfo.CurrentCulture, $"{bytes / (double)(1L << 20):0.0} MiB"),
        _ => string.Create(CultureInfo.CurrentCulture, $"{bytes / 1024.0:0} KiB"),
    };

    private void Working(string what, VcdTask task)
        => Post(new ProgressRecord(id, activity, $"{what}: {(task.Status.Length > 0 ? task.Status : "?")}") { PercentComplete = Math.Clamp(task.Progress ?? -1, -1, 100) });

    private void ShowFile(string file, VcdTransferProgress progress, TimeSpan now)
    {
        var isDone = progress.Done >= progress.Total && progress.Total > 0 && progress.Phase is VcdTransferPhase.Sending or VcdTransferPhase.Receiving;
        if (!_children.TryGetValue(file, out var child))
        {
            var free = Enumerable.Range(id + 1, Children).FirstOrDefault(n => _children.Values.All(c => c.Id != n));
            if (isDone || free == 0)
            {
                return;
            }

            child = _children[file] = new Child(free);
        }

        if (isDone)
        {
            _children.Remove(file);
            Post(new ProgressRecord(child.Id, file, "done") { ParentActivityId = id, RecordType = ProgressRecordType.Completed });
        }
        else if (IsDue(child.Shown, now, progress.Phase))
        {
            child.Shown = now;
            child.Pace.Measure(progress, now);
            var record = Record(child.Id, file, progress, child.Pace);
            record.ParentActivityId = id;
            Post(record);
        }
    }

    private ProgressRecord Record(int number, string title, VcdTransferProgress progress, Pace pace)
    {
        var record = new ProgressRecord(number, title, Describe(progress, pace)) { PercentComplete = progress.Total > 0 ? (int)Math.Clamp(progress.Done * 100.0 / progress.Total, 0, 100) : -1 };
        if (progress.Phase is VcdTransferPhase.Sending or VcdTransferPhase.Receiving && pace.Rate > 0 && progress.Total > 0)
        {
            record.SecondsRemaining = (int)Math.Min(int.MaxValue, (progress.Total - progress.Done) / pace.Rate);
        }

        return record;
    }

    private string Describe(VcdTransferProgress progress, Pace pace)
    {
        var bytes = progress.Total > 0 ? $"{Size(progress.Done)} of {Size(progress.Total)}" : Size(progress.Done);
        return progress.Phase switch
        {
            VcdTransferPhase.Verifying => $"Comparing what was {(_isReceiving ? "received" : "sent")} before: {bytes}",
            VcdTransferPhase.Waiting => $"Interrupted at {bytes}; {(_isReceiving ? "going on in a moment" : "asking the server how much it has")}",
            _ => $"{bytes}{(pace.Rate > 0 ? $", {Size((long)pace.Rate)}/s" : string.Empty)}",
        };
    }

    private void Post(ProgressRecord record) => cmdlet.Post(() => cmdlet.WriteProgress(record));

    private sealed class Child(int id)
    {
        public int Id { get; } = id;

        public Pace Pace { get; } = new();

        public TimeSpan Shown { get; set; } = TimeSpan.MinValue;
    }

    /// <summary>How fast bytes move. The last few seconds count most: a line that has become slow shows.</summary>
    private sealed class Pace
    {
        private TimeSpan _measured;
        private long _counted = -1;

        public double Rate { get; private set; }

        public void Measure(VcdTransferProgress progress, TimeSpan now)
        {
            var moves = progress.Phase is VcdTransferPhase.Sending or VcdTransferPhase.Receiving;
            if (!moves || _counted < 0 || progress.Done < _counted)
            {
                _counted = moves ? progress.Done : -1;
                _measured = now;
                return;
            }

            var seconds = (now - _measured).TotalSeconds;
            if (seconds > 0)
            {
                var latest = (progress.Done - _counted) / seconds;
                Rate = Rate == 0 ? latest : (Rate * 0.9) + (latest * 0.1);
                _counted = progress.Done;
                _measured = now;
            }
        }
    }
}
