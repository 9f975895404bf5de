using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>How long a template is kept: its LeaseSettingsSection (operations' list: GET and PUT /vAppTemplate/{id}/leaseSettingsSection).</summary>
internal static class TemplateLease
{
    /// <summary>The section, in the template and by itself.</summary>
    public static XElement Section(VcdCall call, Template template)
    {
        var href = $"{call.Hrefs.Of(template)}/leaseSettingsSection/";
        return OvfXml.Section(
            "LeaseSettingsSection",
            MediaTypes.LeaseSettings,
            href,
            "Lease settings section",
            call.Sees.MayChange(template) ? Xml.Link("edit", MediaTypes.LeaseSettings, href) : null,
            Xml.Element("StorageLeaseInSeconds", Xml.Number((long)template.StorageLease.TotalSeconds)),
            template.StorageLease == TimeSpan.Zero ? null : Xml.Element("StorageLeaseExpiration", Xml.Time((template.StorageLeaseBegan ?? template.Created) + template.StorageLease)));
    }

    public static VcdAnswer Get(VcdCall call, Template template) => VAppSections.Answer(call, Section(call, template), MediaTypes.LeaseSettings);

    /// <summary>PUT: a task. The lease begins anew.</summary>
    public static VcdAnswer Put(VcdCall call, Template template)
    {
        if (!call.Sees.MayChange(template)) throw VcdException.Forbidden();
        Busy.Require(template);
        var body = BodyShape.Lease.Read(call, MediaTypes.LeaseSettings);
        var (_, storage) = VAppChanges.ReadLease(body, TimeSpan.Zero, template.StorageLease);
        return Work.Accept(call, template, "vappTemplateUpdate", $"Updating Virtual Application Template ({template.Id})", () => (template.StorageLease, template.StorageLeaseBegan) = (storage, call.World.Schedule.Now));
    }
}
