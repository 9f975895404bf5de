namespace OrchestratorTools.Clients.Vcd;

/// <summary>What is uploaded, where to, and how.</summary>
public abstract record VcdUpload
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>The address of the catalog.</summary>
    public required string CatalogHref { get; init; }

    /// <summary>The catalog's name, for messages.</summary>
    public required string CatalogName { get; init; }

    /// <summary>The name of the new item.</summary>
    public required string Name { get; init; }

    /// <summary>The description of the new item.</summary>
    public string? Description { get; init; }

    /// <summary>The address of the storage profile that takes it; null: the server's choice.</summary>
    public string? StorageProfileHref { get; init; }

    /// <summary>
    /// The address of the virtual data center that takes it; null: the server's choice. Servers before API 5.5 take uploads to virtual data centers only; there it is needed where the organization has several.
    /// </summary>
    public string? VdcHref { get; init; }

    /// <summary>Bytes sent with one request.</summary>
    public long ChunkSize { get; init; } = 32L * 1024 * 1024;

    /// <summary>Goes on with an unfinished upload that this machine has no record of.</summary>
    public bool Resume { get; init; }

    /// <summary>Removes an unfinished or failed upload of the name and begins anew.</summary>
    public bool Force { get; init; }

    /// <summary>Where the records of unfinished uploads are; null: the user's own folder (<see cref="VcdUploadState.DefaultFolder"/>).</summary>
    public string? StateFolder { get; init; }

    /// <summary>Told of the states of the import's task, where an upload can only be ended after it (API before 5.5).</summary>
    internal Action<VcdTask>? Importing { get; init; }
}
