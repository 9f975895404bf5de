namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Invents rights, roles, groups and the users that nobody logs in as.</summary>
internal sealed class DirectorySeed(Inventory inventory, SeedRandom random)
{
    private static readonly (string Category, string[] Names)[] RightNames =
    [
        ("Catalog", ["Catalog: Create / Delete a Catalog", "Catalog: Edit Properties", "Catalog: Publish", "Catalog: Sharing", "Catalog: View ACL", "Catalog: View Private and Shared Catalogs", "Catalog: View Published Catalogs"]),
        ("Catalog Item", ["Catalog: Add vApp from My Cloud", "vApp Template / Media: Copy", "vApp Template / Media: Create / Upload", "vApp Template / Media: Edit", "vApp Template / Media: View", "vApp Template: Checkout", "vApp Template: Download"]),
        ("Disk", ["Disk: Change Owner", "Disk: Create", "Disk: Delete", "Disk: Edit Properties", "Disk: View Properties"]),
        ("Gateway", ["Gateway: Configure Services", "Organization vDC Gateway: View"]),
        ("General", ["General: Administrator Control", "General: Administrator View", "General: Send Notification"]),
        ("Group", ["Group / User: Manage", "Group / User: View"]),
        ("Organization", ["Organization Network: Edit Properties", "Organization Network: View", "Organization vDC: View", "Organization: Edit Leases Policy", "Organization: Edit Properties", "Organization: View"]),
        ("vApp", ["vApp: Change Owner", "vApp: Copy", "vApp: Create / Reconfigure", "vApp: Delete", "vApp: Download", "vApp: Edit Properties", "vApp: Edit VM CPU", "vApp: Edit VM Hard Disk", "vApp: Edit VM Memory", "vApp: Edit VM Network", "vApp: Edit VM Properties", "vApp: Manage VM Password Settings", "vApp: Power Operations", "vApp: Sharing", "vApp: Snapshot Operations", "vApp: Upload", "vApp: Use Console", "vApp: View ACL"]),
    ];

    public void Build()
    {
        foreach (var (category, names) in RightNames)
        {
            foreach (var name in names) Add(new Right(random.NextId(), name, category));
        }

        Role("System Administrator", null, isReadOnly: true, _ => true, "The provider");
        Role("Organization Administrator", null, isReadOnly: false, _ => true, "Built-in rights for administering an organization");
        Role("Catalog Author", null, isReadOnly: false, r => r.Category is "Catalog" or "Catalog Item", "Rights given to a user who creates and publishes new catalogs");
        Role("vApp Author", null, isReadOnly: false, r => r.Category is "vApp" or "Disk" || r.Name.EndsWith("View", StringComparison.Ordinal), "Rights given to a user who uses catalogs to create vApps");
        var user = Role("vApp User", null, isReadOnly: false, r => r.Category is "vApp" && !r.Name.Contains("Create", StringComparison.Ordinal), "Rights given to a user who uses vApps created by others");
        Role("Console Access Only", null, isReadOnly: false, r => r.Name is "vApp: Use Console", "Allows using the virtual machine console");
        Role("Defer to Identity Provider", null, isReadOnly: true, _ => false, "The identity provider says what a user may do");

        var acme = inventory.FindOrg("acme")!;
        var globex = inventory.FindOrg("globex")!;
        var auditor = Role("Auditor (read only), EU & UK", acme, isReadOnly: false, r => r.Name.EndsWith("View", StringComparison.Ordinal), "Reads everything, changes nothing");
        var author = inventory.Roles.Values.First(r => r.Name is "vApp Author");

        var operations = Add(new Group(random.NextId(), "cloud-operations", acme, author, "INTEGRATED") { Description = "From the directory" });
        var developers = Add(new Group(random.NextId(), "Développeurs & \"Ops\"", acme, user, "SAML"));
        Add(new Group(random.NextId(), "finance, legal (EU)", acme, auditor, "INTEGRATED"));
        Add(new Group(random.NextId(), "engineers", globex, author, "INTEGRATED"));

        Member(operations, User("bob", acme, new UserProfile { FullName = "Bob O'Neil", Email = "bob@acme.example", IsExternal = true, RoleName = "vApp Author" }));
        Member(operations, User("carol smith", acme, new UserProfile { FullName = "Carol Smith", Email = "carol@acme.example", IsExternal = true, RoleName = "vApp Author" }));
        Member(developers, User("zoë@acme.example", acme, new UserProfile { FullName = "Zoë Müller", Email = "zoe@acme.example", Telephone = "+49 30 1234567", RoleName = "Catalog Author" }));
        User("dave (contractor)", acme, new UserProfile { FullName = "Dave & Partners, Ltd.", IsEnabled = false, RoleName = "vApp User" });
        User("eve", acme, new UserProfile { FullName = "Eve", IsLocked = true, RoleName = "Console Access Only" });
        User("audit-eu", acme, new UserProfile { FullName = "Audit, EU", RoleName = auditor.Name });
        User("heidi", globex, new UserProfile { FullName = "Heidi 数据", Email = "heidi@globex.example", RoleName = "vApp Author" });
        User("ivan", globex, new UserProfile { FullName = "Ivan", RoleName = "vApp User" });
    }

    private Account User(string name, Organization org, UserProfile profile)
    {
        var account = new Account(random.NextId(), name, org, VcdRole.VAppUser, "") { Profile = profile };
        inventory.Accounts.Add(account);
        return account;
    }

    private Role Role(string name, Organization? org, bool isReadOnly, Func<Right, bool> has, string description)
    {
        var role = new Role(random.NextId(), name, org, isReadOnly, [.. inventory.Rights.Values.Where(has)]) { Description = description };
        inventory.Roles.Add(role.Id, role);
        return role;
    }

    private void Add(Right right) => inventory.Rights.Add(right.Id, right);

    private Group Add(Group group)
    {
        inventory.Groups.Add(group.Id, group);
        return group;
    }

    private static void Member(Group group, Account account) => group.Members.Add(account);
}
