using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>The base of the cmdlets that receive packages: a folder with descriptor and files, or one archive.</summary>
public abstract class VcdReceivePackageCmdlet : VcdReceiveCmdlet
{
    /// <summary>Ovf: a folder with the descriptor and its files. Ova: one file.</summary>
    [Parameter]
    public VcdPackageFormat Format { get; set; }

    /// <summary>Takes the identity along: MAC addresses, BIOS UUIDs, the networks' configuration.</summary>
    [Parameter]
    public SwitchParameter Identity { get; set; }

    /// <inheritdoc/>
    private protected override string? Extension => Format is VcdPackageFormat.Ova ? ".ova" : null;

    /// <summary>Receives one package.</summary>
    private protected void ReceivePackage(VcdClient client, VcdReceiveKind kind, VcdObject item, string where)
        => Receive(client, kind, item, where, r => r with { Format = Format, Identity = Identity });
}
