using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Changes a vApp as such: its name, its sections, its maintenance mode, its end.</summary>
internal static class VAppChanges
{
    /// <summary>POST …/action/enterMaintenanceMode and exitMaintenanceMode: at once, and for the provider alone.</summary>
    public static VcdAnswer SetMaintenance(VcdCall call, VApp vApp, bool isOn)
    {
        if (!call.Sees.IsProvider) throw VcdException.Forbidden();
        if (vApp.IsInMaintenance == isOn) throw VcdException.BadRequest($"The requested operation could not be executed since vApp \"{vApp.Name}\" is {(isOn ? "already" : "not")} in maintenance mode.");
        vApp.IsInMaintenance = isOn;
        return VcdAnswer.NoContent;
    }

    /// <summary>PUT /api/vApp/vapp-{id}: name and description.</summary>
    public static VcdAnswer Update(VcdCall call, VApp vApp)
    {
        var body = BodyShape.VApp.Read(call, MediaTypes.VApp);
        var target = ComputeTarget.Of(vApp);
        target.RequireChange(call);
        var name = UploadStart.Name(body);
        RequireFreeName(call, vApp.Vdc, name, vApp);
        var description = Assumptions.NewDescription(Xml.Text(body, "Description"), vApp.Description);
        return AcceptShort(call, target, "vappUpdateVApp", () => (vApp.Name, vApp.Description) = (name, description));
    }

    /// <summary>DELETE /api/vApp/vapp-{id}: only what is not deployed, unless ?force=true (guide of 10.5, "Undeploy, Power Off, and Delete the vApp").</summary>
    public static VcdAnswer Delete(VcdCall call, ComputeTarget target)
    {
        target.RequireChange(call);
        var force = Flag(call, "force");
        if (target.IsDeployed && !(force && call.Version! >= Assumptions.FirstWithForcedDeletion)) throw Assumptions.StopFirst(call.Version!, target.Machine is not null, target.Name);
        return target.Accept(call, target.Machine is null ? "vdcDelete" : "vappDeleteVm", "Deleting", () =>
        {
            if (target.Machine is { } machine) call.World.Inventory.Remove(machine);
            else call.World.Inventory.Remove(target.VApp);
        });
    }

    /// <summary>PUT of one of a vApp's sections; null: it has none of that name that could be changed.</summary>
    public static VcdAnswer? PutSection(VcdCall call, VApp vApp, string name) => name switch
    {
        "leaseSettingsSection" => PutLease(call, vApp),
        "startupSection" => PutStartup(call, vApp),
        "networkConfigSection" => PutNetworks(call, vApp),
        "productSections" => PutProducts(call, ComputeTarget.Of(vApp)),
        _ => null,
    };

    /// <summary>PUT …/productSections, of a vApp or a machine.</summary>
    public static VcdAnswer PutProducts(VcdCall call, ComputeTarget target)
    {
        var body = BodyShape.ProductSections.Read(call, MediaTypes.ProductSections);
        target.RequireChange(call);
        var sections = body.Elements(Xml.Ovf + "ProductSection").Select(e => new XElement(e)).ToList();
        return AcceptShort(call, target, target.Machine is null ? "vappUpdateVApp" : "vappUpdateVm", () =>
        {
            if (target.Machine is { } machine) machine.ProductSections = sections;
            else target.VApp.ProductSections = sections;
        });
    }

    /// <exception cref="VcdException">400: another vApp of the VDC has the name.</exception>
    public static void RequireFreeName(VcdCall call, Vdc vdc, string name, VApp? except)
    {
        if (call.World.Inventory.VApps.Values.Any(v => v != except && v.Vdc == vdc && string.Equals(v.Name, name, Assumptions.NameComparison))) throw UploadStart.Duplicate(name);
    }

    /// <summary>The leases of a section; what it leaves out is as given.</summary>
    public static (TimeSpan Runtime, TimeSpan Storage) ReadLease(XElement section, TimeSpan runtime, TimeSpan storage)
    {
        return (Read("DeploymentLeaseInSeconds") ?? runtime, Read("StorageLeaseInSeconds") ?? storage);

        TimeSpan? Read(string child) => Xml.Text(section, child) is not { } text
            ? null
            : int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && (seconds == 0 || seconds >= Assumptions.ShortestLeaseSeconds)
                ? TimeSpan.FromSeconds(seconds)
                : throw VcdException.BadRequest($"validation error on field '{child}': a lease is 0 (for ever) or at least {Assumptions.ShortestLeaseSeconds} seconds, not '{text}'.");
    }

