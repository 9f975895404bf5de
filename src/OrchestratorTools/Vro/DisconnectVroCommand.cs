using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Connections;

namespace OrchestratorTools.Vro;

/// <summary>Logs out at a Veeam Recovery Orchestrator and forgets the connection.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Vro", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class DisconnectVroCommand : DisconnectCommand
{
    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.Vro;
}
