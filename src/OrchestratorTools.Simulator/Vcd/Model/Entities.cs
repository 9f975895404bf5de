namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Anything with an id and a name.</summary>
internal abstract class Entity(Guid id, string name, EntityKind kind)
{
    private MetadataSet? _metadata;

    public Guid Id { get; } = id;

    public string Name { get; set; } = name;

    public EntityKind Kind { get; } = kind;

    public Reference Reference => new(Kind, Id, Name);

    /// <summary>What users noted about it.</summary>
    public virtual MetadataSet Metadata => _metadata ??= new MetadataSet();
}

/// <summary>An organization: a tenant, or System, the provider's own.</summary>
internal sealed class Organization(Guid id, string name, string fullName) : Entity(id, name, EntityKind.Org)
{
    /// <summary>The name of the provider's organization.</summary>
    public const string SystemName = "System";

    public string FullName { get; } = fullName;

    public bool IsSystem => string.Equals(Name, SystemName, StringComparison.OrdinalIgnoreCase);

    /// <summary>The organization in the administrator's view.</summary>
    public Reference AdminReference => new(EntityKind.AdminOrg, Id, Name);
}

/// <summary>What a user may do.</summary>
internal enum VcdRole
{
    /// <summary>May look at the catalogs that are shared, not add to them.</summary>
    VAppUser,

    /// <summary>May make catalogs, and change those that are the user's own or shared for that.</summary>
    CatalogAuthor,

    /// <summary>May do everything in the organization.</summary>
    OrganizationAdministrator,

    /// <summary>The provider: may do everything everywhere.</summary>
    SystemAdministrator,
}

/// <summary>An account. The API token is what its owner made in the portal; null once it was revoked.</summary>
internal sealed class Account(Guid id, string name, Organization org, VcdRole role, string password) : Entity(id, name, EntityKind.User)
{
    public Organization Org { get; } = org;

    public VcdRole Role { get; } = role;

    public string Password { get; } = password;

    public string? ApiToken { get; set; }

    /// <summary>Whether anybody logs in with it; the others are there to be looked at, and are not in the greeting.</summary>
    public bool CanLogIn => Password.Length > 0;

    /// <summary>Administers an organization, or all of them.</summary>
    public bool IsAdministrator => Role is VcdRole.OrganizationAdministrator or VcdRole.SystemAdministrator;

    public UserProfile Profile { get; init; } = new();

    public string RoleName => Role switch
    {
        VcdRole.SystemAdministrator => "System Administrator",
        VcdRole.OrganizationAdministrator => "Organization Administrator",
        VcdRole.CatalogAuthor => "Catalog Author",
        _ => Profile.RoleName,
    };
}

/// <summary>What is known of a user beyond the name.</summary>
internal sealed record UserProfile
{
    public string FullName { get; init; } = "";

    public string Email { get; init; } = "";

    public string Telephone { get; init; } = "";

    public bool IsEnabled { get; init; } = true;

    public bool IsLocked { get; init; }

    /// <summary>Comes from a directory.</summary>
    public bool IsExternal { get; init; }

    /// <summary>The name of the role of those who are no administrators.</summary>
    public string RoleName { get; init; } = "vApp User";
}

/// <summary>An organization's virtual data centre.</summary>
internal sealed class Vdc(Guid id, string name, Organization org) : Entity(id, name, EntityKind.Vdc)
{
    public Organization Org { get; } = org;

    public List<StorageProfile> StorageProfiles { get; } = [];

    /// <summary>How many virtual machines it may have; 0: any number.</summary>
    public int MachineQuota { get; set; }
}

/// <summary>A storage profile of a VDC; the first one of a VDC is its default. A limit of 0 is none.</summary>
internal sealed class StorageProfile(Guid id, string name, Vdc vdc, long limitMegabytes) : Entity(id, name, EntityKind.StorageProfile)
{
    public Vdc Vdc { get; } = vdc;

    public long LimitMegabytes { get; } = limitMegabytes;

    public long UsedBytes { get; set; }

    public bool IsDefault => Vdc.StorageProfiles[0] == this;

    public bool HasRoomFor(long bytes) => LimitMegabytes == 0 || UsedBytes + bytes <= LimitMegabytes << 20;
}

/// <summary>A catalog, and with whom it is shared.</summary>
internal sealed class Catalog(Guid id, string name, Organization org, Account owner, DateTimeOffset created) : Entity(id, name, EntityKind.Catalog), IShareable, IOwned
{
    public Organization Org { get; } = org;

