using System.Globalization;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The ways in which the portal writes a time, all of them UTC.</summary>
internal static class VeloTime
{
    /// <summary>A time that never was.</summary>
    public const string Never = "0000-00-00 00:00:00";

    /// <summary>The same with a fraction, as some members have it.</summary>
    public const string NeverInFull = "0000-00-00 00:00:00.000";

    /// <summary>With zone and milliseconds: <c>2024-11-21T14:42:19.000Z</c>.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Without a zone: <c>2024-11-21 14:42:19</c>.</summary>
    public static string WithoutZone(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
