using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>What -Transfer takes: a name, or what Get-VcdTransfer returned.</summary>
public sealed class VcdTransferArgument
{
    private const string Wanted = "An unfinished upload is given by its name or as Get-VcdTransfer returns it.";

    /// <summary>By name.</summary>
    public VcdTransferArgument(string name) => Name = name;

    /// <summary>By object.</summary>
    public VcdTransferArgument(VcdTransfer transfer)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        Name = transfer.Name;
        Transfer = transfer;
    }

    /// <summary>By an object that PowerShell wrapped.</summary>
    public VcdTransferArgument(PSObject value)
    {
        Transfer = value?.BaseObject as VcdTransfer;
        Name = Transfer?.Name ?? ArgumentText.Of(value, "Name", Wanted);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    internal VcdTransfer? Transfer { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
