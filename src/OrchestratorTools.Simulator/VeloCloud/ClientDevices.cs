using System.Globalization;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The devices that stand behind edges: five behind each that was ever activated. Only the host names that somebody set are kept.</summary>
internal static class ClientDevices
{
    public const int PerEdge = 5;

    public static readonly IReadOnlyList<string> OperatingSystems = ["Unknown", "Windows", "MacOS", "Linux", "iOS", "Android"];

    /// <summary>The devices of an edge.</summary>
    public static IEnumerable<JsonObject> Of(Edge edge) => edge.State is "NEVER_ACTIVATED" ? [] : Enumerable.Range(0, PerEdge).Select(i => Describe(edge, i));

    /// <summary>A device of an enterprise by its id; null where there is none.</summary>
    public static JsonObject? Find(Enterprise enterprise, long id)
    {
        var edge = enterprise.Edges.FirstOrDefault(e => e.Id == id / 10);
        return edge is not null && edge.State is not "NEVER_ACTIVATED" && id % 10 < PerEdge ? Describe(edge, (int)(id % 10)) : null;
    }

    /// <summary>A device by its logical id.</summary>
    public static JsonObject? Find(Enterprise enterprise, string logicalId)
        => enterprise.Edges.SelectMany(Of).FirstOrDefault(d => string.Equals(d["logicalId"]!.GetValue<string>(), logicalId, StringComparison.OrdinalIgnoreCase));

    public static long IdOf(Edge edge, int index) => (edge.Id * 10L) + index;

    public static string Mac(Edge edge, int index) => string.Create(CultureInfo.InvariantCulture, $"3c:22:fb:{edge.Id >> 8 & 255:x2}:{edge.Id & 255:x2}:{index:x2}");

    private static JsonObject Describe(Edge edge, int index)
    {
        var id = IdOf(edge, index);
        var os = (edge.Id + index) % OperatingSystems.Count;
        var name = edge.Enterprise.State.HostNames.TryGetValue(id, out var set)
            ? set
            : index == 4 ? "" : string.Create(CultureInfo.InvariantCulture, $"{(index == 1 ? "Zoë's \"Mac\"" : "pc")}-{id}");
        return new JsonObject
        {
            ["id"] = id,
            ["created"] = VeloTime.Text(edge.Created),
            ["enterpriseId"] = edge.Enterprise.Id,
            ["edgeId"] = edge.Id,
            ["logicalId"] = Invented.LogicalId("clientDevice", id),
            ["macAddress"] = Mac(edge, index),
            ["hostName"] = name,
            ["ipAddress"] = string.Create(CultureInfo.InvariantCulture, $"10.{edge.Id / 250 % 250}.{edge.Id % 250}.{20 + index}"),
            ["segmentId"] = 0,
            ["os"] = os,
            ["osName"] = OperatingSystems[os],
            ["osVersion"] = os == 0 ? null : "11",
            ["deviceType"] = null,
            ["deviceModel"] = null,
            ["lastContact"] = VeloTime.Text(edge.Contact),
            ["modified"] = VeloTime.Text(edge.Contact),
        };
    }
}
