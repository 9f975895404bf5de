using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>What a change answered, or one of the results where it answers with one for each object (facts/velocloud.md, "Errors": <c>{rows, error}</c>).</summary>
/// <param name="Id">The id of what was made or changed, where the answer has it.</param>
/// <param name="Rows">How many things were changed, where the answer says so. None does not mean an error: what was wanted may have been so already.</param>
/// <param name="Error">Why this one was not changed; only results of a list have one, a single result that is an error is thrown.</param>
/// <param name="Answer">The whole answer; undefined where it was empty.</param>
internal sealed record VeloCloudResult(long? Id, long? Rows, OrchestratorApiException? Error, JsonElement Answer)
{
    /// <summary>A member of the answer, as a text; null where it is not there.</summary>
    public string? Text(string name) => Answer.ValueKind is JsonValueKind.Object ? VeloCloudJson.Text(Answer, name) : null;
}
