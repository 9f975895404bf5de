using System.Text.Json.Nodes;
using OrchestratorTools.Simulator.Vro.Accounts;
using OrchestratorTools.Simulator.Vro.Plans;
using OrchestratorTools.Simulator.Vro.Wire;

namespace OrchestratorTools.Simulator.Vro.Inventory;

/// <summary><c>/RecoveryLocations</c>, <c>/Scopes</c>, <c>/License/Usage</c>. The members of the first two are V3's samples, the licence is V7.21's.</summary>
internal sealed class InventoryEndpoint
{
    private readonly Site _site;
    private readonly PlanStore _plans;
    private readonly VroSettings _settings;
    private readonly FieldSet<Scope> _scopes;

    private readonly FieldSet<RecoveryLocation> _locations = new FieldSet<RecoveryLocation>()
        .Add("id", l => l.Id.ToString())
        .Add("type", l => l.Type)
        .Add("name", l => l.Name)
        .Add("description", l => l.Description)
        .Add("recoveryLocationDescription", l => l.Description)
        .Add("isOriginal", l => l.IsOriginal)
        .Add("useReIp", _ => false)
        .Add("useNetworkMapping", l => l.UsesNetworkMapping)
        .Add("computeGroups", _ => null)
        .Add("reIpRules", _ => null)
        .Add("networkMappingRules", _ => null)
        .Add("availability", l => l.Availability);

    public InventoryEndpoint(Site site, PlanStore plans, VroSettings settings)
    {
        _site = site;
        _plans = plans;
        _settings = settings;
        _scopes = new FieldSet<Scope>()
            .Add("id", s => s.Id.ToString())
            .Add("name", s => s.Name)
            .Add("description", s => s.Description)
            .Add("isDefault", s => s.IsDefault)
            .Add("state", _ => "Active")
            .Add("serverId", _ => site.ServerId.ToString())
            .Add("siteName", _ => site.Name);
    }

    /// <summary>The operations.</summary>
    public IEnumerable<Route> Routes =>
    [
        Route.Api("GET", "RecoveryLocations", Rights.None, call => Listing.Page(call, _site.Locations, _locations, _settings)),
        Route.Api("GET", "RecoveryLocations/{id}", Rights.None, Location),
        Route.Api("GET", "Scopes", Rights.None, call => Listing.Page(call, Visible(call.Account), _scopes, _settings)),
        Route.Api("GET", "License/Usage/Server", Rights.License, _ => Usage(scope: null)),
        Route.Api("GET", "License/Usage/Scopes/{scopeId}", Rights.License, call => Usage(FindScope(call.Id("scopeId")))),
    ];

    private IEnumerable<Scope> Visible(Account account) => _site.Scopes.Where(s => account.Scopes?.Contains(s.Name, StringComparer.Ordinal) ?? true);

    private Answer Location(Call call)
        => Answer.Json(_locations.Write(_site.FindLocation(call.Id("id")) ?? throw Refusal.NotFound("Recovery location", call.Values["id"])));

    private Scope FindScope(Guid id) => _site.Scopes.FirstOrDefault(s => s.Id == id) ?? throw Refusal.NotFound("Scope", id.ToString());

    // Every machine of a plan is an instance; those of plans that were never verified are the new ones.
    private Answer Usage(Scope? scope)
    {
        var plans = _plans.All.Where(p => scope is null || p.Scope == scope).ToList();
        var fresh = plans.Where(p => p.Verification == Verification.NotVerified).Sum(p => p.VmCount);
        return Answer.Json(new JsonObject { ["newInstances"] = fresh, ["managedInstances"] = plans.Sum(p => p.VmCount) - fresh });
    }
}
