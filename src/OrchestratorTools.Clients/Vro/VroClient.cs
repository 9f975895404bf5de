using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vro;

/// <summary>The operations of a Veeam Recovery Orchestrator, for one caller: a method each. Everything that comes out carries the connection that it came by.</summary>
public sealed partial class VroClient
{
    internal const int PageSize = 100;
    private readonly IRequestObserver _observer;

    /// <summary>A client of a session that reports to an observer.</summary>
    public VroClient(VroSession session, IRequestObserver observer)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(observer);
        Session = session;
        _observer = observer;
    }

    /// <summary>The session.</summary>
    public VroSession Session { get; }

    /// <summary>
    /// Plans, page by page (GET Plans: filter and sort, then start, then limit; facts/vro.md, B). What the server refuses to filter, or says that it has not, is looked for here.
    /// </summary>
    public async IAsyncEnumerable<VroPlan> ListPlansAsync(VroPlanQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var conditions = query.HasConditions;
        var sorted = true;
        var skipsHere = query.Match is not null ? query.Skip : 0;
        var first = query.Match is null ? query.Skip : 0;
        var start = first;
        var found = 0;
        while (true)
        {
            var limit = query.First is { } most && query.Match is null ? Math.Min(PageSize, most - found) : PageSize;
            Page page;
            try
            {
                page = await GetPageAsync(PlansAddress(query, conditions, sorted, start, limit), cancellationToken).ConfigureAwait(false);
            }
            catch (OrchestratorApiException e) when (start == first && (conditions || (sorted && query.Filter is null && query.SortBy is null)) && IsRefusedQuery(e, query, conditions))
            {
                _observer.Verbose($"The server does not take the {(conditions ? "filter" : "sort order")} ({e.ServerMessage}); going on without it and matching here.");
                sorted = conditions;
                conditions = false;
                continue;
            }

            if (start == 0 && page.Total == 0 && page.Items.Count == 0 && conditions && query.DoubtsNothing)
            {
                _observer.Verbose("The server found nothing by its own way of comparing; looking through all plans.");
                conditions = false;
                continue;
            }

            foreach (var item in page.Items)
            {
                var plan = Session.Stamp(VroPlan.From(item));
                if (query.Match?.Invoke(plan) is false)
                {
                    continue;
                }

                if (skipsHere > 0)
                {
                    skipsHere--;
                    continue;
                }

                yield return plan;
                if (++found == query.First)
                {
                    yield break;
                }
            }

            start += page.Items.Count;
            if (page.Items.Count == 0 || start >= page.Total)
            {
                yield break;
            }
        }
    }

    /// <summary>One plan (GET Plans/{id}).</summary>
    public async Task<VroPlan> GetPlanAsync(string planId, CancellationToken cancellationToken)
    {
        var answer = await GetAsync($"Plans/{Segment(planId)}", cancellationToken).ConfigureAwait(false)
            ?? throw Session.Error(OrchestratorErrorKind.Protocol, $"{Session.Server.Authority} answered the question for plan {planId} with an empty body.");
        var plan = Session.Stamp(VroPlan.From(VroAssumptions.Unwrap(answer)));
        return plan.Id.Length > 0 ? plan : throw Session.Error(OrchestratorErrorKind.Protocol, $"{Session.Server.Authority} answered the question for plan {planId} with something that is no plan: it has no id.");
    }

    /// <summary>What a plan does at the moment, from its runtime details, or from the plan itself where the server has forgotten them (it does when it restarts).</summary>
    public async Task<VroPlanRuntime> GetRuntimeAsync(string planId, CancellationToken cancellationToken)
        => await FindRuntimeAsync(planId, cancellationToken).ConfigureAwait(false)
           ?? Session.Stamp(VroPlanRuntime.From(await GetPlanAsync(planId, cancellationToken).ConfigureAwait(false)));

    /// <summary>The runtime details of a plan (GET RuntimeDetails/Plans/{id}); null where the server has none.</summary>
    public async Task<VroPlanRuntime?> FindRuntimeAsync(string planId, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync($"RuntimeDetails/Plans/{Segment(planId)}", cancellationToken).ConfigureAwait(false) is { } answer && VroPlanRuntime.From(VroAssumptions.Unwrap(answer), planId) is { } runtime
                ? Session.Stamp(runtime)
                : null;
        }
        catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>How many VMs a plan holds (GET Plans/{id}/Groups and Groups/{id}/Vms).</summary>
    public async Task<int> CountVmsAsync(string planId, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var group in await ListAsync($"Plans/{Segment(planId)}/Groups", missingIsEmpty: false, cancellationToken).ConfigureAwait(false))
        {
            if (VroJson.Text(group, "id") is { Length: > 0 } id)
            {
                // Groups of steps have no VMs, and may not even have the list.
                count += (await ListAsync($"Plans/{Segment(planId)}/Groups/{Segment(id)}/Vms", missingIsEmpty: true, cancellationToken).ConfigureAwait(false)).Count;
            }
        }

        return count;
    }

    /// <summary>Starts a failover (POST Plans/{id}/Failover). Sent once, as every order.</summary>
    public Task StartFailoverAsync(VroPlan plan, VroFailover failover, CancellationToken cancellationToken) => SendOrderAsync(plan, failover, cancellationToken);

    /// <summary>
    /// Does something to a plan. Sent once. An answer that is lost is an exception of kind OutcomeUnknown, and nothing sends it again. Returns what the server answered; null where that
    /// is nothing or no object.
    /// </summary>
    public async Task<JsonElement?> SendOrderAsync(VroPlan plan, VroPlanOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(order);
        EnsureOffered(order.Action);
        using var request = new HttpRequestMessage(order.Method, Session.At($"Plans/{Segment(plan.Id)}/{order.Path}"));
        if (order.ToJson() is { } body)
        {
            request.Content = JsonContent(body);
        }

        request.Options.Set(RequestKeys.OutcomeHint, order.Action.StartsRun
            ? $"Look whether it began: Get-VroPlanRuntime -Id {plan.Id}. {(order.Action.Request is "start" ? "Start it" : "Send it")} again only when it certainly did not."
            : $"Look whether it was done: {order.Action.ShownBy} -Id {plan.Id}. Send it again only when it certainly was not.");
        using var response = await Session.SendAsync(request, RequestClass.Change, _observer, cancellationToken).ConfigureAwait(false);
        var text = await VroJson.ReadTextAsync(response, cancellationToken).ConfigureAwait(false);
        if (text.AsSpan().TrimStart().StartsWith("<", StringComparison.Ordinal))
        {
            // The body of a good answer is undocumented, but it is no page: something between here and the server spoke in its place.
            throw Session.Unreadable(request, response, RequestClass.Change, "an HTML or XML page");
        }

        try
        {
            using var document = JsonDocument.Parse(text, VroJson.Options);
            return document.RootElement.ValueKind is JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            // The server took it; what it says beside that is documented nowhere.
            return null;
        }
    }

    /// <summary>Throws where the version of the API in use is known not to have an action.</summary>
    public void EnsureOffered(VroPlanAction action)
    {
        ArgumentNullException.ThrowIfNull(action);
        EnsureOffered(action.Path, action.GoneInVersion);
    }

    internal void EnsureOffered(string operation, Version? goneInVersion)
    {
        if (goneInVersion is not null && Session.Version >= goneInVersion)
        {
            throw Session.Error(OrchestratorErrorKind.Validation, $"{Session.Server.Authority} speaks API {Session.ApiVersion}, which has no {operation}: it was there up to v7.21. Nothing was sent.", "Do it in the user interface of that server.");
        }
    }

    /// <summary>Any request. A JSON element, a text where the answer is no JSON, or null where it is empty.</summary>
    public async Task<object?> SendRawAsync(HttpMethod method, Uri address, JsonElement? body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(method);
        var requestClass = method == HttpMethod.Get || method == HttpMethod.Head ? RequestClass.Read : RequestClass.Change;
        using var request = new HttpRequestMessage(method, address);
        if (body is { } json)
        {
            request.Content = JsonContent(Encoding.UTF8.GetBytes(json.GetRawText()));
        }

        request.Options.Set(RequestKeys.OutcomeHint, "Look at what it changes (Get-VroPlan, Get-VroPlanRuntime, Invoke-VroRequest -Method Get) before you send it again.");
        using var response = await Session.SendAsync(request, requestClass, _observer, cancellationToken).ConfigureAwait(false);
        var text = await VroJson.ReadTextAsync(response, cancellationToken).ConfigureAwait(false);
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text, VroJson.Options);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            return response.Content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.OrdinalIgnoreCase) is true
                ? throw Session.Unreadable(request, response, requestClass, "its JSON cannot be read: " + e.Message, e)
                : text;
        }
    }

    /// <summary>The items of any collection that takes start and limit, page by page; also of a bare list.</summary>
    public async IAsyncEnumerable<JsonElement> ListRawAsync(Uri address, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        var start = 0;
        var text = address.OriginalString;
        while (true)
        {
            var page = await GetPageAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"{text}{(text.Contains('?', StringComparison.Ordinal) ? '&' : '?')}start={start}&limit={PageSize}"), UriKind.RelativeOrAbsolute), cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items)
            {
                yield return item;
            }

            start += page.Items.Count;
            if (page.Items.Count == 0 || start >= page.Total)
            {
                yield break;
            }
        }
    }

    /// <summary>The address that a path means: under the API version in use, unless it begins with /api/ or is an address of its own.</summary>
    public Uri AddressOf(string path, IEnumerable<KeyValuePair<string, string>> query)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(query);
        var text = path.Trim();
        if (!text.Contains("://", StringComparison.Ordinal))
        {
            text = text.TrimStart('/');
            text = text.StartsWith("api/", StringComparison.OrdinalIgnoreCase) ? "/" + text : $"/api/{Session.ApiVersion}/{text}";
        }

        foreach (var (name, value) in query)
        {
            text += $"{(text.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}";
        }

        return new Uri(text, text.StartsWith('/') ? UriKind.Relative : UriKind.Absolute);
    }

    private static ByteArrayContent JsonContent(byte[] json)
    {
        var content = new ByteArrayContent(json);
        content.Headers.ContentType = new("application/json");
        return content;
    }

    private static string Segment(string id) => Uri.EscapeDataString(id);

    // 400 is what a server should say to a filter that it does not take; 500 is the only error that the vendor's pages list.
    private static bool IsRefusedQuery(OrchestratorApiException e, VroPlanQuery query, bool conditions)
        => e.Kind is OrchestratorErrorKind.Validation or OrchestratorErrorKind.WrongState
           || (e.StatusCode is System.Net.HttpStatusCode.InternalServerError && conditions && query.NameParts.Count > 0);

    private Uri PlansAddress(VroPlanQuery query, bool conditions, bool sorted, int start, int limit)
    {
        var address = new StringBuilder();
        address.Append(CultureInfo.InvariantCulture, $"Plans?start={start}&limit={limit}");
        if (query.FilterText(conditions) is { } filter)
        {
            address.Append("&filter=").Append(Uri.EscapeDataString(filter));
        }

        if (sorted)
        {
            // Pages of a list without an order may overlap.
            address.Append("&sort=").Append(Uri.EscapeDataString(VroListQuery.SortOf(query.SortBy ?? "name", query.Descending)));
        }

        return Session.At(address.ToString());
    }

    /// <summary>One page of the list of plans: of all, or of some ids.</summary>
    internal async Task<VroPlanPage> ReadPlanPageAsync(IReadOnlyList<string>? ids, int start, int limit, CancellationToken cancellationToken)
    {
        var filter = ids is null ? (JsonElement?)null : JsonSerializer.SerializeToElement(new[] { new Dictionary<string, object>(StringComparer.Ordinal) { ["property"] = "id", ["operator"] = "in", ["value"] = ids } });
        var page = await GetPageAsync(Session.At(new VroListQuery { Filter = filter, SortBy = "name" }.AddressOf("Plans", start, limit)), cancellationToken).ConfigureAwait(false);
        return new VroPlanPage(page.Items.Where(i => i.ValueKind is JsonValueKind.Object).Select(i => Session.Stamp(VroPlan.From(i))).ToArray(), page.Total);
    }

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string path, bool missingIsEmpty, CancellationToken cancellationToken)
    {
        try
        {
            return (await GetPageAsync(Session.At(path), cancellationToken).ConfigureAwait(false)).Items;
        }
        catch (OrchestratorApiException e) when (missingIsEmpty && e.Kind is OrchestratorErrorKind.NotFound)
        {
            return [];
        }
    }

    // A page is read whole before its first item is given out: a connection that breaks in its middle costs a repeated read, not a half-listed plan.
    private async Task<Page> GetPageAsync(Uri address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await Session.SendAsync(request, RequestClass.Read, _observer, cancellationToken).ConfigureAwait(false);
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var stream = new JsonElementStream<JsonElement>(body, "data", ReadItem);
        await using (stream.ConfigureAwait(false))
        {
            var items = new List<JsonElement>();
            try
            {
                while (await stream.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    items.Add(stream.Current);
                }
            }
            catch (JsonException e)
            {
                throw Session.Unreadable(request, response, RequestClass.Read, "its JSON cannot be read: " + e.Message, e);
            }

            if (!stream.SawArray)
            {
                throw Session.Unreadable(request, response, RequestClass.Read, "its JSON holds no list");
            }

            // Where no total is told (a bare list, the parts of a plan) the page is all there is.
            return new Page(items, stream.Members.TryGetValue("total", out var total) && total.ValueKind is JsonValueKind.Number && total.TryGetInt64(out var count) ? count : items.Count);
        }
    }

    private static bool ReadItem(ref Utf8JsonReader reader, out JsonElement item)
    {
        if (!JsonDocument.TryParseValue(ref reader, out var document))
        {
            item = default;
            return false;
        }

        using (document)
        {
            item = document.RootElement.Clone();
        }

        return true;
    }

    private async Task<JsonElement?> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Session.At(path));
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await Session.SendAsync(request, RequestClass.Read, _observer, cancellationToken).ConfigureAwait(false);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        if (body.AsSpan().TrimStart(" \t\r\n"u8).IsEmpty)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(body, VroJson.Options);
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Object => document.RootElement.Clone(),
                JsonValueKind.Null => null,
                _ => throw Session.Unreadable(request, response, RequestClass.Read, "its JSON is no object"),
            };
        }
        catch (JsonException e)
        {
            throw Session.Unreadable(request, response, RequestClass.Read, "its JSON cannot be read: " + e.Message, e);
        }
    }

    private sealed record Page(IReadOnlyList<JsonElement> Items, long Total);
}
