using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Vcd;

/// <summary>How long vApps may run and be kept, as parameters say it.</summary>
internal static class VcdLeases
{
    /// <summary>Refuses what is no lease. PowerShell reads a bare number as ten-millionths of a second.</summary>
    public static void Check(string parameter, TimeSpan? lease, Action<string, object?, string> refuse)
    {
        if (lease is not { } given || given == TimeSpan.Zero)
        {
            return;
        }

        if (given < TimeSpan.Zero || given.TotalSeconds > int.MaxValue)
        {
            refuse(parameter, given, "a time from 0 (without end) to 68 years is needed.");
        }
        else if (given < TimeSpan.FromSeconds(1))
        {
            refuse(parameter, given, "this is less than a second. A bare number is read as ten-millionths of a second; write (New-TimeSpan -Days 7) or '7.00:00:00'.");
        }
    }

    /// <summary>The error that a bad combination of parameters is.</summary>
    public static OrchestratorApiException Unfit(string message, string action) => new(OrchestratorSystem.Vcd, OrchestratorErrorKind.Validation, message) { RecommendedAction = action };
}
