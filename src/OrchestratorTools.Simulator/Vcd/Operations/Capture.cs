using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Makes templates of vApps (guide, "Capture a vApp as a vApp Template").</summary>
internal static class Capture
{
    /// <summary>POST /api/vdc/{id}/action/captureVApp: a template in no catalog, or in the place of a catalog's entry.</summary>
    public static VcdAnswer ToVdc(VcdCall call, Vdc vdc)
    {
        if (!call.Sees.MayCreateIn(vdc)) throw VcdException.Forbidden();
        return Make(call, vdc, catalog: null);
    }

    /// <summary>POST /api/catalog/{id}/action/captureVApp: a template that is an entry of the catalog.</summary>
    public static VcdAnswer ToCatalog(VcdCall call, Catalog catalog)
    {
        if (call.Version! < Assumptions.FirstWithCaptureToCatalog) throw VcdException.AbsentOperation();
        CatalogItemChanges.RequireChangeable(call, catalog);
        return Make(call, vdc: null, catalog);
    }

    private static VcdAnswer Make(VcdCall call, Vdc? vdc, Catalog? catalog)
    {
        var body = BodyShape.Capture.Read(call, MediaTypes.CaptureParams);
        var world = call.World;
        var name = UploadStart.Name(body);
        var href = (string?)body.Element(Xml.Namespace + "Source")?.Attribute("href") ?? throw VcdException.BadRequest("validation error on field 'Source': the element must be present in CaptureVAppParams, with an href.");
        if (EntityLookup.ByHref(call, href) is not VApp source) throw new VcdException(StatusCodes.Status403Forbidden, "ACCESS_TO_RESOURCE_IS_FORBIDDEN", $"No access to entity \"{href}\".");
        var target = ComputeTarget.Of(source);
        target.RequireChange(call);
        target.RequireWhole();
        if (source.Machines.Count == 0) throw VcdException.BadRequest($"The requested operation could not be executed since vApp \"{source.Name}\" has no virtual machines.");
        var replaced = body.Element(Xml.Namespace + "TargetCatalogItem") is { } item ? Replaced(call, item) : null;
        var place = replaced?.Catalog ?? catalog;
        if (place is not null) UploadStart.RequireFreeName(place, name, replaced);
        var storage = Storage(call, body, vdc ?? source.Vdc);
        var size = source.Machines.Sum(m => m.StorageMegabytes) << 20;
        if (!storage.HasRoomFor(size)) throw VcdException.BadRequest(UploadStart.QuotaExceeded);
        var template = new Template(Guid.NewGuid(), name, storage, call.Session.Account, call.Now)
        {
            Description = Xml.Text(body, "Description") ?? "",
            Status = EntityStatus.Unresolved,
            DescriptorUploaded = true,
            Size = size,
            Machines = [.. source.Machines.Select(m => m.Name)],
        };
        template.Prototypes = [.. source.Machines.Select((m, i) => MachineCopies.Copy(m, template.MachineId(i), m.Name, template, storage, call.Now))];
        world.Inventory.Add(template);
        if (catalog is not null && replaced is null) world.Inventory.AddItem(new CatalogItem(Guid.NewGuid(), name, catalog, template, call.Now) { Description = template.Description });
        Work.BeginSteps(
            world,
            template,
            "vdcCaptureTemplate",
            $"Capturing Virtual Application Template {name}({template.Id})",
            call.Session.Account,
            [
                new WorkStep(call.Settings.CopyTime, () =>
                {
                    template.Status = EntityStatus.Ready;
                    if (replaced is null) return;
                    var (catalogOf, old) = (replaced.Catalog, replaced.Entity);
                    world.Inventory.Remove(old);
                    world.Inventory.AddItem(new CatalogItem(replaced.Id, name, catalogOf, template, call.Now) { Description = template.Description });
                }),
            ],
            () => template.Status = EntityStatus.Failed);
        return VcdAnswer.Created(StoredEntityAnswers.Build(call, template), MediaTypes.Template);
    }

    private static CatalogItem Replaced(VcdCall call, XElement reference)
    {
        var href = (string?)reference.Attribute("href") ?? "";
        if (EntityLookup.ByHref(call, href) is not CatalogItem { Entity: Template } item) throw new VcdException(StatusCodes.Status400BadRequest, "INVALID_REFERENCE", $"The TargetCatalogItem {href} is no catalog item of a template.");
        CatalogItemChanges.RequireChangeable(call, item.Catalog);
        Busy.Require(item.Entity);
        return item;
    }

    private static StorageProfile Storage(VcdCall call, XElement body, Vdc vdc)
    {
        if (body.Element(Xml.Namespace + "VdcStorageProfile") is not { } reference) return vdc.StorageProfiles[0];
        return EntityLookup.ByHref(call, (string?)reference.Attribute("href") ?? "") is StorageProfile profile && profile.Vdc == vdc
            ? profile
            : throw new VcdException(StatusCodes.Status400BadRequest, "INVALID_REFERENCE", $"The storage profile {(string?)reference.Attribute("name") ?? (string?)reference.Attribute("href")} is not one of the VDC {vdc.Name}.");
    }
}
