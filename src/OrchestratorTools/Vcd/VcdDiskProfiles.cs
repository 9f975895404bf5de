using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>What a version of the API can say of a disk.</summary>
internal static class VcdDiskProfiles
{
    /// <summary>Throws where the version has no storage profiles of single disks.</summary>
    public static void Need(VcdClient client, string parameter) => Need(client, $"-{parameter}: a disk has no storage profile of its own", VcdAssumptions.FirstWithDiskStorageProfiles);

    /// <summary>Throws where the version does not have the controller.</summary>
    public static void Need(VcdClient client, string parameter, VcdVMDiskBus bus)
    {
        if (bus is VcdVMDiskBus.Sata or VcdVMDiskBus.Nvme)
        {
            Need(client, $"-{parameter} {bus}: there is no such controller", bus is VcdVMDiskBus.Sata ? VcdAssumptions.FirstWithSata : VcdAssumptions.FirstWithNvme);
        }
    }

    private static void Need(VcdClient client, string what, VcdApiVersion first)
    {
        if (client.Session.Version is { } version && version < first)
        {
            throw VcdMachineChecks.Refused(OrchestratorErrorKind.Validation, $"{what} at API version {version.Text}; {first.Text} is the first that has it. Nothing was sent.", "Connect with a later -ApiVersion, where the server offers one.");
        }
    }
}
