using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The addresses of metadata (the table of operations): the plain view of catalogs, networks, organizations, VDCs and storage profiles is for reading, the administrator's for writing too.</summary>
internal static class MetadataRoutes
{
    private static readonly Place[] Places =
    [
        new(EntityKind.AdminCatalog),
        new(EntityKind.Catalog) { IsReadOnly = true },
        new(EntityKind.CatalogItem),
        new(EntityKind.Media),
        new(EntityKind.TemplateVm),
        new(EntityKind.Template),
        new(EntityKind.Vm),
        new(EntityKind.VApp),
        new(EntityKind.Disk),
        new(EntityKind.AdminNetwork),
        new(EntityKind.Network) { IsReadOnly = true },
        new(EntityKind.AdminOrg),
        new(EntityKind.Org) { IsReadOnly = true },
        new(EntityKind.AdminVdc),
        new(EntityKind.Vdc) { IsReadOnly = true },
        new(EntityKind.StorageProfile) { Prefix = "admin/vdcStorageProfile" },
        new(EntityKind.StorageProfile) { IsReadOnly = true },
        new(EntityKind.EdgeGateway) { Since = new ApiVersion("35.0") },
    ];

    public static Route[] At(string[] path)
    {
        var (prefix, id, rest) = path switch
        {
            ["admin", var kind, var idText, "metadata", .. var tail] => ($"admin/{kind}", idText, tail),
            [var kind, var idText, "metadata", .. var tail] => (kind, idText, tail),
            _ => ("", "", path),
        };
        if (Array.Find(Places, p => string.Equals(p.Path, prefix, StringComparison.Ordinal) && id.StartsWith(p.Kind.IdPrefix, StringComparison.Ordinal)) is not { } place) return [];
        var (domain, key) = rest switch
        {
            [] => (null, null),
            [var only] => ((string?)null, Decoded(only)),
            ["SYSTEM" or "GENERAL", var last] => (rest[0], Decoded(last)),
            _ => (null, ""),
        };
        return key switch
        {
            "" => [],
            null when place.IsReadOnly => [Route(HttpMethods.Get, (a, c) => a.List(c))],
            null => [Route(HttpMethods.Get, (a, c) => a.List(c)), Route(HttpMethods.Post, (a, c) => a.Merge(c), hasBody: true)],
            _ when place.IsReadOnly => [Route(HttpMethods.Get, (a, c) => a.Get(c, domain, key))],
            _ =>
            [
                Route(HttpMethods.Get, (a, c) => a.Get(c, domain, key)),
                Route(HttpMethods.Put, (a, c) => a.Set(c, domain, key), hasBody: true),
                Route(HttpMethods.Delete, (a, c) => a.Remove(c, domain, key)),
            ],
        };

        Route Route(string method, Func<MetadataAnswers, VcdCall, VcdAnswer> handle, bool hasBody = false) => new(method, c => handle(Find(c), c)) { HasBody = hasBody };

        MetadataAnswers Find(VcdCall call)
        {
            if (place.Since is { } since && call.Version! < since) throw VcdException.AbsentOperation();
            return new MetadataAnswers(EntityLookup.Get<Entity>(call, place.Kind, id), $"{prefix}/{id}", place.IsReadOnly);
        }
    }

    /// <summary>A slash in a key stays encoded in the path that the server hands out.</summary>
    private static string Decoded(string segment) => segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private sealed record Place(EntityKind Kind)
    {
        /// <summary>The address, where it is not the kind's own.</summary>
        public string? Prefix { get; init; }

        public string Path => Prefix ?? Kind.Path;

        public bool IsReadOnly { get; init; }

        /// <summary>The first version that has it; null: all have.</summary>
        public ApiVersion? Since { get; init; }
    }
}
