using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Organizations, in the user's and in the administrator's view.</summary>
internal static class OrgAnswers
{
    private static readonly ApiVersion FirstWithIsEnabled = new("5.5");

    // ORG_RIGHTS_ROLES, as the schemas call it, came with 27.0 (the query type adminRole has that number).
    private static readonly ApiVersion FirstWithOrgRoles = new("27.0");

    /// <summary>GET /api/org: the organizations that one may enter.</summary>
    public static VcdAnswer List(VcdCall call) => VcdAnswer.Ok(
        Xml.Root(
            call.Hrefs,
            "OrgList",
            new XAttribute("type", MediaTypes.OrgList),
            new XAttribute("href", call.Hrefs.Api("org/")),
            call.World.Inventory.Orgs.Values.Where(call.Sees.Sees).Select(o => call.Hrefs.Reference("Org", o.Reference))),
        MediaTypes.OrgList);

    /// <summary>GET /api/org/{id}.</summary>
    public static VcdAnswer Get(VcdCall call, Organization org)
    {
        var hrefs = call.Hrefs;
        var inventory = call.World.Inventory;
        var xml = Xml.Root(
            hrefs,
            "Org",
            hrefs.Identity(org.Reference),
            inventory.Vdcs.Values.Where(v => v.Org == org).Select(v => Xml.Link("down", MediaTypes.Vdc, hrefs.Of(v), v.Name)),
            Xml.Link("down", MediaTypes.TasksList, hrefs.Of(EntityKind.TasksList, org.Id)),
            inventory.Networks.Values.Where(n => n.Org == org).Select(n => Xml.Link("down", MediaTypes.OrgVdcNetwork, hrefs.Of(n), n.Name)),
            VisibleCatalogs(inventory, org).Where(call.Sees.Sees).Select(c => CatalogLinks(call, org, c)),
            call.Sees.MayCreateCatalogs(org) ? Xml.Link("add", MediaTypes.AdminCatalog, hrefs.Api($"admin/org/{org.Id}/catalogs")) : null,
            Xml.Link("down", MediaTypes.Metadata, hrefs.Api($"org/{org.Id}/metadata")),
            Xml.Element("Description"),
            Xml.Element("FullName", org.FullName),
            call.Version! >= FirstWithIsEnabled ? Xml.Element("IsEnabled", "true") : null);
        return VcdAnswer.Ok(xml, MediaTypes.Org);
    }

    /// <summary>GET /api/admin/: the organizations of the cloud, for administrators.</summary>
    public static VcdAnswer Cloud(VcdCall call)
    {
        RequireAdministrator(call);
        return VcdAnswer.Ok(
            Xml.Root(
                call.Hrefs,
                "VCloud",
                new XAttribute("name", "Simulated vCloud Director"),
                new XAttribute("type", MediaTypes.VCloud),
                new XAttribute("href", call.Hrefs.Api("admin/")),
                Xml.Element("Description"),
                Xml.Element("OrganizationReferences", call.World.Inventory.Orgs.Values.Where(call.Sees.Sees).Select(o => call.Hrefs.Reference("OrganizationReference", o.AdminReference)))),
            MediaTypes.VCloud);
    }

    /// <summary>GET /api/admin/org/{id}.</summary>
    public static VcdAnswer GetAdmin(VcdCall call, Organization org)
    {
        RequireAdministrator(call);
        var hrefs = call.Hrefs;
        var inventory = call.World.Inventory;
        var xml = Xml.Root(
            hrefs,
            "AdminOrg",
            hrefs.Identity(org.AdminReference),
            Xml.Link("down", MediaTypes.TasksList, hrefs.Of(EntityKind.TasksList, org.Id)),
            Xml.Link("down", MediaTypes.Metadata, hrefs.Api($"admin/org/{org.Id}/metadata")),
            Xml.Link("add", MediaTypes.AdminCatalog, hrefs.Api($"admin/org/{org.Id}/catalogs")),
            call.Sees.MayChange(org)
                ? new[] { Xml.Link("add", MediaTypes.User, hrefs.Api($"admin/org/{org.Id}/users")), Xml.Link("add", MediaTypes.Group, hrefs.Api($"admin/org/{org.Id}/groups")), Xml.Link("edit", MediaTypes.AdminOrg, hrefs.Of(org.AdminReference)) }
                : null,
            Xml.Link("alternate", MediaTypes.Org, hrefs.Of(org)),
            Xml.Element("Description"),
            Xml.Element("FullName", org.FullName),
            Xml.Element("IsEnabled", "true"),
            OrgSettingsAnswers.InOrg(call, org),
            Xml.Element("Users", inventory.Accounts.Where(a => a.Org == org).Select(a => hrefs.Reference("UserReference", a.Reference))),
            Xml.Element("Groups", inventory.Groups.Values.Where(g => g.Org == org).Select(g => hrefs.Reference("GroupReference", g.Reference))),
            Xml.Element("Catalogs", inventory.Catalogs.Values.Where(c => c.Org == org).Select(c => hrefs.Reference("CatalogReference", c.Reference with { Kind = EntityKind.AdminCatalog }))),
            Xml.Element("Vdcs", inventory.Vdcs.Values.Where(v => v.Org == org).Select(v => hrefs.Reference("Vdc", v.Reference))),
            Xml.Element("Networks", inventory.Networks.Values.Where(n => n.Org == org).Select(n => hrefs.Reference("Network", n.AdminReference))),
            call.Version! >= FirstWithOrgRoles
                ? new[]
                {
                    Xml.Element("RightReferences", inventory.Rights.Values.Select(r => hrefs.Reference("RightReference", r.Reference))),
                    Xml.Element("RoleReferences", inventory.Roles.Values.Where(r => r.Org is null ? r.Name is not "System Administrator" || org.IsSystem : r.Org == org).Select(r => hrefs.Reference("RoleReference", r.Reference))),
                }
                : null);
        return VcdAnswer.Ok(xml, MediaTypes.AdminOrg);
    }

    /// <exception cref="VcdException">403 for users who administer nothing.</exception>
    public static void RequireAdministrator(VcdCall call)
    {
        if (!call.Session.Account.IsAdministrator) throw VcdException.Forbidden();
    }

    private static IEnumerable<Catalog> VisibleCatalogs(Inventory inventory, Organization org)
        => inventory.Catalogs.Values.Where(c => c.Org == org || c.IsPublished || c.Access.Organizations.Contains(org));

    private static IEnumerable<XElement> CatalogLinks(VcdCall call, Organization org, Catalog catalog)
    {
        yield return Xml.Link("down", MediaTypes.Catalog, call.Hrefs.Of(catalog), catalog.Name);
        if (catalog.Org != org) yield break;
        yield return Xml.Link("down", MediaTypes.ControlAccess, call.Hrefs.Api($"org/{org.Id}/catalog/{catalog.Id}/controlAccess/"));
        if (call.Sees.MayControl(catalog)) yield return Xml.Link("controlAccess", MediaTypes.ControlAccess, call.Hrefs.Api($"org/{org.Id}/catalog/{catalog.Id}/action/controlAccess"));
    }
}
