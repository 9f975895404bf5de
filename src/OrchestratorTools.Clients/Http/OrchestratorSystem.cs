namespace OrchestratorTools.Clients.Http;

/// <summary>The kinds of servers that the module speaks to. The names are the prefixes of cmdlets and error ids.</summary>
public enum OrchestratorSystem
{
    /// <summary>VeloCloud SD-WAN Orchestrator (VCO).</summary>
    VeloCloud,

    /// <summary>VMware vCloud Director (Cloud Director).</summary>
    Vcd,

    /// <summary>Veeam Recovery Orchestrator.</summary>
    Vro,
}
