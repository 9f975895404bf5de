using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Lists users.</summary>
[Cmdlet(VerbsCommon.Get, "VcdUser", DefaultParameterSetName = NameSet)]
[OutputType(typeof(VcdUser))]
public sealed class GetVcdUserCommand : VcdChildCmdlet<VcdUser>
{
}
