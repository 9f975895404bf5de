using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>
/// The life of an API token [doc]: created, downloaded once, refreshed, revoked. A refreshed token is replaced: the old one ends [inferred]. The lists are arrays, although the
/// definition declares one object [inferred].
/// </summary>
internal sealed class TokenMethods(VeloNetwork network, AccountBook accounts, TokenStore tokens)
{
    public Dictionary<string, Func<Call, Answer>> All
    {
        get
        {
            var all = new Dictionary<string, Func<Call, Answer>>(StringComparer.Ordinal)
            {
                ["enterpriseUser/getApiTokens"] = ListOfUser,
                ["operatorUser/getApiTokens"] = ListOfUser,
                ["enterprise/refreshApiToken"] = Refresh,
                ["network/refreshApiToken"] = Refresh,
            };
            foreach (var level in new[] { "enterprise", "enterpriseProxy", "network" })
            {
                all[level + "/createApiToken"] = Create;
                all[level + "/downloadApiToken"] = Download;
                all[level + "/revokeApiToken"] = Revoke;
                all[level + "/getApiTokens"] = List;
            }

            return all;
        }
    }

    private static Tier TierOf(Call call)
        => call.Operation.Object switch
        {
            "network" => Tier.Operator,
            "enterpriseProxy" => Tier.Partner,
            _ => Tier.Customer,
        };

    private bool MaySee(Call call, Account owner)
    {
        if (call.EnterpriseOrNone is { } enterprise && owner.Tier == Tier.Customer && owner.EnterpriseId != enterprise.Id)
            return false;

        return call.Caller.Tier switch
        {
            Tier.Operator => true,
            Tier.Partner => (owner.Tier == Tier.Partner && owner.ProxyId == call.Caller.Account.ProxyId)
                || (owner.EnterpriseId is { } id && network.FindEnterprise(id) is { } own && AccessRules.IsOwn(call.Caller, own)),
            _ => owner.Tier == Tier.Customer && owner.EnterpriseId == call.Caller.Account.EnterpriseId,
        };
    }

    private Answer Create(Call call)
    {
        var id = call.Integer("enterpriseUserId") ?? call.Integer("operatorUserId") ?? throw VeloError.Invalid([Operation.Missing("operatorUserId")]);
        var owner = accounts.Find(id) is { } found && found.Tier == TierOf(call) ? found : throw VeloError.NotFound("user");
        var milliseconds = call.Integer("lifetimeMs")!.Value;
        if (milliseconds <= 0 || milliseconds > VeloAssumptions.TokenLife.TotalMilliseconds)
            throw VeloError.Invalid([new Complaint("MAXIMUM", "The life of a token is at most 12 months", "#/lifetimeMs")]);

        if (!MaySee(call, owner))
            throw VeloError.Denied();

        if (owner.Role.Level is RoleLevel.ReadOnly || (owner.Tier == Tier.Partner && owner.Role.Level is RoleLevel.Business))
            throw VeloError.BadRequest("API tokens are not available for this role");

        var token = tokens.Create(owner, call.Caller.Account, call.Text("name")!, call.Text("description"), TimeSpan.FromMilliseconds(milliseconds));
        return Answer.Of(new JsonObject { ["id"] = token.Id, ["rows"] = 1, ["error"] = null });
    }

    private Answer Download(Call call)
        => Answer.Of(new JsonObject { ["token"] = tokens.Download(Find(call)) ?? throw VeloError.BadRequest("The token has been downloaded already or is revoked") });

    private Answer Revoke(Call call)
    {
        var token = Find(call);
        var isNews = !token.IsRevoked;
        token.IsRevoked = true;
        return Answer.Rows(isNews ? 1 : 0);
    }

    private Answer Refresh(Call call)
    {
        var secret = call.Text("apiToken")!;
        return tokens.Find(secret) is { } owner && owner.Tier == TierOf(call) && MaySee(call, owner) && tokens.Refresh(secret) is { } token
            ? Answer.Of(new JsonObject { ["token"] = token })
            : throw VeloError.BadRequest("The token is not valid");
    }

    private Answer List(Call call)
        => Answer.List(tokens.List(t => t.Owner.Tier == TierOf(call) && MaySee(call, t.Owner) && IsOfProxy(call, t.Owner)).Select(t => t.Describe(network.Now)));

    private static bool IsOfProxy(Call call, Account owner) => TierOf(call) != Tier.Partner || call.Integer("enterpriseProxyId") is not { } id || owner.ProxyId == id;

    private Answer ListOfUser(Call call)
        => Answer.List(tokens.List(t => t.Owner.Id == call.Integer("id") && MaySee(call, t.Owner)).Select(t => t.Describe(network.Now)));

    private ApiToken Find(Call call)
    {
        var token = tokens.Find(call.Id("id"));
        return token is not null && token.Owner.Tier == TierOf(call) && MaySee(call, token.Owner) ? token : throw VeloError.NotFound("token");
    }
}
