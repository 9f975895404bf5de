using System.Globalization;
using System.Security.Cryptography;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Invents the cloud that the simulator starts with; the same seed gives the same cloud.</summary>
internal sealed class InventorySeed(SimulatorOptions options, DateTimeOffset now)
{
    // One name of each kind that clients trip over: letter case alone differs, and what URLs, XML, wildcards and the filter language would take for their own.
    private static readonly string[] MediaNames =
    [
        "debian-12.5.0-amd64-netinst.iso", "windows server 2022.iso", "Ubuntu-24.04.iso", "ubuntu-24.04.iso", "rocky-9.4-x86_64-minimal.iso",
        "tools & \"drivers\" <v2> [beta]*.iso", "backup, weekly; (disk 1).iso", "it's 100% räksmörgås 数据.iso",
        "virtio-win-0.1.240.iso", "a==b!=c.iso", "back\\slash.iso", "plus+sign %20.iso",
    ];

    private static readonly string[] TemplateNames = ["debian-12-base", "windows-2022-core", "rocky-9 (hardened)", "web & db, two VMs", "nginx-1.26", "postgres-16"];

    private static readonly AccessControl ForReading = new() { Everyone = AccessLevel.ReadOnly };
    private readonly Random _random = new(options.Seed);
    private readonly Inventory _inventory = new();

    public Inventory Build(TaskStore tasks)
    {
        var system = Add(new Organization(NextId(), Organization.SystemName, "The provider"));
        var acme = Add(new Organization(NextId(), "acme", "ACME Industries"));
        var globex = Add(new Organization(NextId(), "globex", "Globex & Partners"));

        // The first account is the one that the greeting names. A colon in a password and an at sign in a user name are legal in user@org:password.
        var alice = Add(new Account(NextId(), "alice", acme, VcdRole.OrganizationAdministrator, "Sim:" + NextText(16)));
        Add(new Account(NextId(), "victor@acme.example", acme, VcdRole.VAppUser, "Sim." + NextText(16)));
        var grace = Add(new Account(NextId(), "grace", globex, VcdRole.OrganizationAdministrator, "Sim." + NextText(16)));
        Add(new Account(NextId(), "root", system, VcdRole.SystemAdministrator, "Sim." + NextText(16)));

        var gold = AddVdc(acme, "acme-vdc", ("gold", 0), ("silver & bronze", 0));
        AddVdc(acme, "acme-vdc-small", ("*", 1024)).Vdc.MachineQuota = 3;
        var standard = AddVdc(globex, "globex-vdc", ("standard", 0));

        var iso = Add(new Catalog(NextId(), "iso", acme, alice, now.AddDays(-200)) { Description = "Installation media", Access = ForReading });
        var templates = Add(new Catalog(NextId(), "templates", acme, alice, now.AddDays(-190)) { Access = ForReading });
        var odd = Add(new Catalog(NextId(), "odd \"names\" <a&b> [x]*", acme, alice, now.AddDays(-90)));
        var own = Add(new Catalog(NextId(), "shared", acme, alice, now.AddDays(-80)));
        var theirs = Add(new Catalog(NextId(), "shared", globex, grace, now.AddDays(-70)) { Access = new AccessControl { Settings = [new AccessSetting(acme, AccessLevel.ReadOnly)] } });
        var published = Add(new Catalog(NextId(), "published", globex, grace, now.AddDays(-60)) { IsPublished = true });
        Add(new Catalog(NextId(), "globex-private", globex, grace, now.AddDays(-50)));

        for (var i = 0; i < options.CatalogItems; i++)
        {
            switch (i % 12)
            {
                case 5 or 6 or 7:
                    AddTemplate(templates, gold, alice, i);
                    break;
                case 8:
                    AddMedia(odd, gold, alice, i);
                    break;
                case 9:
                    AddMedia(own, gold, alice, i);
                    break;
                case 10:
                    AddMedia(theirs, standard, grace, i);
                    break;
                case 11:
                    AddTemplate(published, standard, grace, i);
                    break;
                default:
                    AddMedia(iso, gold, alice, i);
                    break;
            }
        }

        AddTasks(tasks, iso, alice);

        // Not an administrator, and yet more than somebody who only looks.
        Add(new Account(NextId(), "cathy", acme, VcdRole.CatalogAuthor, "Sim." + NextText(16)));
        new DirectorySeed(_inventory, new SeedRandom(options.Seed, 1)).Build();
        new NetworkSeed(_inventory, new SeedRandom(options.Seed, 2)).Build();
        new ComputeSeed(_inventory, tasks, new SeedRandom(options.Seed, 3), now).Build(options.Machines);
        new TaskSeed(_inventory, tasks, new SeedRandom(options.Seed, 4), now).Build();
        return _inventory;
    }

