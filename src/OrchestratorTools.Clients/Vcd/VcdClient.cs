using System.Globalization;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>The operations of the vCloud API, for one caller: cheap to make, one an invocation of a cmdlet. Everything goes through the session.</summary>
public sealed partial class VcdClient
{
    /// <summary>How long polling goes on while the server does not answer.</summary>
    private static readonly TimeSpan LongestOutage = TimeSpan.FromMinutes(5);

    private readonly VcdSession _session;
    private readonly IRequestObserver _observer;

    /// <summary>Makes a client.</summary>
    /// <param name="session">The session to use.</param>
    /// <param name="observer">Hears about the requests.</param>
    public VcdClient(VcdSession session, IRequestObserver observer)
    {
        _session = session;
        _observer = observer;
    }

    /// <summary>The session in use.</summary>
    internal VcdSession Session => _session;

    /// <summary>The organization that the provider's session acts for; null: for nobody but itself.</summary>
    public VcdTenant? Tenant { get; init; }

    /// <summary>One organization, by id (urn or UUID) or address.</summary>
    public async Task<VcdOrg> GetOrgAsync(string id, CancellationToken cancellationToken)
        => Guard(_session, new VcdOrg(await GetXmlAsync(AddressOf("org", id), cancellationToken, "Org", "AdminOrg").ConfigureAwait(false)), Tenant);

    /// <summary>A task as it is now, by id (urn or UUID) or address.</summary>
    public async Task<VcdTask> GetTaskAsync(string id, CancellationToken cancellationToken)
        => Guard(_session, new VcdTask(await GetXmlAsync(AddressOf("task", id), cancellationToken, "Task").ConfigureAwait(false)), Tenant);

    /// <summary>A media item as it is now, by id (urn or UUID) or address.</summary>
    public async Task<VcdMedia> GetMediaAsync(string id, CancellationToken cancellationToken)
        => await GetMediaAsync(_session, id, _observer, cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Follows a task to its end: asks after a quarter of a second, then less often, up to every 5 s. An outage of less than five minutes is waited out. Returns the task as it ended, whether well or not.
    /// Throws with kind Timeout when <paramref name="timeout"/> has passed; the task goes on at the server.
    /// </summary>
    /// <param name="id">Id or address of the task.</param>
    /// <param name="timeout">The longest wait; null: without end.</param>
    /// <param name="seen">Told of every state that was read.</param>
    /// <param name="cancellationToken">Ends the waiting, not the task.</param>
    public async Task<VcdTask> WaitTaskAsync(string id, TimeSpan? timeout, Action<VcdTask>? seen, CancellationToken cancellationToken)
    {
        var time = _session.Settings.Time;
        var started = time.GetUtcNow();
        var pause = Polling.First;
        var last = "not read yet";
        DateTimeOffset? outSince = null;
        while (true)
        {
            try
            {
                var task = await GetTaskAsync(id, cancellationToken).ConfigureAwait(false);
                outSince = null;
                last = $"'{task.Status}'{(task.Progress is { } percent ? string.Create(CultureInfo.InvariantCulture, $", {percent} %") : string.Empty)}";
                seen?.Invoke(task);
                if (task.IsFinished)
                {
                    return task;
                }
            }
            catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.Unreachable or OrchestratorErrorKind.Timeout or OrchestratorErrorKind.ServerError or OrchestratorErrorKind.RateLimited)
            {
                outSince ??= time.GetUtcNow();
                if (time.GetUtcNow() - outSince > LongestOutage)
                {
                    throw;
                }

                _observer.Verbose($"The task cannot be read at the moment, and is asked for again: {e.Message}");
            }

            if (timeout is { } limit)
            {
                var left = limit - (time.GetUtcNow() - started);
                if (left <= TimeSpan.Zero)
                {
                    throw _session.Error(OrchestratorErrorKind.Timeout, string.Create(CultureInfo.InvariantCulture, $"Task {id} did not end within {limit.TotalSeconds:0} seconds; its state: {last}. It goes on at the server."), "Look again with Get-VcdTask, or wait longer with Wait-VcdTask.");
                }

                pause = pause < left ? pause : left;
            }

            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            pause = Polling.Next(pause);
        }
    }

