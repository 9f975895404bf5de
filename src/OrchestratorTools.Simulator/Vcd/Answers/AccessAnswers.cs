using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>With whom catalogs and vApps are shared (guide, "Controlling Access to vApps and Catalogs").</summary>
internal static class AccessAnswers
{
    /// <summary>GET …/controlAccess of a catalog.</summary>
    public static VcdAnswer Get(VcdCall call, Organization org, Catalog catalog)
    {
        RequireOwn(org, catalog);
        return call.Sees.MayChange(catalog) ? Answer(call, catalog) : throw VcdException.Forbidden();
    }

    /// <summary>POST …/action/controlAccess of a catalog: the answer is what holds now.</summary>
    public static VcdAnswer Set(VcdCall call, Organization org, Catalog catalog)
    {
        RequireOwn(org, catalog);
        if (!call.Sees.MayControl(catalog)) throw VcdException.Forbidden();
        Busy.Require(catalog);
        return Change(call, catalog, catalog.Access.Organizations);
    }

    public static VcdAnswer Get(VcdCall call, VApp vApp) => call.Sees.MayChange(vApp) ? Answer(call, vApp) : throw VcdException.Forbidden();

    public static VcdAnswer Set(VcdCall call, VApp vApp)
    {
        if (!call.Sees.MayControl(vApp)) throw VcdException.Forbidden();
        Busy.Require(vApp);
        return Change(call, vApp, null);
    }

    private static void RequireOwn(Organization org, Catalog catalog)
    {
        if (catalog.Org != org) throw VcdException.NoAccess(EntityKind.Catalog, catalog.Id);
    }

    private static VcdAnswer Answer(VcdCall call, IShareable thing)
    {
        var access = thing.Access;
        return VcdAnswer.Ok(
            Xml.Root(
                call.Hrefs,
                "ControlAccessParams",
                Xml.Element("IsSharedToEveryone", Xml.Bool(access.Everyone is not null)),
                access.Everyone is { } everyone ? Xml.Element("EveryoneAccessLevel", everyone.ToString()) : null,
                access.Settings.Count == 0 ? null : Xml.Element("AccessSettings", access.Settings.Select(s => Xml.Element("AccessSetting", call.Hrefs.Reference("Subject", Subject(s.Subject)), Xml.Element("AccessLevel", s.Level.ToString()))))),
            MediaTypes.ControlAccess);
    }

    private static Reference Subject(Entity entity) => entity is Organization org ? org.AdminReference : entity.Reference;

    /// <param name="call">The request.</param>
    /// <param name="thing">What is shared.</param>
    /// <param name="sharedWith">The organizations that it is shared with now; null: it cannot be shared with any.</param>
    private static VcdAnswer Change(VcdCall call, IShareable thing, IEnumerable<Organization>? sharedWith)
    {
        var body = BodyShape.ControlAccess.Read(call, MediaTypes.ControlAccess);
        var everyone = Xml.Flag(body, "IsSharedToEveryone") ?? throw VcdException.BadRequest("validation error on field 'IsSharedToEveryone': the element must be present in ControlAccessParams.");
        var level = Xml.Text(body, "EveryoneAccessLevel");
        if (everyone && level is null) throw VcdException.BadRequest("validation error on field 'EveryoneAccessLevel': the element must be present where IsSharedToEveryone is true.");
        var settings = (body.Element(Xml.Namespace + "AccessSettings")?.Elements(Xml.Namespace + "AccessSetting") ?? []).Select(s => Setting(call, s, thing, sharedWith)).ToArray();
        if (settings.GroupBy(s => s.Subject).FirstOrDefault(g => g.Count() > 1) is { } twice) throw VcdException.BadRequest($"The subject {twice.Key.Name} stands in AccessSettings twice.");
        thing.Access = new AccessControl { Everyone = everyone ? Level(level!) : null, Settings = settings };
        return Answer(call, thing);
    }

    private static AccessSetting Setting(VcdCall call, XElement setting, IShareable thing, IEnumerable<Organization>? sharedWith)
    {
        var href = (string?)setting.Element(Xml.Namespace + "Subject")?.Attribute("href") ?? throw VcdException.BadRequest("validation error on field 'Subject': the element must be present in AccessSetting, with an href.");
        var level = Level(Xml.Text(setting, "AccessLevel") ?? "");
        switch (EntityLookup.ByHref(call, href) ?? (call.Sees.IsProvider ? OrgOf(call, href) : null))
        {
            case Account account when account.Org == thing.Org:
                return new AccessSetting(account, level);
            case Group group when group.Org == thing.Org:
                return new AccessSetting(group, level);
            case Organization org when sharedWith is not null && org != thing.Org && level == AccessLevel.ReadOnly:
                // "A system administrator can share a catalog with specific organizations" (guide of 5.5): nobody else sees them.
                return new AccessSetting(org, level);
        }

        // An administrator who sends back what was read meets organizations that only the provider sees.
        return OrgOf(call, href) is { } known && sharedWith?.Contains(known) is true && level == AccessLevel.ReadOnly
            ? new AccessSetting(known, level)
            : throw new VcdException(StatusCodes.Status400BadRequest, "INVALID_REFERENCE", $"The subject {href} is no user or group of the organization that the access level {level} can be given to.");
    }

    /// <summary>The organization that an href names, whoever may see it: the provider acts in one tenant's context and shares with another.</summary>
    private static Organization? OrgOf(VcdCall call, string href)
        => Guid.TryParse(href[(href.LastIndexOf('/') + 1)..], out var id) ? call.World.Inventory.Orgs.GetValueOrDefault(id) : null;

    private static AccessLevel Level(string text)
        => Enum.TryParse<AccessLevel>(text, out var level) && Enum.IsDefined(level) && !char.IsAsciiDigit(text[0])
            ? level
            : throw VcdException.BadRequest($"validation error on field 'AccessLevel': '{text}' is none of {string.Join(", ", Enum.GetNames<AccessLevel>())}.");
}