    /// <summary>Tasks of the past, among them the shapes that clients stumble over (facts/vcd.md, "Task").</summary>
    private void AddTasks(TaskStore tasks, Catalog catalog, Account user)
    {
        Add("catalogCreateCatalog", $"Created Catalog {catalog.Name}({catalog.Id})", TaskState.Success, looksUnfinished: false, progress: null);
        Add("vdcUploadOvfContents", "Finalizing upload of Virtual Application Template old(00000000-0000-0000-0000-000000000001)", TaskState.Success, looksUnfinished: true, progress: 100);
        Add("vdcInstantiateVapp", "Creating Virtual Application trap(00000000-0000-0000-0000-000000000002)", TaskState.Error, looksUnfinished: true, progress: 1);
        Add("vdcUploadMedia", "Importing media broken.iso", TaskState.Canceled, looksUnfinished: false, progress: null);
        Add("vdcUploadMedia", "Importing media lost.iso", TaskState.Aborted, looksUnfinished: false, progress: null);
        Add("vdcUploadMedia", "Importing media late.iso", TaskState.Error, looksUnfinished: false, progress: 1, new TaskFailure(500, "TIMEDOUT", "The transfer session timed out."));

        void Add(string name, string operation, TaskState state, bool looksUnfinished, int? progress, TaskFailure? failure = null)
        {
            var start = now.AddHours(-30 + (2 * tasks.All.Count()));
            tasks.Add(new VcdTask(NextId(), name, operation, catalog.Reference, user, user.Org, start)
            {
                State = state,
                Progress = progress,
                Failure = failure,
                End = start.AddMinutes(2),
                LooksUnfinished = looksUnfinished,
            });
        }
    }

    private void AddMedia(Catalog catalog, StorageProfile storage, Account owner, int index)
    {
        var nth = _inventory.Media.Count;
        var name = nth < MediaNames.Length ? MediaNames[nth] : string.Create(CultureInfo.InvariantCulture, $"image-{index:00000}.iso");
        var created = now.AddMinutes(-(index + 10L) * 7);
        var media = new Media(NextId(), name, storage, owner, created)
        {
            Status = EntityStatus.Resolved,
            Size = MediaSize(nth, _random.NextInt64(100, 6000) * 2048 * 512),
            Description = index % 3 == 0 ? "" : $"Image {index} & its notes",
        };
        _inventory.Add(media);
        _inventory.AddItem(new CatalogItem(NextId(), name, catalog, media, created) { Description = media.Description });
    }

    private void AddTemplate(Catalog catalog, StorageProfile storage, Account owner, int index)
    {
        var nth = _inventory.Templates.Count;
        var name = nth < TemplateNames.Length ? TemplateNames[nth] : string.Create(CultureInfo.InvariantCulture, $"template-{index:00000}");
        var created = now.AddMinutes(-(index + 10L) * 7);
        var template = new Template(NextId(), name, storage, owner, created)
        {
            Status = EntityStatus.Ready,
            DescriptorUploaded = true,
            Size = TemplateSize(nth, _random.NextInt64(500, 9000) << 20),
            Machines = nth == 3 ? ["web", "db"] : ["vm1"],
        };
        if (nth == 5) template.Licence = "You may use this for whatever you like, but you must say so.";
        if (nth is 2 or 3) template.Package = Package.OfMachines(template.Id, template.Machines.Count, template.Size, nth == 2 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA512);
        _inventory.Add(template);
        _inventory.AddItem(new CatalogItem(NextId(), name, catalog, template, created));
    }

    /// <summary>A few are small, so that one can download them without waiting; none of those is a whole number of blocks.</summary>
    private static long MediaSize(int nth, long large) => nth switch
    {
        4 => 5_000_123,
        5 => 1_048_576,
        7 => 300_001,
        _ => large,
    };

    private static long TemplateSize(int nth, long large) => nth switch
    {
        0 => 4_200_007,
        2 => 2_500_001,
        3 => 3_000_003,
        _ => large,
    };

    private StorageProfile AddVdc(Organization org, string name, params (string Name, long LimitMegabytes)[] profiles)
    {
        var vdc = new Vdc(NextId(), name, org);
        _inventory.Vdcs.Add(vdc.Id, vdc);
        foreach (var (profileName, limit) in profiles)
        {
            var profile = new StorageProfile(NextId(), profileName, vdc, limit);
            vdc.StorageProfiles.Add(profile);
            _inventory.StorageProfiles.Add(profile.Id, profile);
        }

        return vdc.StorageProfiles[0];
    }

    private Organization Add(Organization org)
    {
        _inventory.Orgs.Add(org.Id, org);
        return org;
    }

    private Catalog Add(Catalog catalog)
    {
        _inventory.Catalogs.Add(catalog.Id, catalog);
        return catalog;
    }

    private Account Add(Account account)
    {
        account.ApiToken = NextText(32);
        _inventory.Accounts.Add(account);
        return account;
    }

    private Guid NextId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes);
    }

    private string NextText(int length) => new(_random.GetItems<char>("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", length));
}
