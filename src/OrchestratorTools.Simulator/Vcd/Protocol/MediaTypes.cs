namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The content types of the XML API, without their version.</summary>
internal static class MediaTypes
{
    public const string Session = "application/vnd.vmware.vcloud.session+xml";
    public const string OrgList = "application/vnd.vmware.vcloud.orgList+xml";
    public const string Org = "application/vnd.vmware.vcloud.org+xml";
    public const string Vdc = "application/vnd.vmware.vcloud.vdc+xml";
    public const string StorageProfile = "application/vnd.vmware.vcloud.vdcStorageProfile+xml";
    public const string Catalog = "application/vnd.vmware.vcloud.catalog+xml";
    public const string CatalogItem = "application/vnd.vmware.vcloud.catalogItem+xml";
    public const string Media = "application/vnd.vmware.vcloud.media+xml";
    public const string Template = "application/vnd.vmware.vcloud.vAppTemplate+xml";
    public const string UploadTemplateParams = "application/vnd.vmware.vcloud.uploadVAppTemplateParams+xml";
    public const string Task = "application/vnd.vmware.vcloud.task+xml";
    public const string TasksList = "application/vnd.vmware.vcloud.tasksList+xml";
    public const string Owner = "application/vnd.vmware.vcloud.owner+xml";
    public const string Metadata = "application/vnd.vmware.vcloud.metadata+xml";
    public const string MetadataValue = "application/vnd.vmware.vcloud.metadata.value+xml";
    public const string CopyOrMoveParams = "application/vnd.vmware.vcloud.copyOrMoveCatalogItemParams+xml";
    public const string PublishParams = "application/vnd.vmware.admin.publishCatalogParams+xml";
    public const string PublishExternalParams = "application/vnd.vmware.admin.publishExternalCatalogParams+xml";
    public const string SubscriptionParams = "application/vnd.vmware.admin.externalCatalogSubscriptionParams+xml";
    public const string ControlAccess = "application/vnd.vmware.vcloud.controlAccess+xml";
    public const string Entity = "application/vnd.vmware.vcloud.entity+xml";
    public const string Error = "application/vnd.vmware.vcloud.error+xml";
    public const string QueryList = "application/vnd.vmware.vcloud.query.queryList+xml";
    public const string QueryPrefix = "application/vnd.vmware.vcloud.query.";
    public const string LeaseSettings = "application/vnd.vmware.vcloud.leaseSettingsSection+xml";
    public const string Customization = "application/vnd.vmware.vcloud.customizationSection+xml";
    public const string Vm = "application/vnd.vmware.vcloud.vm+xml";
    public const string VCloud = "application/vnd.vmware.admin.vcloud+xml";
    public const string AdminOrg = "application/vnd.vmware.admin.organization+xml";
    public const string AdminCatalog = "application/vnd.vmware.admin.catalog+xml";
    public const string OrgSettings = "application/vnd.vmware.admin.orgSettings+xml";
    public const string User = "application/vnd.vmware.admin.user+xml";
    public const string Group = "application/vnd.vmware.admin.group+xml";
    public const string Role = "application/vnd.vmware.admin.role+xml";
    public const string Right = "application/vnd.vmware.admin.right+xml";
    public const string OrgRights = "application/vnd.vmware.admin.org.rights+xml";
    public const string AdminStorageProfile = "application/vnd.vmware.admin.vdcStorageProfile+xml";
    public const string Question = "application/vnd.vmware.vcloud.vmPendingQuestion+xml";
    public const string AdminVdc = "application/vnd.vmware.admin.vdc+xml";
    public const string AdminNetwork = "application/vnd.vmware.admin.network+xml";
    public const string ExternalNetwork = "application/vnd.vmware.admin.vmwexternalnet+xml";
    public const string EdgeGateway = "application/vnd.vmware.admin.edgeGateway+xml";
    public const string VApp = "application/vnd.vmware.vcloud.vApp+xml";
    public const string Vms = "application/vnd.vmware.vcloud.vms+xml";
    public const string Disk = "application/vnd.vmware.vcloud.disk+xml";
    public const string OrgVdcNetwork = "application/vnd.vmware.vcloud.orgVdcNetwork+xml";
    public const string VAppNetwork = "application/vnd.vmware.vcloud.vAppNetwork+xml";
    public const string AllocatedAddresses = "application/vnd.vmware.vcloud.allocatedNetworkAddress+xml";
    public const string RasdItem = "application/vnd.vmware.vcloud.rasdItem+xml";
    public const string RasdItems = "application/vnd.vmware.vcloud.rasdItemsList+xml";
    public const string ProductSections = "application/vnd.vmware.vcloud.productSections+xml";
}
