using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets the version of Orchestrators.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudSystemInfo")]
[OutputType(typeof(VeloCloudSystemInfo))]
public sealed class GetVeloCloudSystemInfoCommand : ReadingCmdlet<VeloCloudSession>
{
    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var session in Sessions())
        {
            Attempt(() => WriteObject(Await(token => new VeloCloudClient(session, RequestObserver).GetSystemInfoAsync(token))), session.ConnectionName);
        }
    }
}
