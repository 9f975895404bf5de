namespace OrchestratorTools.Clients.Vcd;

/// <summary>A template that the server fetches itself.</summary>
public sealed record VcdTemplatePull
{
    /// <summary>The address of the OVF descriptor, as the server reaches it.</summary>
    public required Uri Source { get; init; }

    /// <summary>The address of the catalog.</summary>
    public required string CatalogHref { get; init; }

    /// <summary>The catalog's name, for messages.</summary>
    public required string CatalogName { get; init; }

    /// <summary>The name of the new template.</summary>
    public required string Name { get; init; }

    /// <summary>The description of the new template.</summary>
    public string? Description { get; init; }

    /// <summary>The address of the storage profile that takes it; null: the server's choice.</summary>
    public string? StorageProfileHref { get; init; }

    /// <summary>The address of the virtual data center that takes it; null: the server's choice.</summary>
    public string? VdcHref { get; init; }

    /// <summary>The server is to fetch a manifest too, and to check it.</summary>
    public bool RequireManifest { get; init; }

    /// <summary>Removes an unfinished or failed upload of the name first.</summary>
    public bool Force { get; init; }
}
