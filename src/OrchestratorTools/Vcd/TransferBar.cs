using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Vcd;

/// <summary>The progress bar of one transfer: percent, bytes, rate, time left; five updates a second.</summary>
internal sealed class TransferBar(OrchestratorCmdlet cmdlet, string activity)
{
    private const int Id = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly object _gate = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _shown = TimeSpan.MinValue;
    private TimeSpan _measured;
    private long _counted = -1;
    private double _rate;

    public void Moved(VcdTransferProgress progress)
    {
        lock (_gate)
        {
            var now = _watch.Elapsed;
            if (_shown != TimeSpan.MinValue && now - _shown < Pause && progress.Phase is not VcdTransferPhase.Waiting)
            {
                return;
            }

            _shown = now;
            Measure(progress, now);
            var record = new ProgressRecord(Id, activity, Describe(progress)) { PercentComplete = progress.Total > 0 ? (int)Math.Clamp(progress.Done * 100 / progress.Total, 0, 100) : 0 };
            if (progress.Phase is VcdTransferPhase.Sending && _rate > 0)
            {
                record.SecondsRemaining = (int)Math.Min(int.MaxValue, (progress.Total - progress.Done) / _rate);
            }

            cmdlet.Post(() => cmdlet.WriteProgress(record));
        }
    }

    public void Importing(VcdTask task)
        => cmdlet.Post(() => cmdlet.WriteProgress(new ProgressRecord(Id, activity, $"The server imports the file: {task.Status}") { PercentComplete = Math.Clamp(task.Progress ?? -1, -1, 100) }));

    public void Close() => cmdlet.Post(() => cmdlet.WriteProgress(new ProgressRecord(Id, activity, "done") { RecordType = ProgressRecordType.Completed }));

    private void Measure(VcdTransferProgress progress, TimeSpan now)
    {
        if (progress.Phase is not VcdTransferPhase.Sending || _counted < 0 || progress.Done < _counted)
        {
            _counted = progress.Phase is VcdTransferPhase.Sending ? progress.Done : -1;
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
        VcdTransferPhase.Verifying => $"Comparing what was sent before: {Size(progress.Done)} of {Size(progress.Total)}",
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
