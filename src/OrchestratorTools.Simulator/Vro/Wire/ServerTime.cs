using System.Globalization;

namespace OrchestratorTools.Simulator.Vro.Wire;

/// <summary>The server's dates: <c>YYYY-MM-DDTHH:MM:SS</c>, no zone (facts/vro.md, B).</summary>
internal static class ServerTime
{
    /// <summary>The text of a time; null for none.</summary>
    public static string? Write(DateTimeOffset? time, TimeSpan offset)
        => time?.ToOffset(offset).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Reads a date; a zone that it has is heeded, without one it is the server's own time.</summary>
    public static bool TryRead(string text, TimeSpan offset, out DateTimeOffset time)
    {
        time = default;
        if (text.Length < 10 || !DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var value))
            return false;
        time = value.Kind switch
        {
            DateTimeKind.Utc => new DateTimeOffset(value),
            DateTimeKind.Local => new DateTimeOffset(value.ToUniversalTime()),
            _ => new DateTimeOffset(value, offset),
        };
        return true;
    }
}
