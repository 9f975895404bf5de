using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>
/// APIv2 of a VeloCloud Orchestrator (facts/velocloud.md, "Paging v2", "v2 errors"): objects, lists that follow their links, changes, and operations that go on after their answer.
/// Paths are written without the prefix, which is found out once a connection. Whatever is no GET is a change and is sent once. Light: one for each use.
/// </summary>
/// <param name="session">The connection.</param>
/// <param name="observer">Hears of the requests.</param>
public sealed partial class VeloCloudV2Client(VeloCloudSession session, IRequestObserver observer)
{
    private static readonly IReadOnlyCollection<KeyValuePair<string, string>> NoQuery = [];

    /// <summary>Whether a list may ask for its next page while the present one is read. Null: always.</summary>
    internal Func<bool>? MayAskAhead { get; init; }

    /// <summary>The path of an enterprise: every other one begins with it.</summary>
    internal static string EnterprisePath(string logicalId) => $"enterprises/{Uri.EscapeDataString(logicalId)}/";

    /// <summary>The path of an edge.</summary>
    internal static string EdgePath(string enterpriseLogicalId, string edgeLogicalId) => $"{EnterprisePath(enterpriseLogicalId)}edges/{Uri.EscapeDataString(edgeLogicalId)}/";

    /// <summary>
    /// Where APIv2 is at this server: "/api/sdwan/v2/", or "/sdwan/" at releases 4.x. Asked for once a connection. An answer in JSON tells that it is there, whatever it says; the old path
    /// also answers a newer Orchestrator's clients, with a redirect (308), which is no sign of an old one.
    /// </summary>
    public async Task<string> GetPrefixAsync(CancellationToken cancellationToken)
    {
        if (session.V2Prefix is { } known)
        {
            return known;
        }

        string? found = null;
        foreach (var prefix in new[] { VeloCloudAssumptions.V2Prefix, VeloCloudAssumptions.OldV2Prefix })
        {
            using var request = VeloCloudSession.NewV2Request(HttpMethod.Get, new Uri(prefix + "enterprises/?limit=1", UriKind.Relative), null);
            VeloCloudSession.TakeAnyAnswer(request);
            using var response = await session.SendAsync(request, RequestClass.Read, observer, cancellationToken).ConfigureAwait(false);
            if (VeloCloudErrors.FirstByte(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false)) is (byte)'{' or (byte)'[')
            {
                found = prefix;
                break;
            }

            if ((int)response.StatusCode is >= 300 and < 400 && response.Headers.Location is { } location
                && new Uri(session.Server, location).AbsolutePath.StartsWith(VeloCloudAssumptions.V2Prefix, StringComparison.Ordinal))
            {
                found = VeloCloudAssumptions.V2Prefix;
                break;
            }
        }

