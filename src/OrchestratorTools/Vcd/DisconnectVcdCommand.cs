using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Connections;

namespace OrchestratorTools.Vcd;

/// <summary>Logs out of a vCloud Director and forgets the connection.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Vcd", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(void))]
public sealed class DisconnectVcdCommand : DisconnectCommand
{
    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.Vcd;
}
