using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Edges.</summary>
public sealed partial class VeloCloudClient
{
    /// <summary>The edges of an enterprise, page after page as they are taken.</summary>
    /// <param name="enterpriseId">The enterprise; null for a customer's own one.</param>
    /// <param name="enterpriseName">Its name, where it is known.</param>
    /// <param name="with">What else each edge is to bring: recentLinks, links, site.</param>
    /// <param name="cancellationToken">Ends the list.</param>
    public IAsyncEnumerable<VeloCloudEdge> GetEdgesAsync(long? enterpriseId, string? enterpriseName, IReadOnlyCollection<string> with, CancellationToken cancellationToken)
    {
        var reader = new VeloCloudEdgeReader();
        return new VeloCloudListing<VeloCloudEdge>(session, observer, "enterprise/getEnterpriseEdges", link => VeloCloudSession.NewRequest("enterprise/getEnterpriseEdges", Body(writer =>
        {
            WriteEnterprise(writer, enterpriseId);
            WriteWith(writer, with);
            writer.WriteNumber("limit", VeloCloudAssumptions.PageSize);
            if (link is not null)
            {
                writer.WriteString("nextPageLink", link);
            }
        })), reader.Read)
        {
            MayAskAhead = MayAskAhead,
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
    public Task<VeloCloudEdge?> GetEdgeAsync(long? id, string? logicalId, long? enterpriseId, string? enterpriseName, IReadOnlyCollection<string> with, CancellationToken cancellationToken)
        => GetEdgeAsync(
            writer =>
            {
                if (id is { } number)
                {
                    writer.WriteNumber("id", number);
                }

                if (logicalId is not null)
                {
                    writer.WriteString("logicalId", logicalId);
                }
            },
            enterpriseId,
            enterpriseName,
            with,
            cancellationToken);

    /// <summary>One edge by its exact name; null where the server knows none.</summary>
    public Task<VeloCloudEdge?> GetEdgeByNameAsync(string name, long? enterpriseId, string? enterpriseName, CancellationToken cancellationToken)
        => GetEdgeAsync(writer => writer.WriteString("name", name), enterpriseId, enterpriseName, [], cancellationToken);

    private async Task<VeloCloudEdge?> GetEdgeAsync(Action<Utf8JsonWriter> which, long? enterpriseId, string? enterpriseName, IReadOnlyCollection<string> with, CancellationToken cancellationToken)
    {
        var body = Body(writer =>
        {
            which(writer);
            WriteEnterprise(writer, enterpriseId);
            WriteWith(writer, with);
        });
        try
        {
            using var answer = await AskAsync("edge/getEdge", body, RequestClass.Read, cancellationToken).ConfigureAwait(false);
            return answer?.Json.RootElement.ValueKind is JsonValueKind.Object ? EdgeOf(answer.Bytes, enterpriseName) : null;
        }
        catch (OrchestratorApiException e) when (IsNotFound(e))
        {
            observer.Verbose(e.Message);
            return null;
        }
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
}
