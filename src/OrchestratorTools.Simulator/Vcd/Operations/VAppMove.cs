using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Moves a vApp to another VDC of its organization as it is, running or not: it keeps its id (operation since 34.0; the vendor's later reference and a note on its payload: the networks are a section of the body itself).</summary>
internal static class VAppMove
{
    private static readonly ApiVersion First = new("34.0");

    /// <summary>POST /api/vdc/{id}/action/moveVApp: every machine of the vApp must be among the SourcedItems.</summary>
    public static VcdAnswer Begin(VcdCall call, Vdc vdc)
    {
        if (call.Version! < First) throw VcdException.AbsentOperation();
        var body = BodyShape.MoveVApp.Read(call, MediaTypes.MoveVAppParams);
        if (!call.Sees.MayCreateIn(vdc)) throw VcdException.Forbidden();
        var reader = new PlanReader(call, vdc, body);
        var vApp = reader.Source<VApp>();
        var target = ComputeTarget.Of(vApp);
        target.RequireChange(call);
        target.RequireWhole();
        if (vApp.Vdc == vdc) throw VcdException.BadRequest($"The vApp \"{vApp.Name}\" is in the VDC {vdc.Name} already.");
        if (vApp.Org != vdc.Org) throw VcdException.BadRequest($"The VDC {vdc.Name} is of another organization than vApp \"{vApp.Name}\".");
        VAppChanges.RequireFreeName(call, vdc, vApp.Name, vApp);
        var items = body.Elements(Xml.Namespace + "SourcedItem").ToDictionary(i => reader.Resolve<VirtualMachine>(i.Element(Xml.Namespace + "Source")));
        if (vApp.Machines.Find(m => !items.ContainsKey(m)) is { } missing) throw VcdException.BadRequest($"The virtual machine \"{missing.Name}\" of vApp \"{vApp.Name}\" is not among the SourcedItems.");
        if (items.Keys.FirstOrDefault(m => m.VApp != vApp) is { } foreign) throw VcdException.BadRequest($"The virtual machine \"{foreign.Name}\" is not in vApp \"{vApp.Name}\".");
        var networks = body.Element(Xml.Namespace + "NetworkConfigSection") is { } section ? NetworkConfigs.Read(call, vdc, section) : [];
        var names = networks.ConvertAll(n => n.Name);
        var moves = items.Select(i => (Machine: i.Key, Storage: reader.Storage(i.Value.Element(Xml.Namespace + "StorageProfile"), otherwise: null), Adapters: Adapters(i.Key, i.Value, names))).ToList();
        foreach (var profile in moves.GroupBy(m => m.Storage))
        {
            if (!profile.Key.HasRoomFor(profile.Sum(m => m.Machine.StorageMegabytes) << 20)) throw VcdException.BadRequest(UploadStart.QuotaExceeded);
        }

        return target.Accept(call, "vdcMoveVapp", "Moving",
        [
            new WorkStep(call.Settings.CopyTime, () =>
            {
                foreach (var (machine, _, _) in moves) machine.Adapters.Clear();
                vApp.Vdc = vdc;
                NetworkConfigs.Apply(call.World.Inventory, vApp, networks);
                foreach (var (machine, storage, adapters) in moves)
                {
                    Inventory.Recharge(machine, () => machine.Storage = storage);
                    Connections.Apply(machine, adapters);
                }
            }),
        ]);
    }

    private static List<NetworkAdapter> Adapters(VirtualMachine machine, XElement item, IReadOnlyCollection<string> networks)
    {
        if (item.Element(Xml.Namespace + "InstantiationParams")?.Element(Xml.Namespace + "NetworkConnectionSection") is { } section) return Connections.Read(section, machine.Adapters, networks);
        var assignments = item.Elements(Xml.Namespace + "NetworkAssignment").ToDictionary(a => (string)a.Attribute("innerNetwork")!, a => (string)a.Attribute("containerNetwork")!, StringComparer.Ordinal);
        return VAppPlan.Mapped(new PlannedMachine(machine) { Assignments = assignments }, networks);
    }
}
