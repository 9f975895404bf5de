using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Chooses parts of virtual machines by what names them.</summary>
internal static class VcdVMParts
{
    /// <summary>The disks of these names; all where none is given. A name without wildcards that none has is an error of kind NotFound, which lists those that there are.</summary>
    public static IReadOnlyList<VcdVMDisk> Disks(IReadOnlyList<VcdVMDisk> disks, VcdVM vm, string[]? names)
    {
        if (names is null)
        {
            return disks;
        }

        var wanted = new VcdNames(names);
        var found = disks.Where(d => wanted.Means(d.Name)).ToArray();
        return wanted.NotFound.FirstOrDefault() is { } missing
            ? throw VcdMachineChecks.Refused(OrchestratorErrorKind.NotFound, $"-DiskName '{missing}': virtual machine '{vm.Name}' has no such disk; it has {List(disks.Select(d => d.Name))}.", "Get-VcdVMDisk shows them.")
            : found;
    }

    /// <summary>The network adapters of these numbers; all where none is given. A number that none has is an error of kind NotFound, which lists those that there are.</summary>
    public static IReadOnlyList<VcdNetworkCard> Adapters(IReadOnlyList<VcdNetworkCard> adapters, VcdVM vm, int[]? numbers)
    {
        foreach (var number in numbers ?? [])
        {
            if (!adapters.Any(a => a.Index == number))
            {
                throw VcdMachineChecks.Refused(OrchestratorErrorKind.NotFound, string.Create(CultureInfo.InvariantCulture, $"-Index {number}: virtual machine '{vm.Name}' has no such network adapter; it has {List(adapters.Select(a => a.Index.ToString(CultureInfo.InvariantCulture)))}."), "Get-VcdVMNetworkAdapter shows them.");
            }
        }

        return numbers is null ? adapters : adapters.Where(a => numbers.Contains(a.Index)).ToArray();
    }

    /// <summary>Names in a sentence.</summary>
    public static string List(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"'{n}'")) is { Length: > 0 } list ? list : "none";
}
