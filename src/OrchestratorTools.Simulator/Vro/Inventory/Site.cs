using OrchestratorTools.Simulator.Vro.Plans;

namespace OrchestratorTools.Simulator.Vro.Inventory;

/// <summary>What the server has beside its plans.</summary>
internal sealed class Site
{
    public Site(int seed)
    {
        ServerId = Ids.Of(seed, "server");
        // Id, type, name, description, whether it is the original one, whether it maps networks, availability.
        Locations =
        [
            new(Ids.Of(seed, "location", "original"), "Restore", "Original VM Location", "Original location of source VM", true, false, "Available"),
            new(Ids.Of(seed, "location", "dc2"), "Restore", "DC2 vSphere", "Cluster of the second data centre", false, true, "Available"),
            new(Ids.Of(seed, "location", "storage"), "Storage", "SRLVic2", "Storage recovery location", false, true, "PartiallyAvailable"),
            new(Ids.Of(seed, "location", "hyper-v"), "HyperV", "DC2 Hyper-V", "Hyper-V cluster of the second data centre", false, false, "Available"),
        ];
        Scopes =
        [
            new(Ids.Of(seed, "scope", "admin"), "Admin Scope", "Default Scope containing administrative roles", IsDefault: true),
            new(Ids.Of(seed, "scope", "dc1"), "dc1 Scope", "The first data centre", IsDefault: false),
            new(Ids.Of(seed, "scope", "dc2"), "dc2 Scope", "The second data centre", IsDefault: false),
        ];
    }

    /// <summary>The server's own id.</summary>
    public Guid ServerId { get; }

    /// <summary>The site's name.</summary>
    public string Name { get; } = "Ontario";

    /// <summary>The recovery locations; the original one is the first.</summary>
    public IReadOnlyList<RecoveryLocation> Locations { get; }

    /// <summary>The scopes; the default one is the first.</summary>
    public IReadOnlyList<Scope> Scopes { get; }

    /// <summary>The first location of a type.</summary>
    public RecoveryLocation Location(string type) => Locations.First(l => !l.IsOriginal && l.Type.Equals(type, StringComparison.Ordinal));

    /// <summary>The location of an id, or null.</summary>
    public RecoveryLocation? FindLocation(Guid id) => Locations.FirstOrDefault(l => l.Id == id);

    /// <summary>The scope of a name.</summary>
    public Scope ScopeOf(string name) => Scopes.First(s => s.Name.Equals(name, StringComparison.Ordinal));
}
