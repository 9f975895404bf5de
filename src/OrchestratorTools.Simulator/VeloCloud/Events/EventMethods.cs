using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The events of an enterprise, a partner and the operator: newest first, <c>metaData.more</c> and no link [spec].</summary>
internal sealed class EventMethods(VeloNetwork network)
{
    public Dictionary<string, Func<Call, Answer>> All => new(StringComparer.Ordinal)
    {
        ["event/getEnterpriseEvents"] = OfEnterprise,
        ["event/getProxyEvents"] = OfProxy,
        ["event/getOperatorEvents"] = OfOperator,
        ["monitoring/getAggregateEnterpriseEvents"] = Aggregate,
    };

    /// <summary>How many a call wants at most; the server's own limit where it does not say.</summary>
    public static int Limit(JsonElement? filter, int most)
    {
        if (filter is not { } json || !json.TryGetProperty("limit", out var limit))
            return most;

        return limit.ValueKind == JsonValueKind.Number && limit.TryGetInt32(out var n) && n >= 1 && n <= most
            ? n
            : throw VeloError.Invalid([new Complaint("MAXIMUM", $"Expected a number from 1 to {most}", "#/filter/limit")]);
    }

    private static Answer Page(Call call, IEnumerable<VeloEvent> events, Tier log)
    {
        var limit = Limit(call.Object("filter"), VeloAssumptions.EventLimit);
        var filter = RuleFilter.Parse(call.Object("filter"));
        var found = events.Where(e => filter.Passes(name => EventFeed.Member(e, name))).Take(limit + 1).ToList();
        var more = found.Count > limit;
        return Answer.List(EventFeed.Render(found.Take(limit), log), new JsonObject { ["limit"] = limit, ["more"] = more });
    }

    private Answer OfEnterprise(Call call)
    {
        var window = TimeWindow.Of(call, network.Now);
        var edges = call.Integers("edgeId");
        return Page(call, EventFeed.Of(network, call.Enterprise, window).Where(e => edges.Count == 0 || (e.Edge is not null && edges.Contains(e.Edge.Id))), Tier.Customer);
    }

    /// <summary>The partner's own events, or those of the enterprises that the call names [inferred]. The method has no parameter that names a partner: an operator sees all partners'.</summary>
    private Answer OfProxy(Call call)
    {
        var window = TimeWindow.Of(call, network.Now);
        var named = call.Integers("enterpriseId");
        if (named.Count > 0)
        {
            var enterprises = named.Distinct().Select(id => AccessRules.Own(call.Caller, network, id)).ToList();
            return Page(call, EventFeed.Merge([.. enterprises.Select(e => EventFeed.Of(network, e, window).Select(v => v with { Enterprise = e }))]), Tier.Partner);
        }

        var partners = network.Partners.Where(p => call.Caller.IsOperator || p.Id == call.Caller.Account.ProxyId);
        return Page(call, EventFeed.Merge([.. partners.Select(p => EventFeed.Of(network, p, window))]), Tier.Partner);
    }

    private Answer OfOperator(Call call)
    {
        NetworkMethods.CheckNetwork(call);
        var window = TimeWindow.Of(call, network.Now);
        var gateways = call.Integers("gatewayId");
        return Page(call, EventFeed.OfOperator(network, window).Where(e => gateways.Count == 0 || (e.GatewayId is { } id && gateways.Contains(id))), Tier.Operator);
    }

    private Answer Aggregate(Call call)
    {
        var window = TimeWindow.Of(call, network.Now);
        var meant = network.Enterprises.Where(e => AccessRules.IsOwn(call.Caller, e) && (call.Integer("enterpriseProxyId") is not { } id || e.ProxyId == id)).ToList();
        var limit = Limit(call.Object("filter"), VeloAssumptions.EventLimit);
        var filter = RuleFilter.Parse(call.Object("filter"));
        var found = EventFeed.Merge([.. meant.Select(e => EventFeed.Of(network, e, window).Select(v => v with { Enterprise = e }))])
            .Where(e => filter.Passes(name => EventFeed.Member(e, name)))
            .Take(limit + 1)
            .ToList();
        return Answer.List(
            found.Take(limit).Select(e => Describe(e, call.Flag("detail"))),
            new JsonObject { ["limit"] = limit, ["more"] = found.Count > limit });
    }

    private static JsonObject Describe(VeloEvent happened, bool withDetail)
    {
        var json = new JsonObject
        {
            ["id"] = happened.Id,
            ["eventTime"] = VeloTime.Text(happened.Time),
            ["event"] = happened.Name,
            ["category"] = happened.Category,
            ["severity"] = happened.Severity,
            ["message"] = happened.Message,
            ["edgeName"] = happened.Edge?.Name,
            ["edgeId"] = happened.Edge?.Id,
            ["enterpriseId"] = happened.Enterprise?.Id,
            ["enterpriseName"] = happened.Enterprise?.Name,
            ["enterpriseProxyId"] = happened.Enterprise?.ProxyId,
            ["enterpriseProxyName"] = happened.Enterprise?.Partner?.Name,
            ["enterpriseUsername"] = happened.User,
        };
        if (withDetail)
            json["detail"] = EventFeed.Detail(happened);

        return json;
    }
}
