using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>The parameters that say what a network adapter is to be like. The cmdlet that adds one and the one that changes some have them both, and have different bases.</summary>
internal interface IVcdAdapterSettings
{
    /// <summary>A network of the machine's vApp, or 'none'.</summary>
    string? Network { get; }

    /// <summary>How it gets its address; what it says counts only where it was typed.</summary>
    VcdIPAddressMode Mode { get; }

    /// <summary>The address.</summary>
    string? IPAddress { get; }

    /// <summary>The MAC address.</summary>
    string? MacAddress { get; }

    /// <summary>The kind of adapter; what it says counts only where it was typed.</summary>
    VcdAdapterType AdapterType { get; }

    /// <summary>Plugged in or, with :$false, not; what it says counts only where it was typed.</summary>
    SwitchParameter Connected { get; }

    /// <summary>It becomes the primary adapter.</summary>
    SwitchParameter Primary { get; }
}
