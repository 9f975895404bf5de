using System.Net;
using System.Text.RegularExpressions;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>What can be known to be wrong before a virtual machine is changed: each names the parameter, the value and what would be right.</summary>
internal static partial class VcdMachineChecks
{
    private const long Mebi = 1024 * 1024;
    private const int LongestName = 63;
    private const int LongestWindowsName = 15;

    /// <summary>The virtual machine in a question.</summary>
    public static string Described(VcdClient client, VcdVM vm)
        => $"virtual machine '{vm.Name}'{(vm.VApp is { } vapp ? $" of vApp '{vapp}'" : string.Empty)} at {client.Session.Server.Authority}";

    /// <summary>Why a number of bytes is no memory; null where it is.</summary>
    public static string? NoMemory(long bytes) => bytes > 0 && bytes % (4 * Mebi) == 0 ? null : "memory is given in bytes, in steps of 4 MB: 4GB, 512MB.";

    /// <summary>Why a number of bytes is no disk's size; null where it is.</summary>
    public static string? NoDiskSize(long bytes) => bytes > 0 && bytes % Mebi == 0 ? null : "a disk's size is given in bytes, in steps of 1 MB: 40GB, 512MB.";

    /// <summary>Why a text is no computer name; null where it is.</summary>
    public static string? NoComputerName(string name, VcdVM? vm = null)
        => name.Length > LongestName || !ComputerName().IsMatch(name) ? "a computer name has 1 to 63 letters, digits and hyphens, with no hyphen at either end, and not digits alone."
            : vm?.GuestOs?.Contains("Windows", StringComparison.OrdinalIgnoreCase) is true && name.Length > LongestWindowsName ? $"the guest is {vm.GuestOs}, whose computer names have at most 15 characters."
            : null;

    /// <summary>Why a text is no MAC address; null where it is.</summary>
    public static string? NoMacAddress(string text) => MacAddress().IsMatch(text) ? null : "a MAC address is six pairs of hexadecimal digits with colons: 00:50:56:01:02:03.";

    /// <summary>Why a text is no IP address; null where it is.</summary>
    public static string? NoIPAddress(string text)
        => IPAddress.TryParse(text, out var address) && (text.Contains(':', StringComparison.Ordinal) || text.Split('.').Length == 4) && address.ScopeIdOrNone() ? null : "an IP address is needed: 10.0.0.5.";

    /// <summary>The error of a machine that cannot be changed because it is part of a template.</summary>
    public static OrchestratorApiException OfTemplate(VcdVM vm)
        => Refused(OrchestratorErrorKind.Validation, $"Virtual machine '{vm.Name}' belongs to a vApp template, which is never changed.", "Make a vApp of it with New-VcdVApp.");

    /// <summary>Throws where a suspended machine is to get other hardware.</summary>
    public static void NotSuspended(VcdVM vm, string what)
    {
        if (VcdAssumptions.IsSuspended(vm))
        {
            throw Refused(OrchestratorErrorKind.WrongState, $"Virtual machine '{vm.Name}' is suspended: its {what} cannot be changed while its memory waits for the same hardware. Nothing was sent.", "Resume it (Resume-VcdVM), or discard the suspended state (Resume-VcdVM -Discard), then change it.");
        }
    }

    /// <summary>Throws where the settings ask for what a machine in its present state cannot be given.</summary>
    public static void Settings(VcdVM vm, VcdVMSettings wanted)
    {
        if (wanted.ComputerName is { } computer && NoComputerName(computer, vm) is { } why)
        {
            throw Refused(OrchestratorErrorKind.Validation, $"-ComputerName '{computer}' for virtual machine '{vm.Name}': {why} Nothing was sent.");
        }

        var cpus = wanted.NumberOfCpus ?? vm.NumberOfCpus;
        var cores = wanted.CoresPerSocket ?? vm.CoresPerSocket;
        if ((wanted.NumberOfCpus is not null || wanted.CoresPerSocket is not null) && cpus is { } all && cores is { } shared && shared > 0 && all % shared != 0)
        {
            throw Refused(
                OrchestratorErrorKind.Validation,
                wanted.CoresPerSocket is not null
                    ? $"-CoresPerSocket {shared} for virtual machine '{vm.Name}': {all} CPUs cannot be shared out in sockets of {shared} cores. Nothing was sent."
                    : $"-NumberOfCpus {all} for virtual machine '{vm.Name}': its sockets have {shared} cores, and {all} is no multiple of that. Nothing was sent.",
                $"The number of CPUs is a multiple of the cores per socket: give both, -NumberOfCpus {all} -CoresPerSocket {Enumerable.Range(1, shared).Last(c => all % c == 0)}.");
        }

        var changesCpus = wanted.NumberOfCpus is { } n && n != vm.NumberOfCpus;
        var changesMemory = wanted.Memory is { } m && m != vm.Memory;
        if (changesCpus || changesMemory || (wanted.CoresPerSocket is { } c && c != vm.CoresPerSocket))
        {
            NotSuspended(vm, "CPUs and memory");
        }

        if (!VcdAssumptions.IsRunning(vm))
        {
            return;
        }

        if (changesCpus)
        {
            Growing(vm, $"-NumberOfCpus {wanted.NumberOfCpus}", "CPUs", $"{vm.NumberOfCpus}", vm.IsCpuHotAddEnabled, wanted.NumberOfCpus > vm.NumberOfCpus, "-CpuHotAdd");
        }

        if (wanted.CoresPerSocket is { } sharing && sharing != vm.CoresPerSocket && !VcdAssumptions.SocketsChangeWhileRunning)
        {
            throw Refused(OrchestratorErrorKind.WrongState, $"-CoresPerSocket {sharing} for virtual machine '{vm.Name}': it runs, and how its CPUs are shared out does not change while it does. Nothing was sent.", "Stop it first (Stop-VcdVM), then change it.");
        }

        if (changesMemory)
        {
            Growing(vm, $"-Memory {SizeText.Of(wanted.Memory!.Value)}", "memory", vm.Memory is { } bytes ? SizeText.Of(bytes) : "unknown", vm.IsMemoryHotAddEnabled, wanted.Memory > vm.Memory, "-MemoryHotAdd");
        }
    }

    /// <summary>An error that is known before anything is sent.</summary>
    public static OrchestratorApiException Refused(OrchestratorErrorKind kind, string message, string? action = null)
        => new(OrchestratorSystem.Vcd, kind, message) { RecommendedAction = action };

    private static void Growing(VcdVM vm, string wanted, string what, string present, bool? hotAdd, bool grows, string flag)
    {
        if (!grows)
        {
            throw Refused(OrchestratorErrorKind.WrongState, $"{wanted} for virtual machine '{vm.Name}': it runs with {present} ({what}), and what runs gains but never loses. Nothing was sent.", "Stop it first (Stop-VcdVM), then change it.");
        }

        if (hotAdd is false)
        {
            throw Refused(OrchestratorErrorKind.WrongState, $"{wanted} for virtual machine '{vm.Name}': it runs with {present} ({what}), and nothing can be added while it runs, as hot add is off. Nothing was sent.", $"Stop it first (Stop-VcdVM); with {flag} it can be done while it runs from then on.");
        }
    }

    private static bool ScopeIdOrNone(this IPAddress address) => address.AddressFamily is not System.Net.Sockets.AddressFamily.InterNetworkV6 || address.ScopeId == 0;

    [GeneratedRegex("^(?!\\d+$)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ComputerName();

    [GeneratedRegex("^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MacAddress();
}
