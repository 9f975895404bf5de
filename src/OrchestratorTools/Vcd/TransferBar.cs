using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Vcd;

/// <summary>
/// The progress bar of a transfer: percent, bytes, rate, time left; five updates a second. A transfer of several files has one bar over all of them, and the first few that move below it.
/// </summary>
internal sealed class TransferBar(OrchestratorCmdlet cmdlet, string activity)
{
    private const int Id = 200;
    private const int Children = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly object _gate = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Line _all = new();
    private readonly Dictionary<string, Line> _files = new(StringComparer.Ordinal);
    private readonly string?[] _places = new string?[Children];
    private TimeSpan _shown = TimeSpan.MinValue;

    /// <summary>Takes in how far the transfer is. From any thread.</summary>
    public void Moved(VcdTransferProgress progress)
    {
        lock (_gate)
        {
            var now = _watch.Elapsed;
            var isDue = _shown == TimeSpan.MinValue || now - _shown >= Pause || progress.Phase is VcdTransferPhase.Waiting;
            if (progress.File is not { } file)
            {
                if (isDue)
                {
                    _shown = now;
                    Show(_all.Record(Id, activity, progress, now));
                }

                return;
            }

            // What each file has reached counts, whoever is the one to be shown.
            if (!_files.TryGetValue(file, out var line))
            {
                _files[file] = line = new Line();
            }

            line.Latest = progress;
            if (!isDue)
            {
                return;
            }

            _shown = now;
            var whole = new VcdTransferProgress(Moves(progress.Phase) ? progress.Phase : Phase(), progress.AllDone, progress.AllTotal);
            Show(_all.Record(Id, activity, whole, now));
            ShowFiles(now);
        }
    }

    /// <summary>Shows the import at the server. From any thread.</summary>
    public void Importing(VcdTask task)
    {
        lock (_gate)
        {
            CloseFiles();
            Show(new ProgressRecord(Id, activity, $"The server imports the file: {task.Status}") { PercentComplete = Math.Clamp(task.Progress ?? -1, -1, 100) });
        }
    }

    /// <summary>Takes the bars away. From any thread.</summary>
    public void Close()
    {
        lock (_gate)
        {
            CloseFiles();
            Show(new ProgressRecord(Id, activity, "done") { RecordType = ProgressRecordType.Completed });
        }
    }

    // While nothing is sent at all, what the files do is what the whole does.
    private VcdTransferPhase Phase()
    {
        var moving = _files.Values.Where(l => l.IsMoving).Select(l => l.Latest.Phase).ToArray();
        return moving.Length == 0 ? VcdTransferPhase.Sending : moving.Cast<VcdTransferPhase?>().FirstOrDefault(p => Moves(p!.Value)) ?? moving[0];
    }

    private static bool Moves(VcdTransferPhase phase) => phase is VcdTransferPhase.Sending or VcdTransferPhase.Receiving;

    private void ShowFiles(TimeSpan now)
    {
        // Who has ended gives the place to the next one.
        for (var i = 0; i < Children; i++)
        {
            if (_places[i] is { } shown && !_files[shown].IsMoving)
            {
                Show(Ended(i, shown));
                _places[i] = null;
            }
        }

        foreach (var (file, line) in _files.Where(f => f.Value.IsMoving))
        {
            var place = Array.IndexOf(_places, file);
            if (place < 0 && (place = Array.IndexOf(_places, null)) < 0)
            {
                continue;
            }

            _places[place] = file;
            var record = line.Record(Id + 1 + place, file, line.Latest, now);
            record.ParentActivityId = Id;
            Show(record);
        }
    }

    private void CloseFiles()
    {
        for (var i = 0; i < Children; i++)
        {
            if (_places[i] is { } shown)
            {
                Show(Ended(i, shown));
                _places[i] = null;
            }
        }
    }

    private static ProgressRecord Ended(int place, string file) => new(Id + 1 + place, file, "done") { ParentActivityId = Id, RecordType = ProgressRecordType.Completed };

    private void Show(ProgressRecord record) => cmdlet.Post(() => cmdlet.WriteProgress(record));

    /// <summary>One bar: what it shows, and how fast it moves.</summary>
    private sealed class Line
    {
        private TimeSpan _measured;
        private long _counted = -1;
        private double _rate;

        public VcdTransferProgress Latest { get; set; }

        public bool IsMoving => Latest.Done < Latest.Total || Latest.Phase is VcdTransferPhase.Verifying;

        public ProgressRecord Record(int id, string activity, VcdTransferProgress progress, TimeSpan now)
        {
            Measure(progress, now);
            var record = new ProgressRecord(id, activity, Describe(progress)) { PercentComplete = progress.Total > 0 ? (int)Math.Clamp(progress.Done * 100 / progress.Total, 0, 100) : 0 };
            if (Moves(progress.Phase) && _rate > 0)
            {
                record.SecondsRemaining = (int)Math.Min(int.MaxValue, (progress.Total - progress.Done) / _rate);
            }

            return record;
        }

        private void Measure(VcdTransferProgress progress, TimeSpan now)
        {
            if (!Moves(progress.Phase) || _counted < 0 || progress.Done < _counted)
            {
                _counted = Moves(progress.Phase) ? progress.Done : -1;
                _measured = now;
                return;
            }

            var seconds = (now - _measured).TotalSeconds;
            if (seconds > 0)
            {
                // The last few seconds count most: a line that has become slow shows.
                var latest = (progress.Done - _counted) / seconds;
                _rate = _rate == 0 ? latest : (_rate * 0.9) + (latest * 0.1);
                _counted = progress.Done;
                _measured = now;
            }
        }

        private string Describe(VcdTransferProgress progress) => progress.Phase switch
        {
            VcdTransferPhase.Verifying => $"Comparing what was transferred before: {Size(progress.Done)} of {Size(progress.Total)}",
            VcdTransferPhase.Waiting => $"Interrupted at {Size(progress.Done)} of {Size(progress.Total)}; asking the server how much it has",
            _ => $"{Size(progress.Done)} of {Size(progress.Total)}{(_rate > 0 ? $", {Size((long)_rate)}/s" : string.Empty)}",
        };

        private static string Size(long bytes) => bytes switch
        {
            >= 1L << 30 => string.Create(CultureInfo.CurrentCulture, $"{bytes / (double)(1L << 30):0.00} GiB"),
            >= 1L << 20 => string.Create(CultureInfo.CurrentCulture, $"{bytes / (double)(1L << 20):0.0} MiB"),
            _ => string.Create(CultureInfo.CurrentCulture, $"{bytes / 1024.0:0} KiB"),
        };
    }
}
