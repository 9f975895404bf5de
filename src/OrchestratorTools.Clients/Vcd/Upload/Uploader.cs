using System.Globalization;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>
/// One upload, from the check of the files to the last byte (facts/vcd.md, "OVF upload" and "Media upload"): finds what an earlier run left or begins anew, sends the files, and looks that the import
/// has begun. It goes on across processes (<see cref="VcdUploadState"/>).
/// </summary>
internal abstract class Uploader
{
    private readonly Action<VcdTransferProgress>? _progress;

    protected Uploader(VcdClient client, VcdSession session, IRequestObserver observer, VcdUpload upload, Action<VcdTransferProgress>? progress)
    {
        Client = client;
        Session = session;
        Observer = observer;
        Upload = upload;
        _progress = progress;
    }

    protected VcdClient Client { get; }

    protected VcdSession Session { get; }

    protected IRequestObserver Observer { get; }

    protected VcdUpload Upload { get; }

    protected abstract VcdTransferKind Kind { get; }

    protected string Title => UploadPlace.TitleOf(Kind);

    /// <summary>Runs the upload.</summary>
    public async Task<VcdResource> RunAsync(CancellationToken cancellationToken)
    {
        if (!VcdXml.IsWritable(Upload.Name) || !VcdXml.IsWritable(Upload.Description ?? string.Empty))
        {
            throw Session.Error(OrchestratorErrorKind.Validation, "The name or the description holds a character that XML cannot hold.", "Leave out control characters.");
        }

        using var content = await Task.Run(Open, cancellationToken).ConfigureAwait(false);
        using var recorder = UploadRecorder.Open(Session, Observer, Upload);
        using var files = new FileList(content.FilesFor(recorder.Record));
        var run = new UploadRun(Client, Session, Observer, Upload, Title, recorder, files.Items, _progress);
        var place = await UploadPlace.FindAsync(Session, Client, Upload, Kind, cancellationToken).ConfigureAwait(false);
        var entity = await FindOrCreateAsync(run, content, place, cancellationToken).ConfigureAwait(false);
        var keeper = new VcdSessionKeeper(Session, Observer);
        await using (keeper.ConfigureAwait(false))
        {
            try
            {
                await content.SendAsync(run, entity, cancellationToken).ConfigureAwait(false);
            }
            catch (ManifestMismatchException e)
            {
                throw e.ToError(await RemainsAsync(run, place, cancellationToken).ConfigureAwait(false));
            }

            entity = await FinalStateAsync(run, cancellationToken).ConfigureAwait(false);
            if (place.IsVdc)
            {
                entity = await Client.WaitImportAsync(entity, null, Upload.Importing, cancellationToken).ConfigureAwait(false);
                await place.AddItemAsync(entity, cancellationToken).ConfigureAwait(false);
            }
        }

        recorder.Forget();
        return entity;
    }

    /// <summary>Opens and checks what is to be sent. Throws with kind LocalFile where it cannot be.</summary>
    protected abstract UploadContent Open();