    /// <summary>The error that a task's bad end is; null where it ended well.</summary>
    public OrchestratorApiException? FailureOf(VcdTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (!task.IsFailed)
        {
            return null;
        }

        var what = task.Operation is { Length: > 0 } sentence ? sentence : task.OperationName;
        return new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.Failed, _session.Redactor.Redact($"Task '{what}' {task.Reason()}. Task id: {task.Id}."))
        {
            ServerCode = task.ErrorCode,
            ServerMessage = task.ErrorMessage,
            RecommendedAction = "The task's events in the portal say more; give its id to the administrators of the server.",
        };
    }

    /// <summary>Receives a media, template or vApp (facts/vcd.md, "Download") and returns the path of the file that was written; of a folder, its descriptor's.</summary>
    /// <param name="receive">What, where to, and how.</param>
    /// <param name="cancellationToken">Ends it; what was received is kept, and the same call goes on with it.</param>
    public async Task<string> ReceiveAsync(VcdReceive receive, CancellationToken cancellationToken)
    {
        using var receiver = new Receiver(_session, Tenant, _observer, receive);
        return await receiver.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Any request: an href, or a path at the server. GET and HEAD are repeated where an answer is lost, everything else is sent once.</summary>
    /// <param name="method">The method.</param>
    /// <param name="address">An href or a path.</param>
    /// <param name="body">The body, or null.</param>
    /// <param name="contentType">The body's media type.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<VcdAnswer> InvokeAsync(HttpMethod method, string address, byte[]? body, string? contentType, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(method);
        var target = _session.Resolve(address);
        using var request = _session.NewRequest(method, target, tenant: Tenant);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        var requestClass = method == HttpMethod.Get || method == HttpMethod.Head ? RequestClass.Read : RequestClass.Change;
        request.Options.Set(RequestKeys.OutcomeHint, "Look at the object with Invoke-VcdRequest, and for its task with Get-VcdTask, before you send it again.");
        using var response = await _session.SendAsync(request, requestClass, _observer, cancellationToken).ConfigureAwait(false);
        var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        if (mediaType is "text/html" or "application/xhtml+xml")
        {
            throw _session.Unreadable(request, response, requestClass, "it is an HTML page");
        }

        XElement? xml = null;
        if (text.AsSpan().TrimStart().StartsWith("<", StringComparison.Ordinal))
        {
            xml = await _session.ReadXmlAsync(request, response, requestClass, cancellationToken).ConfigureAwait(false);
        }

        return new VcdAnswer((int)response.StatusCode, mediaType, text, xml, response.Headers.Location?.ToString());
    }

    /// <summary>An entity's whole representation, by id (urn or UUID) or address: links, tasks and what lists do not tell. What it is, is decided by what the server sends.</summary>
    /// <param name="id">The id (<c>urn:vcloud:KIND:UUID</c>, or the UUID alone) or the address.</param>
    /// <param name="kind">The kind of a UUID alone, as it stands in a urn: vapp, vm, catalog, …; null where the id says it.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<VcdObject> GetEntityAsync(string id, string? kind, CancellationToken cancellationToken)
        => await GetEntityAsync(id, kind, null, cancellationToken).ConfigureAwait(false);

    /// <summary>An entity's whole representation as one class; another kind at the address is an error of kind Validation.</summary>
    public Task<T> GetEntityAsync<T>(string id, CancellationToken cancellationToken)
        where T : VcdObject
        => GetEntityAsync<T>(id, null, cancellationToken);

    private async Task<T> GetEntityAsync<T>(string id, XElement? record, CancellationToken cancellationToken)
        where T : VcdObject
    {
        var entity = await GetEntityAsync(id, VcdEntities.KindOf(typeof(T)), record, cancellationToken).ConfigureAwait(false);
        return entity as T ?? throw _session.Error(OrchestratorErrorKind.Validation, $"'{id}' is a {VcdEntities.TitleOf(entity.GetType())} ('{entity.Name}'), not a {VcdEntities.TitleOf(typeof(T))}.", "Resolve-VcdEntity returns whatever an id stands for.");
    }

    private async Task<VcdObject> GetEntityAsync(string id, string? kind, XElement? record, CancellationToken cancellationToken)
    {
        var entity = await GetXmlAsync(AddressOf(_session, kind, id), cancellationToken).ConfigureAwait(false);
        foreach (var attribute in record?.Attributes() ?? [])
        {
            // What the list says and the entity does not: names of what it belongs to, counts. The entity's own word counts where both have one.
            if (!attribute.IsNamespaceDeclaration && entity.Attribute(attribute.Name) is null)
            {
                entity.SetAttributeValue(attribute.Name, attribute.Value);
            }
        }

        return Guard(_session, VcdEntities.Read(entity), Tenant);
    }

    internal static async Task<VcdMedia> GetMediaAsync(VcdSession session, string id, IRequestObserver observer, CancellationToken cancellationToken)
        => Guard(session, new VcdMedia(await session.GetXmlAsync(AddressOf(session, "media", id), observer, cancellationToken, "Media").ConfigureAwait(false)));

    /// <summary>Notes on an object and its parts which connection they came by and for which organization, and hides its transfer addresses: who has one can read or write the files, so it must reach no stream, whatever its path looks like.</summary>
    internal static T Guard<T>(VcdSession session, T entity, VcdTenant? tenant = null)
        where T : VcdObject
    {
        session.Stamp(entity);
        entity.Tenant = tenant;
        foreach (var address in entity.Capabilities())
        {
            session.Redactor.Add(address.AbsoluteUri);
            session.Redactor.Add(address.AbsolutePath is { Length: > 8 } path ? path : null);
        }

        foreach (var part in entity.Parts())
        {
            Guard(session, part, tenant);
        }

        foreach (var thing in entity.Belongings())
        {
            session.Stamp(thing);
            if (thing is IOfTenant owned)
            {
                owned.Tenant = tenant;
            }
        }

        return entity;
    }

    /// <summary>Notes on what is no entity which connection it came by, and for which organization.</summary>
    private T Own<T>(T item)
        where T : ServerObject, IOfTenant
    {
        item.Tenant = Tenant;
        return _session.Stamp(item);
    }

    internal Task<XElement> GetXmlAsync(Uri address, CancellationToken cancellationToken, params string[] roots)
        => _session.GetXmlAsync(address, Tenant, _observer, cancellationToken, roots);

    private Uri AddressOf(string kind, string id) => AddressOf(_session, kind, id);

    private static Uri AddressOf(VcdSession session, string? kind, string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (id.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || id.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || id.StartsWith('/'))
        {
            return session.Resolve(id);
        }

        // What a urn says comes before what was expected: the answer then says what it is.
        var said = id.Split(':') is ["urn", "vcloud", var word, _] ? word : kind;
        return VcdAssumptions.UuidOf(id) is { } uuid && said is not null && VcdAssumptions.PathOf(said, uuid) is { } path
            ? new Uri(session.Server, path)
            : throw session.Error(OrchestratorErrorKind.Validation, $"'{id}' is no id: urn:vcloud:{kind ?? "KIND"}:UUID, a UUID or an address is needed.");
    }
}
