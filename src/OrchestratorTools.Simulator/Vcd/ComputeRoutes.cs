using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The addresses of vApps, machines, independent disks and networks.</summary>
internal static class ComputeRoutes
{
    public static Route[] At(string first, string[] rest) => (first, rest) switch
    {
        ("vApp", [var id, .. var path]) when IsMachine(id) => Machine(EntityKind.Vm, id, path),
        ("vAppTemplate", [var id, .. var path]) when IsMachine(id) => Machine(EntityKind.TemplateVm, id, path),
        ("vApp", [var id]) =>
        [
            Get(c => VAppAnswers.Get(c, VAppOf(c, id))),
            Put(c => VAppChanges.Update(c, VAppOf(c, id))),
            new Route(HttpMethods.Delete, c => VAppChanges.Delete(c, ComputeTarget.Of(VAppOf(c, id)))),
        ],
        ("vApp", [var id, var section]) when IsVAppSection(section) => SectionOf(section is "leaseSettingsSection" or "startupSection" or "networkConfigSection" or "productSections", c => VAppSections.Get(c, VAppOf(c, id), section), c => VAppChanges.PutSection(c, VAppOf(c, id), section)),
        ("vdc", [var id, "computePolicies"]) => [Get(c => PolicyAnswers.Get(c, VdcOf(c, id), EntityKind.Vdc))],
        ("vdc", [var id, "disk"]) => [Post(c => DiskChanges.Create(c, VdcOf(c, id)))],
        ("vdc", [var id, "action", var action]) => VdcAction(id, action),
        ("vApp", [var id, "power", "action", var action]) when IsPowerAction(action) => [Act(c => PowerChanges.Power(c, ComputeTarget.Of(VAppOf(c, id)), action))],
        ("vApp", [var id, "action", var action]) => VAppAction(id, action),
        ("disk", [var id]) =>
        [
            Get(c => DiskAnswers.Get(c, Disk(c, id))),
            Put(c => DiskChanges.Update(c, Disk(c, id))),
            new Route(HttpMethods.Delete, c => DiskChanges.Delete(c, Disk(c, id))),
        ],
        ("disk", [var id, "attachedVms"]) => [Get(c => DiskAnswers.AttachedVms(c, Disk(c, id)))],
        ("network", [var id]) => [Get(c => NetworkAnswers.Get(c, Network(c, id)))],
        ("network", [var id, "allocatedAddresses"]) => [Get(c => NetworkAnswers.Allocated(c, Network(c, id)))],
        _ => [],
    };

    private static Route[] Machine(EntityKind kind, string id, string[] path) => path switch
    {
        [] when kind == EntityKind.Vm =>
        [
            Get(c => VmAnswers.Get(c, MachineOf(c, kind, id))),
            Put(c => MachineChanges.Update(c, MachineOf(c, kind, id))),
            new Route(HttpMethods.Delete, c => VAppChanges.Delete(c, ComputeTarget.Of(MachineOf(c, kind, id)))),
        ],
        [] => [Get(c => VmAnswers.Get(c, MachineOf(c, kind, id)))],
        ["question", "action", "answer"] when kind == EntityKind.Vm => [Post(c => MachineExtras.Answer(c, MachineOf(c, kind, id)))],
        ["media", "action", "insertMedia"] when kind == EntityKind.Vm => [Post(c => MachineExtras.Insert(c, MachineOf(c, kind, id)))],
        ["media", "action", "ejectMedia"] when kind == EntityKind.Vm => [Post(c => MachineExtras.Eject(c, MachineOf(c, kind, id)))],
        ["disk", "action", "attach"] when kind == EntityKind.Vm => [Post(c => DiskChanges.Attach(c, MachineOf(c, kind, id)))],
        ["disk", "action", "detach"] when kind == EntityKind.Vm => [Post(c => DiskChanges.Detach(c, MachineOf(c, kind, id)))],
        ["screen"] when kind == EntityKind.Vm => [Get(c => ConsoleAnswers.Screen(c, MachineOf(c, kind, id)))],
        ["screen", "action", "acquireTicket"] when kind == EntityKind.Vm => [Act(c => ConsoleAnswers.Ticket(c, MachineOf(c, kind, id)))],
        ["screen", "action", "acquireMksTicket"] when kind == EntityKind.Vm => [Act(c => ConsoleAnswers.MksTicket(c, MachineOf(c, kind, id)))],
        ["question"] when kind == EntityKind.Vm => [Get(c => VmSections.Question(c, MachineOf(c, kind, id)))],
        ["power", "action", var action] when kind == EntityKind.Vm && IsPowerAction(action) => [Act(c => PowerChanges.Power(c, ComputeTarget.Of(MachineOf(c, kind, id)), action))],
        ["action", var action] when kind == EntityKind.Vm => MachineAction(id, action),
        ["action" or "power" or "media" or "disk" or "screen" or "question", ..] => [],
        _ => SectionOf(kind == EntityKind.Vm && IsChangeable(path), c => VmSections.Get(c, MachineOf(c, kind, id), path), c => MachineChanges.PutSection(c, MachineOf(c, kind, id), path)),
    };

