using System.Management.Automation;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>What -Plan takes: a plan, its runtime, or what is left of one after it went through another process.</summary>
internal static class PlanReference
{
    /// <summary>The plan's id, or null where the object is no plan.</summary>
    public static string? IdOf(PSObject plan) => plan.BaseObject switch
    {
        VroPlan typed => typed.Id,
        VroPlanRuntime runtime => runtime.Id,
        string or ValueType => null,
        _ => plan.Properties["Id"]?.Value?.ToString() is { Length: > 0 } id ? id : null,
    };

    /// <summary>What would be right.</summary>
    public const string Wanted = "a plan is needed, as Get-VroPlan or Get-VroPlanRuntime returns it; names go to -Name, ids to -Id.";
}
