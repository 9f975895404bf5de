using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>The portal API of a VeloCloud Orchestrator, one method an operation. Light: one for each use.</summary>
/// <param name="session">The connection.</param>
/// <param name="observer">Hears of the requests.</param>
public sealed class VeloCloudClient(VeloCloudSession session, IRequestObserver observer)
{
    private static readonly JsonItemReader<JsonElement> ElementReader = ReadElement;

    /// <summary>
    /// Whose account the session is. Found by asking, once a connection: the call that answers tells (enterprise/getEnterprise a customer, enterpriseProxy/getEnterpriseProxyEnterprises a partner,
    /// network/getNetworkEnterprises an operator). Throws what the last call was told where none answers.
    /// </summary>
    public async Task<VeloCloudTier> GetTierAsync(CancellationToken cancellationToken)
    {
        if (session.Tier is not VeloCloudTier.Unknown)
        {
            return session.Tier;
        }

        await using var opened = (await OpenAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return session.Tier;
    }

    /// <summary>The enterprises that the session may see: a customer's own one, a partner's, or all.</summary>
    public async IAsyncEnumerable<VeloCloudEnterprise> GetEnterprisesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var opened = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (opened.ConfigureAwait(false))
        {
            if (opened.Own is { } own)
            {
                yield return own;
            }

            if (opened is { List: { } list, HasFirst: true })
            {
                do
                {
                    yield return list.Current;
                }
                while (await list.MoveNextAsync().ConfigureAwait(false));
            }
        }
    }

    /// <summary>One enterprise; null where there is none of that id, or the session may not see it.</summary>
    public async Task<VeloCloudEnterprise?> GetEnterpriseAsync(long id, CancellationToken cancellationToken)
    {
        // An operator's call takes ids, so that one of them does not cost the whole list; a partner's does not.
        var tier = await GetTierAsync(cancellationToken).ConfigureAwait(false);
        var list = tier is VeloCloudTier.Operator ? ListEnterprises(tier, id).ListAsync(cancellationToken) : GetEnterprisesAsync(cancellationToken);
        await foreach (var enterprise in list.ConfigureAwait(false))
        {
            if (enterprise.Id == id)
            {
                return enterprise;
            }
        }

        return null;
    }

    /// <summary>The edges of an enterprise, page after page as they are taken.</summary>
    /// <param name="enterpriseId">The enterprise; null for a customer's own one.</param>
    /// <param name="enterpriseName">Its name, where it is known.</param>
    /// <param name="with">What else each edge is to bring: recentLinks, links, site.</param>
    /// <param name="cancellationToken">Ends the list.</param>
    public IAsyncEnumerable<VeloCloudEdge> GetEdgesAsync(long? enterpriseId, string? enterpriseName, IReadOnlyCollection<string> with, CancellationToken cancellationToken)
    {
        var reader = new VeloCloudEdgeReader();
        return new VeloCloudListing<VeloCloudEdge>(session, observer, "enterprise/getEnterpriseEdges", link => Body(writer =>
        {
            WriteEnterprise(writer, enterpriseId);
            WriteWith(writer, with);
            writer.WriteNumber("limit", VeloCloudAssumptions.PageSize);
            if (link is not null)
            {
                writer.WriteString("nextPageLink", link);
            }
        }), reader.Read)
        {
            PageSize = VeloCloudAssumptions.PageSize,
            Accept = (edge, json) =>
            {
                edge.Keep(json.ToArray());
                edge.EnterpriseName = enterpriseName;
                session.Stamp(edge);
                return edge.Id == 0 ? null : edge.Id;
            },
        }.ListAsync(cancellationToken);
    }

