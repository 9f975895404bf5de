using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A role: a set of rights.</summary>
public sealed class VcdRole : VcdObject
{
    internal VcdRole(XElement element)
        : base(element, "role")
    {
        IsReadOnly = TakeFlag(element, "isReadOnly");
        OrganizationHref = Take(element, "org") ?? UpTo("organization") ?? UpTo("org");
        Rights = VcdReference.AllOf(VcdXml.Child(element, "RightReferences"), "RightReference");
    }

    /// <summary>True where it cannot be changed.</summary>
    public bool? IsReadOnly { get; }

    /// <summary>The address of the organization, where it belongs to one.</summary>
    public string? OrganizationHref { get; }

    /// <summary>Its rights; lists do not have them.</summary>
    public IReadOnlyList<VcdReference> Rights { get; }
}
