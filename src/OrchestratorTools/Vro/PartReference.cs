using System.Management.Automation;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>What of a plan an object is.</summary>
internal enum PartKind
{
    /// <summary>None of these.</summary>
    Nothing,

    /// <summary>A plan.</summary>
    Plan,

    /// <summary>The name or the id of a plan.</summary>
    PlanText,

    /// <summary>A group.</summary>
    Group,

    /// <summary>A VM.</summary>
    Vm,

    /// <summary>A step.</summary>
    Step,
}

/// <summary>A plan, group, VM or step that was piped in: as this module returns it, or what is left of one after it went through another process.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="PlanId">The id of its plan.</param>
/// <param name="GroupId">The id of its group, where it has one and tells it.</param>
/// <param name="GroupName">The name of its group.</param>
internal sealed record PartReference(PartKind Kind, string Id, string Name, string PlanId, string GroupId, string GroupName)
{
    /// <summary>Looks at an object.</summary>
    public static PartReference Of(PSObject item)
    {
        if (item.BaseObject is string or Guid)
        {
            return new PartReference(PartKind.PlanText, item.BaseObject.ToString()!, item.BaseObject.ToString()!, string.Empty, string.Empty, string.Empty);
        }

        var kind = KindOf(item);
        var id = Text(item, "Id");
        var planId = kind is PartKind.Plan ? id : Text(item, "PlanId");
        return id.Length == 0 || planId.Length == 0
            ? new PartReference(PartKind.Nothing, id, string.Empty, string.Empty, string.Empty, string.Empty)
            : new PartReference(kind, id, Text(item, "Name"), planId, Text(item, "GroupId"), Text(item, "GroupName"));
    }

    // The name of the type survives the way through another process: "Deserialized.OrchestratorTools.Clients.Vro.VroPlan".
    private static PartKind KindOf(PSObject item)
    {
        foreach (var name in item.TypeNames.Select(n => n[(n.LastIndexOf('.') + 1)..]))
        {
            switch (name)
            {
                case nameof(VroPlan) or nameof(VroPlanRuntime):
                    return PartKind.Plan;
                case nameof(VroPlanGroup) or nameof(VroRuntimeGroup):
                    return PartKind.Group;
                case nameof(VroPlanVm) or nameof(VroRuntimeVm):
                    return PartKind.Vm;
                case nameof(VroPlanStep) or nameof(VroRuntimeStep):
                    return PartKind.Step;
                default:
                    break;
            }
        }

        return item.BaseObject is PSCustomObject && item.Properties["PlanId"] is null ? PartKind.Plan : PartKind.Nothing;
    }

    private static string Text(PSObject item, string property) => item.Properties[property]?.Value?.ToString() ?? string.Empty;
}
