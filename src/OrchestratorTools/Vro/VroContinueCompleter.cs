using System.Collections;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Completion;

namespace OrchestratorTools.Vro;

/// <summary>Completes -Action by what the step that failed allows; by everything where that is not known.</summary>
internal sealed class VroContinueCompleter : LiveCompleter<VroSession>
{
    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.Vro;

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Otherwise => Enum.GetNames<VroContinueOption>();

    /// <inheritdoc/>
    private protected override string KeyOf(IDictionary bound)
    {
        ArgumentNullException.ThrowIfNull(bound);
        return $"{First(bound["Name"])}|{First(bound["Id"])}|{First(bound["Plan"])}";
    }

    /// <inheritdoc/>
    private protected override async Task<IReadOnlyList<string>> AskAsync(VroSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bound);
        var client = new VroClient(session, SilentObserver.Instance);
        var id = First(bound["Id"]) ?? (bound["Plan"] is { } plan ? PlanReference.IdOf(PSObject.AsPSObject(plan)) : null);
        if (id is null && First(bound["Name"]) is { Length: > 0 } name)
        {
            var names = new PlanNames([name]);
            await foreach (var found in client.ListPlansAsync(names.Narrow(new VroPlanQuery { First = 1 }), cancellationToken).ConfigureAwait(false))
            {
                id = found.Id;
            }
        }

        return id is not null && await client.FindFailedPartAsync(id, cancellationToken).ConfigureAwait(false) is { } failed
            ? failed.Allowed.Select(o => o.ToString()).ToArray()
            : Otherwise;
    }

    private static string? First(object? bound) => bound switch
    {
        null => null,
        string text => text,
        object[] { Length: > 0 } several => several[0]?.ToString(),
        _ => bound.ToString(),
    };
}
