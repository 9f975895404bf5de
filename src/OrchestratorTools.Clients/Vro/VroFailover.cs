using System.Text.Json;

namespace OrchestratorTools.Clients.Vro;

/// <summary>What a failover is started with (facts/vro.md, "Run Failover").</summary>
public sealed record VroFailover() : VroPlanOrder(VroPlanActions.Failover)
{
    /// <summary>The restore point's date; null: the latest. Its digits are sent as they are, without a zone: which zone the server takes them for is not documented.</summary>
    public DateTime? RestorePointDate { get; init; }

    /// <summary>Whether the plans that are chained to this one run after it.</summary>
    public bool ExecuteChainedPlans { get; init; } = true;

    /// <summary>Whether the storage volumes are protected after the failover.</summary>
    public bool ProtectStorageVolumes { get; init; }

    /// <summary>The restore point exactly as it is sent; null for the latest.</summary>
    public string? RestorePointText => RestorePointDate is { } point ? Digits(point) : null;

    /// <inheritdoc/>
    public override string Summary => PointInWords(RestorePointText)
        + (ExecuteChainedPlans ? "Chained plans run after it" : "Chained plans do not run")
        + (ProtectStorageVolumes ? "; storage volumes are protected." : ".");

    internal static string PointInWords(string? point) => point is null ? "The latest restore point. " : $"Restore point {point}, sent like this, without a time zone. ";

    /// <inheritdoc/>
    internal override bool WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteBoolean("executeChainedPlans", ExecuteChainedPlans);
        writer.WriteString("restorePointDate", RestorePointText);
        writer.WriteBoolean("protectStorageVolumes", ProtectStorageVolumes);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}
