using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Users, groups, roles and rights.</summary>
internal static class DirectoryAnswers
{
    private static readonly ApiVersion FirstWithProviders = new("5.1");

    /// <summary>GET /api/admin/user/{id}.</summary>
    public static VcdAnswer Get(VcdCall call, Account user)
    {
        if (user != call.Session.Account) OrgAnswers.RequireAdministrator(call);
        var hrefs = call.Hrefs;
        var profile = user.Profile;
        var groups = call.World.Inventory.Groups.Values.Where(g => g.Members.Contains(user));
        var xml = Xml.Root(
            hrefs,
            "User",
            hrefs.Identity(user.Reference),
            Xml.Link("up", MediaTypes.AdminOrg, hrefs.Of(user.Org.AdminReference)),
            Xml.Link("down", MediaTypes.OrgRights, $"{hrefs.Of(user)}/grantedRights"),
            Changes(call, user.Org, user.Reference),
            Xml.Element("Description"),
            Xml.Element("FullName", profile.FullName),
            Xml.Element("EmailAddress", profile.Email),
            Xml.Element("Telephone", profile.Telephone),
            Xml.Element("IsEnabled", Xml.Bool(profile.IsEnabled)),
            Xml.Element("IsLocked", Xml.Bool(profile.IsLocked)),
            Xml.Element("IM"),
            Xml.Element("NameInSource", user.Name),
            Xml.Element("IsExternal", Xml.Bool(profile.IsExternal)),
            call.Version! >= FirstWithProviders ? Xml.Element("ProviderType", "INTEGRATED") : null,
            Xml.Element("IsGroupRole", "false"),
            Xml.Element("StoredVmQuota", "0"),
            Xml.Element("DeployedVmQuota", "0"),
            hrefs.Reference("Role", call.World.Inventory.RoleOf(user).Reference),
            Xml.Element("GroupReferences", groups.Select(g => hrefs.Reference("GroupReference", g.Reference))));
        return VcdAnswer.Ok(xml, MediaTypes.User);
    }

    /// <summary>GET /api/admin/group/{id}.</summary>
    public static VcdAnswer Get(VcdCall call, Group group)
    {
        OrgAnswers.RequireAdministrator(call);
        var hrefs = call.Hrefs;
        var xml = Xml.Root(
            hrefs,
            "Group",
            hrefs.Identity(group.Reference),
            Xml.Link("up", MediaTypes.AdminOrg, hrefs.Of(group.Org.AdminReference)),
            Changes(call, group.Org, group.Reference),
            Xml.Element("Description", group.Description),
            Xml.Element("NameInSource", group.Name),
            Xml.Element("UsersList", group.Members.Select(u => hrefs.Reference("UserReference", u.Reference))),
            call.Version! >= FirstWithProviders ? Xml.Element("ProviderType", group.Provider) : null,
            hrefs.Reference("Role", group.Role.Reference));
        return VcdAnswer.Ok(xml, MediaTypes.Group);
    }

    /// <summary>GET /api/admin/role/{id}.</summary>
    public static VcdAnswer Get(VcdCall call, Role role)
    {
        OrgAnswers.RequireAdministrator(call);
        var hrefs = call.Hrefs;
        var mayChange = !role.IsReadOnly && (role.Org is null ? call.Sees.SeesAll : call.Sees.MayChange(role.Org));
        var xml = Xml.Root(
            hrefs,
            "Role",
            hrefs.Identity(role.Reference),
            mayChange ? new[] { Xml.Link("edit", MediaTypes.Role, hrefs.Of(role)), Xml.Link("remove", type: null, hrefs.Of(role)) } : null,
            Xml.Element("Description", role.Description),
            Xml.Element("RightReferences", role.Rights.Select(r => hrefs.Reference("RightReference", r.Reference))));
        return VcdAnswer.Ok(xml, MediaTypes.Role);
    }

    /// <summary>GET /api/admin/right/{id}.</summary>
    public static VcdAnswer Get(VcdCall call, Right right)
    {
        OrgAnswers.RequireAdministrator(call);
        var hrefs = call.Hrefs;
        return VcdAnswer.Ok(
            Xml.Root(hrefs, "Right", hrefs.Identity(right.Reference), Xml.Element("Description", right.Name), Xml.Element("Category", right.Category)),
            MediaTypes.Right);
    }

    /// <summary>GET /api/admin/org/{id}/rights.</summary>
    public static VcdAnswer RightsOf(VcdCall call, Organization org)
    {
        OrgAnswers.RequireAdministrator(call);
        return Rights(call, call.Hrefs.Api($"admin/org/{org.Id}/rights"), Xml.Link("up", MediaTypes.AdminOrg, call.Hrefs.Of(org.AdminReference)), call.World.Inventory.Rights.Values);
    }

    /// <summary>GET /api/admin/user/{id}/grantedRights: what the user's role allows.</summary>
    public static VcdAnswer GrantedTo(VcdCall call, Account user)
    {
        if (user != call.Session.Account) OrgAnswers.RequireAdministrator(call);
        return Rights(call, $"{call.Hrefs.Of(user)}/grantedRights", Xml.Link("up", MediaTypes.User, call.Hrefs.Of(user)), call.World.Inventory.RoleOf(user).Rights);
    }

    private static VcdAnswer Rights(VcdCall call, string href, XElement up, IEnumerable<Right> rights) => VcdAnswer.Ok(
        Xml.Root(call.Hrefs, "OrgRights", new XAttribute("type", MediaTypes.OrgRights), new XAttribute("href", href), up, rights.Select(r => call.Hrefs.Reference("RightReference", r.Reference))),
        MediaTypes.OrgRights);

    private static XElement[]? Changes(VcdCall call, Organization org, Reference self)
        => call.Sees.MayChange(org) ? [Xml.Link("edit", self.Kind.MediaType, call.Hrefs.Of(self)), Xml.Link("remove", type: null, call.Hrefs.Of(self))] : null;
}