    /// <summary>A change of settings: no host has anything to do with it.</summary>
    public static VcdAnswer AcceptShort(VcdCall call, ComputeTarget target, string operationName, Action atEnd) => target.Accept(call, operationName, "Updating", [new WorkStep(call.Settings.TaskStep, atEnd)]);

    private static VcdAnswer PutLease(VcdCall call, VApp vApp)
    {
        var body = BodyShape.Lease.Read(call, MediaTypes.LeaseSettings);
        var target = ComputeTarget.Of(vApp);
        target.RequireChange(call);
        var (runtime, storage) = ReadLease(body, vApp.RuntimeLease, vApp.StorageLease);
        return AcceptShort(call, target, "vappUpdateVApp", () => Leases.Renew(call.World, vApp, runtime, storage));
    }

    private static VcdAnswer PutStartup(VcdCall call, VApp vApp)
    {
        var body = BodyShape.Startup.Read(call, MediaTypes.StartupSection);
        var target = ComputeTarget.Of(vApp);
        target.RequireChange(call);
        var changes = body.Elements(Xml.Ovf + "Item").Select(item => (Machine: FindMachine(vApp, item), Startup: ReadStartup(item))).ToList();
        return AcceptShort(call, target, "vappUpdateVApp", () =>
        {
            foreach (var (machine, startup) in changes) machine.Startup = startup;
        });
    }

    private static VcdAnswer PutNetworks(VcdCall call, VApp vApp)
    {
        var body = BodyShape.NetworkConfig.Read(call, MediaTypes.NetworkConfigSection);
        var target = ComputeTarget.Of(vApp);
        target.RequireChange(call);
        target.RequireWhole();
        var planned = NetworkConfigs.Read(call, vApp.Vdc, body);

        // A running vApp gets new networks; those that it has stay as they are (users' reports of 10.4.1).
        if (vApp.IsDeployed && vApp.Networks.Exists(n => planned.Find(p => p.Name == n.Name) is not { } plan || plan.Fence != n.Fence || plan.Parent != n.Parent)) throw Assumptions.StopFirst(call.Version!, isMachine: false, vApp.Name);
        foreach (var network in vApp.Networks)
        {
            if (!planned.Exists(p => p.Name == network.Name) && AddressPools.UsersOf(network).Any()) throw NetworkConfigs.InUse(network);
        }

        return AcceptShort(call, target, "vdcUpdateVappNetworkSection", () => NetworkConfigs.Apply(call.World.Inventory, vApp, planned));
    }

    private static VirtualMachine FindMachine(VApp vApp, XElement item)
    {
        var id = (string?)item.Attribute(Xml.Ovf + "id") ?? "";
        return vApp.Machines.Find(m => m.Name == id) ?? throw new VcdException(StatusCodes.Status400BadRequest, "INVALID_REFERENCE", $"The vApp \"{vApp.Name}\" has no virtual machine \"{id}\".");
    }

    private static MachineStartup ReadStartup(XElement item)
    {
        var start = (string?)item.Attribute(Xml.Ovf + "startAction") ?? "powerOn";
        var stop = (string?)item.Attribute(Xml.Ovf + "stopAction") ?? "powerOff";
        if (start is not ("powerOn" or "none")) throw VcdException.BadRequest($"validation error on field 'startAction': '{start}' is none of powerOn and none.");
        if (stop is not ("powerOff" or "guestShutdown" or "none")) throw VcdException.BadRequest($"validation error on field 'stopAction': '{stop}' is none of powerOff, guestShutdown and none.");
        return new MachineStartup(Number("order"), start, TimeSpan.FromSeconds(Number("startDelay")), stop, TimeSpan.FromSeconds(Number("stopDelay")));

        int Number(string attribute) => (string?)item.Attribute(Xml.Ovf + attribute) is not { } text
            ? 0
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw VcdException.BadRequest($"validation error on field '{attribute}': '{text}' is no number of 0 or more.");
    }

    private static bool Flag(VcdCall call, string name) => string.Equals(call.Request.Query[name], "true", StringComparison.OrdinalIgnoreCase);
}