    /// <summary>One edge by its id or logical id; null where the server knows none.</summary>
    public async Task<VeloCloudEdge?> GetEdgeAsync(long? id, string? logicalId, long? enterpriseId, string? enterpriseName, IReadOnlyCollection<string> with, CancellationToken cancellationToken)
    {
        var body = Body(writer =>
        {
            if (id is { } number)
            {
                writer.WriteNumber("id", number);
            }

            if (logicalId is not null)
            {
                writer.WriteString("logicalId", logicalId);
            }

            WriteEnterprise(writer, enterpriseId);
            WriteWith(writer, with);
        });
        try
        {
            using var answer = await AskAsync("edge/getEdge", body, RequestClass.Read, cancellationToken).ConfigureAwait(false);
            return answer?.Json.RootElement.ValueKind is JsonValueKind.Object ? EdgeOf(answer.Bytes, enterpriseName) : null;
        }
        catch (OrchestratorApiException e) when (e.ServerCode is not null && e.ServerMessage?.Contains(VeloCloudAssumptions.NotFoundText, StringComparison.OrdinalIgnoreCase) is true)
        {
            observer.Verbose(e.Message);
            return null;
        }
    }

    /// <summary>
    /// Calls any method. What is a list comes element by element, as it arrives where the method only reads; everything else is one element.
    /// The body is sent as it is (<see cref="VeloCloudOperations.Prepare"/> checks it).
    /// </summary>
    public async IAsyncEnumerable<JsonElement> InvokeAsync(string method, byte[] body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        VeloCloudOperations.All.TryGetValue(method, out var operation);
        if (operation is { IsRead: true, IsList: true })
        {
            var byHand = HasMember(body, "nextPageLink") || HasMember(body, "prevPageLink");
            var list = new VeloCloudListing<JsonElement>(session, observer, method, link => link is null ? body : WithLink(body, link), ElementReader)
            {
                FollowsLinks = operation.HasPages && !byHand,
                Accept = static (element, _) => element.ValueKind is JsonValueKind.Object ? VeloCloudJson.Whole(element, "id") : null,
                HasMore = byHand ? static () => { } : () => observer.Warning($"{method}: the server has more than it sent. Ask for a larger limit or a shorter interval."),
                NoList = static members => JsonSerializer.SerializeToElement(members),
            };
            await foreach (var element in list.ListAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return element;
            }

            yield break;
        }

        using var answer = await AskAsync(method, body, operation?.IsRead ?? VeloCloudReadMethods.Contains(method) ? RequestClass.Read : RequestClass.Change, cancellationToken).ConfigureAwait(false);
        if (answer is null)
        {
            yield break;
        }

        var root = answer.Json.RootElement;
        var items = root;
        if (root.ValueKind is JsonValueKind.Array
            || (operation is null && root.ValueKind is JsonValueKind.Object && root.TryGetProperty("metaData", out _) && root.TryGetProperty("data", out items) && items.ValueKind is JsonValueKind.Array))
        {
            foreach (var item in items.EnumerateArray())
            {
                yield return item.Clone();
            }
        }
        else if (root.ValueKind is not JsonValueKind.Null)
        {
            yield return root.Clone();
        }
    }

    /// <summary>Calls any method and returns the answer's text, one request and one page.</summary>
    public async Task<string> InvokeRawAsync(string method, byte[] body, CancellationToken cancellationToken)
    {
        using var answer = await AskAsync(method, body, VeloCloudReadMethods.Contains(method) ? RequestClass.Read : RequestClass.Change, cancellationToken).ConfigureAwait(false);
        return answer is null ? string.Empty : Encoding.UTF8.GetString(answer.Bytes);
    }

    // An Orchestrator's own refusal, in its own envelope: another account might do it; nothing is wrong with the connection or the credential.
    private static bool IsRefusal(OrchestratorApiException e)
        => e.ServerCode is not null && e.Kind is OrchestratorErrorKind.Permission or OrchestratorErrorKind.Validation or OrchestratorErrorKind.NotFound or OrchestratorErrorKind.ServerError;

