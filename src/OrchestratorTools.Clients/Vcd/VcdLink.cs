using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A link of an entity: what can be done with it at the moment, and where. A link that is missing is an operation that is not allowed.</summary>
/// <param name="Rel">The relation: add, edit, remove, up, down, task:cancel, …</param>
/// <param name="Href">The address; opaque.</param>
/// <param name="Type">The media type of what is sent to, or found at, the address.</param>
/// <param name="Name">The name of what is linked, where the server says it.</param>
public sealed record VcdLink(string Rel, string Href, string? Type, string? Name)
{
    /// <summary>True of the address of a transfer: who has it can read or write the files, without a login.</summary>
    internal bool IsTransfer => Rel.StartsWith("upload:", StringComparison.OrdinalIgnoreCase) || Rel.StartsWith("download:", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string ToString() => Type is null ? Rel : $"{Rel} {Type}";

    /// <summary>True where the media type is the kind's: "vdc" is application/vnd.vmware.vcloud.vdc+xml and application/vnd.vmware.admin.vdc+xml. Letter case does not count.</summary>
    internal bool IsOf(string kind) => IsOf(Type, kind);

    internal static bool IsOf(string? type, string kind)
        => type is not null
            && type.StartsWith("application/vnd.vmware.", StringComparison.OrdinalIgnoreCase)
            && type.Split(';')[0].TrimEnd().EndsWith("." + kind + "+xml", StringComparison.OrdinalIgnoreCase);

    internal static IReadOnlyList<VcdLink> Of(XElement entity)
        => VcdXml.Children(entity, "Link")
            .Where(l => VcdXml.Text(l, "href") is not null)
            .Select(l => new VcdLink(VcdXml.Text(l, "rel") ?? string.Empty, VcdXml.Text(l, "href")!, VcdXml.Text(l, "type"), VcdXml.Text(l, "name")))
            .ToArray();
}
