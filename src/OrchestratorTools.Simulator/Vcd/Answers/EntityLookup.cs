using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Finds things by the ids, hrefs and URNs of requests.</summary>
internal static class EntityLookup
{
    /// <summary>The entity of a kind and an id, if the asking user may see it.</summary>
    /// <exception cref="VcdException">400 for what is no id; 403 for what is not there or not for this user.</exception>
    public static T Get<T>(VcdCall call, EntityKind kind, string idText)
        where T : Entity
    {
        var bare = idText.StartsWith(kind.IdPrefix, StringComparison.Ordinal) ? idText[kind.IdPrefix.Length..] : "";
        if (!Guid.TryParseExact(bare, "D", out var id)) throw VcdException.BadRequest("validation error on field 'id': String value has invalid format or length");
        return Find(call, kind, id) as T ?? throw VcdException.NoAccess(kind, id);
    }

    /// <summary>The entity that an href names; null where there is none that the user may see.</summary>
    public static Entity? ByHref(VcdCall call, string href)
    {
        if (!Uri.TryCreate(href, UriKind.Absolute, out var uri)) return null;
        var segments = uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (path, idText) = segments switch
        {
            ["api", "admin", var last, var id2] => ($"admin/{last}", id2),
            ["api", var last, var id2] => (last, id2),
            _ => ("", ""),
        };
        var kind = EntityKind.Resolvable.FirstOrDefault(k => string.Equals(k.Path, path, StringComparison.Ordinal) && idText.StartsWith(k.IdPrefix, StringComparison.Ordinal));
        return kind is not null && Guid.TryParseExact(idText[kind.IdPrefix.Length..], "D", out var id) ? Find(call, kind, id) : null;
    }

    /// <summary>GET /api/entity/{urn}: where a thing is.</summary>
    public static VcdAnswer Resolve(VcdCall call, string urn)
    {
        var kind = EntityKind.Resolvable.FirstOrDefault(k => urn.StartsWith($"urn:vcloud:{k.Urn}:", StringComparison.OrdinalIgnoreCase));
        if (kind is null || !Guid.TryParseExact(urn[(urn.LastIndexOf(':') + 1)..], "D", out var id)) throw VcdException.BadRequest("validation error on field 'id': String value has invalid format or length");
        var entity = Find(call, kind, id) ?? throw VcdException.NoAccess(kind, id);
        return VcdAnswer.Ok(
            Xml.Root(
                call.Hrefs,
                "Entity",
                new XAttribute("name", entity.Name),
                new XAttribute("id", kind.UrnOf(id)),
                new XAttribute("type", MediaTypes.Entity),
                new XAttribute("href", call.Hrefs.Api($"entity/{kind.UrnOf(id)}")),
                Xml.Link("alternate", entity.Kind.MediaType, call.Hrefs.Of(entity))),
            MediaTypes.Entity);
    }

    private static Entity? Find(VcdCall call, EntityKind kind, Guid id)
    {
        var inventory = call.World.Inventory;
        var sees = call.Sees;
        return kind.Urn switch
        {
            "org" or "taskslist" => inventory.Orgs.GetValueOrDefault(id) is { } org && sees.Sees(org) ? org : null,
            "vdc" => inventory.Vdcs.GetValueOrDefault(id) is { } vdc && sees.Sees(vdc.Org) ? vdc : null,
            "vdcstorageProfile" => inventory.StorageProfiles.GetValueOrDefault(id) is { } profile && sees.Sees(profile.Vdc.Org) ? profile : null,
            "catalog" => inventory.Catalogs.GetValueOrDefault(id) is { } catalog && sees.Sees(catalog) ? catalog : null,
            "catalogitem" => inventory.Items.GetValueOrDefault(id) is { } item && sees.Sees(item.Catalog) ? item : null,
            "media" => inventory.Media.GetValueOrDefault(id) is { } media && sees.Sees(media) ? media : null,
            "vapptemplate" => inventory.Templates.GetValueOrDefault(id) is { } template && sees.Sees(template) ? template : null,
            "vapp" => inventory.VApps.GetValueOrDefault(id) is { } vApp && sees.Sees(vApp) ? vApp : null,
            "vm" => inventory.FindMachine(id) is { } machine && sees.Sees(machine) ? machine : null,
            "disk" => inventory.Disks.GetValueOrDefault(id) is { } disk && sees.Sees(disk) ? disk : null,
            "network" => FindNetwork(inventory, sees, id),
            "gateway" => inventory.Edges.GetValueOrDefault(id) is { } edge && sees.Sees(edge.Org) ? edge : null,
            "user" => inventory.FindUser(id) is { } user && sees.Sees(user.Org) ? user : null,
            "group" => inventory.Groups.GetValueOrDefault(id) is { } group && sees.Sees(group.Org) ? group : null,
            "role" => inventory.Roles.GetValueOrDefault(id) is { } role && sees.Sees(role) ? role : null,
            "right" => inventory.Rights.GetValueOrDefault(id),
            "task" => call.World.Tasks.Find(id) is { } task && sees.Sees(task) ? task : null,
            _ => null,
        };
    }

    private static Entity? FindNetwork(Inventory inventory, Scope sees, Guid id)
    {
        if (inventory.Networks.TryGetValue(id, out var own)) return sees.Sees(own.Org) ? own : null;
        if (inventory.VAppNetworks.TryGetValue(id, out var inVApp)) return sees.Sees(inVApp.VApp) ? inVApp : null;
        return sees.SeesAll ? inventory.ExternalNetworks.GetValueOrDefault(id) : null;
    }
}
