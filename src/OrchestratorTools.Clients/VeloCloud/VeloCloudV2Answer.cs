using System.Net;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>What APIv2 answered.</summary>
/// <param name="StatusCode">200, 201, 202 (under way: the location tells how far), 204.</param>
/// <param name="Body">The body; null where there is none.</param>
/// <param name="Location">What the answer names as the place of what was made, or of the asynchronous operation.</param>
public sealed record VeloCloudV2Answer(HttpStatusCode StatusCode, JsonElement? Body, Uri? Location)
{
    /// <summary>True where the server goes on after its answer.</summary>
    public bool IsUnderWay => StatusCode is HttpStatusCode.Accepted;
}
