namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>All roles: the built-in ones, the functional ones that custom roles are made of, and the custom ones. Safe for many threads.</summary>
internal sealed class RoleBook
{
    private static readonly (int Id, Tier Tier, RoleLevel Level, string Name)[] BuiltIn =
    [
        (1, Tier.Operator, RoleLevel.Superuser, "Operator Superuser"),
        (2, Tier.Operator, RoleLevel.Administrator, "Operator Standard Admin"),
        (3, Tier.Operator, RoleLevel.Business, "Operator Business Specialist"),
        (4, Tier.Operator, RoleLevel.Support, "Operator Support"),
        (5, Tier.Customer, RoleLevel.Superuser, "Enterprise Superuser"),
        (6, Tier.Customer, RoleLevel.Administrator, "Enterprise Standard Admin"),
        (7, Tier.Customer, RoleLevel.Support, "Enterprise Support"),
        (8, Tier.Customer, RoleLevel.ReadOnly, "Enterprise Read Only"),
        (9, Tier.Partner, RoleLevel.Superuser, "MSP Superuser"),
        (10, Tier.Partner, RoleLevel.Administrator, "MSP Standard Admin"),
        (11, Tier.Partner, RoleLevel.Business, "MSP Business Specialist"),
        (12, Tier.Partner, RoleLevel.Support, "MSP Support"),
    ];

    private static readonly (string Name, string[] Objects)[] Functions =
    [
        ("Monitoring", []),
        ("Deployment", ["EDGE", "INVENTORY"]),
        ("Configuration", ["_PROFILE", "NETWORK_SERVICE", "NETWORK_ALLOCATION", "OBJECT_GROUP"]),
        ("User management", ["_USER"]),
        ("Alerts", ["_ALERT"]),
    ];

    private readonly object _lock = new();
    private readonly List<Role> _roles;
    private int _last = 1000;

    public RoleBook(DateTimeOffset created)
    {
        _roles = [.. BuiltIn.Select(r => new Role(r.Id, r.Name, r.Tier, r.Level, created) { Description = r.Name })];
        foreach (var tier in Enum.GetValues<Tier>())
        {
            _roles.AddRange(Functions.Select((f, i) => new Role(100 + ((int)tier * 10) + i, f.Name, tier, RoleLevel.Custom, created) { IsFunctional = true, Objects = f.Objects, Description = f.Name }));
        }
    }

    public IReadOnlyList<Role> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _roles];
            }
        }
    }

    public Role? Find(long id)
    {
        lock (_lock)
        {
            return _roles.Find(r => r.Id == id);
        }
    }

    /// <summary>Adds a custom role made of functional ones.</summary>
    public Role Add(Func<int, Role> make)
    {
        lock (_lock)
        {
            var role = make(++_last);
            _roles.Add(role);
            return role;
        }
    }

    public bool Remove(Role role)
    {
        lock (_lock)
        {
            return _roles.Remove(role);
        }
    }
}
