using System.Text;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>Edge licences. No definition has these methods [live]: the parameters that clients send are read, and nothing else is known of them.</summary>
internal sealed class LicenseMethods(VeloNetwork network)
{
    public Dictionary<string, Func<Call, Answer>> All => new(StringComparer.Ordinal)
    {
        ["license/getEnterpriseEdgeLicenses"] = OfEnterprise,
        ["license/getNetworkEdgeLicenses"] = OfNetwork,
        ["license/addEdgeLicensesToEnterprise"] = Add,
        ["license/updateEnterpriseEdgeLicenses"] = Update,
        ["license/setEnterpriseEdgeLicenseEdition"] = SetEdition,
        ["license/exportNetworkEdgeLicenseData"] = Export,
        ["async/getStatus"] = Status,
        ["service/getEnterpriseServiceLicense"] = call => Answer.Of(new JsonObject { ["enterpriseId"] = call.Enterprise.Id, ["serviceLicenses"] = null }),
    };

    /// <summary>With <c>counts</c>: how many edges have each.</summary>
    private static Answer OfEnterprise(Call call)
        => Answer.List(call.Enterprise.State.Licenses.All().Select(license =>
        {
            if (call.With("counts"))
                license["edgeCount"] = call.Enterprise.Edges.Count(e => LicenseCatalog.IdOf(e) == license["id"]!.GetValue<long>());

            return license;
        }));

    private Answer OfNetwork(Call call)
    {
        if (!call.Caller.IsOperator)
            throw VeloError.Denied();

        var edition = call.Text("edition");
        return Answer.List(LicenseCatalog.Network(network.Start.AddDays(-800)).Where(l => edition is null || l["edition"]!.GetValue<string>() == edition).Select(license =>
        {
            if (call.With("counts"))
                license["edgeCount"] = network.Enterprises.SelectMany(e => e.Edges).Count(e => LicenseCatalog.IdOf(e) == license["id"]!.GetValue<int>());

            return license;
        }));
    }

    private static IReadOnlyList<long> Ids(Call call) => call.Has("ids") ? call.Integers("ids") : throw VeloError.Invalid([Operation.Missing("ids")]);

    private Answer Add(Call call)
    {
        if (call.Caller.Tier == Tier.Customer)
            throw VeloError.Denied();

        var added = 0;
        foreach (var id in Ids(call))
        {
            if (!LicenseCatalog.Exists(id))
                throw VeloError.NotFound("license");

            if (call.Enterprise.State.Licenses.Find(id) is null)
            {
                call.Enterprise.State.Licenses.Put(LicenseCatalog.New(id, id, network.Now));
                added++;
            }
        }

        return Answer.Rows(added);
    }

    /// <summary>Exactly these are the enterprise's; one that an edge has stays.</summary>
    private Answer Update(Call call)
    {
        if (call.Caller.Tier == Tier.Customer)
            throw VeloError.Denied();

        var ids = Ids(call);
        var licenses = call.Enterprise.State.Licenses;
        var rows = 0;
        foreach (var license in licenses.All())
        {
            var id = license["id"]!.GetValue<long>();
            if (!ids.Contains(id) && !call.Enterprise.Edges.Any(e => LicenseCatalog.IdOf(e) == id) && licenses.Remove(id))
                rows++;
        }

        foreach (var id in ids.Where(i => LicenseCatalog.Exists(i) && licenses.Find(i) is null))
        {
            licenses.Put(LicenseCatalog.New(id, id, network.Now));
            rows++;
        }

        return Answer.Rows(rows);
    }

    /// <summary>Gives edges another licence, all or those of <c>edgeIds</c>: the first of an edition [live], or the one of <c>edgeLicenseId</c> [inferred]. Nothing where there is none.</summary>
    private Answer SetEdition(Call call)
    {
        var license = (call.Integer("edgeLicenseId") ?? call.Integer("licenseId")) is { } id
            ? call.Enterprise.State.Licenses.Find(id) ?? throw VeloError.NotFound("license")
            : call.Text("edition") is { } edition
                ? call.Enterprise.State.Licenses.All(l => l["edition"]!.GetValue<string>() == edition) is [var first, ..] ? first : null
                : throw VeloError.Invalid([Operation.Missing("edition")]);
        if (license is null)
            return Answer.List(Array.Empty<JsonNode>());

        long[] ids = [.. new[] { call.Integer("edgeId") }.OfType<long>(), .. call.Integers("edgeIds")];
        var edges = ids.Length > 0 ? ids.Distinct().Select(i => call.Edge(network, i)).ToList() : [.. call.Enterprise.Edges];
        var to = license["id"]!.GetValue<int>();
        return Answer.List(edges.Select(e =>
        {
            var isNews = LicenseCatalog.IdOf(e) != to;
            e.Extras.LicenseId = to;
            return new JsonObject { ["id"] = e.Id, ["rows"] = isNews ? 1 : 0, ["error"] = null };
        }));
    }

    /// <summary>All edges with their licences, as the text of a CSV file.</summary>
    private Answer Export(Call call)
    {
        if (!call.Caller.IsOperator)
            throw VeloError.Denied();

        var csv = new StringBuilder("Customer Name,Edge Name,Edge Model,Edge Status,License SKU,License Edition,License Bandwidth\n");
        foreach (var edge in network.Enterprises.SelectMany(e => e.Edges))
        {
            var license = LicenseCatalog.Network(network.Start).First(l => l["id"]!.GetValue<int>() == LicenseCatalog.IdOf(edge));
            string[] cells = [edge.Enterprise.Name, edge.Name, edge.Model, edge.State, license["sku"]!.GetValue<string>(), license["edition"]!.GetValue<string>(), license["bandwidthTier"]!.GetValue<string>()];
            csv.AppendJoin(',', cells.Select(c => c.AsSpan().ContainsAny(",\"\n") ? $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : c)).Append('\n');
        }

        return Answer.Of(new JsonObject { ["csv"] = csv.ToString() });
    }

    /// <summary>What has become of something that takes long; nothing here does, so that all that is asked for is done.</summary>
    private static Answer Status(Call call)
        => call.Text("apiToken") is { Length: > 0 } token ? Answer.Of(new JsonObject { ["apiToken"] = token, ["status"] = "COMPLETED", ["result"] = null }) : throw VeloError.Invalid([Operation.Missing("apiToken")]);
}
