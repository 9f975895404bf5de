using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Lists virtual data centers.</summary>
[Cmdlet(VerbsCommon.Get, "VcdVdc", DefaultParameterSetName = NameSet)]
[OutputType(typeof(VcdVdc))]
public sealed class GetVcdVdcCommand : VcdChildCmdlet<VcdVdc>
{
}
