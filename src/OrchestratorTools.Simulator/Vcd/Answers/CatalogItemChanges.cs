using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Changing, copying and moving what is in catalogs (guide, "Copy or Move a Catalog Item").</summary>
internal static class CatalogItemChanges
{
    private static readonly ApiVersion FirstWithCopy = new("5.5");

    /// <summary>PUT /api/catalogItem/{id}: at once.</summary>
    public static VcdAnswer Update(VcdCall call, CatalogItem item)
    {
        RequireChangeable(call, item.Catalog);
        Busy.Require(item.Entity);
        var body = BodyShape.CatalogItem.Read(call, MediaTypes.CatalogItem);
        var name = UploadStart.Name(body);
        UploadStart.RequireFreeName(item.Catalog, name, item);
        item.Name = name;
        if (Assumptions.ItemAndEntityShareTheirName) item.Entity.Name = name;
        item.Description = Assumptions.NewDescription(Xml.Text(body, "Description"), item.Description);
        item.Catalog.Version++;
        return VcdAnswer.Ok(CatalogAnswers.Item(call, item), MediaTypes.CatalogItem);
    }

    /// <summary>PUT /api/media/{id} and /api/vAppTemplate/{id}: a task.</summary>
    public static VcdAnswer Update(VcdCall call, StoredEntity entity)
    {
        if (!call.Sees.MayChange(entity)) throw VcdException.Forbidden();
        Busy.Require(entity);
        var body = (entity is Media ? BodyShape.Media : BodyShape.Template).Read(call, entity.Kind.MediaType);
        var name = UploadStart.Name(body);
        if (entity.Item is { } item) UploadStart.RequireFreeName(item.Catalog, name, item);
        var description = Assumptions.NewDescription(Xml.Text(body, "Description"), entity.Description);
        var (operationName, operation) = entity is Media ? ("mediaUpdate", "Updating Media") : ("vappTemplateUpdate", "Updating Virtual Application Template");
        return Work.Accept(call, entity, operationName, $"{operation} ({entity.Id})", () =>
        {
            if (entity.Item is { } present)
            {
                UploadStart.RequireFreeName(present.Catalog, name, present);
                if (Assumptions.ItemAndEntityShareTheirName) present.Name = name;
                present.Catalog.Version++;
            }

            (entity.Name, entity.Description) = (name, description);
        });
    }

    /// <summary>POST /api/catalog/{id}/action/copy: the copy is there at once, unresolved until the task is over.</summary>
    public static VcdAnswer Copy(VcdCall call, Catalog target)
    {
        var (source, name, description) = Read(call, target);
        UploadStart.RequireFreeName(target, name);
        var world = call.World;
        var storage = StorageFor(call, target, source.Entity);
        if (!storage.HasRoomFor(source.Entity.Size)) throw VcdException.BadRequest(UploadStart.QuotaExceeded);
        var copy = Duplicate(source.Entity, name, storage, call.Session.Account, call.Now);
        copy.Description = description ?? source.Entity.Description;
        var ready = copy.Status;
        copy.Status = EntityStatus.Unresolved;
        world.Inventory.Add(copy);
        var item = world.Inventory.AddItem(new CatalogItem(Guid.NewGuid(), name, target, copy, call.Now) { Description = description ?? source.Description });
        source.Metadata.CopyTo(item.Metadata);
        var (operationName, noun) = copy is Media ? ("vdcCopyMedia", "Media File") : ("vdcCopyTemplate", "Virtual Application Template");
        var task = Work.Begin(world, copy, operationName, $"Copying {noun} {name}", call.Session.Account, () => copy.Status = ready, () => world.Inventory.Remove(copy));
        return VcdAnswer.Accepted(TaskAnswers.Build(call, task, isRoot: true));
    }

