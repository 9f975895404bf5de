using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>A machine that a vApp is to get.</summary>
internal sealed record PlannedMachine(VirtualMachine Machine)
{
    /// <summary>Its sections, to be applied once the vApp has its networks: network connections.</summary>
    public XElement? Connections { get; init; }

    /// <summary>Which network of the vApp stands for a network of the source.</summary>
    public IReadOnlyDictionary<string, string> Assignments { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The machine that goes when this one is there; null: none does.</summary>
    public VirtualMachine? Replaces { get; init; }
}

/// <summary>What a vApp is to be like: read from a request before anything happens, so that what cannot be is refused at once.</summary>
internal sealed class VAppPlan
{
    public required Vdc Vdc { get; init; }

    public required string Name { get; set; }

    public string? Description { get; init; }

    public bool Deploys { get; init; }

    public bool PowersOn { get; init; }

    /// <summary>The networks that the request configures; null: it says nothing of networks.</summary>
    public List<PlannedNetwork>? Networks { get; init; }

    public List<PlannedMachine> Machines { get; } = [];

    /// <summary>How long it may run and be kept; null: as long as by default.</summary>
    public (TimeSpan Runtime, TimeSpan Storage)? Lease { get; init; }

    public IReadOnlyList<XElement>? ProductSections { get; init; }

    /// <summary>The names of the networks that the vApp will have.</summary>
    public IReadOnlyCollection<string> NetworkNames(VApp? present) => [.. (Networks?.Select(n => n.Name) ?? []).Union(present?.Networks.Select(n => n.Name) ?? [], StringComparer.Ordinal)];

    /// <summary>Whether the VDC has room for all that.</summary>
    /// <exception cref="VcdException">400: it has not.</exception>
    public void RequireRoom(Inventory inventory)
    {
        foreach (var profile in Machines.GroupBy(m => m.Machine.Storage))
        {
            if (!profile.Key.HasRoomFor(profile.Sum(m => m.Machine.StorageMegabytes) << 20)) throw VcdException.BadRequest(UploadStart.QuotaExceeded);
        }

        var staying = inventory.Machines.Values.Count(m => m.Vdc == Vdc);
        if (Vdc.MachineQuota > 0 && staying + Machines.Count > Vdc.MachineQuota) throw VcdException.BadRequest(Assumptions.MachineQuotaExceeded(Vdc));
    }

    /// <summary>Puts the machines into a vApp and connects them.</summary>
    /// <exception cref="VcdException">400: an address or a name is taken by now.</exception>
    public void Build(VcdWorld world, VApp vApp)
    {
        foreach (var planned in Machines)
        {
            var machine = planned.Machine;
            world.Inventory.Add(machine);
            var networks = vApp.Networks.ConvertAll(n => n.Name);
            var adapters = planned.Connections is { } section ? Connections.Read(section, machine.Adapters, networks) : Mapped(planned, networks);
            Connections.Apply(machine, adapters);
            if (planned.Replaces is { } old) world.Inventory.Remove(old);
        }
    }

    /// <summary>The adapters of a source, on the networks that stand for theirs: those assigned, else those of the same name, else none.</summary>
    public static List<NetworkAdapter> Mapped(PlannedMachine planned, IReadOnlyCollection<string> networks)
    {
        var adapters = planned.Machine.Adapters.ConvertAll(a => a.Copy(a.Mac));
        foreach (var adapter in adapters)
        {
            var wanted = planned.Assignments.GetValueOrDefault(adapter.Network) ?? (networks.Contains(adapter.Network, StringComparer.Ordinal) ? adapter.Network : NetworkAdapter.None);
            if (wanted is NetworkAdapter.None) (adapter.Mode, adapter.IsConnected) = ("NONE", false);
            else adapter.IsConnected = true;
            if (adapter.Mode is "MANUAL") adapter.Mode = "POOL";
            adapter.Network = wanted;
        }

        Vcd.Connections.Check(adapters, networks);
        return adapters;
    }
}
