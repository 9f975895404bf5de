using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>
/// Walks a list of either API, page after page, while it arrives. The next page is asked for when a quarter of the present one was taken, never before. A connection that
/// breaks inside a page does not end the list: the page is asked for again, and what was handed on already is passed over by its id.
/// </summary>
/// <param name="session">The connection.</param>
/// <param name="observer">Hears of the requests.</param>
/// <param name="name">What is listed, for messages: the method or the path.</param>
/// <param name="newRequest">The request for the first page (null) and for the page that a link leads to.</param>
/// <param name="readItem">Reads one element.</param>
internal sealed class VeloCloudListing<T>(VeloCloudSession session, IRequestObserver observer, string name, Func<string?, HttpRequestMessage> newRequest, JsonItemReader<T> readItem)
{
    /// <summary>How many elements a page was asked to have; the answer's own number goes before it. Null: no pages were asked for.</summary>
    public int? PageSize { get; init; }

    /// <summary>Finishes an element: it is given its bytes. Returns its id, by which it is known again; null where it has none.</summary>
    public required Func<T, ReadOnlyMemory<byte>, object?> Accept { get; init; }

    /// <summary>False where the list ends with the first page although the answer names a next one.</summary>
    public bool FollowsLinks { get; init; } = true;

    /// <summary>Whether the next page may be asked for while this one is still read; asked each time. Null: always.</summary>
    public Func<bool>? MayAskAhead { get; init; }

    /// <summary>Told when the server has more than it sent, and no way to ask for it.</summary>
    public Action? HasMore { get; init; }

    /// <summary>Told what stands beside the list, when a page was read to its end.</summary>
    public Action<IReadOnlyDictionary<string, JsonElement>>? PageRead { get; init; }

    /// <summary>What an object without the list becomes; null: an error.</summary>
    public Func<IReadOnlyDictionary<string, JsonElement>, T>? NoList { get; init; }

    /// <summary>The elements.</summary>
    public async IAsyncEnumerable<T> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var links = new HashSet<string>(StringComparer.Ordinal);
        string? link = null;
        string? aheadLink = null;
        Task<Page>? ahead = null;
        try
        {
            while (true)
            {
                var handedOn = new HashSet<object>();
                var anyWithoutId = false;
                var broken = 0;
                string? next;
                while (true)
                {
                    Page page;
                    if (ahead is not null && string.Equals(aheadLink, link, StringComparison.Ordinal))
                    {
                        (var coming, ahead) = (ahead, null);
                        page = await coming.ConfigureAwait(false);
                    }
                    else
                    {
                        page = await AskAsync(link, stop.Token).ConfigureAwait(false);
                    }

                    if (ahead is not null && !string.Equals(aheadLink, link, StringComparison.Ordinal) && handedOn.Count == 0)
                    {
                        // A page that was asked for again named another page as the next one: the one that is under way is not on the way any more.
                        (var stale, ahead) = (ahead, null);
                        _ = GiveUpAsync(stale);
                    }

                    await using (page.ConfigureAwait(false))
                    {
                        if (page.IsNothing)
                        {
                            yield break;
                        }

                        var taken = 0;
                        Exception? fault = null;
                        while (true)
                        {
                            bool more;
                            try
                            {
                                more = await page.Items.ReadAsync(stop.Token).ConfigureAwait(false);
                            }
                            catch (JsonException e)
                            {
                                throw session.Unreadable(page.Request, page.Response, RequestClass.Read, WhatIsWrong(page, e), e);
                            }
                            catch (Exception e) when (e is IOException or HttpRequestException or TimeoutException)
                            {
                                fault = e;
                                break;
                            }

                            if (!more)
                            {
                                break;
                            }

                            if (page.Items.Current is not { } item)
                            {
                                continue;
                            }

                            taken++;
                            if (Accept(item, page.Items.CurrentBytes) is not { } id)
                            {
                                anyWithoutId = true;
                            }
                            else if (!handedOn.Add(id) && broken > 0)
                            {
                                continue;
                            }

                            yield return item;

                            // Whoever asks for the next element has taken this one.
                            if (ahead is null && taken * VeloCloudAssumptions.PageShareBeforeNext >= SizeOf(page) && NextOf(page) is { } early && !links.Contains(early) && MayAskAhead?.Invoke() is not false)
                            {
                                aheadLink = early;
                                ahead = AskAsync(early, stop.Token);
                            }
                        }

                        if (fault is not null)
                        {
                            // Without ids nobody can tell what was handed on already.
                            if (++broken > session.Settings.MaximumRetryCount || anyWithoutId)
                            {
                                throw session.BrokenOff(page.Request, RequestClass.Read, fault);
                            }

                            observer.Verbose(string.Create(CultureInfo.InvariantCulture, $"{name}: the connection broke after {taken} elements of a page; the page is asked for again ({broken} of {session.Settings.MaximumRetryCount})"));
                            continue;
                        }

                        page.IsRead = true;
                        Check(page);
                        PageRead?.Invoke(page.Items.Members);
                        if (!page.Items.SawArray)
                        {
                            yield return NoList!(page.Items.Members);
                        }

                        next = NextOf(page);
                    }

                    break;
                }

                if (next is null)
                {
                    yield break;
                }

                if (!links.Add(next))
                {
                    throw session.Error(OrchestratorErrorKind.Protocol, $"{name}: a page of the list names a page as the next one that came before; the list would never end.");
                }

                link = next;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            if (ahead is not null)
            {
                await GiveUpAsync(ahead).ConfigureAwait(false);
            }
        }
    }

