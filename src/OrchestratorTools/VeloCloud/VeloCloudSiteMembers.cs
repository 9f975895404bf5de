namespace OrchestratorTools.VeloCloud;

/// <summary>Postal address, contact and place, as a site and an enterprise have them: the parameters that were given, by the server's names. An empty text empties.</summary>
internal static class VeloCloudSiteMembers
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ContactName"] = "contactName",
        ["ContactEmail"] = "contactEmail",
        ["ContactPhone"] = "contactPhone",
        ["ContactMobile"] = "contactMobile",
        ["Street"] = "streetAddress",
        ["Street2"] = "streetAddress2",
        ["City"] = "city",
        ["State"] = "state",
        ["PostalCode"] = "postalCode",
        ["Country"] = "country",
        ["Latitude"] = "lat",
        ["Longitude"] = "lon",
        ["TimeZone"] = "timezone",
        ["Locale"] = "locale",
    };

    /// <summary>The members that the bound parameters say; null where they say none.</summary>
    public static IReadOnlyDictionary<string, object?>? Of(IDictionary<string, object> bound)
    {
        var members = bound.Where(b => Names.ContainsKey(b.Key)).ToDictionary(b => Names[b.Key], b => (object?)b.Value, StringComparer.Ordinal);
        return members.Count == 0 ? null : members;
    }
}
