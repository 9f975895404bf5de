namespace OrchestratorTools.Simulator.Vcd;

/// <summary>What a request may see: the user's organization; for the provider everything, or the tenant that a context header names (facts/vcd.md, "Login matrix").</summary>
internal sealed class Scope
{
    private Scope(Account account, Organization? context)
    {
        Account = account;
        Context = context;
    }

    public Account Account { get; }

    /// <summary>The tenant that the provider acts in; null: none.</summary>
    public Organization? Context { get; }

    public bool IsProvider => Account.Role == VcdRole.SystemAdministrator;

    /// <summary>The organization whose things plain queries list.</summary>
    public Organization Org => Context ?? Account.Org;

    public bool SeesAll => IsProvider && Context is null;

    public static Scope Of(VcdCall call)
    {
        var account = call.Session.Account;
        string? byId = call.Request.Headers["X-VMWARE-VCLOUD-TENANT-CONTEXT"];
        string? byName = call.Request.Headers["X-VMWARE-VCLOUD-AUTH-CONTEXT"];
        var org = account.Org;
        if (byId is { Length: > 0 })
        {
            // The header takes the bare id; clients that send the URN are understood.
            var bare = byId[(byId.LastIndexOf(':') + 1)..];
            org = Guid.TryParse(bare, out var id) ? call.World.Inventory.Orgs.GetValueOrDefault(id) : null;
        }
        else if (byName is { Length: > 0 })
        {
            org = call.World.Inventory.FindOrg(byName);
        }

        if (org is null || (account.Role != VcdRole.SystemAdministrator && org != account.Org)) throw VcdException.Forbidden();
        return new Scope(account, org == account.Org ? null : org);
    }

    public bool Sees(Organization org) => SeesAll || org == Org;

    public bool Sees(Catalog catalog) => Sees(catalog.Org) || catalog.IsPublished || catalog.SharedWith.Contains(Org);

    public bool Sees(StoredEntity entity) => Sees(entity.Vdc.Org) || (entity.Item is { } item && Sees(item.Catalog));

    /// <summary>Administrators see all vApps of the organization, others their own and the shared ones.</summary>
    public bool Sees(VApp vApp) => Sees(vApp.Org) && (Account.Role != VcdRole.VAppUser || vApp.Owner == Account || vApp.IsSharedWithEveryone);

    public bool Sees(VirtualMachine machine) => machine.VApp is { } vApp ? Sees(vApp) : Sees(machine.Template!);

    public bool Sees(IndependentDisk disk) => Sees(disk.Org) && (Account.Role != VcdRole.VAppUser || disk.Owner == Account);

    /// <summary>Administrators see all tasks of the organization, others those that they began.</summary>
    public bool Sees(VcdTask task) => Sees(task.Org) && (Account.Role is VcdRole.OrganizationAdministrator or VcdRole.SystemAdministrator || task.User == Account);

    public bool Sees(Role role) => role.Org is { } org ? Sees(org) : IsProvider || role.Name is not "System Administrator";

    /// <summary>Whether a vApp or disk may be changed: by the administrators of its organization and its owner.</summary>
    public bool MayChange(VdcEntity entity) => MayChange(entity.Org) || (entity.Owner == Account && Sees(entity.Org));

    /// <summary>Whether things may be added to a catalog or taken away: shared and published ones are for reading.</summary>
    public bool MayChange(Catalog catalog) => MayChange(catalog.Org);

    public bool MayChange(Organization org) => IsProvider ? Sees(org) : Account.Role == VcdRole.OrganizationAdministrator && org == Account.Org;
}
