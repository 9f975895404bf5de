using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Wakes suspended virtual machines, or throws away what was in their memory.</summary>
[Cmdlet(VerbsLifecycle.Resume, "VcdVM", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdVM))]
public sealed class ResumeVcdVMCommand : VcdVMOperationCmdlet
{
    /// <summary>Throws the suspended state away instead: the guests are off then.</summary>
    [Parameter]
    public SwitchParameter Discard { get; set; }

    /// <inheritdoc/>
    private protected override VcdOperation Operation => Discard ? VcdOperations.Discard : VcdOperations.Resume;

    /// <inheritdoc/>
    private protected override bool IsGrave => Discard;
}
