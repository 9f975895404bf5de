using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Metadata of everything that has it (facts/vcd.md, "Metadata"; guide, "Working With Object Metadata").</summary>
/// <param name="entity">Whose metadata it is.</param>
/// <param name="path">The entity's address after <c>/api/</c>: the administrator's view has its own.</param>
/// <param name="isReadOnly">The address can only be read: nothing is offered there that it would refuse.</param>
internal sealed class MetadataAnswers(Entity entity, string path, bool isReadOnly)
{
    private const int LongestKey = 256;
    private const string SystemDomain = "SYSTEM";
    private const string GeneralDomain = "GENERAL";

    // Before 5.1 values had no type and there was one domain.
    private static readonly ApiVersion FirstWithTypes = new("5.1");

    /// <summary>GET …/metadata.</summary>
    public VcdAnswer List(VcdCall call)
    {
        var href = Href(call);
        return VcdAnswer.Ok(
            Xml.Root(
                call.Hrefs,
                "Metadata",
                new XAttribute("type", MediaTypes.Metadata),
                new XAttribute("href", href),
                Xml.Link("up", entity.Kind.MediaType, call.Hrefs.Api(path)),
                !isReadOnly && call.Sees.MayChangeAny(entity) ? Xml.Link("add", MediaTypes.Metadata, href) : null,
                Visible(call).Select(e => Xml.Element(
                    "MetadataEntry",
                    new XAttribute("type", MediaTypes.MetadataValue),
                    new XAttribute("href", HrefOf(call, e)),
                    Links(call, e),
                    Domain(call, e),
                    Xml.Element("Key", e.Key),
                    Value(call, e)))),
            MediaTypes.Metadata);
    }

    /// <summary>GET …/metadata/{key}, and …/metadata/{domain}/{key}.</summary>
    public VcdAnswer Get(VcdCall call, string? domain, string key)
    {
        var entry = Find(call, domain, key);
        return VcdAnswer.Ok(
            Xml.Root(call.Hrefs, "MetadataValue", new XAttribute("type", MediaTypes.MetadataValue), new XAttribute("href", HrefOf(call, entry)), Links(call, entry), Domain(call, entry), Value(call, entry)),
            MediaTypes.MetadataValue);
    }

    /// <summary>POST …/metadata: merges; what has a key that is there takes its place.</summary>
    public VcdAnswer Merge(VcdCall call)
    {
        var body = BodyShape.Metadata.Read(call, MediaTypes.Metadata);
        var entries = body.Elements(Xml.Namespace + "MetadataEntry").Select(e => Read(call, e, domain: null, Xml.Text(e, "Key") ?? "")).ToArray();
        return Change(call, entries, "metadataUpdate", "Updating");
    }

    /// <summary>PUT …/metadata/{key}, and …/metadata/{domain}/{key}.</summary>
    public VcdAnswer Set(VcdCall call, string? domain, string key)
        => Change(call, [Read(call, BodyShape.MetadataValue.Read(call, MediaTypes.MetadataValue), domain, key)], "metadataSet", "Setting");

    /// <summary>DELETE …/metadata/{key}, and …/metadata/{domain}/{key}.</summary>
    public VcdAnswer Remove(VcdCall call, string? domain, string key)
    {
        var entry = Find(call, domain, key);
        RequireRight(call, entry.IsSystem);
        return Begin(call, "metadataDelete", "Deleting", () => entity.Metadata.Remove(entry));
    }

    /// <summary>An entry as query records have it.</summary>
    public static XElement Entry(VcdCall call, MetadataEntry entry) => Xml.Element("MetadataEntry", Domain(call, entry), Xml.Element("Key", entry.Key), Value(call, entry));

    private static XElement? Domain(VcdCall call, MetadataEntry entry) => call.Version! < FirstWithTypes ? null : Xml.Element("Domain", new XAttribute("visibility", entry.Visibility), entry.Domain);

    private static XElement Value(VcdCall call, MetadataEntry entry) => call.Version! < FirstWithTypes
        ? Xml.Element("Value", entry.Value)
        : Xml.Element("TypedValue", new XAttribute(Xml.Instance + "type", $"Metadata{entry.Type}Value"), new XAttribute(XNamespace.Xmlns + "xsi", Xml.Instance.NamespaceName), Xml.Element("Value", entry.Value));

    private IEnumerable<MetadataEntry> Visible(VcdCall call) => entity.Metadata.Entries.Where(e => e.IsVisibleTo(call.Sees) && (!e.IsSystem || call.Version! >= FirstWithTypes));

    private VcdAnswer Change(VcdCall call, IReadOnlyList<MetadataEntry> entries, string operationName, string verb)
    {
        if (!call.Sees.MayChangeAny(entity)) throw VcdException.Forbidden();
        foreach (var entry in entries) RequireRight(call, entry.IsSystem);
        var added = entries.Where(e => entity.Metadata.Find(e.IsSystem, e.Key) is null).Select(e => (e.IsSystem, e.Key)).Distinct().Count();
        if (entity.Metadata.Entries.Count + added > MetadataSet.MostEntries) throw VcdException.BadRequest($"An object has {MetadataSet.MostEntries} metadata entries at most.");
        return Begin(call, operationName, verb, () =>
        {
            foreach (var entry in entries) entity.Metadata.Set(entry);
        });
    }

