using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Lists independent disks: those of virtual data centers, or those that a piped virtual machine has.</summary>
[Cmdlet(VerbsCommon.Get, "VcdDisk", DefaultParameterSetName = NameSet)]
[OutputType(typeof(VcdDisk))]
public sealed class GetVcdDiskCommand : VcdChildCmdlet<VcdDisk>
{
    /// <summary>The virtual data centers that they are in: names, wildcards, or objects.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VcdVdcCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdVdcArgument[]? Vdc { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<VcdParent<VcdDisk>> Parents =>
    [
        new VcdParent<VcdDisk, VcdVdc>("Vdc", "vdcName", static d => d.Vdc, static d => d.VdcHref, Vdc),
    ];

    /// <inheritdoc/>
    private protected override IEnumerable<Type> Takes => [typeof(VcdVdc), typeof(VcdVM)];

    /// <summary>The disks of a virtual machine: which they are, stands in it; what they are, in the list of those that are attached.</summary>
    private protected override bool ListOf(VcdSession session, VcdObject piped)
    {
        if (piped is not VcdVM vm)
        {
            return false;
        }

        var whole = Await(token => ClientFor(session, vm).GetEntityAsync<VcdVM>(vm.Href.Length > 0 ? vm.Href : vm.Id, token));
        var disks = whole.Disks.Select(d => d.DiskHref).OfType<string>().ToArray();
        if (disks.Length == 0)
        {
            WriteVerbose($"Virtual machine '{vm.Name}' has no independent disk.");
            Note(session);
            return true;
        }

        List(session, session.IsProvider ? vm.Tenant : null, null, disk => Array.Exists(disks, d => VcdObject.IsSame(d, disk.Href)), new VcdCondition("isAttached") { Values = ["true"] });
        return true;
    }
}
