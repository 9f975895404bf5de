using System.Management.Automation;

namespace OrchestratorTools.Simulator;

/// <summary>Makes the simulator behave again, and can empty its request log.</summary>
[Cmdlet(VerbsCommon.Clear, "OrchestratorSimulatorFault", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class ClearOrchestratorSimulatorFaultCommand : SimulatorCmdlet
{
    /// <summary>The id of one fault; default: all.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public long[]? Id { get; set; }

    /// <summary>Empties the request log too.</summary>
    [Parameter]
    public SwitchParameter RequestLog { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var simulator = Target();
        if (!ShouldProcess($"simulator {simulator.Id}", "Clear the faults"))
        {
            return;
        }

        foreach (var id in Id?.Cast<long?>() ?? [null])
        {
            Ask(async token =>
            {
                await simulator.Control.ClearFaultsAsync(id, token).ConfigureAwait(false);
                return true;
            });
        }

        if (RequestLog)
        {
            Ask(async token =>
            {
                await simulator.Control.ClearRequestsAsync(token).ConfigureAwait(false);
                return true;
            });
        }
    }
}
