using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Connections;

namespace OrchestratorTools.VeloCloud;

/// <summary>Logs out at a VeloCloud Orchestrator and forgets the connection. An API token stays valid: only revoking ends it.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "VeloCloud", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class DisconnectVeloCloudCommand : DisconnectCommand
{
    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;
}
