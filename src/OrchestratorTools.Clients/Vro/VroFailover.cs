using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OrchestratorTools.Clients.Vro;

/// <summary>What a failover is started with (facts/vro.md, "Run Failover").</summary>
public sealed record VroFailover
{
    /// <summary>The restore point's date; null: the latest. Its digits are sent as they are, without a zone: which zone the server takes them for is not documented.</summary>
    public DateTime? RestorePointDate { get; init; }

    /// <summary>Whether the plans that are chained to this one run after it.</summary>
    public bool ExecuteChainedPlans { get; init; } = true;

    /// <summary>Whether the storage volumes are protected after the failover.</summary>
    public bool ProtectStorageVolumes { get; init; }

    /// <summary>The restore point exactly as it is sent; null for the latest.</summary>
    public string? RestorePointText => RestorePointDate?.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    internal byte[] ToJson()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("executeChainedPlans", ExecuteChainedPlans);
            writer.WriteString("restorePointDate", RestorePointText);
            writer.WriteBoolean("protectStorageVolumes", ProtectStorageVolumes);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(ToJson());
}
