using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Goes on with unfinished uploads where they stopped.</summary>
[Cmdlet(VerbsLifecycle.Resume, "VcdTransfer", SupportsShouldProcess = true)]
[OutputType(typeof(VcdMedia), typeof(VcdTemplate))]
public sealed class ResumeVcdTransferCommand : VcdUploadingCmdlet
{
    private int _count;

    /// <summary>The unfinished uploads: names, or what Get-VcdTransfer returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(VcdTransferCompleter))]
    [ValidateNotNullOrEmpty]
    public VcdTransferArgument[] Transfer { get; set; } = [];

    /// <summary>What is being uploaded. Needed where this machine has no record of it, for one upload only: you say then that it is of this file.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The catalog: where several uploads have the name; and where this machine has no record of an upload that is in no catalog yet.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdCatalogCompleter))]
    [ValidateNotNull]
    public VcdCatalogArgument? Catalog { get; set; }

    /// <summary>Bytes sent with one request.</summary>
    [Parameter]
    [ValidateRange(64 * 1024, int.MaxValue)]
    public int ChunkSize { get; set; } = 32 * 1024 * 1024;

    /// <summary>How many files of one template are sent at once.</summary>
    [Parameter]
    [ValidateRange(1, 8)]
    public int ThrottleLimit { get; set; } = 2;

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        _count += Transfer.Length;
        if (_count > 1 && Path is not null)
        {
            ThrowBadParameter(nameof(Path), Path, "one file is for one upload; go on with each of them by itself.");
        }

        foreach (var argument in Transfer)
        {
            Attempt(() => Resume(argument), argument.Transfer ?? (object)argument.Name);
        }
    }

    private void Resume(VcdTransferArgument argument)
    {
        var session = SessionOf(argument.Transfer ?? (object?)Catalog?.Catalog);
        var client = ClientFor(session, argument.Transfer, Catalog?.Catalog);
        var transfer = argument.Transfer ?? Await(token => VcdTransferLookup.OneAsync(client, argument.Name, Catalog, token));
        var path = Path is null ? null : FilesOf(null, [Path]).SingleOrDefault();
        if (Path is not null && path is null)
        {
            return;
        }

        var catalog = Catalog?.Catalog ?? (Catalog is null ? null : Await(token => VcdLookup.CatalogAsync(client, Catalog.Name, nameof(Catalog), token)));
        var upload = Await(token => client.PrepareResumeAsync(transfer, path, catalog, null, token));
        var size = transfer.Size is { } total ? string.Create(CultureInfo.InvariantCulture, $" of {total}") : string.Empty;
        if (!ShouldProcess(
            $"{UploadPlace.TitleOf(transfer.Kind)} '{transfer.Name}'{(upload.CatalogName.Length > 0 ? $" in catalog '{upload.CatalogName}'" : string.Empty)} at {session.Server.Authority}",
            string.Create(CultureInfo.InvariantCulture, $"Go on with the upload of '{upload.Path}' at {transfer.BytesTransferred}{size} bytes")))
        {
            return;
        }

        var activity = $"Uploading '{upload.Name}' to catalog '{upload.CatalogName}'";
        WriteObject(upload switch
        {
            VcdTemplateUpload template => Upload<VcdResource>(client, upload.Name, activity, async (moved, importing, token)
                => await client.SendTemplateAsync(template with { ChunkSize = ChunkSize, ThrottleLimit = ThrottleLimit, Importing = importing }, moved, token).ConfigureAwait(false)),
            VcdMediaUpload media => Upload<VcdResource>(client, upload.Name, activity, async (moved, importing, token)
                => await client.SendMediaAsync(media with { ChunkSize = ChunkSize, Importing = importing }, moved, token).ConfigureAwait(false)),
            _ => throw new InvalidOperationException($"'{upload.GetType().Name}' is no upload."),
        });
    }
}
