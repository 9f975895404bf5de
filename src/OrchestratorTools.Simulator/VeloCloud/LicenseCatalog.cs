using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>
/// The kinds of edge licence, and those that an enterprise was given. The methods under <c>license/</c> stand in no definition: the members are those that the definition has for
/// an edge's licence.
/// </summary>
internal static class LicenseCatalog
{
    private static readonly (string Sku, string Name, string Edition, string Tier, int Months)[] Kinds =
    [
        ("NB-VC100M-SO-HO-HG-L34S312P-C", "ENTERPRISE | 100 Mbps | North America, Europe", "ENTERPRISE", "100 Mbps", 12),
        ("NB-VC1G-PR-HO-HG-L34S336P-C", "PREMIUM | 1 Gbps | Worldwide", "PREMIUM", "1 Gbps", 36),
        ("NB-VC30M-ST-HO-HG-L34S312P-C", "STANDARD | 30 Mbps | Asia \"Pacific\"", "STANDARD", "30 Mbps", 12),
    ];

    /// <summary>The licence that is given first to every edge.</summary>
    private const int First = 300;

    private const int Quota = 25_000;

    /// <summary>All kinds, as the operator sees them.</summary>
    public static IEnumerable<JsonObject> Network(DateTimeOffset created)
        => Kinds.Select((_, i) => Describe(First + i, First + i, created));

    public static bool Exists(long licenseId) => licenseId >= First && licenseId < First + Kinds.Length;

    public static string EditionOf(long licenseId) => Kinds[(int)licenseId - First].Edition;

    public static ObjectTable Invent(Enterprise enterprise)
    {
        var table = new ObjectTable();
        for (var i = 0; i < Kinds.Length; i++)
        {
            table.Put(Describe(First + i, First + i, enterprise.Created));
        }

        return table;
    }

    public static JsonObject New(long id, long licenseId, DateTimeOffset created) => Describe(id, licenseId, created);

    /// <summary>The licences of an edge: one.</summary>
    public static JsonArray OfEdge(Edge edge)
    {
        var id = IdOf(edge);
        return edge.Enterprise.State.Licenses.Find(id) is { } license ? new JsonArray(license) : [];
    }

    /// <summary>The id of an edge's licence.</summary>
    public static int IdOf(Edge edge) => (edge.HasExtras ? edge.Extras.LicenseId : null) ?? First + (edge.Id % Kinds.Length);

    private static JsonObject Describe(long id, long licenseId, DateTimeOffset created)
    {
        var (sku, name, edition, tier, months) = Kinds[(int)licenseId - First];
        return new JsonObject
        {
            ["id"] = (int)id,
            ["created"] = VeloTime.Text(created),
            ["licenseId"] = (int)licenseId,
            ["logicalId"] = Invented.LogicalId("license", id),
            ["sku"] = sku,
            ["name"] = name,
            ["alias"] = null,
            ["detail"] = null,
            ["quota"] = Quota.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["termMonths"] = months,
            ["start"] = VeloTime.Text(created),
            ["end"] = VeloTime.Never,
            ["edition"] = edition,
            ["bandwidthTier"] = tier,
            ["active"] = 1,
            ["modified"] = VeloTime.Text(created),
        };
    }
}
