using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Simulator;

/// <summary>The base of the cmdlets that speak to a running simulator.</summary>
public abstract class SimulatorCmdlet : OrchestratorCmdlet
{
    /// <summary>The second VeloCloud Orchestrator's name on the control address.</summary>
    internal const string StandbyName = "veloCloudStandby";

    /// <summary>The simulator; default: the one that was started last.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public OrchestratorSimulator? Simulator { get; set; }

    /// <summary>The simulator that is meant; ends the cmdlet where none runs.</summary>
    private protected OrchestratorSimulator Target()
    {
        var simulator = Simulator ?? SimulatorRegistry.Latest();
        if (simulator is { IsRunning: true })
        {
            return simulator;
        }

        ThrowTerminatingError(new ErrorRecord(
            new InvalidOperationException(simulator is null ? "No simulator runs in this session. Start one with Start-OrchestratorSimulator." : $"The simulator {simulator.Id} has ended."),
            "Orchestrator.NoSimulator",
            ErrorCategory.ObjectNotFound,
            simulator));
        throw new InvalidOperationException();
    }

    /// <summary>The system's name on the control address.</summary>
    private protected static string NameOf(OrchestratorSystem system) => system switch
    {
        OrchestratorSystem.VeloCloud => "veloCloud",
        OrchestratorSystem.Vcd => "vcd",
        _ => "vro",
    };

    /// <summary>The system of a name of the control address.</summary>
    private protected static OrchestratorSystem SystemOf(string? name) => Enum.Parse<OrchestratorSystem>(name ?? string.Empty, ignoreCase: true);

    /// <summary>Runs a call to the control address; what the simulator refuses is an error of the parameters.</summary>
    private protected T Ask<T>(Func<CancellationToken, Task<T>> call)
    {
        try
        {
            return Await(call);
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException)
        {
            ThrowTerminatingError(new ErrorRecord(e, "Orchestrator.Simulator", ErrorCategory.InvalidArgument, Simulator));
            throw;
        }
    }
}
