using System.Text.Json;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.Tests.VeloCloud;

/// <summary>Makes statuses of replication as a server would tell them.</summary>
internal static class ReplicationStatusMaker
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 0, 0, TimeSpan.Zero);

    /// <param name="text">Role and state, with a blank between.</param>
    /// <param name="minute">When the state was entered; null: the server does not say.</param>
    /// <param name="server">The box's host.</param>
    /// <param name="failure">What failed.</param>
    /// <param name="standby">The id of its standby.</param>
    public static VeloCloudReplicationStatus Status(string text, int? minute = 0, string server = "vco-a.example", string? failure = null, string? standby = null)
    {
        var words = text.Split(' ');
        var json = JsonSerializer.SerializeToElement(new
        {
            role = words[0],
            drState = words[1],
            stateTimestamp = minute is { } m ? Start.AddMinutes(m).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture) : null,
            failureDescription = failure,
            vcoIp = server == "vco-a.example" ? "198.51.100.10" : "198.51.100.11",
            vcoUuid = "id-of-" + server,
            activeAddress = "198.51.100.10",
            standbyList = standby is null ? [] : new[] { new { standbyAddress = "198.51.100.11", standbyUuid = standby } },
        });
        return new VeloCloudReplicationStatus(json) { Origin = new Uri($"https://{server}/"), Connection = server };
    }

    public static VeloCloudReplicationStatus Other(string text, int? minute = 0, string? failure = null) => Status(text, minute, "vco-b.example", failure);
}
