using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Lists roles.</summary>
[Cmdlet(VerbsCommon.Get, "VcdRole", DefaultParameterSetName = NameSet)]
[OutputType(typeof(VcdRole))]
public sealed class GetVcdRoleCommand : VcdChildCmdlet<VcdRole>
{
}
