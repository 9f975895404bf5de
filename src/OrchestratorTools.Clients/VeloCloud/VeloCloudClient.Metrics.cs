using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Statistics: sums over an interval, and series (facts/velocloud.md, "Intervals", "Daily work").</summary>
public sealed partial class VeloCloudClient
{
    // The names of applications, asked for once a connection (and enterprise: each may have a map of its own).
    private static readonly ConditionalWeakTable<VeloCloudSession, ConcurrentDictionary<long, Lazy<Task<ApplicationNames>>>> Applications = [];

    /// <summary>
    /// The statistics that a query means. A long interval is asked for in pieces: sums are put together again, series follow each other. Nothing is measured where nothing comes.
    /// </summary>
    public IAsyncEnumerable<VeloCloudMetric> GetMetricsAsync(VeloCloudMetricQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return query.Series ? SeriesAsync(query, cancellationToken) : SumsAsync(query, cancellationToken);
    }

    private async IAsyncEnumerable<VeloCloudMetric> SumsAsync(VeloCloudMetricQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var merge = new MetricMerge(query.By);
        foreach (var piece in query.Interval.Cut(VeloCloudAssumptions.LongestSum))
        {
            await foreach (var row in PieceAsync(query, piece, cancellationToken).ConfigureAwait(false))
            {
                merge.Add(row);
            }
        }

        foreach (var row in merge.Rows(query.Interval))
        {
            yield return row;
        }
    }

