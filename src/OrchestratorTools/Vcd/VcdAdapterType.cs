namespace OrchestratorTools.Vcd;

/// <summary>Network adapters that a virtual machine can have (schema type NetworkConnectionType).</summary>
public enum VcdAdapterType
{
    /// <summary>VMware's own, of today.</summary>
    Vmxnet3,

    /// <summary>VMware's own, of before.</summary>
    Vmxnet2,

    /// <summary>VMware's own, the first.</summary>
    Vmxnet,

    /// <summary>An Intel 82574.</summary>
    E1000E,

    /// <summary>An Intel 82545EM.</summary>
    E1000,

    /// <summary>Vlance first, VMXNET when the guest can.</summary>
    Flexible,

    /// <summary>An AMD 79C970.</summary>
    Vlance,
}