    private async Task<Page> AskAsync(string? link, CancellationToken cancellationToken)
    {
        var request = newRequest(link);
        request.Options.Set(RequestKeys.Streamed, true);
        try
        {
            var response = await session.SendAsync(request, RequestClass.Read, observer, cancellationToken).ConfigureAwait(false);
            try
            {
                var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
                return new Page(request, response, new JsonElementStream<T>(stream, "data", readItem));
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }
        catch
        {
            request.Dispose();
            throw;
        }
    }

    // A page that is too long to be looked at before it is handed on may be an error after all.
    private void Check(Page page)
    {
        var members = page.Items.Members;
        if (members.TryGetValue("error", out var error) && VeloCloudErrors.Read(error, members.ContainsKey("rows") || members.Count == 1, success: true) is { } told)
        {
            throw session.Refused(page.Request, page.Response, told);
        }

        if (!page.Items.SawArray && NoList is null)
        {
            throw session.Unreadable(page.Request, page.Response, RequestClass.Read, "the answer holds no list");
        }
    }

    private int SizeOf(Page page)
        => page.Items.Members.TryGetValue("metaData", out var meta) && meta.ValueKind is JsonValueKind.Object && VeloCloudJson.Whole(meta, "limit") is > 0 and <= int.MaxValue and var size
            ? (int)size
            : PageSize ?? int.MaxValue;

    // facts/velocloud.md, "Paging v1": metaData {limit, more, nextPageLink}. It may stand before the data or after them.
    private string? NextOf(Page page)
    {
        if (!page.Items.Members.TryGetValue("metaData", out var meta) || meta.ValueKind is not JsonValueKind.Object)
        {
            return null;
        }

        var more = VeloCloudJson.Flag(meta, "more");
        if (more is false)
        {
            return null;
        }

        if (VeloCloudJson.Text(meta, "nextPageLink") is { Length: > 0 } next)
        {
            if (FollowsLinks)
            {
                return next;
            }

            more = true;
        }

        if (more is true && page.IsRead)
        {
            if (HasMore is null)
            {
                throw session.Unreadable(page.Request, page.Response, RequestClass.Read, "there is more (metaData.more), but no nextPageLink that leads to it");
            }

            HasMore();
        }

        return null;
    }

    private static string WhatIsWrong(Page page, JsonException e)
        => page.Response.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml"
            ? "it is an HTML page"
            : "it is not the JSON that was expected: " + e.Message;

    private static async Task GiveUpAsync(Task<Page> ahead)
    {
        try
        {
            await (await ahead.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is OrchestratorApiException or OperationCanceledException or ObjectDisposedException)
        {
            // Nobody wants that page any more; why it did not come is nobody's business.
        }
    }

    private sealed class Page(HttpRequestMessage request, HttpResponseMessage response, JsonElementStream<T> items) : IAsyncDisposable
    {
        public HttpRequestMessage Request => request;

        public HttpResponseMessage Response => response;

        public JsonElementStream<T> Items => items;

        /// <summary>True when the last byte was read: what the answer does not say by then, it does not say.</summary>
        public bool IsRead { get; set; }

        /// <summary>True when the whole answer is the word null.</summary>
        public bool IsNothing => response.Content is PeekedContent { IsWhole: true } whole && whole.Head.Span.Trim(" \t\r\n"u8).SequenceEqual("null"u8);

        public async ValueTask DisposeAsync()
        {
            await items.DisposeAsync().ConfigureAwait(false);
            response.Dispose();
            request.Dispose();
        }
    }
}
