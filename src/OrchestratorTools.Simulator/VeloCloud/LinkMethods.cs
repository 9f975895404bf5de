using System.Globalization;
using System.Text.Json;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The method about one link.</summary>
internal sealed class LinkMethods(VeloNetwork network)
{
    private static readonly string[] Members = ["displayName", "isp", "org", "lat", "lon", "alertsEnabled", "operatorAlertsEnabled", "serviceState", "userOverride"];

    public Dictionary<string, Func<Call, Answer>> All => new(StringComparer.Ordinal)
    {
        ["link/updateLinkAttributes"] = Update,
    };

    private Answer Update(Call call)
    {
        var id = call.Id("linkId", "id");
        var edge = id is > 0 and < 10L * int.MaxValue ? network.FindEdge((int)(id / 10)) : null;
        if (edge is null || edge.Enterprise != call.Enterprise || !EdgeLinks.Of(edge, onlyRecent: false).Any(l => l["id"]!.GetValue<long>() == id))
            throw VeloError.NotFound(string.Create(CultureInfo.InvariantCulture, $"link {id}"));

        var changes = Changes.Read(call, Members);
        if (changes.Count == 0)
            return Answer.Rows(0);

        edge.ChangeLink(id, changes.Append(KeyValuePair.Create("modified", JsonSerializer.SerializeToElement(VeloTime.Text(network.Clock.GetUtcNow())))));
        return Answer.Rows(1);
    }
}
