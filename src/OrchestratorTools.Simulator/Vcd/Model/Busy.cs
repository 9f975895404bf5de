using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>A thing that a task works on takes no second change until that is over.</summary>
internal static class Busy
{
    /// <exception cref="VcdException">400 BUSY_ENTITY: a task works on it.</exception>
    public static void Require(ITaskOwner entity)
    {
        if (entity.Tasks.Find(t => t.IsActive) is { } task) throw new VcdException(StatusCodes.Status400BadRequest, "BUSY_ENTITY", $"The entity {entity.Reference.Name} is busy completing an operation {task.OperationName}.");
    }

    /// <summary>A vApp, and all its machines: what works on one of them works on it.</summary>
    /// <exception cref="VcdException">400 BUSY_ENTITY.</exception>
    public static void RequireAll(VApp vApp)
    {
        Require(vApp);
        foreach (var machine in vApp.Machines) Require(machine);
    }
}
