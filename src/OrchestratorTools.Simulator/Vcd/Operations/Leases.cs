namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Runtime and storage leases of vApps: the one counts while a vApp is deployed, the other while it is not (guide, "Hello vCloud"; schema, LeaseSettingsSectionType).</summary>
internal static class Leases
{
    /// <summary>Sets the ends that a vApp's leases have now that it was deployed or undeployed.</summary>
    /// <param name="world">The world.</param>
    /// <param name="vApp">The vApp.</param>
    /// <param name="lease">A runtime lease for this deployment; null: the vApp's own.</param>
    public static void Follow(VcdWorld world, VApp vApp, TimeSpan? lease)
    {
        var now = world.Schedule.Now;
        if (lease is { } own) vApp.RuntimeLease = own;
        if (vApp.IsDeployed)
        {
            vApp.StorageLeaseEnds = null;
            if (vApp.RuntimeLeaseEnds is null || lease is not null) vApp.RuntimeLeaseEnds = vApp.RuntimeLease == TimeSpan.Zero ? null : now + vApp.RuntimeLease;
        }
        else
        {
            vApp.RuntimeLeaseEnds = null;
            vApp.StorageLeaseEnds ??= vApp.StorageLease == TimeSpan.Zero ? null : now + vApp.StorageLease;
        }

        Watch(world, vApp);
    }

    /// <summary>Begins both leases anew.</summary>
    public static void Renew(VcdWorld world, VApp vApp, TimeSpan runtime, TimeSpan storage)
    {
        (vApp.RuntimeLease, vApp.StorageLease) = (runtime, storage);
        (vApp.RuntimeLeaseEnds, vApp.StorageLeaseEnds) = (null, null);
        vApp.IsExpired = false;
        Follow(world, vApp, lease: null);
    }

    /// <summary>Sees to what happens at the ends that a vApp's leases have now.</summary>
    public static void Watch(VcdWorld world, VApp vApp)
    {
        foreach (var at in new[] { vApp.RuntimeLeaseEnds, vApp.StorageLeaseEnds })
        {
            if (at is { } end && !vApp.IsExpired) world.Schedule.After(end - world.Schedule.Now, () => EndDue(world, vApp));
        }
    }

    private static void EndDue(VcdWorld world, VApp vApp)
    {
        var now = world.Schedule.Now;
        if (!world.Inventory.VApps.ContainsKey(vApp.Id)) return;
        if (vApp.RuntimeLeaseEnds <= now)
        {
            foreach (var machine in vApp.Machines.Where(m => m.IsDeployed))
            {
                if (machine.Status is MachineStatus.PoweredOn or MachineStatus.WaitingForInput) machine.Status = Assumptions.AfterRuntimeLease;
                machine.Question = null;
                machine.IsDeployed = false;
            }

            Follow(world, vApp, lease: null);
        }

        if (vApp.StorageLeaseEnds <= now) vApp.IsExpired = true;
    }
}
