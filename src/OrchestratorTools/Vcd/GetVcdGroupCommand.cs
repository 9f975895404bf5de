using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Lists the groups of identity providers that organizations know.</summary>
[Cmdlet(VerbsCommon.Get, "VcdGroup", DefaultParameterSetName = NameSet)]
[OutputType(typeof(VcdGroup))]
public sealed class GetVcdGroupCommand : VcdChildCmdlet<VcdGroup>
{
}
