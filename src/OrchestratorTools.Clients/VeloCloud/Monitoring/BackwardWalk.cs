using System.Globalization;
using System.Runtime.CompilerServices;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>
/// Walks a log back through time that has no links from page to page (facts/velocloud.md, "Paging v1": newest first, <c>metaData.more</c>, no link): the next page ends at the instant
/// at which the last one broke off. That instant is asked for again and put together by the items' ids, so that nothing is missed and nothing comes twice, whether or not the server
/// counts the end of an interval in. An instant is handed on only when all of it is there. Holds one page, one that comes, and one instant.
/// </summary>
/// <param name="ask">Asks for the newest items of an interval: first and last millisecond since 1970, and how many at most.</param>
/// <param name="timeOf">An item's time.</param>
/// <param name="keyOf">What an item is known again by.</param>
/// <param name="fault">Makes the error of a kind, with its text and advice.</param>
internal sealed class BackwardWalk<T>(
    Func<long, long, int, CancellationToken, Task<TimePage<T>>> ask,
    Func<T, DateTimeOffset?> timeOf,
    Func<T, string> keyOf,
    Func<OrchestratorErrorKind, string, string, OrchestratorApiException> fault)
{
    private const long Second = 1000;

    // How far behind an instant an interval must end to hold it: nothing where the server counts the end in, a millisecond where it does not, else up to the next second.
    private static readonly Func<long, long>[] Ends = [static i => i, static i => i + 1, static i => ((i / Second) + 1) * Second];
    private int _reach;

    /// <summary>What is walked, for errors: "events".</summary>
    public required string What { get; init; }

    /// <summary>How many items a page holds at most.</summary>
    public required int PageSize { get; init; }

    /// <summary>No more than these; null: all.</summary>
    public long? First { get; init; }

    /// <summary>Whether the next page may be asked for while this one is still read; asked each time. Null: always.</summary>
    public Func<bool>? MayAskAhead { get; init; }

    /// <summary>Gives all of one instant (first and last millisecond), where a page does not hold it; null where there is no such way.</summary>
    public Func<long, long, CancellationToken, IAsyncEnumerable<T>>? Whole { get; init; }

    /// <summary>The items of an interval, both ends included, newest first.</summary>
    public async IAsyncEnumerable<T> WalkAsync(long start, long end, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<TimePage<T>>? ahead = null;
        long left = First ?? long.MaxValue;
        if (left <= 0)
        {
            yield break;
        }

        try
        {
            // All that is newer than this has been handed on; of this very instant the held items are known, and maybe more come.
            var boundary = end;
            List<T>? held = null;
            var isFirst = true;
            while (true)
            {
                var page = await (ahead ?? AskAsync(start, isFirst ? boundary : Ends[_reach](boundary), left, stop.Token)).ConfigureAwait(false);
                isFirst = false;
                ahead = null;
                page = held is null ? page : await SeeAgainAsync(page, start, boundary, stop.Token).ConfigureAwait(false);
                var (newer, instant, oldest, isLast) = Split(page, start, boundary, held);
                if (held is not null && !isLast && oldest == boundary)
                {
                    // The page holds nothing but the instant at which the last one broke off.
                    var last = boundary;
                    var alone = await ask(last, Ends[_reach](last), PageSize, stop.Token).ConfigureAwait(false);
                    if (alone.HasMore || !Shows(alone, last))
                    {
                        await foreach (var item in WholeAsync(last, stop.Token).ConfigureAwait(false))
                        {
                            yield return item;
                            if (--left == 0)
                            {
                                yield break;
                            }
                        }
                    }
                    else
                    {
                        foreach (var item in Join(instant, alone.Items.Where(i => MillisecondOf(i) == last)))
                        {
                            yield return item;
                            if (--left == 0)
                            {
                                yield break;
                            }
                        }
                    }

                    (boundary, held) = (last - 1, null);
                    if (boundary < start)
                    {
                        yield break;
                    }

                    continue;
                }

                var taken = 0;
                foreach (var item in newer)
                {
                    yield return item;
                    if (--left == 0)
                    {
                        yield break;
                    }

                    // Whoever asks for the next item has taken this one; the next page may be asked for when a quarter of this one was taken.
                    if (++taken * VeloCloudAssumptions.PageShareBeforeNext >= newer.Count && !isLast && ahead is null && instant.Count < left - (newer.Count - taken) && MayAskAhead?.Invoke() is not false)
                    {
                        ahead = AskAsync(start, Ends[_reach](oldest), left - (newer.Count - taken), stop.Token);
                    }
                }

                if (isLast || instant.Count >= left)
                {
                    foreach (var item in instant)
                    {
                        yield return item;
                        if (--left == 0)
                        {
                            yield break;
                        }
                    }

                    yield break;
                }

                (boundary, held) = (oldest, instant);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            if (ahead is not null)
            {
                await ahead.ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
            }
        }
    }

    private Task<TimePage<T>> AskAsync(long start, long end, long left, CancellationToken cancellationToken)
        => ask(start, end, (int)Math.Min(PageSize, left), cancellationToken);

    // What broke off must be on the next page too. Where it is not, a later end of the interval shows it.
    private async Task<TimePage<T>> SeeAgainAsync(TimePage<T> page, long start, long boundary, CancellationToken cancellationToken)
    {
        while (!Shows(page, boundary))
        {
            if (_reach == Ends.Length - 1)
            {
                throw fault(
                    OrchestratorErrorKind.Protocol,
                    $"The server does not show the {What} of {Text(boundary)} again that ended its last page: whether some were left out nobody can tell.",
                    $"Ask again with -End {Text(boundary)} and a shorter interval.");
            }

            page = await ask(start, Ends[++_reach](boundary), PageSize, cancellationToken).ConfigureAwait(false);
        }

        return page;
    }

    private bool Shows(TimePage<T> page, long instant) => page.Items.Any(i => MillisecondOf(i) == instant);

    // What the page has that was not handed on: all that is newer than its oldest instant, that instant, and its time.
    private (List<T> Newer, List<T> Instant, long Oldest, bool IsLast) Split(TimePage<T> page, long start, long boundary, List<T>? held)
    {
        if (!page.HasMore)
        {
            // All that is left is here, in whatever order.
            return (Join(held ?? [], page.Items.Where(i => MillisecondOf(i) is not { } time || (time <= boundary && time >= start))), [], boundary, true);
        }

        var before = long.MaxValue;
        foreach (var item in page.Items)
        {
            var time = MillisecondOf(item) ?? throw fault(OrchestratorErrorKind.Protocol, $"One of the {What} has no time, and there are more than fit a page: where the next one begins nobody can tell.", "Ask for a shorter interval.");
            if (time > before)
            {
                throw fault(OrchestratorErrorKind.Protocol, $"The server's {What} are not in the order of time ({Text(time)} after {Text(before)}), and there are more than fit a page: some would be left out.", "Ask for a shorter interval.");
            }

            before = time;
        }

        if (page.Items.Count == 0 || before > boundary)
        {
            throw fault(
                OrchestratorErrorKind.Protocol,
                page.Items.Count == 0
                    ? $"The server says that there are more {What} before {Text(boundary)}, and sends none."
                    : $"The server was asked for {What} up to {Text(boundary)} and sends later ones only.",
                "Ask for a shorter interval.");
        }

        var all = Join(held ?? [], page.Items.Where(i => MillisecondOf(i) is { } time && time <= boundary && time >= start));
        return before < start
            ? (all, [], boundary, true)
            : (all.Where(i => MillisecondOf(i) > before).ToList(), all.Where(i => MillisecondOf(i) == before).ToList(), before, false);
    }

    private List<T> Join(IEnumerable<T> held, IEnumerable<T> others)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        return held.Concat(others).Where(i => known.Add(keyOf(i))).ToList();
    }

    private IAsyncEnumerable<T> WholeAsync(long instant, CancellationToken cancellationToken)
        => Whole is { } whole
            ? whole(instant, instant, cancellationToken)
            : throw fault(
                OrchestratorErrorKind.Incomplete,
                string.Create(CultureInfo.InvariantCulture, $"More than {PageSize} {What} have the time {Text(instant)}: the server gives no more of one instant, and no way to the rest. All that are newer were returned; of this instant none were."),
                $"Narrow it down for this instant (for example -Type or -Severity), and go on behind it with -End {Text(instant - 1)}.");

    private long? MillisecondOf(T item) => timeOf(item)?.ToUnixTimeMilliseconds();

    private static string Text(long milliseconds) => VeloCloudInterval.Text(milliseconds);
}
