using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets an Orchestrator's system properties. For operators. What looks like a secret is not shown.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudSystemProperty")]
[OutputType(typeof(VeloCloudSystemProperty))]
public sealed class GetVeloCloudSystemPropertyCommand : ReadingCmdlet<VeloCloudSession>
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudSystemPropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Only those of a group: the beginning of their names.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Group { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var names = new VeloCloudNames(Name);
        var failed = false;
        foreach (var session in Sessions())
        {
            CurrentTarget = session.ConnectionName;
            try
            {
                Stream(token => new VeloCloudClient(session, RequestObserver).GetSystemPropertiesAsync(Group, token), property =>
                {
                    if (names.Takes(property.Name))
                    {
                        WriteObject(property);
                    }
                });
            }
            catch (OrchestratorApiException e)
            {
                // The other connections may answer.
                failed = true;
                WriteQueued();
                WriteApiError(e);
            }
        }

        foreach (var missing in failed ? [] : names.Missing())
        {
            WriteError(VeloCloudMessages.NotFound(nameof(Name), missing, "system property", "Get-VeloCloudSystemProperty without a name lists them"));
        }
    }
}
