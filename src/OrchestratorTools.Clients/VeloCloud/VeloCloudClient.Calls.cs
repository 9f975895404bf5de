using System.Text;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>
/// The ways in which every area calls a method: one object, a list, a page, a change. A method is sent as a read only where the reviewed list has it (<see cref="VeloCloudReadMethods"/>), and
/// as a change, once, otherwise; nobody says so at the call.
/// </summary>
public sealed partial class VeloCloudClient
{
    /// <summary>Whether a list may ask for its next page while the present one is read. Null: always. Where several lists are read at once, their requests are counted by the caller.</summary>
    internal Func<bool>? MayAskAhead { get; init; }

    /// <summary>The name of the connection.</summary>
    internal string ConnectionName => session.ConnectionName;

    /// <summary>True where an error says that an id means nothing (or nothing that the session may see).</summary>
    internal static bool IsNotFound(OrchestratorApiException e)
        => e.Kind is OrchestratorErrorKind.NotFound || (e.ServerCode is not null && e.ServerMessage?.Contains(VeloCloudAssumptions.NotFoundText, StringComparison.OrdinalIgnoreCase) is true);

    /// <summary>Calls a method that answers with anything; null where it answers with nothing.</summary>
    internal async Task<JsonElement?> CallAsync(string method, Action<Utf8JsonWriter> body, CancellationToken cancellationToken)
    {
        using var answer = await AskAsync(method, Body(body), ClassOf(method), cancellationToken).ConfigureAwait(false);
        return answer?.Json.RootElement.Clone();
    }

    /// <summary>Calls a method that answers with one object; null where it answers with nothing.</summary>
    /// <param name="method">The method.</param>
    /// <param name="body">Writes the parameters, the members of the body.</param>
    /// <param name="make">Reads the object; its text and its connection are noted here.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<T?> ReadOneAsync<T>(string method, Action<Utf8JsonWriter> body, Func<JsonElement, T> make, CancellationToken cancellationToken)
        where T : VeloCloudObject
    {
        using var answer = await AskAsync(method, Body(body), ClassOf(method), cancellationToken).ConfigureAwait(false);
        return answer?.Json.RootElement is { ValueKind: JsonValueKind.Object } root ? Made(make, root) : null;
    }

    /// <summary>
    /// Reads a list: a bare array, or the one under <c>data</c>, object by object while it arrives. Links to further pages are followed where the method takes them; a server that has more
    /// and names no link is an error (lists that are walked by time are read with <see cref="ReadPageAsync"/>).
    /// </summary>
    /// <param name="method">The method; it only reads.</param>
    /// <param name="body">Writes the parameters, except nextPageLink.</param>
    /// <param name="make">Reads one object; null passes it over.</param>
    /// <param name="cancellationToken">Ends the list.</param>
    internal IAsyncEnumerable<T> ReadListAsync<T>(string method, Action<Utf8JsonWriter> body, Func<JsonElement, T?> make, CancellationToken cancellationToken)
        where T : VeloCloudObject
    {
        if (ClassOf(method) is not RequestClass.Read)
        {
            throw new InvalidOperationException($"{method} is no method that only reads.");
        }

        return new VeloCloudListing<T>(session, observer, method, link => VeloCloudSession.NewRequest(method, Body(writer =>
        {
            body(writer);
            if (link is not null)
            {
                writer.WriteString("nextPageLink", link);
            }
        })), Reader(make))
        {
            FollowsLinks = VeloCloudOperations.All.TryGetValue(method, out var operation) && operation.HasPages,
            MayAskAhead = MayAskAhead,
            Accept = (item, json) =>
            {
                item.Keep(json.ToArray());
                session.Stamp(item);
                return item.ListKey;
            },
        }.ListAsync(cancellationToken);
    }

    /// <summary>Reads one page of a list, whole.</summary>
    internal async Task<VeloCloudPage<T>> ReadPageAsync<T>(string method, Action<Utf8JsonWriter> body, Func<JsonElement, T?> make, CancellationToken cancellationToken)
        where T : VeloCloudObject
    {
        using var answer = await AskAsync(method, Body(body), ClassOf(method), cancellationToken).ConfigureAwait(false);
        var root = answer?.Json.RootElement ?? default;
        var list = root;
        JsonElement meta = default;
        if (root.ValueKind is JsonValueKind.Object)
        {
            root.TryGetProperty("metaData", out meta);
            if (!root.TryGetProperty("data", out list) || list.ValueKind is not JsonValueKind.Array)
            {
                throw session.Error(OrchestratorErrorKind.Protocol, $"{method}: the answer holds no list.");
            }
        }

        var items = new List<T>();
        if (list.ValueKind is JsonValueKind.Array)
        {
            foreach (var element in list.EnumerateArray())
            {
                if (Made(make, element) is { } item)
                {
                    items.Add(item);
                }
            }
        }

        var hasMeta = meta.ValueKind is JsonValueKind.Object;
        return new VeloCloudPage<T>(
            items,
            hasMeta ? VeloCloudJson.Whole(meta, "limit") : null,
            hasMeta ? VeloCloudJson.Flag(meta, "more") : null,
            hasMeta && VeloCloudJson.Text(meta, "nextPageLink") is { Length: > 0 } link ? link : null);
    }

