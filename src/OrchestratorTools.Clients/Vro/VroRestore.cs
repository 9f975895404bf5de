using System.Text.Json;

namespace OrchestratorTools.Clients.Vro;

/// <summary>What a restore is started with (facts/vro.md, "Run Restore Plan").</summary>
public sealed record VroRestore() : VroPlanOrder(VroPlanActions.Restore)
{
    /// <summary>Where it restores to: the id of a recovery location.</summary>
    public required string LocationId { get; init; }

    /// <summary>The location's name, for the question.</summary>
    public string? LocationName { get; init; }

    /// <summary>The restore point's date; null: the latest. Its digits are sent as they are.</summary>
    public DateTime? RestorePointDate { get; init; }

    /// <summary>Whether the plans that are chained to this one run after it.</summary>
    public bool ExecuteChainedPlans { get; init; } = true;

    /// <summary>Whether the storage volumes are protected.</summary>
    public bool ProtectStorageVolumes { get; init; }

    /// <summary>What is scanned for malware.</summary>
    public VroScanOptions Scan { get; init; } = new();

    /// <inheritdoc/>
    public override string Summary => $"To the location '{LocationName ?? LocationId}'. "
        + VroFailover.PointInWords(RestorePointDate is { } point ? Digits(point) : null)
        + (ExecuteChainedPlans ? "Chained plans run after it" : "Chained plans do not run")
        + (ProtectStorageVolumes ? "; storage volumes are protected." : ".")
        + Scan.Summary;

    /// <inheritdoc/>
    internal override bool WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteString("restoreLocationId", LocationId);
        writer.WriteBoolean("executeChainedPlans", ExecuteChainedPlans);
        writer.WriteString("restorePointDate", RestorePointDate is { } point ? Digits(point) : null);
        writer.WriteBoolean("protectStorageVolumes", ProtectStorageVolumes);
        Scan.WriteTo(writer);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}

/// <summary>
/// What of a restore point is scanned for malware before it is restored. The names are those of the v7 changelogs (facts/vro.md, "Run Restore Plan", "Versions"); only what was asked
/// for is sent.
/// </summary>
public sealed record VroScanOptions
{
    /// <summary>virusScan.</summary>
    public bool? VirusScan { get; init; }

    /// <summary>yaraScan.</summary>
    public bool? YaraScan { get; init; }

    /// <summary>yaraScanRule.</summary>
    public string? YaraScanRule { get; init; }

    /// <summary>scanInfectedFlag.</summary>
    public bool? ScanInfected { get; init; }

    /// <summary>scanSuspiciousFlag.</summary>
    public bool? ScanSuspicious { get; init; }

    /// <summary>restorePointsCountForRansomwareScan.</summary>
    public int? RestorePointCount { get; init; }

    /// <summary>ransomwareAction; its values are documented nowhere.</summary>
    public string? Action { get; init; }

    /// <summary>The same in words, with a blank before; empty where nothing was asked for.</summary>
    internal string Summary
    {
        get
        {
            var scans = new List<string>();
            if (VirusScan is true)
            {
                scans.Add("viruses");
            }

            if (YaraScan is true)
            {
                scans.Add(YaraScanRule is null ? "YARA rules" : $"the YARA rule '{YaraScanRule}'");
            }

            return scans.Count == 0 ? string.Empty : $" Scanned for {string.Join(" and ", scans)} first{(Action is null ? string.Empty : $"; when something is found: {Action}")}.";
        }
    }

    internal void WriteTo(Utf8JsonWriter writer)
    {
        Write("virusScan", VirusScan);
        Write("yaraScan", YaraScan);
        if (YaraScanRule is not null)
        {
            writer.WriteString("yaraScanRule", YaraScanRule);
        }

        Write("scanInfectedFlag", ScanInfected);
        Write("scanSuspiciousFlag", ScanSuspicious);
        if (RestorePointCount is { } count)
        {
            writer.WriteNumber("restorePointsCountForRansomwareScan", count);
        }

        if (Action is not null)
        {
            writer.WriteString("ransomwareAction", Action);
        }

        void Write(string name, bool? value)
        {
            if (value is { } said)
            {
                writer.WriteBoolean(name, said);
            }
        }
    }
}
