using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The addresses of vApps, machines, independent disks and networks.</summary>
internal static class ComputeRoutes
{
    public static Route[] At(string first, string[] rest) => (first, rest) switch
    {
        ("vApp", [var id, .. var path]) when IsMachine(id) => Machine(EntityKind.Vm, id, path),
        ("vAppTemplate", [var id, .. var path]) when IsMachine(id) => Machine(EntityKind.TemplateVm, id, path),
        ("vApp", [var id]) => [Get(c => VAppAnswers.Get(c, VAppOf(c, id)))],
        ("vApp", [var id, var section]) when IsVAppSection(section) => [Get(c => VAppSections.Get(c, VAppOf(c, id), section) ?? throw VcdException.NotFound())],
        ("disk", [var id]) => [Get(c => DiskAnswers.Get(c, Disk(c, id)))],
        ("disk", [var id, "attachedVms"]) => [Get(c => DiskAnswers.AttachedVms(c, Disk(c, id)))],
        ("network", [var id]) => [Get(c => NetworkAnswers.Get(c, Network(c, id)))],
        ("network", [var id, "allocatedAddresses"]) => [Get(c => NetworkAnswers.Allocated(c, Network(c, id)))],
        _ => [],
    };

    private static Route[] Machine(EntityKind kind, string id, string[] path) => path switch
    {
        [] => [Get(c => VmAnswers.Get(c, MachineOf(c, kind, id)))],
        ["question"] when kind == EntityKind.Vm => [Get(c => VmSections.Question(c, MachineOf(c, kind, id)))],
        ["action" or "power" or "media" or "disk" or "screen" or "question", ..] => [],
        _ => [Get(c => VmSections.Get(c, MachineOf(c, kind, id), path) ?? throw VcdException.NotFound())],
    };

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
}
