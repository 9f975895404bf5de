using System.Globalization;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>The snapshot of a virtual machine; each has one at the most. A vApp's snapshots are those of its machines (guide, "Creating and Using vApp Snapshots").</summary>
public sealed class VcdSnapshot : ServerObject, IOfTenant
{
    internal VcdSnapshot(XElement snapshot, string? vm, string href, string? vapp, string? vappHref)
    {
        VM = vm;
        Href = href;
        VApp = vapp;
        VAppHref = vappHref;
        CreatedAt = VcdXml.Time(VcdXml.Text(snapshot, "created"));
        Size = VcdXml.Number(snapshot, "size");
        IsPoweredOn = VcdXml.Flag(snapshot, "poweredOn");
    }

    /// <summary>The virtual machine; null where a server tells of the vApp as a whole only.</summary>
    public string? VM { get; }

    /// <summary>The address of what is reverted: of the virtual machine, or of the vApp where there is no <see cref="VM"/>.</summary>
    public string Href { get; }

    /// <summary>The vApp.</summary>
    public string? VApp { get; }

    /// <summary>The address of the vApp.</summary>
    public string? VAppHref { get; }

    /// <summary>When it was taken (UTC).</summary>
    public DateTimeOffset? CreatedAt { get; }

    /// <summary>Its size in bytes.</summary>
    public long? Size { get; }

    /// <summary>True where the virtual machine was running when it was taken.</summary>
    public bool? IsPoweredOn { get; }

    /// <inheritdoc/>
    VcdTenant? IOfTenant.Tenant { get; set; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{VM ?? VApp} of {CreatedAt:u}");
}
