using System.Management.Automation;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Simulator;

/// <summary>Stops simulators of this session. What they held is gone.</summary>
[Cmdlet(VerbsLifecycle.Stop, "OrchestratorSimulator", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class StopOrchestratorSimulatorCommand : OrchestratorCmdlet
{
    /// <summary>The simulators; default: all that this session started.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public OrchestratorSimulator[]? Simulator { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var simulator in Simulator ?? SimulatorRegistry.All())
        {
            if (ShouldProcess($"simulator {simulator.Id}", "Stop"))
            {
                SimulatorRegistry.Stop(simulator);
            }
        }
    }
}
