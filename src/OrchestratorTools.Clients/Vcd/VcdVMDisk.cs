using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A disk of a virtual machine.</summary>
/// <param name="Name">The name: Hard disk 1, …</param>
/// <param name="Size">Bytes.</param>
/// <param name="BusSubType">The controller: lsilogic, VirtualSCSI, …</param>
/// <param name="StorageProfile">The address of its storage profile, where it has one of its own.</param>
/// <param name="DiskHref">The address of the independent disk that it is, where it is one.</param>
public sealed record VcdVMDisk(string Name, long? Size, string? BusSubType, string? StorageProfile, string? DiskHref)
{
    /// <inheritdoc/>
    public override string ToString() => Name;

    internal static VcdVMDisk Of(XElement item)
    {
        // The host resource's attributes stand in the API's namespace, under whatever prefix.
        var resource = VcdXml.Child(item, "HostResource");
        string? Said(string name) => resource?.Attributes().FirstOrDefault(a => a.Name.LocalName == name)?.Value;
        const long mebi = 1024 * 1024;
        return new VcdVMDisk(
            VcdXml.ChildText(item, "ElementName") ?? string.Empty,
            VcdXml.Number(Said("capacity")) is { } size and >= 0 && size < long.MaxValue / mebi ? size * mebi : null,
            Said("busSubType"),
            Said("storageProfileHref"),
            Said("disk"));
    }
}
