using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The operator's profiles: they decide which software edges run. Which enterprise has which, and may choose from which.</summary>
internal sealed class OperatorProfileMethods(VeloNetwork network)
{
    public Dictionary<string, Func<Call, Answer>> All => new(StringComparer.Ordinal)
    {
        ["network/getNetworkConfigurations"] = OfNetwork,
        ["enterpriseProxy/getEnterpriseProxyOperatorProfiles"] = call => Answer.List(network.OperatorProfiles.Select(p => ConfigurationMethods.Describe(network, p, call))),
        ["enterprise/getEnterpriseOperatorConfiguration"] = call => Answer.Of(ConfigurationMethods.Describe(network, call.Enterprise.State.OperatorProfile, call)),
        ["enterprise/getEnterpriseDefaultOperatorConfiguration"] = call => Answer.Of(ConfigurationMethods.Describe(network, call.Enterprise.State.OperatorProfile, call)),
        ["enterprise/getEnterpriseSpecificOperatorConfigurations"] = Assigned,
        ["enterprise/setEnterpriseOperatorConfiguration"] = call => Result(call, Set(call.Enterprise, Find(call.Id("configurationId")))),
        ["enterprise/setDefaultEnterpriseOperatorConfiguration"] = call => Answer.List(new[] { Row(call.Enterprise.Id, Set(call.Enterprise, Find(call.Id("configurationId")))) }),
        ["enterprise/assignEnterpriseOperatorConfigurations"] = Assign,
        ["enterprise/addEnterpriseOperatorConfiguration"] = Add,
        ["configuration/removeOperatorConfigurationAssocFromEnterprises"] = Remove,
        ["enterprise/updateEdgeImageManagement"] = call => Answer.Of(new JsonObject { ["rowsAffected"] = Delegate(call.Enterprise, call.Flag("edgeImageManagement")) }),
        ["enterprise/updateEdgeImageManagementForEnterprises"] = DelegateAll,
    };

    private static JsonObject Row(int id, bool isNews) => new() { ["id"] = id, ["rows"] = isNews ? 1 : 0, ["error"] = null };

    private static Answer Result(Call call, bool isNews) => Answer.Of(Row(call.Enterprise.Id, isNews));

    private static bool Set(Enterprise enterprise, Profile profile)
    {
        var isNews = enterprise.State.OperatorProfile != profile;
        enterprise.State.OperatorProfile = profile;
        return isNews;
    }

    private static int Delegate(Enterprise enterprise, bool isOn)
    {
        var isNews = enterprise.State.ManagesImages != isOn;
        enterprise.State.ManagesImages = isOn;
        return isNews ? 1 : 0;
    }

    private Profile Find(long id) => network.OperatorProfiles.FirstOrDefault(p => p.Id == id) ?? throw VeloError.NotFound("configuration");

    private Answer OfNetwork(Call call)
    {
        if ((call.Integer("networkId") ?? call.Integer("id")) is { } id && id != VeloNetwork.Id)
            throw VeloError.NotFound("network");

        return Answer.List(network.OperatorProfiles.Select(p => ConfigurationMethods.Describe(network, p, call)));
    }

    private IEnumerable<Profile> Choices(Enterprise enterprise)
        => network.OperatorProfiles.Where(p => p == enterprise.State.OperatorProfile || enterprise.State.AssignedOperatorProfiles.ContainsKey(p.Id));

    private Answer Assigned(Call call)
        => Answer.List(Choices(call.Enterprise).Select(p =>
        {
            var json = ConfigurationMethods.Describe(network, p, call);
            json["configurationAssociationId"] = (call.Enterprise.Id * 1000L) + p.Id;
            json["enterpriseId"] = call.Enterprise.Id;
            json["isTemplate"] = p == call.Enterprise.State.OperatorProfile;
            return json;
        }));

    /// <summary>Exactly these may be chosen from; the one that holds stays among them.</summary>
    private Answer Assign(Call call)
    {
        var profiles = call.Integers("configurationIds").Select(Find).ToList();
        var assigned = call.Enterprise.State.AssignedOperatorProfiles;
        assigned.Clear();
        profiles.ForEach(p => assigned[p.Id] = 0);
        return Assigned(call);
    }

    private Answer Add(Call call)
    {
        var profile = Find(call.Id("configurationId"));
        var enterprises = call.Integers("enterpriseIds").Distinct().Select(id => AccessRules.Own(call.Caller, network, id)).ToList();
        return Answer.Of(new JsonObject { ["rows"] = enterprises.Count(e => e.State.AssignedOperatorProfiles.TryAdd(profile.Id, 0)) });
    }

    private Answer Remove(Call call)
    {
        var profile = Find(call.Id("configurationId"));
        return Answer.Of(new JsonObject { ["rowsAffected"] = network.Enterprises.Count(e => e.State.AssignedOperatorProfiles.TryRemove(profile.Id, out _)) });
    }

    private Answer DelegateAll(Call call)
    {
        var enterprises = call.Integers("enterpriseIds").Distinct().Select(id => AccessRules.Own(call.Caller, network, id)).ToList();
        return Answer.List(enterprises.Select(e => new JsonObject { ["enterpriseId"] = e.Id, ["rowsAffected"] = Delegate(e, call.Flag("edgeImageManagement")) }));
    }
}
