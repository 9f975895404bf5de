using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Shows how the guests of virtual machines are customized.</summary>
[Cmdlet(VerbsCommon.Get, "VcdGuestCustomization")]
[OutputType(typeof(VcdGuestCustomization))]
public sealed class GetVcdGuestCustomizationCommand : VcdVMShowingCmdlet
{
    /// <summary>Returns the administrator's password too, as a SecureString.</summary>
    [Parameter]
    public SwitchParameter IncludePassword { get; set; }

    /// <inheritdoc/>
    private protected override void OnVM(VcdClient client, VcdVM vm) => WriteObject(Await(token => client.GetCustomizationAsync(vm, IncludePassword, token)));
}