    /// <summary>
    /// Calls a method that changes something, once. An answer that tells an error is thrown, also where it came with HTTP 200 and <c>rows</c> beside it; a lost answer is OutcomeUnknown.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="body">Writes the parameters.</param>
    /// <param name="outcomeHint">What shows how it ended, for the error of a lost answer: "Get-VeloCloudEdge shows the edge." Null: a general one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<VeloCloudResult> ChangeAsync(string method, Action<Utf8JsonWriter> body, string? outcomeHint, CancellationToken cancellationToken)
    {
        var results = await ChangeManyAsync(method, body, outcomeHint, cancellationToken).ConfigureAwait(false);
        return results.FirstOrDefault(r => r.Error is not null) is { Error: { } error } ? throw error : results[0];
    }

    /// <summary>As <see cref="ChangeAsync"/>, for methods that answer with a list of results: each is returned, those that are errors too. A single answer is a list of one.</summary>
    internal async Task<IReadOnlyList<VeloCloudResult>> ChangeManyAsync(string method, Action<Utf8JsonWriter> body, string? outcomeHint, CancellationToken cancellationToken)
    {
        if (ClassOf(method) is not RequestClass.Change)
        {
            throw new InvalidOperationException($"{method} is no method that changes anything.");
        }

        using var answer = await AskAsync(method, Body(body), RequestClass.Change, cancellationToken, outcomeHint).ConfigureAwait(false);
        if (answer is null)
        {
            return [new VeloCloudResult(null, null, null, default)];
        }

        var root = answer.Json.RootElement.Clone();
        return root.ValueKind is JsonValueKind.Array && root.GetArrayLength() > 0 ? [.. root.EnumerateArray().Select(r => ResultOf(method, r))] : [ResultOf(method, root)];
    }

    private static RequestClass ClassOf(string method) => VeloCloudReadMethods.Contains(method) ? RequestClass.Read : RequestClass.Change;

    // Reads an element while it is there, and hands on what was made of it.
    private static JsonItemReader<T> Reader<T>(Func<JsonElement, T?> make)
        where T : VeloCloudObject
        => (ref Utf8JsonReader reader, out T? item) =>
        {
            item = null;
            if (!JsonDocument.TryParseValue(ref reader, out var document))
            {
                return false;
            }

            using (document)
            {
                item = document.RootElement.ValueKind is JsonValueKind.Object ? make(document.RootElement) : null;
            }

            return true;
        };

    private static void WriteEnterprise(Utf8JsonWriter writer, long? enterpriseId)
    {
        if (enterpriseId is { } id)
        {
            writer.WriteNumber("enterpriseId", id);
        }
    }

    private static void WriteWith(Utf8JsonWriter writer, IReadOnlyCollection<string> with) => WriteTexts(writer, "with", with);

    // A list of texts; nothing where there are none.
    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyCollection<string> texts)
    {
        if (texts.Count > 0)
        {
            writer.WriteStartArray(name);
            foreach (var text in texts)
            {
                writer.WriteStringValue(text);
            }

            writer.WriteEndArray();
        }
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, IEnumerable<long> numbers)
    {
        writer.WriteStartArray(name);
        foreach (var number in numbers)
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }

    private T? Made<T>(Func<JsonElement, T?> make, JsonElement element)
        where T : VeloCloudObject
    {
        if (element.ValueKind is not JsonValueKind.Object || make(element) is not { } item)
        {
            return null;
        }

        item.Keep(Encoding.UTF8.GetBytes(element.GetRawText()));
        return session.Stamp(item);
    }

    private VeloCloudResult ResultOf(string method, JsonElement element)
    {
        if (element.ValueKind is not JsonValueKind.Object)
        {
            return new VeloCloudResult(null, null, null, element);
        }

        var id = VeloCloudJson.Whole(element, "id");
        OrchestratorApiException? error = null;
        if (element.TryGetProperty("error", out var told) && VeloCloudErrors.Read(told, element.TryGetProperty("rows", out _) || element.EnumerateObject().Count() == 1, success: true) is { } said)
        {
            error = new OrchestratorApiException(OrchestratorSystem.VeloCloud, said.Kind ?? OrchestratorErrorKind.Failed, session.Redactor.Redact($"{method}: {said.Message}."))
            {
                ServerCode = said.Code,
                ServerMessage = session.Redactor.Redact(said.Message ?? string.Empty),
            };
        }

        return new VeloCloudResult(id, VeloCloudJson.Whole(element, "rows"), error, element);
    }
}
