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

    /// <summary>Administrators see all catalogs of the organization, others their own and those shared with them; what another organization published or shared is there for everybody.</summary>
    public bool Sees(Catalog catalog)
        => (Sees(catalog.Org) && (Account.IsAdministrator || catalog.Owner == Account || catalog.Access.Of(Account) is not null)) || catalog.IsPublished || catalog.Access.Organizations.Contains(Org);

    public bool Sees(StoredEntity entity) => entity.Item is { } item ? Sees(item.Catalog) : Sees(entity.Org) && (Account.IsAdministrator || entity.Owner == Account);

    /// <summary>Administrators see all vApps of the organization, others their own and the shared ones.</summary>
    public bool Sees(VApp vApp) => Sees(vApp.Org) && (Account.IsAdministrator || vApp.Owner == Account || vApp.Access.Of(Account) is not null);

    public bool Sees(VirtualMachine machine) => machine.VApp is { } vApp ? Sees(vApp) : Sees(machine.Template!);

    public bool Sees(IndependentDisk disk) => Sees(disk.Org) && (Account.IsAdministrator || disk.Owner == Account);

    /// <summary>Administrators see all tasks of the organization, others those that they began.</summary>
    public bool Sees(VcdTask task) => Sees(task.Org) && (Account.Role is VcdRole.OrganizationAdministrator or VcdRole.SystemAdministrator || task.User == Account);

    public bool Sees(Role role) => role.Org is { } org ? Sees(org) : IsProvider || role.Name is not "System Administrator";

    /// <summary>Whether a vApp or disk may be changed: by the administrators of its organization and its owner.</summary>
    public bool MayChange(VdcEntity entity)
        => MayChange(entity.Org) || (Sees(entity.Org) && (entity.Owner == Account || (entity is VApp vApp && vApp.Access.Of(Account) >= AccessLevel.Change)));

    /// <summary>Whether things may be added to a catalog or taken away: what another organization shared or published is for reading.</summary>
    public bool MayChange(Catalog catalog) => MayControl(catalog) || (IsAuthorOf(catalog.Org) && catalog.Access.Of(Account) >= AccessLevel.Change);

    /// <summary>Whether a catalog itself may be changed, shared or deleted.</summary>
    public bool MayControl(Catalog catalog)
        => MayChange(catalog.Org) || (IsAuthorOf(catalog.Org) && (catalog.Owner == Account || catalog.Access.Of(Account) == AccessLevel.FullControl));

    /// <summary>Whether a vApp may be shared.</summary>
    public bool MayControl(VApp vApp) => MayChange(vApp.Org) || (Sees(vApp.Org) && (vApp.Owner == Account || vApp.Access.Of(Account) == AccessLevel.FullControl));

    /// <summary>Whether media and templates may be changed: as their catalog, or by their owner where they are in none.</summary>
    public bool MayChange(StoredEntity entity) => entity.Item is { } item ? MayChange(item.Catalog) : MayChange(entity.Org) || (IsAuthorOf(entity.Org) && entity.Owner == Account);

    /// <summary>Whether anything may be changed, by what it is.</summary>
    public bool MayChangeAny(Entity entity) => entity switch
    {
        Organization org => MayChange(org),
        Catalog catalog => MayChange(catalog),
        CatalogItem item => MayChange(item.Catalog),
        StoredEntity stored => MayChange(stored),
        VdcEntity inVdc => MayChange(inVdc),
        VirtualMachine { VApp: { } vApp } => MayChange(vApp),
        VirtualMachine { Template: { } template } => MayChange(template),
        Vdc vdc => MayChange(vdc.Org),
        StorageProfile profile => MayChange(profile.Vdc.Org),
        ITaskOwner owner => MayChange(owner.Org),
        _ => SeesAll,
    };

    /// <summary>Whether vApps and disks may be made in a VDC: by all of its organization (the predefined role vApp User cannot; vApp Author can).</summary>
    public bool MayCreateIn(Vdc vdc) => MayChange(vdc.Org) || (vdc.Org == Account.Org && Account.Role == VcdRole.CatalogAuthor);

    /// <summary>Whether catalogs may be made in an organization.</summary>
    public bool MayCreateCatalogs(Organization org) => MayChange(org) || IsAuthorOf(org);

    private bool IsAuthorOf(Organization org) => Account.Role == VcdRole.CatalogAuthor && org == Account.Org;

    public bool MayChange(Organization org) => IsProvider ? Sees(org) : Account.Role == VcdRole.OrganizationAdministrator && org == Account.Org;
}
