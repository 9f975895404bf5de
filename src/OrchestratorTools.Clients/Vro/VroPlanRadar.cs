using System.Globalization;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vro;

/// <summary>
/// Looks at many plans for many waits of one connection, at two requests a second at the most: a list of the plans each round, runtime details for those that may have ended and, in
/// turn, for the others. Few plans are looked at one by one, as a single wait does it.
/// </summary>
internal sealed class VroPlanRadar
{
    /// <summary>Up to so many waits each look for themselves.</summary>
    public const int Few = 8;

    private const int RequestsInARound = 10;
    private const int KeptForFailures = 4;
    private const int LargestPage = 500;
    private const int IdsInAFilter = 25;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WarnAgain = TimeSpan.FromMinutes(1);

    private readonly object _gate = new();
    private readonly Dictionary<string, Blip> _blips = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _waitsOfPlan = new(StringComparer.OrdinalIgnoreCase);
    private readonly VroClient _client;
    private readonly IRequestObserver _observer;
    private readonly TimeProvider _time;
    private int _waits;
    private int _reserve;
    private long _total;
    private int _page = LargestPage;
    private bool _refusesIds;
    private bool _runs;
    private DateTimeOffset _warnedAt = DateTimeOffset.MinValue;

    /// <summary>A radar that asks through a client.</summary>
    public VroPlanRadar(VroClient client, IRequestObserver observer)
    {
        _client = client;
        _observer = observer;
        _time = client.Session.Settings.Time;
    }

    /// <summary>True where the waits are too many to look each for itself.</summary>
    public bool IsShared
    {
        get
        {
            lock (_gate)
            {
                return _waits > Few;
            }
        }
    }

    /// <summary>True where every wait has asked for the next round: nothing is on its way to any of them.</summary>
    internal bool IsAwaited
    {
        get
        {
            lock (_gate)
            {
                return _waits <= Few || _blips.Values.Count(b => b.IsWanted) == _waits;
            }
        }
    }

    /// <summary>A wait begins.</summary>
    public void Join(string planId)
    {
        lock (_gate)
        {
            _waits++;
            _waitsOfPlan[planId] = _waitsOfPlan.GetValueOrDefault(planId) + 1;
        }
    }

    /// <summary>A wait has ended.</summary>
    public void Leave(string planId)
    {
        lock (_gate)
        {
            _waits--;

            // Another wait for the same plan may still be told of it.
            if (--_waitsOfPlan[planId] == 0)
            {
                _waitsOfPlan.Remove(planId);
                _blips.Remove(planId);
            }
        }
    }

    /// <summary>What a plan does: at once where the waits are few, with the next round where they are many.</summary>
    public Task<VroPlanRuntime> LookAsync(string planId, CancellationToken cancellationToken)
    {
        Task<VroPlanRuntime> next;
        lock (_gate)
        {
            if (_waits <= Few)
            {
                return _client.GetRuntimeAsync(planId, cancellationToken);
            }

            if (!_blips.TryGetValue(planId, out var blip))
            {
                _blips[planId] = blip = new Blip(planId);
            }

            next = blip.NextAsync();
            if (!_runs)
            {
                _runs = true;
                _ = Task.Run(RunAsync, CancellationToken.None);
            }
        }

        return next.WaitAsync(cancellationToken);
    }

    /// <summary>Takes a number of requests out of what is left of this round; false where that is too little.</summary>
    public bool TryReserve(int requests)
    {
        lock (_gate)
        {
            if (_waits <= Few)
            {
                return true;
            }

            if (_reserve < requests)
            {
                return false;
            }

            _reserve -= requests;
            return true;
        }
    }

    /// <summary>Warns of the server, once for all waits.</summary>
    public void Warn(string text)
    {
        lock (_gate)
        {
            var now = _time.GetSteadyNow();
            if (_waits > Few && now - _warnedAt < WarnAgain)
            {
                return;
            }

            _warnedAt = now;
        }

        _observer.Warning(text);
    }

