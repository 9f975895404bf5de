namespace OrchestratorTools.Clients.Vcd;

/// <summary>What is uploaded, where to, and how.</summary>
public sealed record VcdMediaUpload
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>The address of the catalog.</summary>
    public required string CatalogHref { get; init; }

    /// <summary>The catalog's name, for messages.</summary>
    public required string CatalogName { get; init; }

    /// <summary>The name of the new media.</summary>
    public required string Name { get; init; }

    /// <summary>The description of the new media.</summary>
    public string? Description { get; init; }

    /// <summary>Bytes sent with one request.</summary>
    public long ChunkSize { get; init; } = 32L * 1024 * 1024;

    /// <summary>Goes on with an unfinished upload that this machine has no record of.</summary>
    public bool Resume { get; init; }

    /// <summary>Removes an unfinished or failed upload of the name and begins anew.</summary>
    public bool Force { get; init; }

    /// <summary>Where the records of unfinished uploads are; null: the user's own folder (<see cref="VcdUploadState.DefaultFolder"/>).</summary>
    public string? StateFolder { get; init; }
}
