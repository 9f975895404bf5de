namespace OrchestratorTools.Simulator.Vcd;

/// <summary>A right, as roles have it.</summary>
internal sealed class Right(Guid id, string name, string category) : Entity(id, name, EntityKind.Right)
{
    public string Category { get; } = category;
}

/// <summary>A role: a name for a set of rights.</summary>
internal sealed class Role(Guid id, string name, Organization? org, bool isReadOnly, IReadOnlyList<Right> rights) : Entity(id, name, EntityKind.Role)
{
    /// <summary>The organization that made it; null for those that all tenants have.</summary>
    public Organization? Org { get; } = org;

    public bool IsReadOnly { get; } = isReadOnly;

    public IReadOnlyList<Right> Rights { get; } = rights;

    public string Description { get; init; } = "";
}

/// <summary>A group of a directory that was imported into an organization.</summary>
internal sealed class Group(Guid id, string name, Organization org, Role role, string provider) : Entity(id, name, EntityKind.Group)
{
    public Organization Org { get; } = org;

    public Role Role { get; } = role;

    /// <summary>INTEGRATED, SAML or OAUTH.</summary>
    public string Provider { get; } = provider;

    public string Description { get; init; } = "";

    public List<Account> Members { get; } = [];
}
