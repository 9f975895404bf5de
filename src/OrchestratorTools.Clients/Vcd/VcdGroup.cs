using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A group of an identity provider that an organization knows.</summary>
public sealed class VcdGroup : VcdObject
{
    internal VcdGroup(XElement element)
        : base(element, "group")
    {
        var role = VcdReference.Of(VcdXml.Child(element, "Role"));
        Role = Take(element, "roleName") ?? role?.Name;
        RoleHref = role?.Href;
        IsReadOnly = TakeFlag(element, "isReadOnly");
        IdentityProvider = Take(element, "identityProviderType") ?? VcdXml.ChildText(element, "ProviderType");
        NameInSource = VcdXml.ChildText(element, "NameInSource");
        OrganizationHref = Take(element, "org") ?? UpTo("organization") ?? UpTo("org");
        Users = VcdReference.AllOf(VcdXml.Child(element, "UsersList"), "UserReference");
    }

    /// <summary>The role that its members have.</summary>
    public string? Role { get; }

    /// <summary>The address of the role; lists do not tell it.</summary>
    public string? RoleHref { get; }

    /// <summary>True where it cannot be changed.</summary>
    public bool? IsReadOnly { get; }

    /// <summary>The kind of identity provider, as the server writes it.</summary>
    public string? IdentityProvider { get; }

    /// <summary>Its name at the identity provider; lists do not tell it.</summary>
    public string? NameInSource { get; }

    /// <summary>The address of the organization, where the provider asks.</summary>
    public string? OrganizationHref { get; }

    /// <summary>The members that have logged in; lists do not have them.</summary>
    public IReadOnlyList<VcdReference> Users { get; }
}
