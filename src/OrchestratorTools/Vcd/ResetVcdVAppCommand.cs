using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Resets vApps, without asking the guests.</summary>
[Cmdlet(VerbsCommon.Reset, "VcdVApp", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdVApp))]
public sealed class ResetVcdVAppCommand : VcdVAppOperationCmdlet
{
    /// <inheritdoc/>
    private protected override VcdOperation Operation => VcdOperations.Reset;
}
