using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Operations that go on after their answer: 202 and a Location (facts/velocloud.md, "v2 errors").</summary>
public sealed partial class VeloCloudV2Client
{
    /// <summary>
    /// Waits for what an answer left under way. Returns what the operation tells at its end (an answer that left nothing under way: its own body). A short outage does not end the wait.
    /// Throws Failed where the operation failed, Timeout where it did not end in time (it goes on at the server), OutcomeUnknown where the server no longer knows it.
    /// </summary>
    /// <param name="answer">The answer.</param>
    /// <param name="timeout">The longest wait; null: without end.</param>
    /// <param name="seen">Told of each look at it: the state's word.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<JsonElement?> WaitAsync(VeloCloudV2Answer answer, TimeSpan? timeout, Action<string>? seen, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (!answer.IsUnderWay)
        {
            return answer.Body;
        }

        if (answer.Location is not { } location)
        {
            throw session.Error(OrchestratorErrorKind.OutcomeUnknown, "The server took the change and goes on with it, but names no operation that tells how it ends.", "Look at the object to see how it ended.");
        }

        var time = session.Settings.Time;
        var began = time.GetTimestamp();
        var pause = VeloCloudAssumptions.AsyncFirstPause;
        while (true)
        {
            JsonElement? told;
            try
            {
                told = await GetAsync(location.IsAbsoluteUri ? location.AbsoluteUri : location.OriginalString, null, cancellationToken).ConfigureAwait(false);
            }
            catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.NotFound)
            {
                throw session.Error(OrchestratorErrorKind.OutcomeUnknown, $"The server does not know the operation {location} any more: how it ended is unknown.", "Look at the object to see how it ended.", e);
            }

            var state = told is { ValueKind: JsonValueKind.Object } operation
                ? VeloCloudAssumptions.AsyncStateMembers.Select(m => VeloCloudJson.Text(operation, m)).FirstOrDefault(s => !string.IsNullOrEmpty(s))
                : null;
            if (state is null)
            {
                // No operation any more, but what came of it.
                return told;
            }

            seen?.Invoke(state);
            if (VeloCloudAssumptions.AsyncDone.Contains(state, StringComparer.OrdinalIgnoreCase))
            {
                return told;
            }

            if (VeloCloudAssumptions.AsyncFailed.Contains(state, StringComparer.OrdinalIgnoreCase))
            {
                throw session.Error(OrchestratorErrorKind.Failed, $"The operation {location} ended as {state}{ReasonOf(told!.Value)}.", "Look at the object: a part of the change may have been done.");
            }

            var left = timeout - time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                throw session.Error(OrchestratorErrorKind.Timeout, $"The operation {location} is {state} after {(int)timeout!.Value.TotalSeconds} s; it goes on at the server.", $"Invoke-VeloCloudRequest '{location}' shows how far it is.");
            }

            await Task.Delay(left < pause ? left.Value : pause, time, cancellationToken).ConfigureAwait(false);
            pause = pause * 1.5 < VeloCloudAssumptions.AsyncLongestPause ? pause * 1.5 : VeloCloudAssumptions.AsyncLongestPause;
        }
    }

    /// <summary>Tells an edge to do something: blinkLeds, reboot, hardReset, shutdown, restartService.</summary>
    internal Task<VeloCloudV2Answer> ActAsync(string enterpriseLogicalId, string edgeLogicalId, string action, CancellationToken cancellationToken)
        => SendAsync(
            HttpMethod.Post,
            EnterprisePath(enterpriseLogicalId) + "edges/",
            [new("action", action)],
            Body(writer =>
            {
                writer.WriteStartArray("edges");
                writer.WriteStringValue(edgeLogicalId);
                writer.WriteEndArray();
            }),
            "Get-VeloCloudEdge shows the edge: its states and since when it runs.",
            cancellationToken);

    private static string ReasonOf(JsonElement operation)
    {
        var texts = new List<string>();
        if (operation.TryGetProperty("errors", out var errors) && errors.ValueKind is JsonValueKind.Array)
        {
            texts.AddRange(errors.EnumerateArray().Take(5).Select(e => e.ValueKind is JsonValueKind.Object ? VeloCloudJson.Text(e, "message") ?? VeloCloudJson.Text(e, "displayMessage") : e.ToString()).OfType<string>());
        }

        if (texts.Count == 0 && (VeloCloudJson.Text(operation, "message") ?? VeloCloudJson.Text(operation, "displayMessage")) is { } message)
        {
            texts.Add(message);
        }

        return texts.Count == 0 ? string.Empty : ": " + string.Join("; ", texts.Select(t => t.TrimEnd('.')));
    }
}
