using System.Globalization;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>Software images and firmware that the Orchestrator has, in pages.</summary>
internal sealed class SoftwareMethods(VeloNetwork network)
{
    private static readonly (int Id, string Version, string Name)[] Firmware = [(61, "3.50.0.9-16", "Platform firmware 6X0"), (62, "R1.2.2", "Modem firmware \"EM7511\"")];

    public Dictionary<string, Func<Call, Answer>> All => new(StringComparer.Ordinal)
    {
        ["softwareUpdate/getSoftwareUpdatesList"] = call => Page(call, [.. SoftwareCatalog.All.Select(i => Describe(i.Id, i.Name, i.Version, i.Build, "software"))]),
        ["softwareUpdate/getFirmwareUpdatesList"] = call => Page(call, [.. Firmware.Select(f => Describe(f.Id, f.Name, f.Version, f.Version, "platformFirmware"))]),
    };

    private static Answer Page(Call call, IReadOnlyList<JsonObject> all)
    {
        var link = (call.Text("nextPageLink") ?? call.Text("prevPageLink")) is { Length: > 0 } text ? PageLink.Parse(text) : null;
        var search = link is null ? call.Text("quickSearch") : link.QuickSearch;
        var types = call.Texts("updateType");
        var limit = (int)Math.Clamp(call.Integer("limit") ?? link?.Limit ?? VeloAssumptions.EventLimit, 1, VeloAssumptions.EventLimit);
        var found = all
            .Where(u => types.Count == 0 || types.Contains(u["updateType"]!.GetValue<string>(), StringComparer.Ordinal))
            .Where(u => string.IsNullOrEmpty(search) || u["name"]!.GetValue<string>().Contains(search, StringComparison.OrdinalIgnoreCase))
            .ToList();
        var page = found.Where(u => u["id"]!.GetValue<int>() > (link?.AfterId ?? 0)).Take(limit + 1).ToList();
        var more = page.Count > limit;
        if (more)
            page.RemoveAt(limit);

        return Answer.Of(new JsonObject
        {
            ["metaData"] = new JsonObject { ["limit"] = limit, ["more"] = more, ["nextPageLink"] = more ? new PageLink(page[^1]["id"]!.GetValue<int>(), limit, search, Filters: null).Text : null },
            ["data"] = new JsonArray([.. page]),
            ["count"] = call.Flag("_count") ? new JsonObject { ["count"] = found.Count } : null,
        });
    }

    private JsonObject Describe(int id, string name, string version, string build, string type)
        => new()
        {
            ["id"] = id,
            ["blobId"] = id + 1000,
            ["modified"] = VeloTime.Text(network.Start.AddDays(-id)),
            ["buildNumber"] = build,
            ["buildType"] = "release",
            ["deprecated"] = id == 43 ? 1 : 0,
            ["description"] = null,
            ["version"] = version,
            ["updateType"] = type,
            ["name"] = name,
            ["fileName"] = string.Create(CultureInfo.InvariantCulture, $"edge-imageupdate-{build}.zip"),
            ["downloadUrl"] = $"/blob/{id.ToString(CultureInfo.InvariantCulture)}",
            ["downloadToken"] = null,
            ["deviceFamily"] = "EDGE6X0",
            ["deviceCategory"] = "EDGE",
            ["uploadDetails"] = new JsonObject { ["hash"] = Invented.LogicalId("hash", id), ["size"] = 412_345_678, ["storageType"] = "LOCAL" },
            ["manifest"] = new JsonObject { ["version"] = version, ["buildNumber"] = build, ["deviceFamily"] = "EDGE6X0", ["artifacts"] = new JsonArray() },
        };
}
