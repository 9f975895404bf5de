using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The requests that begin an upload (facts/vcd.md, "OVF upload" and "Media upload").</summary>
internal static class UploadStart
{
    public const string QuotaExceeded = "The requested operation will exceed the vDC's storage quota.";
    private const int LongestName = 128;
    private static readonly ApiVersion FirstWithUpload = new("5.5");

    /// <summary>POST /api/catalog/{id}/action/upload: the content type decides what is uploaded; the answer is the new entry of the catalog.</summary>
    public static VcdAnswer ToCatalog(VcdCall call, Catalog catalog)
    {
        if (call.Version! < FirstWithUpload) throw VcdException.AbsentOperation();
        CatalogItemChanges.RequireChangeable(call, catalog);
        var isMedia = IsMedia(call);
        var body = (isMedia ? BodyShape.Media : BodyShape.UploadTemplate).Check(call.Body);
        var name = Name(body);
        RequireFreeName(catalog, name);
        var storage = Storage(call, body, catalog) ?? throw VcdException.BadRequest("The organization has no storage to upload to.");
        var entity = Create(call, body, isMedia, name, storage);
        var item = call.World.Inventory.AddItem(new CatalogItem(Guid.NewGuid(), name, catalog, entity, call.Now) { Description = entity.Description });
        UploadLife.Begin(call.World, entity, call.Session.Account, showsTask: true, Source(body));
        return VcdAnswer.Created(CatalogAnswers.Item(call, item), MediaTypes.CatalogItem);
    }

    /// <summary>POST /api/vdc/{id}/media and …/action/uploadVAppTemplate, up to 33.0: the answer is the media or template itself, in no catalog.</summary>
    public static VcdAnswer ToVdc(VcdCall call, Vdc vdc, bool isMedia)
    {
        if (!VdcAnswers.HasUpload(call)) throw VcdException.AbsentOperation();
        if (!call.Sees.MayChange(vdc.Org)) throw VcdException.Forbidden();
        if (IsMedia(call) != isMedia) throw UnsupportedType();
        var body = (isMedia ? BodyShape.Media : BodyShape.UploadTemplate).Check(call.Body);
        var storage = Named(call, body, vdc.Org) is { } named && named.Vdc == vdc ? named : vdc.StorageProfiles[0];
        var entity = Create(call, body, isMedia, Name(body), storage);
        UploadLife.Begin(call.World, entity, call.Session.Account, showsTask: false, call.Version! >= FirstWithUpload ? Source(body) : null);
        return VcdAnswer.Created(StoredEntityAnswers.Build(call, entity), entity.Kind.MediaType);
    }

    /// <exception cref="VcdException">400: the catalog has the name already.</exception>
    public static void RequireFreeName(Catalog catalog, string name, CatalogItem? except = null)
    {
        if (catalog.Items.Values.Any(i => i != except && string.Equals(i.Name, name, Assumptions.NameComparison))) throw Duplicate(name);
    }

    public static VcdException Duplicate(string name) => new(StatusCodes.Status400BadRequest, "DUPLICATE_NAME", $"The VCD entity {name} already exists.");

    private static StoredEntity Create(VcdCall call, XElement body, bool isMedia, string name, StorageProfile storage)
    {
        var description = (string?)body.Element(Xml.Namespace + "Description") ?? "";
        var owner = call.Session.Account;
        StoredEntity entity = isMedia
            ? new Media(Guid.NewGuid(), name, storage, owner, call.Now) { Description = description, Size = Size(body), ImageType = ImageType(body) }
            : new Template(Guid.NewGuid(), name, storage, owner, call.Now) { Description = description, Size = 0, ManifestRequired = ManifestRequired(body) };
        if (!storage.HasRoomFor(entity.Size)) throw VcdException.BadRequest(QuotaExceeded);
        call.World.Inventory.Add(entity);
        return entity;
    }

    private static bool IsMedia(VcdCall call)
    {
        var type = (call.Request.ContentType ?? "").Split(';')[0].Trim();
        if (type.Equals(MediaTypes.Media, StringComparison.OrdinalIgnoreCase)) return true;
        return type.Equals(MediaTypes.UploadTemplateParams, StringComparison.OrdinalIgnoreCase) ? false : throw UnsupportedType();
    }

    private static VcdException UnsupportedType()
        => new(Assumptions.UnknownBodyStatus, "UNSUPPORTED_MEDIA_TYPE", $"The content type must be {MediaTypes.Media} or {MediaTypes.UploadTemplateParams}.");

    /// <exception cref="VcdException">400: the name is too long.</exception>
    public static string Name(XElement body)
        => (string)body.Attribute("name")! is { Length: <= LongestName } name ? name : throw VcdException.BadRequest("validation error on field 'name': String value has invalid format or length");

    private static long Size(XElement body)
        => long.TryParse((string)body.Attribute("size")!, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? size
            : throw VcdException.BadRequest("validation error on field 'size': the value must be a number of bytes.");

    // "Media images in formats other than ISO can be uploaded, but are given an imageType of other" (guide 5.5, "Upload a Media Image").
    private static string ImageType(XElement body) => (string?)body.Attribute("imageType") is null or "iso" ? "iso" : "other";

    private static bool ManifestRequired(XElement body) => (string?)body.Attribute("manifestRequired") is "true" or "1";

    /// <summary>Where the server is to fetch the package from; null: the client sends it.</summary>
    private static Uri? Source(XElement body)
    {
        if (body.Attribute("sourceHref") is not { } href) return null;
        return Uri.TryCreate(href.Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw VcdException.BadRequest("validation error on field 'sourceHref': the value must be an http or https URL.");
    }

    /// <summary>The default storage profile of the organization's first VDC; null: it has none.</summary>
    public static StorageProfile? DefaultStorage(VcdCall call, Organization org)
        => call.World.Inventory.Vdcs.Values.Where(v => v.Org == org).OrderBy(v => v.Name, StringComparer.Ordinal).FirstOrDefault()?.StorageProfiles[0];

    /// <summary>The storage profile that the body names, or that of the catalog, or the default one.</summary>
    private static StorageProfile? Storage(VcdCall call, XElement body, Catalog catalog) => Named(call, body, catalog.Org) ?? catalog.Storage ?? DefaultStorage(call, catalog.Org);

    /// <summary>The storage profile that the body names; null: it names none.</summary>
    private static StorageProfile? Named(VcdCall call, XElement body, Organization org)
    {
        if (body.Element(Xml.Namespace + "VdcStorageProfile") is not { } named) return null;
        return EntityLookup.ByHref(call, (string?)named.Attribute("href") ?? "") is StorageProfile profile && profile.Vdc.Org == org
            ? profile
            : throw new VcdException(StatusCodes.Status400BadRequest, "INVALID_REFERENCE", "The VdcStorageProfile is none of the organization's.");
    }
}
