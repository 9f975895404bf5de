using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>What all of vCloud Director's objects have. Made from an entity or from a record of the query service; what the class does not name stays reachable in <see cref="AdditionalProperties"/>.</summary>
public abstract class VcdObject : ServerObject, IOfTenant
{
    private const long Mebi = 1024 * 1024;
    private readonly Dictionary<string, string> _others = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads what entity and record have in common. A derived class takes the attributes that it names with <see cref="Take"/> and its sisters; the others are <see cref="AdditionalProperties"/>.</summary>
    /// <param name="element">The entity or record.</param>
    /// <param name="urn">The kind in the id, where the server gives none: <c>urn:vcloud:KIND:…</c>.</param>
    private protected VcdObject(XElement element, string urn)
    {
        Name = VcdXml.Text(element, "name") ?? string.Empty;
        Href = VcdXml.Text(element, "href") ?? string.Empty;
        var id = VcdXml.Text(element, "id");
        Id = !string.IsNullOrEmpty(id) ? id : VcdAssumptions.UuidOf(Href) is { } uuid ? $"urn:vcloud:{urn}:{uuid}" : string.Empty;
        var links = VcdLink.Of(element);
        Links = links.Where(l => !l.IsTransfer).ToArray();
        TransferLinks = links.Where(l => l.IsTransfer).ToArray();
        IsRecord = element.Name.LocalName.EndsWith("Record", StringComparison.Ordinal);
        foreach (var attribute in element.Attributes())
        {
            if (!attribute.IsNamespaceDeclaration && attribute.Name.Namespace == XNamespace.None && attribute.Name.LocalName is not ("name" or "href" or "id" or "type"))
            {
                _others[attribute.Name.LocalName] = attribute.Value;
            }
        }

        Description = Take(element, "description") ?? VcdXml.ChildText(element, "Description");
        Tasks = VcdXml.Children(VcdXml.Child(element, "Tasks"), "Task").Select(t => new VcdTask(t)).ToArray();
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The id, <c>urn:vcloud:KIND:UUID</c>; made from the address where the server gives none.</summary>
    public string Id { get; }

    /// <summary>The address.</summary>
    public string Href { get; }

    /// <summary>The description.</summary>
    public string? Description { get; }

    /// <summary>What can be done with it at the moment, where the server says so (records have none). Addresses of transfers are not among them: who has one can read or write the files.</summary>
    public IReadOnlyList<VcdLink> Links { get; }

    /// <summary>The tasks that are at work on it, and the last that failed, where the server says so (records have none).</summary>
    public IReadOnlyList<VcdTask> Tasks { get; }

    /// <summary>The server's attributes that have no property of their own.</summary>
    public IReadOnlyDictionary<string, string> AdditionalProperties => _others;

    /// <summary>Links with the relations <c>upload:…</c> and <c>download:…</c>: capabilities, never shown.</summary>
    internal IReadOnlyList<VcdLink> TransferLinks { get; }

    /// <summary>True of what came from the query service, false of the whole representation.</summary>
    internal bool IsRecord { get; }

    /// <inheritdoc/>
    VcdTenant? IOfTenant.Tenant { get => Tenant; set => Tenant = value; }

    /// <summary>The organization that the provider's session acted for when it read the object.</summary>
    internal VcdTenant? Tenant { get; set; }

    /// <summary>The record itself, where the listing was asked to keep it.</summary>
    internal XElement? Record { get; set; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>True when both texts (id, bare UUID or address) mean the same entity.</summary>
    internal static bool IsSame(string? a, string? b)
        => VcdAssumptions.UuidOf(a) is { } left && VcdAssumptions.UuidOf(b) is { } right
            ? left == right
            : string.Equals(a, b, StringComparison.Ordinal);

    /// <summary>What else hangs together with the object and has to know its connection too: tasks, children.</summary>
    internal virtual IEnumerable<VcdObject> Parts() => Tasks;

    /// <summary>What belongs to the object, is no entity itself, and has to know its connection too: disks, network adapters.</summary>
    internal virtual IEnumerable<ServerObject> Belongings() => [];

    /// <summary>The transfer addresses of the object and its files.</summary>
    internal virtual IEnumerable<Uri> Capabilities() => TransferLinks.Select(l => VcdXml.Address(l.Href)).OfType<Uri>();

    /// <summary>The first of the attributes that is there and not empty. Different versions and record types call one thing by different names.</summary>
    private protected string? Take(XElement element, params string[] attributes)
    {
        string? found = null;
        foreach (var attribute in attributes)
        {
            _others.Remove(attribute);
            found ??= VcdXml.Text(element, attribute) is { Length: > 0 } value ? value : null;
        }

        return found;
    }

    private protected bool? TakeFlag(XElement element, params string[] attributes) => VcdXml.Flag(Take(element, attributes));

    private protected long? TakeNumber(XElement element, params string[] attributes) => VcdXml.Number(Take(element, attributes));

    private protected int? TakeCount(XElement element, params string[] attributes) => TakeNumber(element, attributes) is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : null;

    private protected DateTimeOffset? TakeTime(XElement element, params string[] attributes) => VcdXml.Time(Take(element, attributes));

    /// <summary>Bytes of an attribute in MB, which are 1024 KB of 1024 bytes each.</summary>
    private protected long? TakeMegabytes(XElement element, params string[] attributes) => Scale(TakeNumber(element, attributes), Mebi);

    /// <summary>Bytes of an attribute in KB.</summary>
    private protected long? TakeKilobytes(XElement element, params string[] attributes) => Scale(TakeNumber(element, attributes), 1024);

    /// <summary>The number times the unit; null where it is none that makes sense.</summary>
    private protected static long? Scale(long? number, long unit) => number is >= 0 && number <= long.MaxValue / unit ? number * unit : null;

    /// <summary>The address that the object's link "up" of a media type leads to: its parent's.</summary>
    private protected string? UpTo(string type) => Links.FirstOrDefault(l => l.Rel == "up" && l.IsOf(type))?.Href;

    /// <summary>The name of the entity's owner.</summary>
    private protected static string? OwnerOf(XElement element) => VcdXml.Child(element, "Owner") is { } owner && VcdXml.Child(owner, "User") is { } user ? VcdXml.Text(user, "name") : null;
}
