using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Gets tickets for the consoles of running virtual machines. A ticket opens the console without a login: it is held as a secret and no stream shows it.</summary>
[Cmdlet(VerbsCommon.Get, "VcdConsoleTicket")]
[OutputType(typeof(VcdConsoleTicket))]
public sealed class GetVcdConsoleTicketCommand : VcdVMShowingCmdlet
{
    /// <inheritdoc/>
    private protected override void OnVM(VcdClient client, VcdVM vm) => WriteObject(Await(token => client.GetConsoleTicketAsync(vm, token)));
}