    // Decides whether to go on or to begin, all before the first byte.
    private async Task<VcdResource> FindOrCreateAsync(UploadRun run, UploadContent content, UploadPlace place, CancellationToken cancellationToken)
    {
        if (await place.FindExistingAsync(run.Recorder.Record?.Href, cancellationToken).ConfigureAwait(false) is { } found
            && await ExistingAsync(run, content, place, found, cancellationToken).ConfigureAwait(false) is { } existing)
        {
            return existing;
        }

        place.EnsureMayAdd();
        foreach (var file in run.Files)
        {
            file.DropRecorded();
        }

        run.IsOurs = true;
        run.Recorder.Forget();
        run.Recorder.Save(NewRecord(run, content, null));
        try
        {
            run.Href = await place.CreateAsync(content.Body, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e) when (e.Kind is not OrchestratorErrorKind.OutcomeUnknown)
        {
            // Nothing was made: what comes later under this name is somebody else's.
            run.Recorder.Forget();
            throw;
        }

        run.Recorder.Save(NewRecord(run, content, run.Href));
        return await run.RefreshAsync(cancellationToken).ConfigureAwait(false);
    }

    // What stands under the name: null where it was removed (-Force), else what to go on with; an error where it is something else.
    private async Task<VcdResource?> ExistingAsync(UploadRun run, UploadContent content, UploadPlace place, UploadFound found, CancellationToken cancellationToken)
    {
        var entity = await place.ReadAsync(found.Href, cancellationToken).ConfigureAwait(false);
        var record = run.Recorder.Record;
        var isOurs = record is not null && record.Kind == Kind && (record.Href is null ? entity.WaitsForBytes && entity.Files.All(f => f.BytesTransferred == 0) : VcdObject.IsSame(record.Href, found.Href));
        var isImported = entity.WaitsForBytes && entity.HasAllBytes && content.IsDescribed(entity) && entity.Tasks.Any(t => !t.IsFinished);
        if (isImported && !isOurs && !Upload.Resume)
        {
            throw Exists("; all of it was sent, and the server is importing it");
        }

        if (Upload.Force)
        {
            if (!isImported && (entity.WaitsForBytes || entity.IsUploadDead))
            {
                await Client.RemoveUploadAsync(entity, found.ItemHref, cancellationToken).ConfigureAwait(false);
                run.Recorder.Forget();
                return null;
            }

            throw Exists("; -Force removes unfinished uploads only");
        }

        if (entity.IsUploadDead)
        {
            throw place.Conflict($"has the remains of a failed upload under the name '{Upload.Name}'{(entity.Tasks.FirstOrDefault(t => t.IsFailed) is { } failed ? $", which {failed.Reason()}" : string.Empty)}", "Run the command with -Force: it removes them and begins anew.");
        }

        if (!entity.WaitsForBytes && !isOurs)
        {
            throw Exists(VcdAssumptions.IsImported(entity.StatusCode) ? string.Empty : ", which is still being made at the server");
        }

        if (!isOurs && !Upload.Resume)
        {
            var stands = string.Create(CultureInfo.InvariantCulture, $" ({content.Stored(entity)} of {run.Total} bytes)");
            throw place.Conflict($"has an unfinished upload '{Upload.Name}'{stands} that this machine has no record of: whether it is of this file cannot be checked", "If you know that it is, run the command with -Resume; to remove it and begin anew, with -Force.");
        }

        if (content.Difference(entity) is { } difference)
        {
            throw LocalFile.Error($"The unfinished upload '{Upload.Name}' is of another {(Kind is VcdTransferKind.Media ? "file" : "package")}, or it has changed: {difference}", "Run the command with -Force: it removes what was sent and begins anew.");
        }

        if (!isOurs)
        {
            foreach (var file in run.Files)
            {
                file.DropRecorded();
            }
        }

        run.IsOurs = isOurs;
        run.Href = found.Href;
        run.Recorder.Save(NewRecord(run, content, found.Href));
        return entity;

        OrchestratorApiException Exists(string more) => place.Conflict($"already has an item '{Upload.Name}'{more}", "Choose another name with -Name, or remove the item first.");
    }

    private VcdUploadRecord NewRecord(UploadRun run, UploadContent content, string? href) => new()
    {
        Server = Session.Server.GetLeftPart(UriPartial.Authority),
        Catalog = Upload.CatalogName,
        CatalogHref = Upload.CatalogHref,
        Name = Upload.Name,
        Kind = Kind,
        Href = href,
        Path = Path.GetFullPath(Upload.Path),
        ManifestRequired = content.ManifestRequired,
        Files = run.Files.Select(f => f.ToRecord()).ToArray(),
    };

    // The import's task may begin a moment after the last byte.
    private static async Task<VcdResource> FinalStateAsync(UploadRun run, CancellationToken cancellationToken)
    {
        var pause = Polling.First;
        for (var look = 0; ; look++)
        {
            var entity = await run.RefreshAsync(cancellationToken).ConfigureAwait(false);
            if (entity.IsUploadDead)
            {
                throw run.Ended(entity, null);
            }

            if (entity.Tasks.Count > 0 || VcdAssumptions.IsImported(entity.StatusCode) || look == 4)
            {
                return entity;
            }

            await Task.Delay(pause, run.Time, cancellationToken).ConfigureAwait(false);
            pause = Polling.Next(pause);
        }
    }

    // A package that is not the manifest's: what was sent of it is of no use to anybody.
    private async Task<string> RemainsAsync(UploadRun run, UploadPlace place, CancellationToken cancellationToken)
    {
        var why = "it was not begun from here";
        if (run.IsOurs)
        {
            try
            {
                var entity = await run.RefreshAsync(cancellationToken).ConfigureAwait(false);
                await Client.RemoveUploadAsync(entity, (await place.FindExistingAsync(run.Href, cancellationToken).ConfigureAwait(false))?.ItemHref, cancellationToken).ConfigureAwait(false);
                run.Recorder.Forget();
                return $"The {Title} did not come into use, and what was sent of it has been removed from the server.";
            }
            catch (OrchestratorApiException e)
            {
                why = e.Message;
            }
        }

        return $"The {Title} did not come into use, but what was sent of it is still at the server as '{Upload.Name}' in catalog '{Upload.CatalogName}' ({why.TrimEnd('.')}); Stop-VcdTransfer removes it.";
    }

    private sealed class FileList(IReadOnlyList<UploadFile> items) : IDisposable
    {
        public IReadOnlyList<UploadFile> Items => items;

        public void Dispose()
        {
            foreach (var item in items)
            {
                item.Dispose();
            }
        }
    }
}

/// <summary>What is sent, open and checked.</summary>
internal abstract class UploadContent : IDisposable
{
    /// <summary>True where the server is told that a manifest comes.</summary>
    public virtual bool ManifestRequired => false;

    /// <summary>The files, in the record's order, with what is on record of them.</summary>
    public abstract IReadOnlyList<UploadFile> FilesFor(VcdUploadRecord? record);

    /// <summary>The request that makes the media or template.</summary>
    /// <param name="storageProfile">The address of the storage profile; null: the server's choice.</param>
    public abstract XElement Body(string? storageProfile);

    /// <summary>True where the server's list of files is the whole list.</summary>
    public virtual bool IsDescribed(VcdResource entity) => true;

    /// <summary>Bytes that the server has.</summary>
    public virtual long Stored(VcdResource entity) => entity.Files.Sum(f => f.BytesTransferred);

    /// <summary>Why what the server waits for is not this; null where it may be.</summary>
    public abstract string? Difference(VcdResource entity);

    /// <summary>Sends what the server does not have yet.</summary>
    public abstract Task SendAsync(UploadRun run, VcdResource entity, CancellationToken cancellationToken);

    /// <summary>Closes the files.</summary>
    public abstract void Dispose();
}
