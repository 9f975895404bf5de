using System.Globalization;
using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Virtual machines, of vApps and of templates.</summary>
internal static class VmAnswers
{
    private static readonly ApiVersion FirstWithDisks = new("5.1");
    private static readonly ApiVersion FirstWithDateCreated = new("5.1");

    /// <summary>GET /api/vApp/vm-{id} and /api/vAppTemplate/vm-{id}.</summary>
    public static VcdAnswer Get(VcdCall call, VirtualMachine vm) => VcdAnswer.Ok(Build(call, vm, isRoot: true), MediaTypes.Vm);

    /// <summary>A machine: as an answer, or inside of its vApp or template. A template's has the shape of a template (schema VAppTemplateChildrenType), a vApp's that of a machine.</summary>
    public static XElement Build(VcdCall call, VirtualMachine vm, bool isRoot)
    {
        var hrefs = call.Hrefs;
        var isTemplate = vm.Template is not null;
        object?[] content =
        [
            isTemplate ? new XAttribute("goldMaster", "false") : new XAttribute("needsCustomization", Xml.Bool(vm.NeedsCustomization)),
            isTemplate ? null : new XAttribute("deployed", Xml.Bool(vm.IsDeployed)),
            new XAttribute("status", ((int)vm.Status).ToString(CultureInfo.InvariantCulture)),
            hrefs.Identity(vm.Reference),
            Links(call, vm),
            Xml.Element("Description", vm.Description),
            TaskAnswers.InProgress(call, vm),
            VmSections.All(call, vm),
            isTemplate
                ? [Xml.Element("VAppScopedLocalId", vm.Name), call.Version! >= FirstWithDisks ? Xml.Element("DefaultStorageProfile", vm.Storage.Name) : null]
                : new[]
                {
                    call.Version! >= FirstWithDateCreated ? Xml.Element("DateCreated", Xml.Time(vm.Created)) : null,
                    Xml.Element("VAppScopedLocalId", vm.Name),
                    call.Version! >= FirstWithDisks ? VmSections.Capabilities(call, vm) : null,
                    call.Version! >= FirstWithDisks ? hrefs.Reference("StorageProfile", vm.Storage.Reference) : null,
                    PolicyAnswers.Of(call, vm),
                },
            isTemplate && call.Version! >= FirstWithDateCreated ? Xml.Element("DateCreated", Xml.Time(vm.Created)) : null,
        ];
        return isRoot ? Xml.Root(hrefs, isTemplate ? "VAppTemplate" : "Vm", OvfXml.Prefixes, content) : Xml.Element("Vm", content);
    }

    /// <summary>What may be done, by state and by the user's rights. A template's machine can only be looked at.</summary>
    public static IEnumerable<XElement> Links(VcdCall call, VirtualMachine vm)
    {
        var hrefs = call.Hrefs;
        var href = hrefs.Of(vm);
        if (vm.VApp is not { } vApp)
        {
            yield return Xml.Link("up", MediaTypes.Template, hrefs.Of(vm.Template!));
            yield return Xml.Link("down", MediaTypes.Metadata, $"{href}/metadata");
            yield return Xml.Link("down", MediaTypes.ProductSections, $"{href}/productSections/");
            yield break;
        }

        var mayChange = VAppAnswers.MayChange(call, vApp);
        var isWhole = vm.Status is not (MachineStatus.FailedCreation or MachineStatus.Unresolved);
        if (mayChange)
        {
            if (isWhole && !vApp.IsExpired)
            {
                foreach (var link in PowerLinks.Of(href, vm.Status, vm.IsDeployed)) yield return link;
            }

            yield return Xml.Link("edit", MediaTypes.Vm, href);
            if (!vm.IsDeployed) yield return Xml.Link("remove", type: null, href);
        }

        yield return Xml.Link("down", MediaTypes.Metadata, $"{href}/metadata");
        if (isWhole)
        {
            yield return Xml.Link("down", MediaTypes.ProductSections, $"{href}/productSections/");
            if (vm.Status == MachineStatus.PoweredOn)
            {
                yield return Xml.Link("screen:thumbnail", type: null, $"{href}/screen");
                yield return Xml.Link("screen:acquireTicket", type: null, $"{href}/screen/action/acquireTicket");
                if (call.Version! >= new ApiVersion("5.5")) yield return Xml.Link("screen:acquireMksTicket", MediaTypes.MksTicket, $"{href}/screen/action/acquireMksTicket");
            }

            if (vm.Status == MachineStatus.WaitingForInput) yield return QuestionLink(hrefs, vm);
            if (mayChange && !vApp.IsExpired)
            {
                foreach (var link in ChangeLinks(call, vm, href)) yield return link;
            }
        }

        yield return Xml.Link("up", MediaTypes.VApp, hrefs.Of(vApp));
    }

    /// <summary>Where a machine's question is read (guide, "Provide User Input Requested by a Virtual Machine"): of the machine, and of its vApp.</summary>
    public static XElement QuestionLink(Hrefs hrefs, VirtualMachine vm) => Xml.Link("down", MediaTypes.Question, $"{hrefs.Of(vm)}/question");

    private static IEnumerable<XElement> ChangeLinks(VcdCall call, VirtualMachine vm, string href)
    {
        yield return Xml.Link("media:insertMedia", MediaTypes.InsertOrEjectParams, $"{href}/media/action/insertMedia");
        yield return Xml.Link("media:ejectMedia", MediaTypes.InsertOrEjectParams, $"{href}/media/action/ejectMedia");
        if (call.Version! < FirstWithDisks) yield break;
        yield return Xml.Link("disk:attach", MediaTypes.AttachOrDetachParams, $"{href}/disk/action/attach");
        yield return Xml.Link("disk:detach", MediaTypes.AttachOrDetachParams, $"{href}/disk/action/detach");
        if (vm.Status == MachineStatus.PoweredOn) yield return Xml.Link("installVmwareTools", type: null, $"{href}/action/installVMwareTools");
        if (vm.Status == MachineStatus.PoweredOff)
        {
            if (vm.HardwareVersion < Assumptions.NewestHardware) yield return Xml.Link("upgrade", type: null, $"{href}/action/upgradeHardwareVersion");
            yield return Xml.Link("customizeAtNextPowerOn", type: null, $"{href}/action/customizeAtNextPowerOn");
            yield return Xml.Link("consolidate", type: null, $"{href}/action/consolidate");
        }

        yield return Xml.Link("snapshot:create", MediaTypes.SnapshotParams, $"{href}/action/createSnapshot");
        if (vm.Snapshot is not null)
        {
            yield return Xml.Link("snapshot:revertToCurrent", type: null, $"{href}/action/revertToCurrentSnapshot");
            yield return Xml.Link("snapshot:removeAll", type: null, $"{href}/action/removeAllSnapshots");
        }

        yield return Xml.Link("reconfigureVm", MediaTypes.Vm, $"{href}/action/reconfigureVm", vm.Name);
    }
}
