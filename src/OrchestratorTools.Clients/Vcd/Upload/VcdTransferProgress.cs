namespace OrchestratorTools.Clients.Vcd;

/// <summary>What a transfer is doing.</summary>
public enum VcdTransferPhase
{
    /// <summary>The part that was transferred earlier is read and compared.</summary>
    Verifying,

    /// <summary>Bytes are being sent.</summary>
    Sending,

    /// <summary>Bytes are being received.</summary>
    Receiving,

    /// <summary>The connection broke; the transfer waits before it asks how far it came.</summary>
    Waiting,
}

/// <summary>How far a transfer is.</summary>
/// <param name="Phase">What it is doing.</param>
/// <param name="Done">Bytes done.</param>
/// <param name="Total">Bytes in all.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct VcdTransferProgress(VcdTransferPhase Phase, long Done, long Total)
{
    /// <summary>Which file, where a transfer has several.</summary>
    public string? File { get; init; }

    /// <summary>Bytes done of all files.</summary>
    public long AllDone { get; init; }

    /// <summary>Bytes of all files.</summary>
    public long AllTotal { get; init; }
}
