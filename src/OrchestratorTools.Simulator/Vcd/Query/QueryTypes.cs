using System.Collections.Frozen;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The query types of this server: all of the table; those that the simulated cloud has things of answer with them, the others with none.</summary>
internal static class QueryTypes
{
    private static readonly FrozenDictionary<string, QueryType> ByName = Build();

    /// <summary>Packaged queries: an address of their own for what a typed query does too (facts/vcd.md, "Query"; the table of operations).</summary>
    private static readonly FrozenDictionary<string, string> Packaged = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["catalogs"] = "catalog",
        ["disks"] = "disk",
        ["mediaList"] = "media",
        ["vAppTemplates"] = "vAppTemplate",
        ["vApps"] = "vApp",
        ["vms"] = "vm",
        ["admin/groups"] = "group",
        ["admin/orgs"] = "organization",
        ["admin/rights"] = "right",
        ["admin/roles"] = "role",
        ["admin/strandedUsers"] = "strandedUser",
        ["admin/users"] = "user",
        ["admin/vdcs"] = "orgVdc",
        ["admin/extension/datastores"] = "datastore",
        ["admin/extension/externalNetworkReferences"] = "externalNetwork",
        ["admin/extension/hostReferences"] = "host",
        ["admin/extension/networkPoolReferences"] = "networkPool",
        ["admin/extension/orgNetworks"] = "adminOrgNetwork",
        ["admin/extension/orgVdcs"] = "adminOrgVdc",
        ["admin/extension/providerVdcReferences"] = "providerVdc",
        ["admin/extension/service"] = "adminService",
        ["admin/extension/strandedItems"] = "strandedItem",
        ["admin/extension/vapps"] = "adminVApp",
        ["admin/extension/vimServerReferences"] = "virtualCenter",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The types of a version, by name.</summary>
    public static IEnumerable<QueryType> Of(ApiVersion version) => ByName.Values.Where(t => t.Shape.IsIn(version)).OrderBy(t => t.Name, StringComparer.Ordinal);

    public static QueryType? Find(string name, ApiVersion version) => ByName.GetValueOrDefault(name) is { } type && type.Shape.IsIn(version) ? type : null;

    public static QueryType? FindPackaged(string path, ApiVersion version) => Packaged.TryGetValue(path, out var name) ? Find(name, version) : null;

    private static FrozenDictionary<string, QueryType> Build()
    {
        var types = RecordShape.All.Values.ToDictionary(s => s.Name, s => new QueryType(s), StringComparer.Ordinal);
        foreach (var type in (IEnumerable<QueryType>)[.. CatalogQueries.Types, .. ComputeQueries.Types, .. NetworkQueries.Types, .. OrgQueries.Types]) types[type.Name] = type;
        return types.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
