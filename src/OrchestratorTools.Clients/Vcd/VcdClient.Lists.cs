using System.Runtime.CompilerServices;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <content>Lists, by the query service (facts/vcd.md, "Query"): one request for 128 records.</content>
public sealed partial class VcdClient
{
    /// <summary>The most records that a server gives at a time (facts/vcd.md, "Query").</summary>
    internal const int MostAtOnce = 128;

    // Whole representations that are read at once: one is a request, and an answer of some ten KB.
    private const int DetailsAtOnce = 4;

    /// <summary>The objects of a kind that the session may see, in the order of their names (tasks: the latest first). The server's answer is narrowed by names and conditions; it may hold more than what was meant.</summary>
    public IAsyncEnumerable<T> ListAsync<T>(VcdListing listing, CancellationToken cancellationToken)
        where T : VcdObject
    {
        ArgumentNullException.ThrowIfNull(listing);
        var kind = VcdEntities.Of(typeof(T));
        var owner = listing.Organization is { } organization && kind.HasOrganizationName ? new VcdCondition("orgName") { Patterns = [VcdNamePattern.Of(organization.Name)] } : null;
        var query = VcdQuery.OfType(VcdAssumptions.RecordType(kind.QueryType, _session.IsProvider, _session.Version)) with
        {
            Filter = VcdFilter.AllOf([VcdFilter.AnyOf("name", listing.Names), .. listing.Conditions.Select(c => c.ToFilter()), owner?.ToFilter()]),
            SortBy = typeof(T) == typeof(VcdTask) ? "startDate" : "name",
            Descending = typeof(T) == typeof(VcdTask),
        };
        return typeof(T) == typeof(VcdOrg) ? (IAsyncEnumerable<T>)ListOrgsAsync(query, listing.ForDetails, cancellationToken) : ListAsync<T>(query, listing, cancellationToken);
    }

    /// <summary>The organizations that the session may see, in the order of their names. A user without the right to query them gets the names and addresses of the organization list.</summary>
    public IAsyncEnumerable<VcdOrg> GetOrgsAsync(IReadOnlyCollection<VcdNamePattern> names, CancellationToken cancellationToken)
        => ListAsync<VcdOrg>(new VcdListing { Names = names }, cancellationToken);

    /// <summary>The catalogs that the session may see, in the order of their names.</summary>
    public IAsyncEnumerable<VcdCatalog> GetCatalogsAsync(IReadOnlyCollection<VcdNamePattern> names, IReadOnlyCollection<VcdNamePattern> organizations, CancellationToken cancellationToken)
        => ListAsync<VcdCatalog>(new VcdListing { Names = names, Conditions = [new VcdCondition("orgName") { Patterns = organizations }] }, cancellationToken);

    /// <summary>The items of the catalogs that the session may see, in the order of their names.</summary>
    public IAsyncEnumerable<VcdCatalogItem> GetCatalogItemsAsync(IReadOnlyCollection<VcdNamePattern> names, IReadOnlyCollection<VcdNamePattern> catalogs, VcdCatalogItemType? type, CancellationToken cancellationToken)
        => ListAsync<VcdCatalogItem>(new VcdListing { Names = names, Conditions = [new VcdCondition("catalogName") { Patterns = catalogs }, .. type is { } wanted ? new[] { OfEntityType(wanted) } : []] }, cancellationToken);

    /// <summary>The tasks that the server remembers, the latest first.</summary>
    public IAsyncEnumerable<VcdTask> GetTasksAsync(CancellationToken cancellationToken) => ListAsync<VcdTask>(new VcdListing(), cancellationToken);

    /// <summary>The condition that a catalog item is of a kind.</summary>
    public static VcdCondition OfEntityType(VcdCatalogItemType type)
        => new("entityType") { Patterns = [new VcdNamePattern([string.Empty, VcdAssumptions.EntityTypeWord(type), string.Empty])] };

    /// <summary>Reads the whole representation of each, a few at once, and gives them in the order of the list. What could not be read comes with its error, and the next goes on.</summary>
    public async IAsyncEnumerable<VcdDetail<T>> DetailAsync<T>(IAsyncEnumerable<T> records, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : VcdObject
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new Queue<Task<VcdDetail<T>>>();
        try
        {
            await foreach (var record in records.WithCancellation(enough.Token).ConfigureAwait(false))
            {
                running.Enqueue(DetailAsync(record, enough.Token));
                if (running.Count >= DetailsAtOnce)
                {
                    yield return await running.Peek().ConfigureAwait(false);
                    _ = running.Dequeue();
                }
            }

            while (running.Count > 0)
            {
                yield return await running.Peek().ConfigureAwait(false);
                _ = running.Dequeue();
            }
        }
        finally
        {
            if (running.Count > 0)
            {
                // The caller has enough: what was asked for ahead is given up.
                await enough.CancelAsync().ConfigureAwait(false);
                _ = Task.WhenAll(running).ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            }
        }
    }