    /// <summary>POST /api/catalog/{id}/action/move: it is in its old catalog until the task is over.</summary>
    public static VcdAnswer Move(VcdCall call, Catalog target)
    {
        var (item, name, description) = Read(call, target);
        RequireChangeable(call, item.Catalog);
        var storage = StorageFor(call, target, item.Entity);
        if (storage != item.Entity.Storage && !storage.HasRoomFor(item.Entity.Size)) throw VcdException.BadRequest(UploadStart.QuotaExceeded);
        var noun = item.Entity is Media ? "Media File" : "Virtual Application Template";
        return Work.Accept(call, item.Entity, item.Entity is Media ? "vdcMoveMedia" : "vdcMoveTemplate", $"Moving {noun} {name}", () =>
        {
            UploadStart.RequireFreeName(target, name, item);
            var entity = item.Entity;
            Inventory.Move(item, target);
            entity.Storage.UsedBytes -= Math.Max(0, entity.Size);
            entity.Storage = storage;
            entity.Storage.UsedBytes += Math.Max(0, entity.Size);
            item.Name = name;
            if (Assumptions.ItemAndEntityShareTheirName) entity.Name = name;
            if (description is not null) item.Description = description;
        });
    }

    /// <summary>A media file or template with the same content under an id of its own.</summary>
    public static StoredEntity Duplicate(StoredEntity source, string name, StorageProfile storage, Account owner, DateTimeOffset now)
    {
        StoredEntity copy = source is Media media
            ? new Media(Guid.NewGuid(), name, storage, owner, now) { ImageType = media.ImageType }
            : new Template(Guid.NewGuid(), name, storage, owner, now) { DescriptorUploaded = true, Machines = ((Template)source).Machines, Guest = ((Template)source).Guest, Prototypes = ((Template)source).Prototypes, Licence = ((Template)source).Licence };
        (copy.Size, copy.Status, copy.Package, copy.Description) = (source.Size, source.Status, source.Package, source.Description);
        source.Metadata.CopyTo(copy.Metadata);
        return copy;
    }

    /// <exception cref="VcdException">403 for those who may not change a catalog; 400 for one whose content comes from its subscription; 400 BUSY_ENTITY.</exception>
    public static void RequireChangeable(VcdCall call, Catalog catalog)
    {
        if (!call.Sees.MayChange(catalog)) throw VcdException.Forbidden();
        if (catalog.Subscription is not null) throw VcdException.BadRequest($"The catalog {catalog.Name} has an external subscription: its content cannot be changed.");
        Busy.Require(catalog);
    }

    private static (CatalogItem Source, string Name, string? Description) Read(VcdCall call, Catalog target)
    {
        if (call.Version! < FirstWithCopy) throw VcdException.AbsentOperation();
        RequireChangeable(call, target);
        var body = BodyShape.CopyOrMove.Read(call, MediaTypes.CopyOrMoveParams);
        var href = (string?)body.Element(Xml.Namespace + "Source")?.Attribute("href") ?? throw VcdException.BadRequest("validation error on field 'Source': the element must be present in CopyOrMoveCatalogItemParams, with an href.");
        if (EntityLookup.ByHref(call, href) is not CatalogItem source) throw new VcdException(StatusCodes.Status400BadRequest, "INVALID_REFERENCE", $"The source {href} is no catalog item.");
        Busy.Require(source.Entity);
        if (source.Entity.Status is EntityStatus.Unresolved or EntityStatus.Failed) throw VcdException.BadRequest($"The catalog item {source.Name} has no content that could be copied or moved.");
        var name = (string?)body.Attribute("name") is { Length: > 0 } ? UploadStart.Name(body) : source.Name;
        UploadStart.RequireFreeName(target, name, source);
        return (source, name, Xml.Text(body, "Description"));
    }

    /// <summary>Where a thing lies once it is in a catalog: where it is, inside of one organization.</summary>
    private static StorageProfile StorageFor(VcdCall call, Catalog target, StoredEntity source)
        => target.Storage ?? (source.Org == target.Org ? source.Storage : UploadStart.DefaultStorage(call, target.Org) ?? throw VcdException.BadRequest("The organization has no storage."));
}
