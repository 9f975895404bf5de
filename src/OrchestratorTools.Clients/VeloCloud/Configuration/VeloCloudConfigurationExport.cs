using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>A folder that was written.</summary>
public sealed class VeloCloudConfigurationExport : ServerObject
{
    /// <summary>The folder.</summary>
    public required string Path { get; init; }

    /// <summary>The enterprise.</summary>
    public required string EnterpriseName { get; init; }

    /// <summary>The enterprise's id.</summary>
    public required long EnterpriseId { get; init; }

    /// <summary>How many profiles are in it.</summary>
    public required int ProfileCount { get; init; }

    /// <summary>How many edges are in it.</summary>
    public required int EdgeCount { get; init; }

    /// <summary>How many modules are in it: files.</summary>
    public required int ModuleCount { get; init; }

    /// <summary>The size of its files in bytes, the manifest included.</summary>
    public required long Size { get; init; }

    /// <summary>The folder.</summary>
    public override string ToString() => Path;
}
