using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>How much a role may do inside its tier.</summary>
internal enum RoleLevel
{
    Superuser,
    Administrator,
    Business,
    Support,
    ReadOnly,
    Custom,
}

/// <summary>A role: a set of privileges inside a tier. What each built-in one holds is inferred from its name; that a read-only user has no tokens is documented.</summary>
internal sealed class Role
{
    private static readonly string[] Administrative = ["_USER", "_TOKEN", "_DELEGATION", "_SCOPED_ROLE", "ROLE_CUSTOMIZATION_PACKAGE", "REPLICATION", "SYSTEM_PROPERTY"];

    private readonly DateTimeOffset _created;

    public Role(int id, string name, Tier tier, RoleLevel level, DateTimeOffset created)
    {
        Id = id;
        Name = name;
        Tier = tier;
        Level = level;
        _created = created;
        Modified = created;
    }

    public int Id { get; }

    public string Name { get; set; }

    public string Description { get; set; } = "";

    public Tier Tier { get; }

    public RoleLevel Level { get; }

    public DateTimeOffset Modified { get; set; }

    /// <summary>Whose custom role it is; null for a built-in one, and for the operator's own.</summary>
    public int? EnterpriseId { get; init; }

    public int? ProxyId { get; init; }

    /// <summary>Whether it is a part that custom roles are made of, and cannot be given to anybody.</summary>
    public bool IsFunctional { get; init; }

    /// <summary>What a functional role is about: it allows the privileges on these objects. Empty: reading everything.</summary>
    public IReadOnlyList<string> Objects { get; init; } = [];

    /// <summary>The functional roles that a custom one is made of.</summary>
    public IReadOnlyList<Role> Parts { get; set; } = [];

    public static string UserTypeOf(Tier tier)
        => tier switch
        {
            Tier.Operator => "OPERATOR",
            Tier.Partner => "MSP",
            _ => "ENTERPRISE",
        };

    /// <summary>Whether it holds a privilege, written as the table writes it: <c>READ EDGE</c>, <c>VIEW_FLOW_STATS None</c>.</summary>
    public bool Holds(string privilege)
    {
        var isRead = privilege.StartsWith("READ ", StringComparison.Ordinal) || privilege.StartsWith("VIEW_", StringComparison.Ordinal);
        var isAdministrative = Array.Exists(Administrative, a => privilege.EndsWith(a, StringComparison.Ordinal));
        return Level switch
        {
            RoleLevel.Superuser => true,
            RoleLevel.Administrator => isRead || !isAdministrative,
            RoleLevel.Business => privilege.StartsWith("READ ", StringComparison.Ordinal)
                || privilege is "CREATE ENTERPRISE" or "UPDATE ENTERPRISE" or "DELETE ENTERPRISE" || privilege.EndsWith("_USER", StringComparison.Ordinal),
            RoleLevel.Support => isRead || privilege.EndsWith(" SELF_SSH_KEY", StringComparison.Ordinal) || privilege is "UPDATE CLIENT_DEVICE",
            RoleLevel.ReadOnly => isRead && privilege is not "VIEW_USER_IDENTIFIABLE_FLOW_STATS None",
            _ when IsFunctional => Objects.Count == 0 ? isRead : Objects.Any(o => privilege.Contains(o, StringComparison.Ordinal)),
            _ => Parts.Any(p => p.Holds(privilege)),
        };
    }

    /// <summary>The role as the portal lists it.</summary>
    public JsonObject Describe()
        => new()
        {
            ["id"] = Id,
            ["created"] = VeloTime.Text(_created),
            ["operatorId"] = Tier == Tier.Operator ? VeloNetwork.OperatorId : null,
            ["networkId"] = VeloNetwork.Id,
            ["enterpriseId"] = EnterpriseId,
            ["enterpriseProxyId"] = ProxyId,
            ["name"] = Name,
            ["userType"] = UserTypeOf(Tier),
            ["fromUserType"] = UserTypeOf(Tier),
            ["roleType"] = IsFunctional ? "FUNCTIONAL" : "COMPOSITE",
            ["isCustom"] = Level == RoleLevel.Custom && !IsFunctional ? 1 : 0,
            ["isSuper"] = Level == RoleLevel.Superuser ? 1 : 0,
            ["description"] = Description,
            ["precedence"] = (int)Level,
            ["modified"] = VeloTime.Text(Modified),
        };
}
