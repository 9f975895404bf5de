using System.Text.Json;
using System.Text.Json.Nodes;
using OrchestratorTools.Simulator.Faults;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The command <c>edge</c> of the control address: makes an edge what a test needs it to be.</summary>
internal static class VeloCommands
{
    /// <summary>
    /// Changes any members of an edge, and returns it. The edge is the one of that <c>id</c>, or else the first one of that <c>name</c>, the first enterprise's before others';
    /// together with an id, <c>name</c> is a change.
    /// </summary>
    public static JsonNode ChangeEdge(JsonElement arguments, VeloNetwork network)
    {
        var id = (int)arguments.Number("id", 0, 0, int.MaxValue);
        var name = arguments.Text("name");
        var edge = id != 0
            ? network.FindEdge(id)
            : network.Enterprises.SelectMany(e => e.Edges).FirstOrDefault(e => string.Equals(e.Name, name, StringComparison.Ordinal));
        if (edge is null)
            throw new ArgumentException(id != 0 ? $"There is no edge {id}." : $"There is no edge named '{name}'.");

        foreach (var member in arguments.EnumerateObject())
        {
            if (member.Name is not "id" && (id != 0 || member.Name is not "name"))
                edge.Change(member.Name, member.Value);
        }

        return JsonNode.Parse(edge.Utf8.Span)!;
    }
}
