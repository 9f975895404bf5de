using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Lists organizations.</summary>
[Cmdlet(VerbsCommon.Get, "VcdOrg", DefaultParameterSetName = NameSet)]
[OutputType(typeof(VcdOrg))]
public sealed class GetVcdOrgCommand : VcdGetCmdlet<VcdOrg>
{
}
