namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Snapshots of machines, one each; those of a vApp are those of its machines (guide, "Create a Snapshot"; operations since 5.1).</summary>
internal static class SnapshotChanges
{
    /// <summary>POST …/action/createSnapshot: the new one takes the place of the one before.</summary>
    public static VcdAnswer Create(VcdCall call, ComputeTarget target)
    {
        RequireVersion(call);
        var body = BodyShape.Snapshot.Read(call, MediaTypes.SnapshotParams);
        target.RequireChange(call);
        target.RequireWhole();
        if (target.Machines.Count == 0) throw VcdException.BadRequest($"The requested operation could not be executed since vApp \"{target.Name}\" has no virtual machines.");

        // What is not said is true (guide, "Create a vApp Snapshot"); a guest that cannot be brought to rest is in the way only where it was asked for.
        var memory = (string?)body.Attribute("memory") is not ("false" or "0");
        var quiesce = (string?)body.Attribute("quiesce") is "true" or "1";
        foreach (var machine in target.Machines)
        {
            if (machine.AttachedDisks.Count > 0) throw VcdException.BadRequest($"A snapshot of VM \"{machine.Name}\" cannot be created: an independent disk is attached to it.");
            if (quiesce && machine.Status == MachineStatus.PoweredOn && machine.ToolsVersion == 0) throw Assumptions.NoQuiescing(machine.Name);
        }

        return target.Accept(call, "vappCreateSnapshot", "Creating snapshot of", () =>
        {
            foreach (var machine in target.Machines)
            {
                var runs = machine.Status is MachineStatus.PoweredOn or MachineStatus.Suspended;
                var bytes = (machine.StorageMegabytes << 20) + (runs && memory ? (long)machine.MemoryMegabytes << 20 : 0);
                machine.Snapshot = new MachineSnapshot(call.World.Schedule.Now, bytes, runs && memory) { State = MachineState.Of(machine) };
            }
        });
    }

    /// <summary>POST …/action/revertToCurrentSnapshot: machines are as they were; those without memory in the snapshot are off.</summary>
    public static VcdAnswer Revert(VcdCall call, ComputeTarget target)
    {
        Require(call, target);
        return target.Accept(call, "vappRevertToCurrentSnapshot", "Reverting to current snapshot of", () =>
        {
            foreach (var machine in target.Machines.Where(m => m.Snapshot is not null))
            {
                var snapshot = machine.Snapshot!;
                if (snapshot.State is { } state) Inventory.Recharge(machine, () => state.GiveBack(machine));
                if (snapshot.IsPoweredOn) (machine.Status, machine.IsDeployed) = (MachineStatus.PoweredOn, true);
                else if (machine.Status is not MachineStatus.PoweredOff) PowerChanges.SwitchOff(machine);
                AddressPools.Assign(machine);
            }

            Leases.Follow(call.World, target.VApp, lease: null);
        });
    }

    /// <summary>POST …/action/removeAllSnapshots.</summary>
    public static VcdAnswer RemoveAll(VcdCall call, ComputeTarget target)
    {
        Require(call, target);
        return target.Accept(call, "vappRemoveAllSnapshots", "Removing all snapshots of", () =>
        {
            foreach (var machine in target.Machines) machine.Snapshot = null;
        });
    }

    private static void Require(VcdCall call, ComputeTarget target)
    {
        RequireVersion(call);
        target.RequireChange(call);
        target.RequireWhole();
        if (!target.Machines.Any(m => m.Snapshot is not null)) throw VcdException.BadRequest($"The requested operation could not be executed since {(target.Machine is null ? "vApp" : "VM")} \"{target.Name}\" has no snapshot.");
    }

    private static void RequireVersion(VcdCall call)
    {
        if (call.Version! < new ApiVersion("5.1")) throw VcdException.AbsentOperation();
    }
}
