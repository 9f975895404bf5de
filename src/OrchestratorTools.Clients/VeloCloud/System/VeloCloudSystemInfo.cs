using System.Collections.Frozen;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>What an Orchestrator says of itself (system/getVersionInfo).</summary>
public sealed class VeloCloudSystemInfo : VeloCloudObject
{
    private static readonly FrozenSet<string> Known = new[] { "version", "build", "apiVersion" }.ToFrozenSet(StringComparer.Ordinal);

    internal VeloCloudSystemInfo(JsonElement e)
    {
        Version = VeloCloudJson.Text(e, "version");
        Build = VeloCloudJson.Text(e, "build");
        ApiVersion = VeloCloudJson.Text(e, "apiVersion");
    }

    /// <summary>Host and port.</summary>
    public string Server => Origin?.Authority ?? string.Empty;

    /// <summary>The release.</summary>
    public string? Version { get; }

    /// <summary>The build.</summary>
    public string? Build { get; }

    /// <summary>The portal API's version.</summary>
    public string? ApiVersion { get; }

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => Known;

    /// <summary>The release.</summary>
    public override string ToString() => Version ?? string.Empty;
}
