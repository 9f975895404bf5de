using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The addresses below /api/admin that only look: users, groups, roles, rights, edge gateways, networks, VDCs.</summary>
internal static class AdminRoutes
{
    public static Route[] At(string[] path) => path switch
    {
        ["user", var id] => [Get(c => DirectoryAnswers.Get(c, EntityLookup.Get<Account>(c, EntityKind.User, id)))],
        ["group", var id] => [Get(c => DirectoryAnswers.Get(c, EntityLookup.Get<Group>(c, EntityKind.Group, id)))],
        ["role", var id] => [Get(c => DirectoryAnswers.Get(c, EntityLookup.Get<Role>(c, EntityKind.Role, id)))],
        ["right", var id] => [Get(c => DirectoryAnswers.Get(c, EntityLookup.Get<Right>(c, EntityKind.Right, id)))],
        ["edgeGateway", var id] => [Get(c => EdgeGatewayAnswers.Get(c, EntityLookup.Get<EdgeGateway>(c, EntityKind.EdgeGateway, id)))],
        ["network", var id] => [Get(c => NetworkAnswers.GetAdmin(c, EntityLookup.Get<Entity>(c, EntityKind.AdminNetwork, id)))],
        ["network", var id, "allocatedAddresses"] => [Get(c => NetworkAnswers.Allocated(c, EntityLookup.Get<Entity>(c, EntityKind.AdminNetwork, id)))],
        ["org", var id, "settings"] => [Get(c => OrgSettingsAnswers.Get(c, Org(c, id)))],
        ["org", var id, "settings", var part] => [Get(c => OrgSettingsAnswers.GetPart(c, Org(c, id), part))],
        ["org", var id, "rights"] => [Get(c => DirectoryAnswers.RightsOf(c, Org(c, id)))],
        ["org", var id, "roles", "query"] => [Get(c => QueryAnswers.RolesOf(c, Org(c, id)))],
        ["user", var id, "grantedRights"] => [Get(c => DirectoryAnswers.GrantedTo(c, EntityLookup.Get<Account>(c, EntityKind.User, id)))],
        ["vdcStorageProfile", var id] => [Get(c => VdcAnswers.GetAdminStorageProfile(c, EntityLookup.Get<StorageProfile>(c, EntityKind.AdminStorageProfile, id)))],
        ["vdc", var id] => [Get(c => VdcAnswers.GetAdmin(c, EntityLookup.Get<Vdc>(c, EntityKind.AdminVdc, id)))],
        ["vdc", var id, "computePolicies"] => [Get(c => PolicyAnswers.Get(c, EntityLookup.Get<Vdc>(c, EntityKind.AdminVdc, id), EntityKind.AdminVdc))],
        ["vdc", var id, "edgeGateways"] => [Get(c => QueryAnswers.OfVdc(c, EntityLookup.Get<Vdc>(c, EntityKind.AdminVdc, id), "edgeGateway", "edgeGateways"))],
        ["vdc", var id, "networks"] => [Get(c => QueryAnswers.OfVdc(c, EntityLookup.Get<Vdc>(c, EntityKind.AdminVdc, id), "orgVdcNetwork", "networks"))],
        _ => [],
    };

    private static Organization Org(VcdCall call, string id) => EntityLookup.Get<Organization>(call, EntityKind.AdminOrg, id);

    private static Route Get(Func<VcdCall, VcdAnswer> handle) => new(HttpMethods.Get, handle);
}
