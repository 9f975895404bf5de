using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Powers virtual machines on, which deploys them.</summary>
[Cmdlet(VerbsLifecycle.Start, "VcdVM", SupportsShouldProcess = true, DefaultParameterSetName = PowerOnSet)]
[OutputType(typeof(VcdTask), typeof(VcdVM))]
public sealed class StartVcdVMCommand : VcdVMOperationCmdlet
{
    private const string PowerOnSet = "PowerOn";
    private const string CustomizeSet = "Customize";
    private const string DeploySet = "Deploy";

    /// <summary>Has the guests customized anew; they must not be deployed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CustomizeSet)]
    public SwitchParameter ForceCustomization { get; set; }

    /// <summary>Deploys without powering on.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DeploySet)]
    public SwitchParameter DeployOnly { get; set; }

    /// <inheritdoc/>
    private protected override VcdOperation Operation => ForceCustomization ? VcdOperations.StartCustomized : DeployOnly ? VcdOperations.DeployOnly : VcdOperations.Start;
}
