using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The settings of an organization, whole and part by part (a recorded AdminOrg has them in this order).</summary>
internal static class OrgSettingsAnswers
{
    private const string Prefix = "application/vnd.vmware.admin.";

    /// <summary>The element Settings of an AdminOrg.</summary>
    public static XElement InOrg(VcdCall call, Organization org) => Xml.Element("Settings", Content(call, org));

    /// <summary>GET /api/admin/org/{id}/settings.</summary>
    public static VcdAnswer Get(VcdCall call, Organization org)
    {
        OrgAnswers.RequireAdministrator(call);
        return VcdAnswer.Ok(Xml.Root(call.Hrefs, "OrgSettings", Content(call, org)), MediaTypes.OrgSettings);
    }

    /// <summary>GET /api/admin/org/{id}/settings/{part}.</summary>
    public static VcdAnswer GetPart(VcdCall call, Organization org, string part)
    {
        OrgAnswers.RequireAdministrator(call);
        var found = Parts(call, org).FirstOrDefault(p => p.Path == part);
        return found.Path is null ? throw VcdException.NotFound() : VcdAnswer.Ok(Xml.Root(call.Hrefs, found.Root, found.Content), found.Type);
    }

    private static object?[] Content(VcdCall call, Organization org)
    {
        var href = Address(call, org);
        var parts = Parts(call, org).ToArray();
        return
        [
            new XAttribute("type", MediaTypes.OrgSettings),
            new XAttribute("href", href),
            parts.Select(p => Xml.Link("down", p.Type, $"{href}/{p.Path}")),
            call.Sees.MayChange(org) ? Xml.Link("edit", MediaTypes.OrgSettings, href) : null,
            parts.Select(p => Xml.Element(p.Element, p.Content)),
        ];
    }

    private static IEnumerable<(string Path, string Element, string Root, string Type, object?[] Content)> Parts(VcdCall call, Organization org)
    {
        yield return Part(
            "general",
            "OrgGeneralSettings",
            "GeneralOrgSettings",
            "organizationGeneralSettings",
            Xml.Element("CanPublishCatalogs", Xml.Bool(!org.IsSystem)),
            Xml.Element("DeployedVMQuota", "0"),
            Xml.Element("StoredVmQuota", "0"),
            Xml.Element("UseServerBootSequence", "false"),
            Xml.Element("DelayAfterPowerOnSeconds", "0"));
        yield return Part(
            "vAppLeaseSettings",
            "VAppLeaseSettings",
            "VAppLeaseSettings",
            "vAppLeaseSettings",
            Xml.Element("DeleteOnStorageLeaseExpiration", "false"),
            Xml.Element("DeploymentLeaseSeconds", Xml.Number((long)VApp.DefaultRuntimeLease.TotalSeconds)),
            Xml.Element("StorageLeaseSeconds", Xml.Number((long)VApp.DefaultStorageLease.TotalSeconds)));
        yield return Part(
            "vAppTemplateLeaseSettings",
            "VAppTemplateLeaseSettings",
            "OrgVAppTemplateLeaseSettings",
            "vAppTemplateLeaseSettings",
            Xml.Element("DeleteOnStorageLeaseExpiration", "false"),
            Xml.Element("StorageLeaseSeconds", Xml.Number((long)Template.DefaultStorageLease.TotalSeconds)));
        yield return Part("ldap", "OrgLdapSettings", "OrgLdapSettings", "organizationLdapSettings", Xml.Element("OrgLdapMode", org.IsSystem ? "NONE" : "SYSTEM"));
        yield return Part(
            "email",
            "OrgEmailSettings",
            "OrgEmailSettings",
            "organizationEmailSettings",
            Xml.Element("IsDefaultSmtpServer", "true"),
            Xml.Element("IsDefaultOrgEmail", "true"),
            Xml.Element("FromEmailAddress"),
            Xml.Element("DefaultSubjectPrefix"),
            Xml.Element("IsAlertEmailToAllAdmins", "true"));
        yield return Part(
            "passwordPolicy",
            "OrgPasswordPolicySettings",
            "OrgPasswordPolicySettings",
            "organizationPasswordPolicySettings",
            Xml.Element("AccountLockoutEnabled", "false"),
            Xml.Element("InvalidLoginsBeforeLockout", "5"),
            Xml.Element("AccountLockoutIntervalMinutes", "10"));
        if (call.Version! < Assumptions.FirstWithOperationLimits) yield break;
        yield return Part(
            "operationLimitsSettings",
            "OrgOperationLimitsSettings",
            "OrgOperationLimitsSettings",
            "operationLimitsSettings",
            Xml.Element("ConsolesPerVmLimit", "0"),
            Xml.Element("OperationsPerUser", "0"),
            Xml.Element("OperationsPerOrg", "0"),
            Xml.Element("QueuedOperationsPerUser", "0"),
            Xml.Element("QueuedOperationsPerOrg", "0"));

        (string, string, string, string, object?[]) Part(string path, string element, string root, string type, params XElement[] values)
        {
            var href = $"{Address(call, org)}/{path}";
            var media = $"{Prefix}{type}+xml";
            return (path, element, root, media, [new XAttribute("type", media), new XAttribute("href", href), call.Sees.MayChange(org) ? Xml.Link("edit", media, href) : null, values]);
        }
    }

    private static string Address(VcdCall call, Organization org) => call.Hrefs.Api($"admin/org/{org.Id}/settings");
}