    public Account Owner { get; set; } = owner;

    public DateTimeOffset Created { get; } = created;

    public string Description { get; set; } = "";

    /// <summary>Every organization of the cloud may read it.</summary>
    public bool IsPublished { get; set; }

    public AccessControl Access { get; set; } = AccessControl.None;

    /// <summary>How it is offered to subscribers; null: it is not.</summary>
    public ExternalPublication? Publication { get; set; }

    /// <summary>What it is subscribed to; null: its content is its own.</summary>
    public Subscription? Subscription { get; set; }

    /// <summary>Where it lies; null: on the default of the organization's first VDC.</summary>
    public StorageProfile? Storage { get; set; }

    public List<VcdTask> Tasks { get; } = [];

    /// <summary>Grows with every change of the content.</summary>
    public long Version { get; set; } = 1;

    /// <summary>By id, which is the order that the server lists things in.</summary>
    public IdTable<CatalogItem> Items { get; } = new();
}

/// <summary>An entry of a catalog: a name for a media file or a template.</summary>
internal sealed class CatalogItem(Guid id, string name, Catalog catalog, StoredEntity entity, DateTimeOffset created) : Entity(id, name, EntityKind.CatalogItem), ITaskOwner
{
    public Catalog Catalog { get; set; } = catalog;

    public Organization Org => Catalog.Org;

    public StoredEntity Entity { get; } = entity;

    public DateTimeOffset Created { get; } = created;

    public string Description { get; set; } = "";

    /// <summary>The item of the published catalog that this one stands for; null: it is no subscriber's.</summary>
    public CatalogItem? Source { get; init; }

    public List<VcdTask> Tasks { get; } = [];
}

/// <summary>The statuses of media and templates (facts/vcd.md, "OVF upload").</summary>
internal static class EntityStatus
{
    public const int Failed = -1;
    public const int Unresolved = 0;
    public const int Resolved = 1;
    public const int Ready = 8;
}

/// <summary>What catalogs hold: a media file or a template.</summary>
internal abstract class StoredEntity(Guid id, string name, EntityKind kind, StorageProfile storage, Account owner, DateTimeOffset created) : Entity(id, name, kind), IDownloadable, IOwned
{
    private Package? _package;

    public StorageProfile Storage { get; set; } = storage;

    public Vdc Vdc => Storage.Vdc;

    public Organization Org => Vdc.Org;

    public Account Owner { get; set; } = owner;

    public DateTimeOffset Created { get; } = created;

    public string Description { get; set; } = "";

    public int Status { get; set; }

    /// <summary>Bytes, as the client announced them or the descriptor says.</summary>
    public long Size { get; set; }

    /// <summary>The entry that names it; null for what was uploaded to a VDC and is in no catalog yet.</summary>
    public CatalogItem? Item { get; set; }

    /// <summary>The upload that it waits for; null when there is none or it is over.</summary>
    public Transfer? Transfer { get; set; }

    /// <summary>The tasks that its representation carries.</summary>
    public List<VcdTask> Tasks { get; } = [];

    public bool IsBusy => Tasks.Exists(t => t.IsActive);

    /// <summary>What a download gives. Where nothing was uploaded it is made from the id when somebody asks.</summary>
    public Package Package
    {
        get => _package ??= NewPackage();
        set => _package = value;
    }

    public Download? Download { get; set; }

    public abstract IReadOnlyList<string> MachineNames { get; }

    protected abstract Package NewPackage();
}

/// <summary>A media file: an ISO image, mostly.</summary>
internal sealed class Media(Guid id, string name, StorageProfile storage, Account owner, DateTimeOffset created)
    : StoredEntity(id, name, EntityKind.Media, storage, owner, created)
{
    public string ImageType { get; init; } = "iso";

    public override IReadOnlyList<string> MachineNames => [];

    protected override Package NewPackage() => Package.OfMedia(Id, Size);
}

/// <summary>A vApp template.</summary>
internal sealed partial class Template(Guid id, string name, StorageProfile storage, Account owner, DateTimeOffset created)
    : StoredEntity(id, name, EntityKind.Template, storage, owner, created)
{
    public bool DescriptorUploaded { get; set; }

    public bool ManifestRequired { get; init; }

    /// <summary>The virtual machines in it, by name.</summary>
    public IReadOnlyList<string> Machines { get; set; } = [];

    public override IReadOnlyList<string> MachineNames => Machines;

    protected override Package NewPackage() => Package.OfMachines(Id, Machines.Count, Size);
}
