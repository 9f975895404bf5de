namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Query types of organizations, their VDCs, people and tasks.</summary>
internal static class OrgQueries
{
    public static IEnumerable<QueryType> Types =>
    [
        Organizations(),
        Vdcs("orgVdc"),
        Vdcs("adminOrgVdc"),
        StorageProfiles("orgVdcStorageProfile"),
        StorageProfiles("adminOrgVdcStorageProfile"),
        Users("user"),
        Users("adminUser"),
        Groups("group"),
        Groups("adminGroup"),
        Roles("role"),
        Roles("adminRole"),
        Rights(),
        Tasks("task"),
        Tasks("adminTask"),
    ];

    private static QueryType Organizations() => new QueryType(
        RecordShape.All["organization"],
        call => call.World.Inventory.Orgs.Values.Where(call.Sees.Sees).Select(o => new OrgRow(o, call.World.Inventory)),
        new FieldList<OrgRow>()
            .Text("name", o => o.Name)
            .Flag("isReadOnly", o => o.Org.IsSystem)
            .Flag("isEnabled", _ => true)
            .Number("deployedVMQuota", _ => 0)
            .Number("storedVMQuota", _ => 0)
            .Text("displayName", o => o.Org.FullName)
            .Flag("canPublishCatalogs", o => !o.Org.IsSystem)
            .Flag("canPublishExternally", _ => false)
            .Number("numberOfCatalogs", o => o.All.Catalogs.Values.LongCount(c => c.Org == o.Org))
            .Number("numberOfVdcs", o => o.All.Vdcs.Values.LongCount(v => v.Org == o.Org))
            .Number("numberOfVApps", o => o.All.VApps.Values.LongCount(v => v.Org == o.Org))
            .Number("numberOfGroups", o => o.All.Groups.Values.LongCount(g => g.Org == o.Org))
            .Number("numberOfDisks", o => o.All.Disks.Values.LongCount(d => d.Org == o.Org))
            .Readers);

    private static QueryType Vdcs(string name)
    {
        var fields = new FieldList<VdcRow>()
            .Text("name", v => v.Name)
            .Text("description", _ => "")
            .Flag("isEnabled", _ => true)
            .Number("cpuAllocationMhz", _ => 0)
            .Number("cpuLimitMhz", _ => VdcCapacity.TotalCpuMegahertz)
            .Number("cpuUsedMhz", v => v.Used.UsedCpuMegahertz)
            .Number("cpuReservedMhz", _ => 0)
            .Number("memoryAllocationMB", _ => 0)
            .Number("memoryLimitMB", _ => VdcCapacity.TotalMemoryMegabytes)
            .Number("memoryUsedMB", v => v.Used.UsedMemoryMegabytes)
            .Number("memoryReservedMB", _ => 0)
            .Number("storageAllocationMB", _ => 0)
            .Number("storageUsedMB", v => v.Vdc.StorageProfiles.Sum(p => p.UsedBytes) >> 20)
            .Number("storageLimitMB", v => v.Vdc.StorageProfiles.Sum(p => p.LimitMegabytes))
            .Text("providerVdcName", _ => "provider-vdc")
            .Text("orgName", v => v.Vdc.Org.Name)
            .Number("numberOfVApps", v => v.All.VApps.Values.LongCount(a => a.Vdc == v.Vdc))
            .Number("numberOfDeployedVApps", v => v.All.VApps.Values.LongCount(a => a.Vdc == v.Vdc && a.IsDeployed))
            .Number("numberOfVMs", v => v.Used.Machines)
            .Number("numberOfRunningVMs", v => v.Used.Running)
            .Number("numberOfMedia", v => v.All.Media.Values.LongCount(m => m.Vdc == v.Vdc))
            .Number("numberOfVAppTemplates", v => v.All.Templates.Values.LongCount(t => t.Vdc == v.Vdc))
            .Number("numberOfDisks", v => v.All.Disks.Values.LongCount(d => d.Vdc == v.Vdc))
            .Number("numberOfStorageProfiles", v => v.Vdc.StorageProfiles.Count)
            .Flag("isSystemVdc", _ => false)
            .Flag("isBusy", _ => false)
            .Text("status", _ => "READY");
        if (Assumptions.IsProviderQuery(name))
        {
            fields
                .Ref("org", v => v.Vdc.Org.Reference)
                .Text("vcName", _ => "vcenter-1")
                .Flag("isVCEnabled", _ => true)
                .Number("numberOfResourcePools", _ => 1);
        }
        else
        {
            fields
                .Number("numberOfDatastores", v => v.Vdc.StorageProfiles.Count)
                .Number("numberOfUnmanagedVApps", _ => 0)
                .Number("numberOfDeployedUnmanagedVApps", _ => 0)
                .Flag("isThinProvisioned", _ => true)
                .Flag("isFastProvisioned", _ => false)
                .Flag("isVgpuEnabled", _ => false)
                .Text("orgId", v => EntityKind.Org.UrnOf(v.Vdc.Org.Id));
        }

        return fields.Build(name, call => call.World.Inventory.Vdcs.Values.Where(v => QueryScope.Lists(call, name, v.Org)).Select(v => new VdcRow(v, call.World.Inventory)));
    }

