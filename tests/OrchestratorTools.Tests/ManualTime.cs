namespace OrchestratorTools.Tests;

/// <summary>A clock that moves only when it is told to, or, with <see cref="AutoAdvance"/>, that jumps to the end of every wait at once: tests sleep for nothing.</summary>
public sealed class ManualTime : TimeProvider
{
    private readonly object _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>Waits shorter than this end at once and move the clock by their length; longer ones (timeouts) wait.</summary>
    public TimeSpan AutoAdvance { get; init; } = TimeSpan.Zero;

    /// <summary>The waits that were asked for.</summary>
    public IList<TimeSpan> Waits { get; } = new List<TimeSpan>();

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan by)
    {
        ManualTimer[] due;
        lock (_gate)
        {
            _now += by;
            due = _timers.Where(t => t.Due <= _now).ToArray();
        }

        foreach (var timer in due)
        {
            timer.Fire();
        }
    }

    /// <summary>Moves the clock to the earliest end of a wait; false where nothing waits.</summary>
    public bool AdvanceToNext()
    {
        TimeSpan by;
        lock (_gate)
        {
            if (_timers.Count == 0)
            {
                return false;
            }

            by = _timers.Min(t => t.Due) - _now;
        }

        Advance(by > TimeSpan.Zero ? by : TimeSpan.Zero);
        return true;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class ManualTimer(ManualTime owner, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; private set; } = DateTimeOffset.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var now = false;
            lock (owner._gate)
            {
                owner._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                {
                    Due = DateTimeOffset.MaxValue;
                    return true;
                }

                Due = owner._now + dueTime;
                owner._timers.Add(this);
                owner.Waits.Add(dueTime);
                if (dueTime <= owner.AutoAdvance)
                {
                    owner._now = Due > owner._now ? Due : owner._now;
                    now = true;
                }
            }

            if (now)
            {
                ThreadPool.QueueUserWorkItem(_ => Fire());
            }

            return true;
        }

        public void Fire()
        {
            lock (owner._gate)
            {
                if (!owner._timers.Remove(this))
                {
                    return;
                }

                Due = DateTimeOffset.MaxValue;
            }

            callback(state);
        }

        public void Dispose()
        {
            lock (owner._gate)
            {
                owner._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
