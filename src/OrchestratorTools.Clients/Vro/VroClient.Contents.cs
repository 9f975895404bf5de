using System.Runtime.CompilerServices;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vro;

/// <summary>What a plan's run consists of, and what the server has beside its plans.</summary>
public sealed partial class VroClient
{
    /// <summary>What halted a plan's run; null where nothing failed, or where that cannot be told.</summary>
    public async Task<VroFailedPart?> FindFailedPartAsync(string planId, CancellationToken cancellationToken)
    {
        var groups = await ListRuntimeGroupsAsync(planId, cancellationToken).ConfigureAwait(false);
        if (groups.FirstOrDefault(g => g.HasFailed) is not { } group)
        {
            return null;
        }

        var vms = await ListRuntimeVmsAsync(planId, group.Id, cancellationToken).ConfigureAwait(false);
        var failed = vms.Where(v => v.HasFailed).ToArray();
        var steps = failed is [var first, ..]
            ? await ListVmStepsAsync(planId, first.Id, cancellationToken).ConfigureAwait(false)
            : await ListGroupStepsAsync(planId, group.Id, cancellationToken).ConfigureAwait(false);
        return new VroFailedPart(group, failed.FirstOrDefault(), steps.FirstOrDefault(s => s.HasFailed), failed.Length);
    }

    /// <summary>The recovery locations.</summary>
    public IAsyncEnumerable<VroRecoveryLocation> ListLocationsAsync(VroListQuery? query, CancellationToken cancellationToken)
        => ListAllAsync("RecoveryLocations", query, VroRecoveryLocation.From, cancellationToken);

    /// <summary>One recovery location.</summary>
    public async Task<VroRecoveryLocation> GetLocationAsync(string locationId, CancellationToken cancellationToken)
    {
        var answer = await GetAsync($"RecoveryLocations/{Segment(locationId)}", cancellationToken).ConfigureAwait(false)
            ?? throw Session.Error(OrchestratorErrorKind.Protocol, $"{Session.Server.Authority} answered the question for recovery location {locationId} with an empty body.");
        return Session.Stamp(VroRecoveryLocation.From(VroAssumptions.Unwrap(answer)));
    }

    // Page by page; a page is asked for when the one before was taken.
    private async IAsyncEnumerable<T> ListAllAsync<T>(string path, VroListQuery? query, Func<JsonElement, T> read, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : ServerObject
    {
        query ??= new VroListQuery();
        var (start, found) = (query.Skip, 0);
        while (true)
        {
            var limit = query.First is { } first ? Math.Min(PageSize, first - found) : PageSize;
            var page = await GetPageAsync(Session.At(query.AddressOf(path, start, limit)), cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items.Where(i => i.ValueKind is JsonValueKind.Object))
            {
                yield return Session.Stamp(read(item));
                if (++found == query.First)
                {
                    yield break;
                }
            }

            start += page.Items.Count;
            if (page.Items.Count == 0 || start >= page.Total)
            {
                yield break;
            }
        }
    }
}
