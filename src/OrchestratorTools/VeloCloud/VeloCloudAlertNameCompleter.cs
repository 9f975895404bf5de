using System.Collections;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Completion;

namespace OrchestratorTools.VeloCloud;

/// <summary>Completes what an enterprise can be alerted of, of the enterprise that is typed already.</summary>
internal sealed class VeloCloudAlertNameCompleter : LiveCompleter<VeloCloudSession>
{
    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override string KeyOf(IDictionary bound)
    {
        ArgumentNullException.ThrowIfNull(bound);
        return bound["Enterprise"]?.ToString() ?? string.Empty;
    }

    /// <inheritdoc/>
    private protected override async Task<IReadOnlyList<string>> AskAsync(VeloCloudSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        var client = new VeloCloudClient(session, SilentObserver.Instance);
        var argument = bound["Enterprise"] is { } given ? new VeloCloudEnterpriseArgument(PSObject.AsPSObject(given)) : null;
        var names = new List<string>();
        foreach (var enterprise in await new VeloCloudEnterpriseResolver().ResolveAsync(session, client, argument, cancellationToken).ConfigureAwait(false))
        {
            await foreach (var configuration in client.GetAlertConfigurationsAsync(enterprise.Id, enterprise.Name, cancellationToken).ConfigureAwait(false))
            {
                names.Add(configuration.Name);
            }
        }

        return [.. names.Distinct(StringComparer.OrdinalIgnoreCase)];
    }
}
