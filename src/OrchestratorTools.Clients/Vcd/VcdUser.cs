using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A user of an organization. A quota of 0 is no limit.</summary>
public sealed class VcdUser : VcdObject
{
    internal VcdUser(XElement element)
        : base(element, "user")
    {
        FullName = Take(element, "fullName") ?? VcdXml.ChildText(element, "FullName");
        EmailAddress = VcdXml.ChildText(element, "EmailAddress") is { Length: > 0 } mail ? mail : null;
        Telephone = VcdXml.ChildText(element, "Telephone") is { Length: > 0 } telephone ? telephone : null;
        IsEnabled = TakeFlag(element, "isEnabled") ?? VcdXml.Flag(VcdXml.ChildText(element, "IsEnabled"));
        IsLocked = VcdXml.Flag(VcdXml.ChildText(element, "IsLocked"));
        IsExternal = TakeFlag(element, "isLdapUser") ?? VcdXml.Flag(VcdXml.ChildText(element, "IsExternal"));
        IdentityProvider = Take(element, "identityProviderType") ?? VcdXml.ChildText(element, "ProviderType");
        var role = VcdReference.Of(VcdXml.Child(element, "Role"));
        Role = Take(element, "roleName") ?? role?.Name;
        RoleHref = role?.Href;
        OrganizationHref = Take(element, "org") ?? UpTo("organization") ?? UpTo("org");
        NumberOfDeployedVMs = TakeCount(element, "numberOfDeployedVMs");
        NumberOfStoredVMs = TakeCount(element, "numberOfStoredVMs");
        DeployedVMQuota = TakeCount(element, "deployedVMQuota") ?? (int?)VcdXml.Number(VcdXml.ChildText(element, "DeployedVmQuota"));
        StoredVMQuota = TakeCount(element, "storedVMQuota") ?? (int?)VcdXml.Number(VcdXml.ChildText(element, "StoredVmQuota"));
        Groups = VcdReference.AllOf(VcdXml.Child(element, "GroupReferences"), "GroupReference");
    }

    /// <summary>The full name.</summary>
    public string? FullName { get; }

    /// <summary>The mail address; lists do not tell it.</summary>
    public string? EmailAddress { get; }

    /// <summary>The telephone number; lists do not tell it.</summary>
    public string? Telephone { get; }

    /// <summary>False where the user cannot log in.</summary>
    public bool? IsEnabled { get; }

    /// <summary>True where the account is locked after wrong passwords; lists do not tell it.</summary>
    public bool? IsLocked { get; }

    /// <summary>True of a user that an identity provider (LDAP and others) has.</summary>
    public bool? IsExternal { get; }

    /// <summary>The kind of identity provider, as the server writes it.</summary>
    public string? IdentityProvider { get; }

    /// <summary>The role; lists do not tell it.</summary>
    public string? Role { get; }

    /// <summary>The address of the role; lists do not tell it.</summary>
    public string? RoleHref { get; }

    /// <summary>The address of the organization, where the provider asks.</summary>
    public string? OrganizationHref { get; }

    /// <summary>How many virtual machines of the user's are deployed.</summary>
    public int? NumberOfDeployedVMs { get; }

    /// <summary>How many virtual machines the user has.</summary>
    public int? NumberOfStoredVMs { get; }

    /// <summary>The most deployed virtual machines.</summary>
    public int? DeployedVMQuota { get; }

    /// <summary>The most virtual machines.</summary>
    public int? StoredVMQuota { get; }

    /// <summary>The groups that the user came with; lists do not have them.</summary>
    public IReadOnlyList<VcdReference> Groups { get; }
}
