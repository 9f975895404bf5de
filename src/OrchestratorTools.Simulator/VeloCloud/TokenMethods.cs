using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>
/// The life of an API token [doc]: created, downloaded once, refreshed, revoked. A refreshed token is replaced: the old one ends [inferred]. The lists are arrays, although the
/// definition declares one object [inferred].
/// </summary>
internal sealed class TokenMethods(AccountBook accounts, TokenStore tokens, TimeProvider clock)
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

    private static bool MaySee(Call call, ApiToken token)
        => call.Caller.IsOperator || (token.Owner.Tier == call.Caller.Tier && token.Owner.EnterpriseId == call.Caller.Account.EnterpriseId);

    private Answer Create(Call call)
    {
        var id = call.Integer("enterpriseUserId") ?? call.Integer("operatorUserId") ?? throw VeloError.Invalid([Operation.Missing("operatorUserId")]);
        var owner = accounts.All.FirstOrDefault(a => a.Id == id && a.Tier == TierOf(call)) ?? throw VeloError.NotFound("user");
        var life = TimeSpan.FromMilliseconds(call.Integer("lifetimeMs")!.Value);
        if (life <= TimeSpan.Zero || life > VeloAssumptions.TokenLife)
            throw VeloError.Invalid([new Complaint("MAXIMUM", "The life of a token is at most 12 months", "#/lifetimeMs")]);

        if (owner.IsReadOnly)
            throw VeloError.BadRequest("API tokens are not available for this role");

        if (!call.Caller.IsOperator && owner.EnterpriseId != call.Caller.Account.EnterpriseId)
            throw VeloError.Denied();

        var token = tokens.Create(owner, call.Caller.Account, call.Text("name")!, call.Text("description"), life);
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
        => Answer.Of(new JsonObject { ["token"] = tokens.Refresh(call.Text("apiToken")!) ?? throw VeloError.BadRequest("The token is not valid") });

    private Answer List(Call call)
        => Answer.List(tokens.List(t => t.Owner.Tier == TierOf(call) && MaySee(call, t)).Select(t => t.Describe(clock.GetUtcNow())));

    private Answer ListOfUser(Call call)
        => Answer.List(tokens.List(t => t.Owner.Id == call.Integer("id") && MaySee(call, t)).Select(t => t.Describe(clock.GetUtcNow())));

    private ApiToken Find(Call call)
    {
        var token = tokens.Find(call.Integer("id")!.Value);
        return token is not null && token.Owner.Tier == TierOf(call) && MaySee(call, token) ? token : throw VeloError.NotFound("token");
    }
}
