namespace OrchestratorTools.Tests.Vro.Random;

/// <summary>
/// A clock that moves when somebody waits: a short wait (a pause, a retry) takes the simulator's clock along and ends at once, a long one (a timeout) is held until the clock has come
/// there. What the clock on the wall says can be set forward and back meanwhile, as administrators and time servers do.
/// </summary>
internal sealed class DrivenTime(DateTimeOffset start) : TimeProvider
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(31);
    private readonly object _gate = new();
    private readonly List<DrivenTimer> _held = [];
    private long _ticks = start.UtcTicks;
    private TimeSpan _wallIsAhead;

    /// <summary>Takes everything else along: told how long the wait is, returns how long it took.</summary>
    public Func<TimeSpan, Task<TimeSpan>> OnWait { get; set; } = Task.FromResult;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return new DateTimeOffset(_ticks, TimeSpan.Zero) + _wallIsAhead;
        }
    }

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            // No two moments are the same: what is done takes its time too.
            return _ticks += TimeSpan.TicksPerMillisecond / 10;
        }
    }

    /// <summary>Sets the clock on the wall.</summary>
    public void Set(TimeSpan by)
    {
        lock (_gate)
        {
            _wallIsAhead += by;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new DrivenTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private async Task WaitAsync(DrivenTimer timer, TimeSpan due)
    {
        var took = await OnWait(due);
        DrivenTimer[] fired;
        lock (_gate)
        {
            _ticks += took.Ticks;
            fired = [.. _held.Where(t => t.Due <= _ticks).OrderBy(t => t.Due)];
            _held.RemoveAll(fired.Contains);
        }

        foreach (var held in fired)
        {
            held.Fire();
        }

        timer.Fire();
    }

    private sealed class DrivenTimer(DrivenTime owner, TimerCallback callback, object? state) : ITimer
    {
        private bool _isDisposed;

        public long Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime != Timeout.InfiniteTimeSpan && dueTime <= Short)
            {
                _ = Task.Run(() => owner.WaitAsync(this, dueTime));
                return true;
            }

            lock (owner._gate)
            {
                owner._held.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = owner._ticks + dueTime.Ticks;
                    owner._held.Add(this);
                }
            }

            return true;
        }

        public void Fire()
        {
            lock (owner._gate)
            {
                if (_isDisposed)
                {
                    return;
                }
            }

            callback(state);
        }

        public void Dispose()
        {
            lock (owner._gate)
            {
                _isDisposed = true;
                owner._held.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
