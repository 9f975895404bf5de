using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>How an unfinished upload stands.</summary>
public enum VcdTransferState
{
    /// <summary>The server waits for bytes.</summary>
    Waiting,

    /// <summary>All bytes are there, and the server imports them; or it fetches them itself.</summary>
    Importing,

    /// <summary>It has failed; what is left of it is in the way of another upload of the name.</summary>
    Failed,
}

/// <summary>An upload that has not ended well, as the server shows it.</summary>
public sealed class VcdTransfer : ServerObject, IOfTenant
{
    private VcdTransfer(VcdResource entity, VcdTransferState state, VcdUploadRecord? local)
    {
        Name = entity.Name;
        Id = entity.Id;
        Href = entity.Href;
        Kind = entity is VcdMedia ? VcdTransferKind.Media : VcdTransferKind.Template;
        State = state;
        Status = entity.Status;
        Files = entity.Files.Select(f => new VcdTransferFile(f.Name, f.Size >= 0 ? f.Size : null, f.BytesTransferred)).ToArray();
        BytesTransferred = Files.Sum(f => f.BytesTransferred);

        // Before it has read the descriptor a server knows nothing of the disks.
        Size = entity is VcdMedia media ? media.Size
            : entity is VcdTemplate { IsDescriptorUploaded: not false } && Files.Count > 0 && Files.All(f => f.Size is not null) ? Files.Sum(f => f.Size)
            : null;
        Task = entity.Tasks.FirstOrDefault(t => !t.IsFinished) ?? (entity.Tasks is [var first, ..] ? first : null);
        VdcHref = entity.Links.FirstOrDefault(l => l.Rel == "up" && l.IsOf("vdc"))?.Href;
        Path = local?.Path;
    }

    /// <summary>The name of the media or template.</summary>
    public string Name { get; }

    /// <summary>Media or Template.</summary>
    public VcdTransferKind Kind { get; }

    /// <summary>How it stands.</summary>
    public VcdTransferState State { get; }

    /// <summary>The status in the server's words.</summary>
    public string Status { get; }

    /// <summary>Bytes that the server has, of all files.</summary>
    public long BytesTransferred { get; }

    /// <summary>Bytes of all files; null while the server does not know.</summary>
    public long? Size { get; }

    /// <summary>The catalog's name; null of an upload to a virtual data center that is in no catalog yet.</summary>
    public string? Catalog { get; internal set; }

    /// <summary>The owner's user name.</summary>
    public string? Owner { get; internal set; }

    /// <summary>The virtual data center that stores it.</summary>
    public string? Vdc { get; internal set; }

    /// <summary>When it was begun (UTC).</summary>
    public DateTimeOffset? CreatedAt { get; internal set; }

    /// <summary>How long ago it was begun, when it was looked at.</summary>
    public TimeSpan? Age { get; internal set; }

    /// <summary>What is uploaded, where this machine has a record of it: then Resume-VcdTransfer needs no -Path.</summary>
    public string? Path { get; }

    /// <summary>The files that the server lists.</summary>
    public IReadOnlyList<VcdTransferFile> Files { get; }

    /// <summary>The task that stands for it, where there is one.</summary>
    public VcdTask? Task { get; }

    /// <summary>The id of the media or template.</summary>
    public string Id { get; }

    /// <summary>The address of the media or template.</summary>
    public string Href { get; }

    internal string? CatalogHref { get; set; }

    internal string? CatalogItemHref { get; set; }

    internal string? VdcHref { get; }

    /// <inheritdoc/>
    VcdTenant? IOfTenant.Tenant { get; set; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The upload of a media or template; null where none is under way: it is being copied or captured, or it is ready.</summary>
    internal static VcdTransfer? Of(VcdResource entity, VcdUploadRecord? local)
    {
        var isUpload = local is not null || entity.Tasks.Any(t => VcdAssumptions.IsUploadTask(t.OperationName));
        VcdTransferState? state = entity switch
        {
            { IsUploadDead: true } => isUpload ? VcdTransferState.Failed : null,
            { WaitsForBytes: true } when entity.HasAllBytes && entity is not VcdTemplate { IsDescriptorUploaded: false } => VcdTransferState.Importing,
            { WaitsForBytes: true } => VcdTransferState.Waiting,
            _ when VcdAssumptions.IsUploadPending(entity.StatusCode) && isUpload => VcdTransferState.Importing,
            _ => null,
        };
        return state is { } known ? new VcdTransfer(entity, known, local) : null;
    }
}

/// <summary>A file of an unfinished upload.</summary>
/// <param name="Name">Its name at the server.</param>
/// <param name="Size">Bytes; null while the server does not know.</param>
/// <param name="BytesTransferred">Bytes that the server has.</param>
public sealed record VcdTransferFile(string Name, long? Size, long BytesTransferred)
{
    /// <inheritdoc/>
    public override string ToString() => Size is { } size ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name} ({BytesTransferred} of {size})") : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name} ({BytesTransferred})");
}
