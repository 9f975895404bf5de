using System.Management.Automation;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>The parameters of a scan for malware, of the cmdlets that have them.</summary>
internal interface IScanParameters
{
    /// <summary>Scans for viruses.</summary>
    SwitchParameter VirusScan { get; }

    /// <summary>Scans with YARA rules.</summary>
    SwitchParameter YaraScan { get; }

    /// <summary>The YARA rule.</summary>
    string? YaraScanRule { get; }

    /// <summary>Scans restore points that are marked as infected too.</summary>
    SwitchParameter ScanInfected { get; }

    /// <summary>Scans restore points that are marked as suspicious too.</summary>
    SwitchParameter ScanSuspicious { get; }

    /// <summary>How many restore points are scanned at the most, until one is found that is clean.</summary>
    int? ScanRestorePointCount { get; }

    /// <summary>What is done when something is found, in the server's own word.</summary>
    string? RansomwareAction { get; }
}

/// <summary>Reads them.</summary>
internal static class ScanParameters
{
    /// <summary>Only what was given is said to the server.</summary>
    public static VroScanOptions Read(IScanParameters given) => new()
    {
        VirusScan = Said(given.VirusScan),
        YaraScan = Said(given.YaraScan),
        YaraScanRule = given.YaraScanRule,
        ScanInfected = Said(given.ScanInfected),
        ScanSuspicious = Said(given.ScanSuspicious),
        RestorePointCount = given.ScanRestorePointCount,
        Action = given.RansomwareAction,
    };

    /// <summary>The parameter that means nothing without another; null where all is well.</summary>
    public static (string Parameter, object? Value, string Wanted)? WhatIsWrong(IScanParameters given)
    {
        if (given.YaraScanRule is not null && !given.YaraScan)
        {
            return (nameof(given.YaraScanRule), given.YaraScanRule, "it means something only with -YaraScan.");
        }

        if (given.VirusScan || given.YaraScan)
        {
            return null;
        }

        const string Wanted = "it means something only with -VirusScan or -YaraScan.";
        return (given.ScanRestorePointCount, given.RansomwareAction) switch
        {
            ({ } count, _) => (nameof(given.ScanRestorePointCount), count, Wanted),
            (_, { } action) => (nameof(given.RansomwareAction), action, Wanted),
            _ => null,
        };
    }

    private static bool? Said(SwitchParameter given) => given ? true : null;
}
