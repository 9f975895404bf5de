using System.Text.Json;
using System.Text.Json.Nodes;
using OrchestratorTools.Simulator.Faults;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The commands that put machines and VDCs into a state that nobody can ask for (docs/simulator.md).</summary>
internal static class ComputeCommands
{
    /// <summary><c>machine</c>: changes a machine at once. Called with the world's gate held.</summary>
    /// <exception cref="ArgumentException">A member is wrong; the sentence says which.</exception>
    public static JsonObject ChangeMachine(VcdWorld world, JsonElement arguments)
    {
        VcdCommands.Check(arguments, "machine", "name", "vApp", "organization", "question", "choices", "tools", "snapshot", "locksDrive");
        var machine = Find(world, arguments);
        if (arguments.Text("question") is { } text)
        {
            var choices = arguments.TryGetProperty("choices", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(c => c.GetString() ?? "").ToArray() : [];
            machine.Question = new MachineQuestion($"_vmx{machine.Id.ToByteArray()[0]}", text, choices.Length > 0 ? choices : ["Yes", "No"]);
            (machine.Status, machine.IsDeployed) = (MachineStatus.WaitingForInput, true);
        }

        if (arguments.TryGetProperty("locksDrive", out _)) machine.LocksDrive = arguments.Flag("locksDrive");
        if (arguments.TryGetProperty("tools", out _)) machine.ToolsVersion = arguments.Flag("tools") ? Assumptions.ToolsVersion : 0;
        if (arguments.TryGetProperty("snapshot", out _)) machine.Snapshot = arguments.Flag("snapshot") ? new MachineSnapshot(world.Schedule.Now, machine.StorageMegabytes << 20, IsPoweredOn: false) { State = MachineState.Of(machine) } : null;
        return new JsonObject { ["id"] = machine.Kind.UrnOf(machine.Id), ["vApp"] = machine.Container.Name, ["status"] = ComputeQueries.Word(machine.Status) };
    }

    /// <summary><c>vdc</c>: changes what a VDC may have. Called with the world's gate held.</summary>
    /// <exception cref="ArgumentException">A member is wrong; the sentence says which.</exception>
    public static JsonObject ChangeVdc(VcdWorld world, JsonElement arguments)
    {
        VcdCommands.Check(arguments, "vdc", "name", "vmQuota");
        var name = arguments.Text("name") ?? throw new ArgumentException("vdc needs a name.");
        var vdc = world.Inventory.Vdcs.Values.FirstOrDefault(v => v.Name == name) ?? throw new ArgumentException($"There is no VDC '{name}'.");
        if (arguments.TryGetProperty("vmQuota", out _)) vdc.MachineQuota = (int)arguments.Number("vmQuota", 0, 0, 100_000);
        return new JsonObject { ["id"] = vdc.Kind.UrnOf(vdc.Id), ["vmQuota"] = vdc.MachineQuota };
    }

    private static VirtualMachine Find(VcdWorld world, JsonElement arguments)
    {
        var name = arguments.Text("name") ?? throw new ArgumentException("machine needs a name.");
        var (vApp, org) = (arguments.Text("vApp"), arguments.Text("organization"));
        var found = world.Inventory.Machines.Values.Where(m => m.Name == name && (vApp is null || m.Container.Name == vApp) && (org is null || m.Org.Name == org)).ToArray();
        return found.Length switch
        {
            1 => found[0],
            0 => throw new ArgumentException($"There is no machine '{name}'{(vApp is null ? "" : $" in the vApp '{vApp}'")}."),
            _ => throw new ArgumentException($"There are {found.Length} machines '{name}': name the vApp too."),
        };
    }
}