    private static QueryType StorageProfiles(string name)
    {
        var fields = new FieldList<StorageProfile>()
            .Text("name", p => p.Name)
            .Flag("isEnabled", _ => true)
            .Flag("isDefaultStorageProfile", p => p.IsDefault)
            .Number("storageUsedMB", p => p.UsedBytes >> 20)
            .Number("storageLimitMB", p => p.LimitMegabytes)
            .Number("iopsAllocated", _ => 0)
            .Number("iopsLimit", _ => 0)
            .Number("numberOfConditions", _ => 0)
            .Ref("vdc", p => p.Vdc.Reference)
            .Text("vdcName", p => p.Vdc.Name);
        if (Assumptions.IsProviderQuery(name)) fields.Ref("org", p => p.Vdc.Org.Reference);
        else fields.Flag("isVdcBusy", _ => false);
        return fields.Build(name, call => call.World.Inventory.StorageProfiles.Values.Where(p => QueryScope.Lists(call, name, p.Vdc.Org)));
    }

    private static QueryType Users(string name)
    {
        var isAdmin = Assumptions.IsProviderQuery(name);
        var fields = new FieldList<Account>()
            .Text("name", a => a.Name)
            .Text("fullName", a => a.Profile.FullName is { Length: > 0 } full ? full : " ")
            .Flag("isEnabled", a => a.Profile.IsEnabled)
            .Number("deployedVMQuota", _ => 0)
            .Number("storedVMQuota", _ => 0)
            .Flag("isLdapUser", a => a.Profile.IsExternal)
            .Flag("isExternal", a => a.Profile.IsExternal)
            .Text("identityProviderType", _ => "INTEGRATED");
        if (isAdmin) fields.Ref("org", a => a.Org.Reference).Number("deployedVMQuotaRank", _ => 0).Number("storedVMQuotaRank", _ => 0);
        else fields.Flag("isLocked", a => a.Profile.IsLocked).Text("roleNames", a => a.RoleName);
        return fields.Build(name, call => call.World.Inventory.Accounts.Where(a => QueryScope.Lists(call, name, a.Org)).OrderBy(a => a.Id));
    }

    private static QueryType Groups(string name)
    {
        var fields = new FieldList<Group>()
            .Text("name", g => g.Name)
            .Text("roleName", g => g.Role.Name)
            .Flag("isReadOnly", _ => false)
            .Text("identityProviderType", g => g.Provider);
        if (Assumptions.IsProviderQuery(name)) fields.Ref("org", g => g.Org.Reference);
        return fields.Build(name, call => call.World.Inventory.Groups.Values.Where(g => QueryScope.Lists(call, name, g.Org)));
    }

    private static QueryType Roles(string name)
    {
        var fields = new FieldList<Role>().Text("name", r => r.Name).Flag("isReadOnly", r => r.IsReadOnly);
        if (Assumptions.IsProviderQuery(name)) fields.Ref("org", r => r.Org?.Reference).Text("orgName", r => r.Org?.Name);
        return fields.Build(name, call => call.World.Inventory.Roles.Values.Where(call.Sees.Sees));
    }

    private static QueryType Rights() => new FieldList<Right>()
        .Text("name", r => r.Name)
        .Text("category", r => r.Category)
        .Build("right", call => call.World.Inventory.Rights.Values);

    private static QueryType Tasks(string name)
    {
        var fields = new FieldList<VcdTask>()
            .Ref("org", t => t.Org.Reference)
            .Text("orgName", t => t.Org.Name)
            .Text("name", t => t.OperationName)
            .Time("startDate", t => t.Start)
            .Time("endDate", t => t.LooksUnfinished ? null : t.End)
            .Text("status", t => TaskAnswers.StateWord(t.State, Assumptions.CanceledIsCalledAbortedFrom))
            .Number("progress", t => t.Progress)
            .Text("ownerName", t => t.User.Name)
            .Ref("object", t => t.Owner)
            .Text("objectType", t => t.Owner.Kind.Urn)
            .Text("objectName", t => t.Owner.Name)
            .Text("serviceNamespace", _ => "com.vmware.vcloud");
        if (Assumptions.IsProviderQuery(name)) fields.Ref("owner", t => t.User.Reference).Text("cellName", _ => "cell-1").Flag("hasOwner", _ => true);
        else fields.Text("operationFull", t => t.Operation).Text("message", t => t.Failure?.Message);
        return fields.Build(name, call => call.World.Tasks.All.Where(t => QueryScope.Lists(call, name, t.Org) && call.Sees.Sees(t)));
    }

    /// <summary>An organization with the inventory that its numbers are counted in.</summary>
    private sealed class OrgRow(Organization org, Inventory all) : Entity(org.Id, org.Name, EntityKind.Org)
    {
        public Organization Org { get; } = org;

        public Inventory All { get; } = all;

        public override MetadataSet Metadata => Org.Metadata;
    }

    /// <summary>A VDC with the inventory that its numbers are counted in.</summary>
    private sealed class VdcRow(Vdc vdc, Inventory all) : Entity(vdc.Id, vdc.Name, EntityKind.Vdc)
    {
        private VdcCapacity? _used;

        public Vdc Vdc { get; } = vdc;

        public override MetadataSet Metadata => Vdc.Metadata;

        public Inventory All { get; } = all;

        public VdcCapacity Used => _used ??= VdcCapacity.Of(Vdc, All);
    }
}
