namespace OrchestratorTools.Clients.Vcd;

/// <summary>What is uploaded.</summary>
public enum VcdTransferKind
{
    /// <summary>An image.</summary>
    Media,

    /// <summary>A vApp template.</summary>
    Template,
}
