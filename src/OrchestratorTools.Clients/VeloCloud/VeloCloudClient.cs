using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>The portal API of a VeloCloud Orchestrator, one method an operation, one file an area. Light: one for each use.</summary>
/// <param name="session">The connection.</param>
/// <param name="observer">Hears of the requests.</param>
public sealed partial class VeloCloudClient(VeloCloudSession session, IRequestObserver observer)
{
    private static readonly JsonItemReader<JsonElement> ElementReader = ReadElement;

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
            var list = new VeloCloudListing<JsonElement>(session, observer, method, link => VeloCloudSession.NewRequest(method, link is null ? body : WithLink(body, link)), ElementReader)
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

    // An answer that is held whole; null where it has no body (methods that return none).
    private async Task<Answer?> AskAsync(string method, byte[] body, RequestClass requestClass, CancellationToken cancellationToken, string? outcomeHint = null)
    {
        using var request = VeloCloudSession.NewRequest(method, body);
        if (requestClass is RequestClass.Change)
        {
            request.Options.Set(RequestKeys.OutcomeHint, outcomeHint ?? "Look at the object with one of the get methods before you try again.");
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

    private sealed class Answer(byte[] bytes, JsonDocument json) : IDisposable
    {
        public byte[] Bytes => bytes;

        public JsonDocument Json => json;

        public void Dispose() => json.Dispose();
    }
}