        return session.V2Prefix = found ?? throw session.Error(
            OrchestratorErrorKind.Protocol,
            $"{session.Server.Authority} answers APIv2 neither at {VeloCloudAssumptions.V2Prefix} nor at {VeloCloudAssumptions.OldV2Prefix}.",
            "Releases before 4.0 have none; everything that the portal API has works there.");
    }

    /// <summary>Reads one object.</summary>
    /// <param name="path">The path behind the prefix.</param>
    /// <param name="query">Names and values, not escaped.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<JsonElement?> GetAsync(string path, IEnumerable<KeyValuePair<string, string>>? query, CancellationToken cancellationToken)
        => (await SendAsync(HttpMethod.Get, path, query, null, null, cancellationToken).ConfigureAwait(false)).Body;

    /// <summary>
    /// Reads a list: a bare array, or the one under <c>data</c>, element by element while it arrives, and goes on where metaData.nextPageLink leads.
    /// An object that is no list comes as one element.
    /// </summary>
    public async IAsyncEnumerable<JsonElement> ListAsync(
        string path, IEnumerable<KeyValuePair<string, string>>? query, bool followLinks, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var list = new VeloCloudListing<JsonElement>(session, observer, path, await RequestsAsync(path, query, cancellationToken).ConfigureAwait(false), ReadElement)
        {
            FollowsLinks = followLinks,
            MayAskAhead = MayAskAhead,
            Accept = static (element, _) => KeyOf(element),
            HasMore = followLinks ? null : static () => { },
            NoList = static members => JsonSerializer.SerializeToElement(members),
        };
        await foreach (var element in list.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return element;
        }
    }

    /// <summary>Reads a list of typed objects; what <paramref name="make"/> makes null is passed over.</summary>
    internal async IAsyncEnumerable<T> ListAsync<T>(
        string path, IEnumerable<KeyValuePair<string, string>>? query, Func<JsonElement, T?> make, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        where T : VeloCloudObject
    {
        await foreach (var element in ListAsync(path, query, followLinks: true, cancellationToken).ConfigureAwait(false))
        {
            if (make(element) is { } item)
            {
                item.Keep(Encoding.UTF8.GetBytes(element.GetRawText()));
                yield return session.Stamp(item);
            }
        }
    }

    /// <summary>Sends a request. A GET is a read; everything else is a change, and sent once.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path behind the prefix, or a whole path that an answer named.</param>
    /// <param name="query">Names and values, not escaped.</param>
    /// <param name="body">JSON.</param>
    /// <param name="outcomeHint">What shows how a change ended whose answer was lost.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<VeloCloudV2Answer> SendAsync(
        HttpMethod method, string path, IEnumerable<KeyValuePair<string, string>>? query, byte[]? body, string? outcomeHint, CancellationToken cancellationToken)
    {
        var requestClass = method == HttpMethod.Get || method == HttpMethod.Head ? RequestClass.Read : RequestClass.Change;
        using var request = VeloCloudSession.NewV2Request(method, await AddressAsync(path, query, cancellationToken).ConfigureAwait(false), body);
        if (requestClass is RequestClass.Change)
        {
            request.Options.Set(RequestKeys.OutcomeHint, outcomeHint ?? "Look at the object before you try again.");
        }

        using var secrets = body is null ? null : VeloCloudSecrets.Guard(session.Redactor, path, body);
        using var response = await session.SendAsync(request, requestClass, observer, cancellationToken).ConfigureAwait(false);
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var location = response.Headers.Location;
        if (VeloCloudErrors.FirstByte(bytes) == 0)
        {
            return new VeloCloudV2Answer(response.StatusCode, null, location);
        }

        try
        {
            using var json = JsonDocument.Parse(bytes.AsMemory(bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0), VeloCloudJson.Options);
            return new VeloCloudV2Answer(response.StatusCode, json.RootElement.Clone(), location);
        }
        catch (JsonException e)
        {
            var isPage = response.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml";
            throw session.Unreadable(request, response, requestClass, isPage ? "it is an HTML page" : "it is not the JSON that was expected: " + e.Message, e);
        }
    }

    /// <summary>Makes a body: an object whose members the callback writes.</summary>
    internal static byte[] Body(Action<Utf8JsonWriter> write)
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

    /// <summary>Makes a JSON Patch of changes: op, path, and the value (undefined: none).</summary>
    internal static byte[] Patch(IEnumerable<(string Op, string Path, JsonElement Value)> changes)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            foreach (var (op, path, value) in changes)
            {
                writer.WriteStartObject();
                writer.WriteString("op", op);
                writer.WriteString("path", path);
                if (value.ValueKind is not JsonValueKind.Undefined)
                {
                    writer.WritePropertyName("value");
                    value.WriteTo(writer);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return stream.ToArray();
    }

    /// <summary>A time as APIv2 takes it: 13 digits of milliseconds.</summary>
    internal static string Time(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

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

    private static string? KeyOf(JsonElement element)
        => element.ValueKind is JsonValueKind.Object ? VeloCloudJson.Text(element, "logicalId") ?? VeloCloudJson.Text(element, "_href") : null;

    // The request of a page. A link goes into the query beside what the first request asked for: filters are ignored then, what is included with each element is not.
    private async Task<Func<string?, HttpRequestMessage>> RequestsAsync(string path, IEnumerable<KeyValuePair<string, string>>? query, CancellationToken cancellationToken)
    {
        var prefix = await GetPrefixAsync(cancellationToken).ConfigureAwait(false);
        var asked = (query ?? NoQuery).ToArray();
        return link => VeloCloudSession.NewV2Request(
            HttpMethod.Get,
            AddressOf(prefix, path, link is null ? asked : [.. asked.Where(q => q.Key is not ("nextPageLink" or "prevPageLink")), new("nextPageLink", link)]),
            null);
    }

    private async Task<Uri> AddressAsync(string path, IEnumerable<KeyValuePair<string, string>>? query, CancellationToken cancellationToken)
        => AddressOf(await GetPrefixAsync(cancellationToken).ConfigureAwait(false), path, query ?? NoQuery);

    private Uri AddressOf(string prefix, string path, IEnumerable<KeyValuePair<string, string>> query)
    {
        var target = PathOf(prefix, path);
        var added = string.Join('&', query.Select(q => $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(q.Value)}"));
        return new Uri(added.Length == 0 ? target : $"{target}{(target.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{added}", UriKind.RelativeOrAbsolute);
    }

    // What a user or an answer wrote: behind the prefix, with either prefix, or a whole address of this server.
    private string PathOf(string prefix, string path)
    {
        if (Uri.TryCreate(path, UriKind.Absolute, out var whole) && whole.Scheme is "http" or "https")
        {
            if (Uri.Compare(whole, session.Server, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) != 0)
            {
                // Refused where it is sent, with the words for an address that is another server's.
                return path;
            }

            path = whole.PathAndQuery;
        }

        foreach (var known in new[] { VeloCloudAssumptions.V2Prefix, VeloCloudAssumptions.OldV2Prefix })
        {
            if (path.StartsWith(known, StringComparison.Ordinal))
            {
                return prefix + path[known.Length..];
            }
        }

        return prefix + path.TrimStart('/');
    }
}
