namespace OrchestratorTools.Vro;

/// <summary>What a report is written as.</summary>
public enum ReportFormat
{
    /// <summary>A page for people, self-contained.</summary>
    Html,

    /// <summary>The data alone, with their checksum.</summary>
    Json,
}