    private async Task<VcdDetail<T>> DetailAsync<T>(T record, CancellationToken cancellationToken)
        where T : VcdObject
    {
        try
        {
            return new VcdDetail<T>(await GetEntityAsync<T>(record.Href, record.Record, cancellationToken).ConfigureAwait(false), record, null);
        }
        catch (OrchestratorApiException e)
        {
            return new VcdDetail<T>(null, record, e);
        }
    }

    private async IAsyncEnumerable<T> ListAsync<T>(VcdQuery query, VcdListing listing, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : VcdObject
    {
        await foreach (var record in QueryAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (VcdEntities.ReadRecord(record) is T item && (listing.Organization is null || VcdEntities.MayBelongTo(item, listing.Organization)) && listing.Conditions.All(c => c.Means is null || c.Means(item)))
            {
                item.Record = listing.ForDetails ? record : null;
                yield return Guard(_session, item, Tenant);
            }
        }
    }

    private async IAsyncEnumerable<VcdOrg> ListOrgsAsync(VcdQuery query, bool keepRecord, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var records = QueryAsync(query, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (records.ConfigureAwait(false))
        {
            XElement? list = null;
            var first = true;
            while (true)
            {
                try
                {
                    if (!await records.MoveNextAsync().ConfigureAwait(false))
                    {
                        yield break;
                    }
                }
                catch (OrchestratorApiException e) when (first && e.StatusCode is System.Net.HttpStatusCode.Forbidden)
                {
                    // facts/vcd.md, "Query": 403 where the user has no right to the type. The list of organizations is everybody's.
                    list = await GetXmlAsync(new Uri(_session.Server, "/api/org"), cancellationToken, "OrgList").ConfigureAwait(false);
                }

                first = false;
                if (list is not null)
                {
                    break;
                }

                yield return Guard(_session, new VcdOrg(records.Current) { Record = keepRecord ? records.Current : null }, Tenant);
            }

            foreach (var org in VcdXml.Children(list, "Org"))
            {
                yield return Guard(_session, new VcdOrg(org), Tenant);
            }
        }
    }

    /// <summary>
    /// Pages through the records. The next page is asked for when a quarter of the present one was taken: by then the caller wants more than a first few, and the wait overlaps.
    /// </summary>
    private async IAsyncEnumerable<XElement> QueryAsync(VcdQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<QueryPage>? next = null;
        try
        {
            var page = await GetPageAsync(query, 1, enough.Token).ConfigureAwait(false);
            while (true)
            {
                var ahead = page.Records.Count / 4;
                for (var i = 0; i < page.Records.Count; i++)
                {
                    yield return page.Records[i];
                    if (i >= ahead && page.HasMore)
                    {
                        next ??= GetPageAsync(query, page.Number + 1, enough.Token);
                    }
                }

                if (next is null)
                {
                    yield break;
                }

                page = await next.ConfigureAwait(false);
                next = null;
            }
        }
        finally
        {
            if (next is not null)
            {
                // The caller has enough: the page that was asked for ahead is given up.
                await enough.CancelAsync().ConfigureAwait(false);
                _ = next.ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            }
        }
    }

    private async Task<QueryPage> GetPageAsync(VcdQuery query, int number, CancellationToken cancellationToken)
    {
        var root = await GetXmlAsync(_session.Resolve(query.ToAddress(number, _session.Version!)), cancellationToken, "QueryResultRecords").ConfigureAwait(false);
        var records = root.Elements().Where(e => e.Name.LocalName.EndsWith("Record", StringComparison.Ordinal)).ToArray();

        // The server may give fewer a page than were asked for; what it says counts.
        var size = VcdXml.Number(root, "pageSize") is { } said and > 0 ? said : query.PageSize;
        var more = VcdXml.Number(root, "total") is { } total
            ? number * size < total
            : VcdLink.Of(root).Any(l => l.Rel == "nextPage");
        return new QueryPage(number, records, more && records.Length > 0 && number * size < query.Most);
    }

    private sealed record QueryPage(int Number, IReadOnlyList<XElement> Records, bool HasMore);
}
