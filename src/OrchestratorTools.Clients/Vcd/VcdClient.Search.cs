using System.Net;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <content>Searches of any type, and entities of any id.</content>
public sealed partial class VcdClient
{
    /// <summary>The query types that this session may ask for, as the server lists them, and the packaged queries that the API has. The server is asked once a session.</summary>
    public async Task<IReadOnlyList<string>> GetQueryTypesAsync(CancellationToken cancellationToken)
        => (await QueryTypesAsync(cancellationToken).ConfigureAwait(false)).Select(l => l.Name!).Concat(VcdAssumptions.PackagedQueries).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();

    /// <summary>Records of any type, page after page as they are taken. A field that does not exist is an error of kind Validation that names those that do.</summary>
    public async IAsyncEnumerable<VcdRecord> SearchAsync(VcdSearch search, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(search);
        var (type, address) = await FindQueryAsync(search.Type, cancellationToken).ConfigureAwait(false);
        var query = new VcdQuery(address)
        {
            Filter = VcdFilter.AllOf([search.Filter is { Length: > 0 } own ? own : null, .. search.Conditions.Select(c => VcdFilter.Of(c))]),
            SortBy = search.SortBy,
            Descending = search.Descending,
            Fields = search.Fields,
        };
        var left = search.First ?? int.MaxValue;
        query = query with { Most = left, PageSize = Math.Min(left, MostAtOnce) };
        var records = QueryAsync(query, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (records.ConfigureAwait(false))
        {
            while (left-- > 0)
            {
                try
                {
                    if (!await records.MoveNextAsync().ConfigureAwait(false))
                    {
                        yield break;
                    }
                }
                catch (OrchestratorApiException e) when (e.StatusCode is HttpStatusCode.BadRequest && search.NamesFields)
                {
                    throw await ExplainAsync(e, type, address, cancellationToken).ConfigureAwait(false);
                }

                yield return Guard(_session, new VcdRecord(records.Current, type), Tenant);
            }
        }
    }

    /// <summary>What an id (<c>urn:vcloud:KIND:UUID</c>) stands for, whatever it is: the server's resolver says where it is, and it is read from there.</summary>
    public async Task<VcdObject> ResolveEntityAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (id.Split(':') is not ["urn", "vcloud", { Length: > 0 } kind, { Length: > 0 }] || VcdAssumptions.UuidOf(id) is not { } uuid)
        {
            throw _session.Error(OrchestratorErrorKind.Validation, $"'{id}' is no id: urn:vcloud:KIND:UUID is needed, for example urn:vcloud:vm:6ef7767a-9522-4f8a-aa61-772ea1dc3145.", "A UUID alone does not say what it is of; the Get-Vcd cmdlets take it with -Id.");
        }

        var entity = await GetXmlAsync(new Uri(_session.Server, $"/api/entity/urn:vcloud:{Uri.EscapeDataString(kind)}:{uuid}"), cancellationToken, "Entity").ConfigureAwait(false);
        var link = VcdLink.Of(entity).FirstOrDefault(l => l.Rel == "alternate")
            ?? throw _session.Error(OrchestratorErrorKind.Protocol, $"The server knows '{id}', but not where it is: its answer has no link to it.");
        return await GetEntityAsync(link.Href, null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The links of an object as it is now; what a list returned has none of its own.</summary>
    public async Task<IReadOnlyList<VcdLink>> GetLinksAsync(string href, CancellationToken cancellationToken)
        => VcdLink.Of(await GetXmlAsync(AddressOf(_session, null, href), cancellationToken).ConfigureAwait(false)).Where(l => !l.IsTransfer).ToArray();

    private async Task<IReadOnlyList<VcdLink>> QueryTypesAsync(CancellationToken cancellationToken)
    {
        if (_session.QueryTypes is { } known)
        {
            return known;
        }

        var list = await GetXmlAsync(new Uri(_session.Server, "/api/query"), cancellationToken, "QueryList").ConfigureAwait(false);
        return _session.QueryTypes = VcdLink.Of(list).Where(l => l.Name is { Length: > 0 } && l.Href.Contains("format=records", StringComparison.Ordinal)).ToArray();
    }

    private async Task<(string Type, string Address)> FindQueryAsync(string type, CancellationToken cancellationToken)
    {
        var types = await QueryTypesAsync(cancellationToken).ConfigureAwait(false);
        if ((types.FirstOrDefault(l => l.Name == type) ?? types.FirstOrDefault(l => string.Equals(l.Name, type, StringComparison.OrdinalIgnoreCase))) is { } link)
        {
            return (link.Name!, link.Href);
        }

        if (VcdAssumptions.PackagedQueries.FirstOrDefault(p => string.Equals(p, type, StringComparison.OrdinalIgnoreCase)) is { } packaged)
        {
            return (packaged, $"/api/{packaged}/query");
        }

        var near = types.Select(l => l.Name!).Where(n => n.Contains(type, StringComparison.OrdinalIgnoreCase) || type.Contains(n, StringComparison.OrdinalIgnoreCase)).ToArray();
        var names = (near.Length > 0 ? near : types.Select(l => l.Name!)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        throw _session.Error(OrchestratorErrorKind.NotFound, $"'{type}' is no query type of this server for this user. {(near.Length > 0 ? "Like it are" : "There are")}: {string.Join(", ", names)}.", "Packaged queries (vms, vApps, catalogs, admin/users, …) are taken too.");
    }

    // A 400 says that something of the question is wrong, seldom what. The records themselves say which fields there are: each has those that are not empty.
    private async Task<OrchestratorApiException> ExplainAsync(OrchestratorApiException e, string type, string address, CancellationToken cancellationToken)
    {
        string[] fields;
        try
        {
            var page = await GetPageAsync(new VcdQuery(address), 1, cancellationToken).ConfigureAwait(false);
            fields = page.Records.SelectMany(r => r.Attributes()).Where(a => !a.IsNamespaceDeclaration).Select(a => a.Name.LocalName).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        }
        catch (OrchestratorApiException)
        {
            return e;
        }

        return new OrchestratorApiException(e.System, OrchestratorErrorKind.Validation, fields.Length == 0
            ? $"{e.Message.TrimEnd('.')}. There is no {type} whose fields could be named."
            : $"{e.Message.TrimEnd('.')}. The fields of {type} here are: {string.Join(", ", fields)} (a field that is empty in every record is not among them).", e)
        {
            StatusCode = e.StatusCode,
            ServerCode = e.ServerCode,
            ServerMessage = e.ServerMessage,
            RequestId = e.RequestId,
            Method = e.Method,
            Uri = e.Uri,
            RecommendedAction = "Check -Where, -Filter, -Property and -SortBy: field names regard letter case.",
        };
    }
}
