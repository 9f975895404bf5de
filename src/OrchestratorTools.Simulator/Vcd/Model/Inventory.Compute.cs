namespace OrchestratorTools.Simulator.Vcd;

/// <content>What runs, and those who run it.</content>
internal sealed partial class Inventory
{
    // A template's machine differs from its template in one byte of the id, so that it is found without a list of all of them.
    private const int MostTemplateMachines = 255;

    public IdTable<VApp> VApps { get; } = new();

    public IdTable<VirtualMachine> Machines { get; } = new();

    public IdTable<IndependentDisk> Disks { get; } = new();

    public IdTable<OrgVdcNetwork> Networks { get; } = new();

    public IdTable<VAppNetwork> VAppNetworks { get; } = new();

    public IdTable<ExternalNetwork> ExternalNetworks { get; } = new();

    public IdTable<EdgeGateway> Edges { get; } = new();

    public IdTable<Group> Groups { get; } = new();

    public IdTable<Role> Roles { get; } = new();

    public IdTable<Right> Rights { get; } = new();

    /// <summary>The machines of vApps, then those of templates: each in the order of ids, as pages have to be.</summary>
    public IEnumerable<VirtualMachine> AllMachines => Machines.Values.Concat(Templates.Values.SelectMany(t => t.Vms));

    /// <summary>All that has a name and is somewhere.</summary>
    public IEnumerable<Entity> Everything =>
    [
        .. Orgs.Values, .. Vdcs.Values, .. Catalogs.Values, .. Items.Values, .. Media.Values, .. Templates.Values, .. VApps.Values, .. Machines.Values, .. Disks.Values, .. Networks.Values, .. Edges.Values,
    ];

    public VirtualMachine? FindMachine(Guid id)
    {
        if (Machines.TryGetValue(id, out var machine)) return machine;
        var bytes = id.ToByteArray();
        for (var i = 0; i < MostTemplateMachines; i++)
        {
            bytes[0] ^= (byte)(i + 1);
            if (Templates.TryGetValue(new Guid(bytes), out var template) && i < template.Machines.Count) return template.Vms[i];
            bytes[0] ^= (byte)(i + 1);
        }

        return null;
    }

    public Account? FindUser(Guid id) => Accounts.Find(a => a.Id == id);

    public Role RoleOf(Account account) => Roles.Values.First(r => r.Name == account.RoleName && (r.Org is null || r.Org == account.Org));

    public VApp Add(VApp vApp)
    {
        VApps.Add(vApp.Id, vApp);
        return vApp;
    }

    public VirtualMachine Add(VirtualMachine machine)
    {
        Machines.Add(machine.Id, machine);
        machine.VApp!.Machines.Add(machine);
        Charge(machine, +1);
        return machine;
    }

    public VAppNetwork Add(VAppNetwork network)
    {
        VAppNetworks.Add(network.Id, network);
        network.VApp.Networks.Add(network);
        return network;
    }

    /// <summary>Takes a machine away; independent disks that are attached to it stay.</summary>
    public void Remove(VirtualMachine machine)
    {
        if (!Machines.Remove(machine.Id)) return;
        machine.VApp!.Machines.Remove(machine);
        Charge(machine, -1);
        foreach (var disk in machine.AttachedDisks) disk.AttachedTo.Remove(machine);
        machine.AttachedDisks.Clear();
    }

    /// <summary>Takes a vApp away, with all that is in it.</summary>
    public void Remove(VApp vApp)
    {
        foreach (var machine in vApp.Machines.ToList()) Remove(machine);
        foreach (var network in vApp.Networks.ToList()) Remove(network);
        VApps.Remove(vApp.Id);
        vApp.Download?.End("removed");
    }

    public void Remove(VAppNetwork network)
    {
        network.Parent = null;
        network.VApp.Networks.Remove(network);
        VAppNetworks.Remove(network.Id);
    }

    /// <summary>Changes where a machine's disks are, or how large they are; storage profiles are charged for what is there then.</summary>
    public static void Recharge(VirtualMachine machine, Action change)
    {
        Charge(machine, -1);
        try
        {
            change();
        }
        finally
        {
            Charge(machine, +1);
        }
    }

    private static void Charge(VirtualMachine machine, int sign)
    {
        foreach (var disk in machine.Disks) (disk.Storage ?? machine.Storage).UsedBytes += sign * (disk.Megabytes << 20);
    }

    /// <summary>Takes an independent disk away.</summary>
    public void Remove(IndependentDisk disk)
    {
        if (Disks.Remove(disk.Id)) disk.Storage.UsedBytes -= disk.Bytes;
    }

    public IndependentDisk Add(IndependentDisk disk)
    {
        Disks.Add(disk.Id, disk);
        disk.Storage.UsedBytes += disk.Bytes;
        return disk;
    }
}