    private async Task RunAsync()
    {
        while (true)
        {
            var began = _time.GetSteadyNow();
            Blip[] wanted;
            lock (_gate)
            {
                // All of them, also one that has not asked again yet: how long it was stable is counted by rounds.
                wanted = [.. _blips.Values];
                if (!Array.Exists(wanted, b => b.IsWanted))
                {
                    _runs = false;
                    return;
                }
            }

            var spent = await LookAroundAsync(wanted).ConfigureAwait(false);
            lock (_gate)
            {
                _reserve = Math.Max(0, RequestsInARound - spent);
            }

            // The round lasts as long as its requests are worth.
            var length = TimeSpan.FromSeconds(spent / 2.0);
            var rest = began + (length > Round ? length : Round) - _time.GetSteadyNow();
            if (rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, _time, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    // Returns how many requests it took.
    private async Task<int> LookAroundAsync(Blip[] wanted)
    {
        var spent = 0;
        try
        {
            spent = await ListAsync(wanted).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e)
        {
            foreach (var blip in wanted)
            {
                blip.Fail(e);
            }

            return spent + 1;
        }

        var budget = Math.Max(1, RequestsInARound - KeptForFailures - spent);
        var closer = wanted.Where(b => b.IsWanted).OrderByDescending(b => b.Urgency).ThenBy(b => b.DetailsAt).Take(budget).ToHashSet();
        foreach (var blip in closer)
        {
            spent++;
            blip.DetailsAt = _time.GetSteadyNow();
            try
            {
                var details = await _client.FindRuntimeAsync(blip.PlanId, CancellationToken.None).ConfigureAwait(false);
                if (details is null && blip.Listed is null)
                {
                    spent++;
                    details = VroPlanRuntime.From(await _client.GetPlanAsync(blip.PlanId, CancellationToken.None).ConfigureAwait(false));
                }

                blip.Show(details ?? blip.Listed!);
            }
            catch (OrchestratorApiException e)
            {
                blip.Fail(e);
            }
        }

        foreach (var blip in wanted.Where(b => !closer.Contains(b) && b.IsSure))
        {
            blip.Show(blip.Listed!);
        }

        return spent;
    }

    private async Task<int> ListAsync(Blip[] wanted)
    {
        var byIds = (wanted.Length + IdsInAFilter - 1) / IdsInAFilter;
        var whole = (int)((_total + _page - 1) / _page);
        var spent = 0;
        var found = new Dictionary<string, VroPlan>(StringComparer.OrdinalIgnoreCase);
        if (_refusesIds || whole <= byIds)
        {
            spent = await ReadAsync(null, found).ConfigureAwait(false);
        }
        else
        {
            foreach (var chunk in wanted.Chunk(IdsInAFilter))
            {
                try
                {
                    spent += await ReadAsync(chunk, found).ConfigureAwait(false);
                }
                catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.Validation)
                {
                    // From the next round on the whole list is read.
                    _refusesIds = true;
                    spent++;
                    break;
                }
            }
        }

        foreach (var blip in wanted)
        {
            blip.List(found.TryGetValue(blip.PlanId, out var plan) ? VroPlanRuntime.From(plan) : null);
        }

        return spent;
    }

    private async Task<int> ReadAsync(Blip[]? only, Dictionary<string, VroPlan> found)
    {
        var (start, spent) = (0, 0);
        while (true)
        {
            VroPlanPage page;
            try
            {
                spent++;
                page = await _client.ReadPlanPageAsync(only?.Select(b => b.PlanId).ToArray(), start, _page, CancellationToken.None).ConfigureAwait(false);
            }
            catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.Validation && only is null && _page == LargestPage)
            {
                // A server that gives out no pages of that size.
                _page = VroClient.PageSize;
                continue;
            }

            foreach (var plan in page.Plans)
            {
                found[plan.Id] = plan;
            }

            if (only is null)
            {
                _total = page.Total;
                if (start == 0 && page.Plans.Count > 0 && page.Plans.Count < page.Total)
                {
                    _page = Math.Min(_page, page.Plans.Count);
                }

                // Where the list turns out to be longer than it is worth, the rest is asked for by ids from the next round on.
                if (!_refusesIds && page.Total / Math.Max(1, page.Plans.Count) > RequestsInARound)
                {
                    return spent;
                }
            }

            start += page.Plans.Count;
            if (page.Plans.Count == 0 || start >= page.Total)
            {
                return spent;
            }
        }
    }

    /// <summary>A plan that is waited for.</summary>
    private sealed class Blip(string planId)
    {
        private readonly object _gate = new();
        private TaskCompletionSource<VroPlanRuntime>? _next;
        private VroPlanSnapshot? _listedBefore;
        private int _stableRounds;
        private bool _hasChanged = true;

        public string PlanId { get; } = planId;

        /// <summary>What the list said last; null where it is not in it.</summary>
        public VroPlanRuntime? Listed { get; private set; }

        public DateTimeOffset DetailsAt { get; set; } = DateTimeOffset.MinValue;

        public bool IsWanted
        {
            get
            {
                lock (_gate)
                {
                    return _next is not null;
                }
            }
        }

        /// <summary>How soon the details are wanted: it may have ended; it has changed; all others in turn.</summary>
        public int Urgency => Listed is null ? 2 : Listed.IsStable is not false && _hasChanged ? 3 : _hasChanged ? 2 : Listed.IsStable is not false ? 1 : 0;

        /// <summary>True where the list alone tells enough: it runs, or it was stable, and the same, in two rounds.</summary>
        public bool IsSure => Listed is { IsStable: false } || (Listed is { IsStable: true } && _stableRounds >= 2);

        public Task<VroPlanRuntime> NextAsync()
        {
            lock (_gate)
            {
                // Whoever waits must not go on within the round that tells him.
                _next ??= new TaskCompletionSource<VroPlanRuntime>(TaskCreationOptions.RunContinuationsAsynchronously);
                return _next.Task;
            }
        }

        public void List(VroPlanRuntime? runtime)
        {
            Listed = runtime;
            var now = runtime is null ? null : VroPlanSnapshot.Of(runtime);
            _hasChanged = now != _listedBefore;
            _stableRounds = runtime?.IsStable is not true ? 0 : _hasChanged ? 1 : _stableRounds + 1;
            _listedBefore = now;
        }

        public void Show(VroPlanRuntime runtime) => Take()?.TrySetResult(runtime);

        public void Fail(OrchestratorApiException e)
        {
            if (Take() is not { } next)
            {
                return;
            }

            next.TrySetException(e);
            _ = next.Task.Exception;
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PlanId}, urgency {Urgency}");

        private TaskCompletionSource<VroPlanRuntime>? Take()
        {
            lock (_gate)
            {
                var next = _next;
                _next = null;
                return next;
            }
        }
    }
}

/// <summary>A page of the list of plans.</summary>
/// <param name="Plans">The plans.</param>
/// <param name="Total">How many there are in all.</param>
internal sealed record VroPlanPage(IReadOnlyList<VroPlan> Plans, long Total);
