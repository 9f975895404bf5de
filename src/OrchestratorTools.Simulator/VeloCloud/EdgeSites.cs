using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>Where an edge stands, and who is asked for there.</summary>
internal static class EdgeSites
{
    private static readonly string[] Cities = ["Köln", "Tokyo", "Palo Alto", "Łódź", "O'Fallon"];

    private static readonly string[] Members =
    [
        "name", "contactName", "contactPhone", "contactMobile", "contactEmail", "streetAddress", "streetAddress2", "city", "state", "postalCode", "country", "lat", "lon", "timezone",
        "locale", "shippingSameAsLocation", "shippingContactName", "shippingAddress", "shippingAddress2", "shippingCity", "shippingState", "shippingCountry", "shippingPostalCode",
    ];

    /// <summary>The site, with what has been changed since.</summary>
    public static JsonObject Of(Edge edge)
    {
        var site = Invent(edge);
        foreach (var (name, value) in edge.SiteChanges)
        {
            site[name] = JsonNode.Parse(value.GetRawText());
        }

        return site;
    }

    /// <summary>What of a site's members can be changed: the others are those of the server and are passed over, as they come with every site that was read.</summary>
    public static IEnumerable<KeyValuePair<string, JsonElement>> Read(JsonElement site, string path)
    {
        if (site.ValueKind != JsonValueKind.Object)
            throw VeloError.Invalid([new Complaint("INVALID_TYPE", "Expected type object", path)]);

        foreach (var member in site.EnumerateObject())
        {
            if (Members.Contains(member.Name, StringComparer.Ordinal))
                yield return KeyValuePair.Create(member.Name, member.Value.Clone());
            else if (member.Name is not ("id" or "created" or "logicalId" or "modified"))
                throw VeloError.Invalid([new Complaint("OBJECT_ADDITIONAL_PROPERTIES", $"Additional properties not allowed: {member.Name}", $"{path}/{member.Name}")]);
        }
    }

    private static JsonObject Invent(Edge edge)
    {
        // Half of the sites were never given a place: they have the portal's own.
        var isSet = edge.Id % 2 == 1;
        return new JsonObject
        {
            ["id"] = edge.Id + 500_000,
            ["created"] = VeloTime.Text(edge.Enterprise.Created),
            ["name"] = null,
            ["logicalId"] = Invented.LogicalId("site", edge.Id),
            ["contactName"] = isSet ? "Zoë \"Zed\" O'Brien" : null,
            ["contactPhone"] = "",
            ["contactMobile"] = null,
            ["contactEmail"] = isSet ? $"site{edge.Id}@{edge.Enterprise.Domain}.example" : "",
            ["streetAddress"] = isSet ? "Hauptstraße 1" : null,
            ["streetAddress2"] = "",
            ["city"] = isSet ? Cities[edge.Id % Cities.Length] : null,
            ["state"] = null,
            ["postalCode"] = isSet ? "01234" : null,
            ["country"] = isSet ? "DE" : null,
            ["lat"] = isSet ? 50.9375 : 37.402866,
            ["lon"] = isSet ? 6.9603 : -122.117332,
            ["timezone"] = "America/Los_Angeles",
            ["locale"] = "en-US",
            ["shippingSameAsLocation"] = 1,
            ["shippingContactName"] = null,
            ["shippingAddress"] = null,
            ["shippingAddress2"] = null,
            ["shippingCity"] = null,
            ["shippingState"] = null,
            ["shippingCountry"] = null,
            ["shippingPostalCode"] = null,
            ["modified"] = VeloTime.Never,
        };
    }
}
