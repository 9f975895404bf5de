using System.Globalization;
using System.Text.Json;

namespace OrchestratorTools.Clients.Vro;

/// <summary>When a plan runs by itself (RecoveryScheduleInfo; facts/vro.md, "scheduleType", "Versions").</summary>
public sealed class VroPlanSchedule
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "scheduleType", "type", "startTime", "previousPlanId", "virusScan", "yaraScan", "yaraScanRule", "scanInfectedFlag", "scanSuspiciousFlag", "restorePointsCountForRansomwareScan", "ransomwareAction",
    };

    /// <summary>OnTime or AfterPlan.</summary>
    public string? Type { get; init; }

    /// <summary>When; zone unspecified, as the server writes it.</summary>
    public DateTime? StartTime { get; init; }

    /// <summary>The plan that it runs after.</summary>
    public string? PreviousPlanId { get; init; }

    /// <summary>Whether it is scanned for viruses.</summary>
    public bool? VirusScan { get; init; }

    /// <summary>Whether it is scanned with YARA rules.</summary>
    public bool? YaraScan { get; init; }

    /// <summary>The YARA rule.</summary>
    public string? YaraScanRule { get; init; }

    /// <summary>scanInfectedFlag.</summary>
    public bool? ScanInfected { get; init; }

    /// <summary>scanSuspiciousFlag.</summary>
    public bool? ScanSuspicious { get; init; }

    /// <summary>restorePointsCountForRansomwareScan.</summary>
    public int? ScanRestorePointCount { get; init; }

    /// <summary>ransomwareAction.</summary>
    public string? RansomwareAction { get; init; }

    /// <summary>What the server told beyond these.</summary>
    public IReadOnlyDictionary<string, object?> AdditionalProperties { get; init; } = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>When, in words.</summary>
    public override string ToString() => StartTime is { } time
        ? "at " + time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)
        : PreviousPlanId is not null ? "after plan " + PreviousPlanId : Type ?? string.Empty;

    internal static VroPlanSchedule From(JsonElement schedule) => new()
    {
        Type = VroJson.Text(schedule, "scheduleType") ?? VroJson.Text(schedule, "type"),
        StartTime = VroJson.Time(schedule, "startTime"),
        PreviousPlanId = VroJson.Text(schedule, "previousPlanId"),
        VirusScan = VroJson.Flag(schedule, "virusScan"),
        YaraScan = VroJson.Flag(schedule, "yaraScan"),
        YaraScanRule = VroJson.Text(schedule, "yaraScanRule"),
        ScanInfected = VroJson.Flag(schedule, "scanInfectedFlag"),
        ScanSuspicious = VroJson.Flag(schedule, "scanSuspiciousFlag"),
        ScanRestorePointCount = VroJson.Number(schedule, "restorePointsCountForRansomwareScan"),
        RansomwareAction = VroJson.Text(schedule, "ransomwareAction"),
        AdditionalProperties = VroJson.Others(schedule, Known),
    };
}
