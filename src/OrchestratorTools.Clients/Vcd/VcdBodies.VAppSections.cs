using System.Globalization;
using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <content>Sections of a vApp that are sent back changed: what was read stays, links are left out (the guide's "Retrieve or Update a Modifiable Section").</content>
internal static partial class VcdBodies
{
    // What follows the leases in the schema type LeaseSettingsSectionType, and is the server's to say: an old end beside a new lease would contradict it.
    private static readonly HashSet<string> LeaseEnds = new(StringComparer.Ordinal) { "Link", "DeploymentLeaseExpiration", "StorageLeaseExpiration" };

    /// <summary>The order in which a vApp's machines start and stop (OVF's StartupSection_Type), with the items of some machines changed. A machine that has none gets one.</summary>
    /// <param name="present">The section as it was read.</param>
    /// <param name="changes">By the machines' names.</param>
    public static XElement Startup(XElement present, IReadOnlyDictionary<string, VcdStartupChange> changes)
    {
        var body = WithoutLinks(present);
        foreach (var (name, change) in changes)
        {
            var item = VcdXml.Children(body, "Item").FirstOrDefault(i => Ovf(i, "id") == name);
            if (item is null)
            {
                // OVF wants a number of each item; the server's own items begin with 0 where nobody chose.
                item = new XElement(VcdXml.Ovf + "Item", new XAttribute(VcdXml.Ovf + "id", name), new XAttribute(VcdXml.Ovf + "order", 0));
                Insert(body, VcdXml.Children(body, "Item").LastOrDefault() ?? VcdXml.Child(body, "Info"), item);
            }

            Set(item, "order", change.Order);
            Set(item, "startDelay", change.StartDelay);
            Set(item, "startAction", change.StartAction switch { null => null, VcdStartAction.None => "none", _ => "powerOn" });
            Set(item, "stopDelay", change.StopDelay);
            Set(item, "stopAction", change.StopAction switch { null => null, VcdStopAction.GuestShutdown => "guestShutdown", VcdStopAction.None => "none", _ => "powerOff" });
        }

        return body;
    }

    /// <summary>Leases (schema type LeaseSettingsSectionType) with others in their place where some are given; sent as they are they begin anew.</summary>
    /// <param name="present">The section as it was read.</param>
    /// <param name="runtime">Seconds that a vApp may run; null: as it is.</param>
    /// <param name="storage">Seconds that it is kept; null: as it is.</param>
    public static XElement Lease(XElement present, int? runtime, int? storage)
    {
        var body = new XElement(present.Name, present.Attributes(), present.Elements().Where(e => !LeaseEnds.Contains(e.Name.LocalName)));
        if (storage is { } kept)
        {
            SetLease(body, "StorageLeaseInSeconds", kept, VcdXml.Child(body, "DeploymentLeaseInSeconds") ?? VcdXml.Child(body, "Info"));
        }

        if (runtime is { } runs)
        {
            SetLease(body, "DeploymentLeaseInSeconds", runs, VcdXml.Child(body, "Info"));
        }

        return body;
    }

    // A section of OVF has its address and type in vCloud's namespace; OVF's schema knows neither.
    private static XElement WithoutLinks(XElement section) => new(section.Name, section.Attributes().Where(a => a.Name.Namespace != VcdXml.Namespace), section.Elements().Where(e => e.Name.LocalName != "Link"));

    private static string? Ovf(XElement item, string name) => item.Attributes().FirstOrDefault(a => a.Name.LocalName == name)?.Value;

    private static void Set(XElement item, string name, object? value)
    {
        if (value is not null)
        {
            item.SetAttributeValue(item.Attributes().FirstOrDefault(a => a.Name.LocalName == name)?.Name ?? VcdXml.Ovf + name, Convert.ToString(value, CultureInfo.InvariantCulture));
        }
    }

    private static void SetLease(XElement body, string name, int seconds, XElement? after)
    {
        if (VcdXml.Child(body, name) is { } present)
        {
            present.SetValue(seconds);
        }
        else
        {
            Insert(body, after, new XElement(VcdXml.Namespace + name, seconds));
        }
    }
}