    private VcdAnswer Begin(VcdCall call, string operationName, string verb, Action atEnd)
    {
        var target = TaskTarget.Of(entity);
        Busy.Require(target);
        return Work.Accept(call, target, operationName, $"{verb} metadata for {Noun()} ({entity.Id})", atEnd);
    }

    private void RequireRight(VcdCall call, bool isSystem)
    {
        if (!call.Sees.MayChangeAny(entity) || (isSystem && !call.Sees.IsProvider)) throw VcdException.Forbidden();
    }

    private MetadataEntry Find(VcdCall call, string? domain, string key)
    {
        var isSystem = domain is not null && IsSystem(domain);
        return entity.Metadata.Find(isSystem, key) is { } entry && entry.IsVisibleTo(call.Sees)
            ? entry
            : throw new VcdException(Assumptions.AbsentMetadataStatus, "RESOURCE_NOT_FOUND", $"The metadata key '{key}' was not found in the domain {domain ?? GeneralDomain}.");
    }

    private static MetadataEntry Read(VcdCall call, XElement element, string? domain, string key)
    {
        if (key.Length is 0 or > LongestKey) throw VcdException.BadRequest("validation error on field 'Key': String value has invalid format or length");
        var (type, value) = Typed(call, element);
        if (MetadataEntry.Parse(type, value) is null) throw VcdException.BadRequest($"validation error on field 'Value': '{value}' is no value of the type Metadata{type}Value.");
        var tag = element.Element(Xml.Namespace + "Domain");
        var named = tag is null || tag.Value.Length == 0 ? domain ?? GeneralDomain : tag.Value;
        var isSystem = IsSystem(named);
        if (domain is not null && IsSystem(domain) != isSystem) throw VcdException.BadRequest($"validation error on field 'Domain': the address says {domain}, the body {named}.");
        var visibility = (string?)tag?.Attribute("visibility") ?? (isSystem ? MetadataEntry.Private : MetadataEntry.ReadWrite);
        var isFit = isSystem ? visibility is MetadataEntry.Private or MetadataEntry.ReadOnly : visibility is MetadataEntry.ReadWrite;
        return isFit ? new MetadataEntry(isSystem, key, type, value, visibility) : throw VcdException.BadRequest($"validation error on field 'visibility': the domain {named} does not have '{visibility}'.");
    }

    private static (MetadataType Type, string Value) Typed(VcdCall call, XElement element)
    {
        if (element.Element(Xml.Namespace + "TypedValue") is not { } typed)
        {
            var plain = Xml.Text(element, "Value");
            return plain is not null && call.Version! < FirstWithTypes ? (MetadataType.String, plain) : throw VcdException.BadRequest("validation error on field 'TypedValue': the element must be present.");
        }

        var name = (string?)typed.Attribute(Xml.Instance + "type") ?? "";
        var bare = name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];
        foreach (var type in Enum.GetValues<MetadataType>())
        {
            if (string.Equals(bare, $"Metadata{type}Value", StringComparison.Ordinal)) return (type, Xml.Text(typed, "Value") ?? "");
        }

        throw VcdException.BadRequest($"validation error on field 'TypedValue': '{name}' is no type of metadata.");
    }

    private static bool IsSystem(string domain) => domain switch
    {
        SystemDomain => true,
        GeneralDomain => false,
        _ => throw VcdException.BadRequest($"validation error on field 'Domain': '{domain}' is none of {GeneralDomain}, {SystemDomain}."),
    };

    private IEnumerable<XElement> Links(VcdCall call, MetadataEntry entry)
    {
        yield return Xml.Link("up", MediaTypes.Metadata, Href(call));
        if (isReadOnly || !call.Sees.MayChangeAny(entity) || (entry.IsSystem && !call.Sees.IsProvider)) yield break;
        yield return Xml.Link("edit", MediaTypes.MetadataValue, HrefOf(call, entry));
        yield return Xml.Link("remove", type: null, HrefOf(call, entry));
    }

    private string Href(VcdCall call) => call.Hrefs.Api($"{path}/metadata");

    private string HrefOf(VcdCall call, MetadataEntry entry) => $"{Href(call)}/{(entry.IsSystem ? $"{SystemDomain}/" : "")}{Uri.EscapeDataString(entry.Key)}";

    /// <summary>The word of the task's sentence (recorded for machines, media and catalogs' entries).</summary>
    private string Noun() => entity switch
    {
        Media => "Media File",
        Template => "Virtual Application Template",
        VApp => "Virtual Application",
        VirtualMachine => "Virtual Machine",
        CatalogItem => "Catalog Item",
        Vdc => "Virtual Datacenter",
        OrgVdcNetwork or VAppNetwork => "Network",
        IndependentDisk => "Disk",
        StorageProfile => "Storage Profile",
        EdgeGateway => "Edge Gateway",
        _ => entity.GetType().Name,
    };
}