    private static bool ReadElement(ref Utf8JsonReader reader, out JsonElement item)
    {
        item = default;
        if (!JsonDocument.TryParseValue(ref reader, out var document))
        {
            return false;
        }

        using (document)
        {
            item = document.RootElement.Clone();
        }

        return true;
    }

    private static byte[] Body(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteEnterprise(Utf8JsonWriter writer, long? enterpriseId)
    {
        if (enterpriseId is { } id)
        {
            writer.WriteNumber("enterpriseId", id);
        }
    }

    private static void WriteWith(Utf8JsonWriter writer, IReadOnlyCollection<string> with)
    {
        if (with.Count > 0)
        {
            writer.WriteStartArray("with");
            foreach (var part in with)
            {
                writer.WriteStringValue(part);
            }

            writer.WriteEndArray();
        }
    }

    private static bool HasMember(byte[] body, string name)
    {
        using var document = JsonDocument.Parse(body, VeloCloudJson.Options);
        return document.RootElement.TryGetProperty(name, out _);
    }

    private static byte[] WithLink(byte[] body, string link)
    {
        using var document = JsonDocument.Parse(body, VeloCloudJson.Options);
        return Body(writer =>
        {
            foreach (var member in document.RootElement.EnumerateObject())
            {
                member.WriteTo(writer);
            }

            writer.WriteString("nextPageLink", link);
        });
    }

    private VeloCloudEdge? EdgeOf(byte[] json, string? enterpriseName)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonElementStream<int>.MaximumDepth });
        reader.Read();
        new VeloCloudEdgeReader().Read(ref reader, out var edge);
        if (edge is null || (edge.Id == 0 && edge.LogicalId is null))
        {
            return null;
        }

        edge.Keep(json);
        edge.EnterpriseName = enterpriseName;
        return session.Stamp(edge);
    }

    // Begins to read what the session may see. Where the tier is not known, the first call that is not refused tells it.
    private async Task<OpenedList> OpenAsync(CancellationToken cancellationToken)
    {
        var tier = session.Tier;
        var refusals = new List<OrchestratorApiException>();
        if (tier is VeloCloudTier.Customer or VeloCloudTier.Unknown)
        {
            try
            {
                var own = await AskEnterpriseAsync(cancellationToken).ConfigureAwait(false);
                if (own is not null)
                {
                    session.Remember(VeloCloudTier.Customer, own);
                }

                if (own is not null || tier is VeloCloudTier.Customer)
                {
                    return new OpenedList(own, null, HasFirst: false);
                }
            }
            catch (OrchestratorApiException e) when (tier is VeloCloudTier.Unknown && IsRefusal(e))
            {
                refusals.Add(e);
            }
        }

        if (tier is VeloCloudTier.Partner or VeloCloudTier.Unknown)
        {
            try
            {
                return await OpenListAsync(VeloCloudTier.Partner, cancellationToken).ConfigureAwait(false);
            }
            catch (OrchestratorApiException e) when (tier is VeloCloudTier.Unknown && IsRefusal(e))
            {
                refusals.Add(e);
            }
        }

        try
        {
            return await OpenListAsync(VeloCloudTier.Operator, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e) when (tier is VeloCloudTier.Unknown && IsRefusal(e))
        {
            refusals.Add(e);
            var kind = refusals.Find(r => r.Kind is OrchestratorErrorKind.Permission)?.Kind ?? refusals[0].Kind;
            throw session.Error(kind, $"No call tells whether this is a customer's, a partner's or an operator's account. {string.Join(" ", refusals.Select(r => r.Message))}", "Ask for the privilege READ ENTERPRISE.", e);
        }
    }

    private async Task<OpenedList> OpenListAsync(VeloCloudTier tier, CancellationToken cancellationToken)
    {
        var list = ListEnterprises(tier, null).ListAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            var hasFirst = await list.MoveNextAsync().ConfigureAwait(false);
            session.Remember(tier, null);
            return new OpenedList(null, list, hasFirst);
        }
        catch
        {
            await list.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private VeloCloudListing<VeloCloudEnterprise> ListEnterprises(VeloCloudTier tier, long? id)
        => new(session, observer, tier is VeloCloudTier.Partner ? "enterpriseProxy/getEnterpriseProxyEnterprises" : "network/getNetworkEnterprises", _ => Body(writer =>
        {
            if (tier is VeloCloudTier.Operator)
            {
                writer.WriteNumber("networkId", VeloCloudAssumptions.NetworkId);
            }

            if (id is { } one)
            {
                writer.WriteStartArray("enterprises");
                writer.WriteNumberValue(one);
                writer.WriteEndArray();
            }
        }), ReadEnterprise)
        {
            Accept = (enterprise, json) =>
            {
                enterprise.Keep(json.ToArray());
                session.Stamp(enterprise);
                return enterprise.Id == 0 ? null : enterprise.Id;
            },
        };

    private static bool ReadEnterprise(ref Utf8JsonReader reader, out VeloCloudEnterprise? enterprise)
    {
        enterprise = null;
        if (!JsonDocument.TryParseValue(ref reader, out var document))
        {
            return false;
        }

        using (document)
        {
            enterprise = document.RootElement.ValueKind is JsonValueKind.Object ? new VeloCloudEnterprise(document.RootElement) : null;
        }

        return true;
    }

    private async Task<VeloCloudEnterprise?> AskEnterpriseAsync(CancellationToken cancellationToken)
    {
        using var answer = await AskAsync("enterprise/getEnterprise", Body(static _ => { }), RequestClass.Read, cancellationToken).ConfigureAwait(false);
        if (answer?.Json.RootElement is not { ValueKind: JsonValueKind.Object } root)
        {
            return null;
        }

        var enterprise = new VeloCloudEnterprise(root);
        if (enterprise.Id == 0)
        {
            return null;
        }

        enterprise.Keep(answer.Bytes);
        return session.Stamp(enterprise);
    }

    // An answer that is held whole; null where it has no body (methods that return none).
    private async Task<Answer?> AskAsync(string method, byte[] body, RequestClass requestClass, CancellationToken cancellationToken)
    {
        using var request = VeloCloudSession.NewRequest(method, body);
        if (requestClass is RequestClass.Change)
        {
            request.Options.Set(RequestKeys.OutcomeHint, "Look at the object with one of the get methods before you try again.");
        }

        using var secrets = VeloCloudSecrets.Guard(session.Redactor, method, body);
        if (secrets.HidesBodies)
        {
            request.Options.Set(RequestKeys.Secret, true);
        }

        using var response = await session.SendAsync(request, requestClass, observer, cancellationToken).ConfigureAwait(false);
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        if (VeloCloudErrors.FirstByte(bytes) == 0)
        {
            return null;
        }

        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(bytes.AsMemory(bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0), VeloCloudJson.Options);
        }
        catch (JsonException e)
        {
            var isPage = response.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml";
            throw session.Unreadable(request, response, requestClass, isPage ? "it is an HTML page" : "it is not the JSON that was expected: " + e.Message, e);
        }

        var answer = new Answer(bytes, json);
        if (VeloCloudErrors.Read(json.RootElement, success: true) is { } told)
        {
            answer.Dispose();
            throw session.Refused(request, response, told);
        }

        if (secrets.HidesBodies)
        {
            VeloCloudSecrets.Learn(session.Redactor, json.RootElement);
        }

        return answer;
    }

    private sealed record OpenedList(VeloCloudEnterprise? Own, IAsyncEnumerator<VeloCloudEnterprise>? List, bool HasFirst) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => List?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private sealed class Answer(byte[] bytes, JsonDocument json) : IDisposable
    {
        public byte[] Bytes => bytes;

        public JsonDocument Json => json;

        public void Dispose() => json.Dispose();
    }
}