    private static Route[] SectionOf(bool isChangeable, Func<VcdCall, VcdAnswer?> get, Func<VcdCall, VcdAnswer?> put)
    {
        var look = Get(c => get(c) ?? throw VcdException.NotFound());
        return isChangeable ? [look, Put(c => put(c) ?? throw VcdException.NotFound())] : [look];
    }

    private static bool IsChangeable(string[] path) => path is ["virtualHardwareSection" or "networkConnectionSection" or "guestCustomizationSection" or "operatingSystemSection" or "productSections" or "vmCapabilities"]
        or ["virtualHardwareSection", "cpu" or "memory" or "disks" or "networkCards"];

    private static Route[] VdcAction(string id, string action) => action switch
    {
        "instantiateVAppTemplate" => [Post(c => VAppCreation.Instantiate(c, VdcOf(c, id)))],
        "composeVApp" => [Post(c => VAppCreation.Compose(c, VdcOf(c, id)))],
        "captureVApp" => [Post(c => Capture.ToVdc(c, VdcOf(c, id)))],
        "moveVApp" => [Post(c => VAppMove.Begin(c, VdcOf(c, id)))],
        "cloneVApp" => [Post(c => VAppCreation.Clone(c, VdcOf(c, id)))],
        _ => [],
    };

    private static Vdc VdcOf(VcdCall call, string id) => EntityLookup.Get<Vdc>(call, EntityKind.Vdc, id);

    private static Route[] VAppAction(string id, string action) => action switch
    {
        "enterMaintenanceMode" => [Act(c => VAppChanges.SetMaintenance(c, VAppOf(c, id), isOn: true))],
        "recomposeVApp" => [Post(c => VAppCreation.Recompose(c, VAppOf(c, id)))],
        "exitMaintenanceMode" => [Act(c => VAppChanges.SetMaintenance(c, VAppOf(c, id), isOn: false))],
        _ => Shared(action, c => ComputeTarget.Of(VAppOf(c, id))),
    };

    private static Route[] MachineAction(string id, string action) => action switch
    {
        "reconfigureVm" => [Post(c => MachineChanges.Reconfigure(c, MachineOf(c, EntityKind.Vm, id)))],
        "installVMwareTools" => [Act(c => MachineChanges.InstallTools(c, MachineOf(c, EntityKind.Vm, id)))],
        "consolidate" or "upgradeHardwareVersion" or "customizeAtNextPowerOn" => [Act(c => MachineChanges.WhileOff(c, MachineOf(c, EntityKind.Vm, id), action))],
        _ => Shared(action, c => ComputeTarget.Of(MachineOf(c, EntityKind.Vm, id))),
    };

    /// <summary>The actions that vApps and machines have in common.</summary>
    private static Route[] Shared(string action, Func<VcdCall, ComputeTarget> find) => action switch
    {
        "deploy" => [Post(c => PowerChanges.Deploy(c, find(c)))],
        "undeploy" => [Post(c => PowerChanges.Undeploy(c, find(c)))],
        "createSnapshot" => [Post(c => SnapshotChanges.Create(c, find(c)))],
        "revertToCurrentSnapshot" => [Act(c => SnapshotChanges.Revert(c, find(c)))],
        "removeAllSnapshots" => [Act(c => SnapshotChanges.RemoveAll(c, find(c)))],
        "discardSuspendedState" => [Act(c => PowerChanges.Discard(c, find(c)))],
        _ => [],
    };

    private static bool IsPowerAction(string action) => action is "powerOn" or "powerOff" or "reboot" or "reset" or "shutdown" or "suspend";

    private static bool IsMachine(string id) => id.StartsWith(EntityKind.Vm.IdPrefix, StringComparison.Ordinal);

    private static bool IsVAppSection(string name) => name.EndsWith("Section", StringComparison.Ordinal) || name is "productSections";

    private static VApp VAppOf(VcdCall call, string id) => EntityLookup.Get<VApp>(call, EntityKind.VApp, id);

    /// <summary>A machine at the address of its own kind: a template's is not found among the vApps'.</summary>
    private static VirtualMachine MachineOf(VcdCall call, EntityKind kind, string id)
    {
        var machine = EntityLookup.Get<VirtualMachine>(call, kind, id);
        return machine.Kind == kind ? machine : throw VcdException.NoAccess(kind, machine.Id);
    }

    private static IndependentDisk Disk(VcdCall call, string id) => EntityLookup.Get<IndependentDisk>(call, EntityKind.Disk, id);

    private static Entity Network(VcdCall call, string id) => EntityLookup.Get<Entity>(call, EntityKind.Network, id);

    private static Route Get(Func<VcdCall, VcdAnswer> handle) => new(HttpMethods.Get, handle);

    private static Route Put(Func<VcdCall, VcdAnswer> handle) => new(HttpMethods.Put, handle) { HasBody = true };

    /// <summary>A POST that has a body.</summary>
    private static Route Post(Func<VcdCall, VcdAnswer> handle) => new(HttpMethods.Post, handle) { HasBody = true };

    /// <summary>A POST that takes no body.</summary>
    private static Route Act(Func<VcdCall, VcdAnswer> handle) => new(HttpMethods.Post, handle);
}