    private async IAsyncEnumerable<VeloCloudMetric> SeriesAsync(VeloCloudMetricQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A sample at which two pieces meet is told once.
        var last = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var piece in query.Interval.Cut(VeloCloudAssumptions.LongestSeries))
        {
            await foreach (var row in PieceAsync(query, piece, cancellationToken).ConfigureAwait(false))
            {
                var key = string.Create(CultureInfo.InvariantCulture, $"{row.Id}\n{(row.Id is null ? row.Name : null)}\n{(row.Id is null ? row.Detail : null)}");
                if (last.TryGetValue(key, out var before) && row.Start <= before)
                {
                    continue;
                }

                last[key] = row.Start;
                yield return row;
            }
        }
    }

    private IAsyncEnumerable<VeloCloudMetric> PieceAsync(VeloCloudMetricQuery query, VeloCloudInterval piece, CancellationToken cancellationToken) => query.By switch
    {
        VeloCloudMetricKind.Path => PathsAsync(query, piece, cancellationToken),
        VeloCloudMetricKind.Quality => QualityAsync(query, piece, cancellationToken),
        VeloCloudMetricKind.Health or VeloCloudMetricKind.Status => FeelingAsync(query, piece, cancellationToken),
        _ => RowsAsync(query, piece, cancellationToken),
    };

    private async IAsyncEnumerable<VeloCloudMetric> RowsAsync(VeloCloudMetricQuery query, VeloCloudInterval piece, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var names = query.By is VeloCloudMetricKind.App or VeloCloudMetricKind.Category ? await ApplicationNamesAsync(query.EnterpriseId, cancellationToken).ConfigureAwait(false) : null;
        var answer = await CallAsync(MethodOf(query), writer => WriteMetricBody(writer, query, piece), cancellationToken).ConfigureAwait(false);
        foreach (var row in Rows(answer))
        {
            if (query.Series)
            {
                foreach (var sample in SamplesOf(row, "series", piece, query.Metrics))
                {
                    yield return Told(query, row, names, sample);
                }
            }
            else
            {
                yield return Told(query, row, names, (piece.Start, piece.End, MetricReader.Values(row, query.Metrics)));
            }
        }
    }

    private async IAsyncEnumerable<VeloCloudMetric> FeelingAsync(VeloCloudMetricQuery query, VeloCloudInterval piece, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JsonElement? answer;
        if (query.By is VeloCloudMetricKind.Health)
        {
            var (enterprise, edge) = await LogicalIdsAsync(query, cancellationToken).ConfigureAwait(false);
            var asked = new List<KeyValuePair<string, string>>
            {
                new("start", piece.StartMilliseconds.ToString(CultureInfo.InvariantCulture)),
                new("end", piece.EndMilliseconds.ToString(CultureInfo.InvariantCulture)),
            };
            if (query.Metrics.Count > 0)
            {
                asked.Add(new("metrics", string.Join(',', query.Metrics)));
            }

            answer = await new VeloCloudV2Client(session, observer).GetAsync(VeloCloudV2Client.EdgePath(enterprise, edge) + (query.Series ? "healthStats/timeSeries" : "healthStats"), asked, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            answer = await CallAsync(MethodOf(query), writer => WriteMetricBody(writer, query, piece), cancellationToken).ConfigureAwait(false);
        }

        if (answer is not { ValueKind: JsonValueKind.Object } root)
        {
            yield break;
        }

        if (!query.Series)
        {
            // An edge that told nothing in the interval has no numbers, and no row.
            if (MetricReader.Values(root, query.Metrics) is { Count: > 0 } values && (VeloCloudJson.Whole(root, "total") ?? 1) > 0)
            {
                yield return Told(query, default, null, (piece.Start, piece.End, values));
            }

            yield break;
        }

        foreach (var sample in SamplesOf(root, "series", piece, query.Metrics))
        {
            yield return Told(query, default, null, sample);
        }
    }

    private async IAsyncEnumerable<VeloCloudMetric> PathsAsync(VeloCloudMetricQuery query, VeloCloudInterval piece, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var peer in GetPeersAsync(query.EnterpriseId, query.EnterpriseName, query.EdgeId ?? 0, query.EdgeName, cancellationToken).ConfigureAwait(false))
        {
            if (peer.LogicalId is not { Length: > 0 } logicalId)
            {
                continue;
            }

            var answer = await CallAsync(
                query.Series ? "metrics/getEdgeSDWANPeerPathSeries" : "metrics/getEdgeSDWANPeerPathMetrics",
                writer =>
                {
                    writer.WriteNumber("edgeId", query.EdgeId ?? 0);
                    WriteEnterprise(writer, query.EnterpriseId);
                    writer.WriteString("peerLogicalId", logicalId);
                    WriteInterval(writer, piece.StartMilliseconds, piece.EndMilliseconds);
                    WriteTexts(writer, "metrics", query.Metrics);
                },
                cancellationToken).ConfigureAwait(false);
            var paths = query.Series ? answer : answer is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("paths", out var list) ? list : null;
            foreach (var path in Rows(paths))
            {
                if (query.Series)
                {
                    foreach (var sample in SamplesOf(path, "timeSeries", piece, query.Metrics))
                    {
                        yield return PathOf(query, path, peer, sample);
                    }
                }
                else
                {
                    var numbers = VeloCloudMonitoring.Member(path, "metrics") is { } inner && inner.EnumerateObject().Any() ? inner : path;
                    yield return PathOf(query, path, peer, (piece.Start, piece.End, MetricReader.Values(numbers, query.Metrics)));
                }
            }
        }
    }

    private async IAsyncEnumerable<VeloCloudMetric> QualityAsync(VeloCloudMetricQuery query, VeloCloudInterval piece, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var edge = await GetEdgeAsync(query.EdgeId, null, query.EnterpriseId, query.EnterpriseName, ["recentLinks"], cancellationToken).ConfigureAwait(false);
        var links = (edge?.Link ?? []).Where(l => l.InternalId is not null).GroupBy(l => l.InternalId!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var answer = await CallAsync(
            "linkQualityEvent/getLinkQualityEvents",
            writer =>
            {
                writer.WriteNumber("edgeId", query.EdgeId ?? 0);
                WriteEnterprise(writer, query.EnterpriseId);
                WriteInterval(writer, piece.StartMilliseconds, piece.EndMilliseconds);
                writer.WriteBoolean("individualScores", query.Series);
            },
            cancellationToken).ConfigureAwait(false);
        if (answer is not { ValueKind: JsonValueKind.Object } root)
        {
            yield break;
        }

        foreach (var member in root.EnumerateObject().Where(m => m.Value.ValueKind is JsonValueKind.Object))
        {
            var link = links.GetValueOrDefault(member.Name);
            foreach (var sample in LinkQualityReader.Read(member.Value, piece, query.Series))
            {
                var metric = Stamped(query, sample);
                metric.Id = link?.Id;
                metric.Name = string.Equals(member.Name, LinkQualityReader.Overall, StringComparison.Ordinal) ? "Overall" : link?.Name ?? member.Name;
                metric.Detail = link?.Interface;
                yield return metric;
            }
        }
    }

    private static string MethodOf(VeloCloudMetricQuery query) => (query.EdgeId, query.By) switch
    {
        (null, VeloCloudMetricKind.Link) => "monitoring/getAggregateEdgeLinkMetrics",
        (null, _) => "metrics/getEnterpriseFlowMetrics",
        _ => $"metrics/getEdge{MetricCatalog.MethodPartOf(query.By)}{(query.Series ? "Series" : "Metrics")}",
    };

    private static void WriteMetricBody(Utf8JsonWriter writer, VeloCloudMetricQuery query, VeloCloudInterval piece)
    {
        if (query.EdgeId is { } edge)
        {
            writer.WriteNumber("edgeId", edge);
            WriteEnterprise(writer, query.EnterpriseId);
            if (query.By is VeloCloudMetricKind.Os)
            {
                writer.WriteBoolean("resolveOsNames", true);
            }
        }
        else if (query.By is VeloCloudMetricKind.Link)
        {
            if (query.EnterpriseId is { } id)
            {
                WriteNumbers(writer, "enterprises", [id]);
            }
        }
        else
        {
            WriteEnterprise(writer, query.EnterpriseId);
            writer.WriteString("viewBy", MetricCatalog.ViewOf(query.By));
        }

        WriteInterval(writer, piece.StartMilliseconds, piece.EndMilliseconds);
        var metrics = query.Series && query.Metrics.Count == 0 ? MetricCatalog.DefaultSeriesOf(query.By) : query.Metrics;

        // The series of destinations is the one that takes no metrics [spec].
        if (query is not { By: VeloCloudMetricKind.Destination, Series: true })
        {
            WriteTexts(writer, "metrics", [.. metrics]);
        }
    }

    private static IEnumerable<JsonElement> Rows(JsonElement? answer)
    {
        if (answer is not { } root)
        {
            return [];
        }

        var list = root.ValueKind is JsonValueKind.Object && root.TryGetProperty("data", out var data) ? data : root;
        return list.ValueKind is JsonValueKind.Array ? list.EnumerateArray().Where(e => e.ValueKind is JsonValueKind.Object) : [];
    }

    private static IEnumerable<(DateTimeOffset Start, DateTimeOffset End, Dictionary<string, object> Values)> SamplesOf(
        JsonElement row, string member, VeloCloudInterval piece, IReadOnlyCollection<string> wanted)
    {
        if (!row.TryGetProperty(member, out var series))
        {
            yield break;
        }

        foreach (var (start, end, values) in MetricReader.Samples(series, piece))
        {
            var meant = wanted.Count == 0 ? values : values.Where(v => wanted.Contains(v.Key, StringComparer.OrdinalIgnoreCase)).ToDictionary(v => v.Key, v => v.Value, StringComparer.OrdinalIgnoreCase);
            if (meant.Count > 0)
            {
                yield return (start, end, meant);
            }
        }
    }

    private VeloCloudMetric Stamped(VeloCloudMetricQuery query, (DateTimeOffset Start, DateTimeOffset End, Dictionary<string, object> Values) sample)
        => session.Stamp(new VeloCloudMetric
        {
            By = query.By,
            EdgeId = query.EdgeId,
            EdgeName = query.EdgeName,
            EnterpriseId = query.EnterpriseId,
            EnterpriseName = query.EnterpriseName,
            Start = sample.Start,
            End = sample.End,
            Value = sample.Values,
        });

    private VeloCloudMetric PathOf(VeloCloudMetricQuery query, JsonElement path, VeloCloudPeer peer, (DateTimeOffset Start, DateTimeOffset End, Dictionary<string, object> Values) sample)
    {
        var metric = Stamped(query, sample);
        var source = VeloCloudMonitoring.Member(path, "source");
        metric.Name = $"{VeloCloudJson.Text(source, "linkName")} -> {VeloCloudJson.Text(VeloCloudMonitoring.Member(path, "destination"), "deviceName") ?? peer.Name}";
        metric.Detail = VeloCloudJson.Text(source, "linkLogicalId");
        return metric;
    }

    // What a row is about. Rows name it by number or by name, each kind in its own member.
    private VeloCloudMetric Told(VeloCloudMetricQuery query, JsonElement row, ApplicationNames? names, (DateTimeOffset Start, DateTimeOffset End, Dictionary<string, object> Values) sample)
    {
        var metric = Stamped(query, sample);
        if (row.ValueKind is not JsonValueKind.Object)
        {
            metric.Name = query.EdgeName ?? query.EdgeId?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;
            metric.Id = query.EdgeId;
            return metric;
        }

        var name = VeloCloudJson.Text(row, "name");
        switch (query.By)
        {
            case VeloCloudMetricKind.Link:
                var link = VeloCloudMonitoring.Member(row, "link");
                metric.Id = VeloCloudJson.Whole(row, "linkId") ?? VeloCloudJson.Whole(link, "linkId") ?? VeloCloudJson.Whole(link, "id");
                metric.Name = name ?? VeloCloudJson.Text(link, "displayName") ?? string.Empty;
                metric.Detail = VeloCloudJson.Text(link, "interface");
                metric.EdgeId ??= VeloCloudJson.Whole(link, "edgeId");
                metric.EdgeName ??= VeloCloudJson.Text(link, "edgeName");
                break;
            case VeloCloudMetricKind.App:
                metric.Id = VeloCloudJson.Whole(row, "application") ?? VeloCloudJson.Whole(row, "name");
                metric.Name = metric.Id is { } application ? names!.OfApplication(application) : name ?? string.Empty;
                break;
            case VeloCloudMetricKind.Category:
                metric.Id = VeloCloudJson.Whole(row, "category") ?? VeloCloudJson.Whole(row, "name");
                metric.Name = metric.Id is { } category ? names!.OfClass(category) : name ?? string.Empty;
                break;
            case VeloCloudMetricKind.Device:
                var info = VeloCloudMonitoring.Member(row, "info");
                metric.Id = VeloCloudJson.Whole(info, "id");
                metric.Detail = VeloCloudJson.Text(row, "sourceMac") ?? VeloCloudJson.Text(info, "macAddress") ?? name;
                metric.Name = VeloCloudJson.Text(info, "hostName") is { Length: > 0 } host ? host : name ?? metric.Detail ?? string.Empty;
                break;
            case VeloCloudMetricKind.Os:
                metric.Id = VeloCloudJson.Whole(row, "os");
                metric.Name = name ?? string.Empty;
                break;
            case VeloCloudMetricKind.Segment:
                metric.Id = VeloCloudJson.Whole(row, "segment") ?? VeloCloudJson.Whole(row, "name");
                metric.Name = name ?? string.Empty;
                break;
            default:
                metric.Name = name ?? VeloCloudJson.Text(row, "destDomain") ?? string.Empty;
                break;
        }

        return metric;
    }

    private async Task<ApplicationNames> ApplicationNamesAsync(long? enterpriseId, CancellationToken cancellationToken)
    {
        var known = Applications.GetValue(session, static _ => new ConcurrentDictionary<long, Lazy<Task<ApplicationNames>>>());
        var asked = known.GetOrAdd(enterpriseId ?? 0, id => new Lazy<Task<ApplicationNames>>(() => AskApplicationNamesAsync(enterpriseId)));
        try
        {
            return await asked.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e)
        {
            known.TryRemove(new KeyValuePair<long, Lazy<Task<ApplicationNames>>>(enterpriseId ?? 0, asked));
            if (e.Kind is not OrchestratorErrorKind.Permission)
            {
                throw;
            }

            observer.Warning($"The names of applications may not be read ({e.ServerMessage}): they are shown by number.");
            return new ApplicationNames(default);
        }
    }

    // Whoever waits for it may give up; the others still want it.
    private async Task<ApplicationNames> AskApplicationNamesAsync(long? enterpriseId)
        => new(await CallAsync("configuration/getIdentifiableApplications", writer => WriteEnterprise(writer, enterpriseId), CancellationToken.None).ConfigureAwait(false) ?? default);

    private async Task<(string Enterprise, string Edge)> LogicalIdsAsync(VeloCloudMetricQuery query, CancellationToken cancellationToken)
    {
        var edge = query.EdgeLogicalId
            ?? (await GetEdgeAsync(query.EdgeId, null, query.EnterpriseId, query.EnterpriseName, [], cancellationToken).ConfigureAwait(false))?.LogicalId
            ?? throw session.Error(OrchestratorErrorKind.NotFound, $"Edge {query.EdgeName ?? query.EdgeId?.ToString(CultureInfo.InvariantCulture)}: there is no such edge, or the connection may not see it.");
        return (query.EnterpriseLogicalId ?? await GetLogicalIdAsync(query.EnterpriseId, cancellationToken).ConfigureAwait(false), edge);
    }
}
