using System.Globalization;
using System.Runtime.CompilerServices;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <content>Uploads (facts/vcd.md, "OVF upload" and "Media upload").</content>
public sealed partial class VcdClient
{
    /// <summary>Uploads a file as media into a catalog (facts/vcd.md, "Media upload").</summary>
    /// <param name="upload">What, and where to.</param>
    /// <param name="progress">Told often how far it is; from any thread.</param>
    /// <param name="cancellationToken">Ends it; what was sent stays at the server, and the same call goes on with it.</param>
    public async Task<VcdMedia> SendMediaAsync(VcdMediaUpload upload, Action<VcdTransferProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(upload);
        var media = (VcdMedia)await new MediaUploader(this, _session, _observer, upload, progress).RunAsync(cancellationToken).ConfigureAwait(false);
        media.Catalog = upload.CatalogName;
        return media;
    }

    /// <summary>Uploads an OVF package as a template into a catalog (facts/vcd.md, "OVF upload").</summary>
    /// <param name="upload">What, and where to.</param>
    /// <param name="progress">Told often how far it is; from any thread.</param>
    /// <param name="cancellationToken">Ends it; what was sent stays at the server, and the same call goes on with it.</param>
    public async Task<VcdTemplate> SendTemplateAsync(VcdTemplateUpload upload, Action<VcdTransferProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(upload);
        var template = (VcdTemplate)await new TemplateUploader(this, _session, _observer, upload, progress).RunAsync(cancellationToken).ConfigureAwait(false);
        template.Catalog = upload.CatalogName;
        return template;
    }

    /// <summary>Follows the import of what was uploaded to its end and returns it as it is then. Throws with kind Failed where the import failed, with kind Timeout when <paramref name="timeout"/> has passed.</summary>
    /// <param name="entity">What <see cref="SendMediaAsync"/> or <see cref="SendTemplateAsync"/> returned.</param>
    /// <param name="timeout">The longest wait; null: without end.</param>
    /// <param name="seen">Told of every state of the task that was read.</param>
    /// <param name="cancellationToken">Ends the waiting, not the import.</param>
    public async Task<T> WaitImportAsync<T>(T entity, TimeSpan? timeout, Action<VcdTask>? seen, CancellationToken cancellationToken)
        where T : VcdResource
    {
        ArgumentNullException.ThrowIfNull(entity);
        var time = _session.Settings.Time;
        var started = time.GetUtcNow();
        var catalog = CatalogOf(entity);
        var pause = Polling.First;
        while (true)
        {
            var left = timeout - (time.GetUtcNow() - started);
            if (entity.Tasks.FirstOrDefault(t => !t.IsFinished) is { } task)
            {
                task = await WaitTaskAsync(task.Href, left, seen, cancellationToken).ConfigureAwait(false);
                if (FailureOf(task) is { } failure)
                {
                    throw failure;
                }
            }
            else if (left <= TimeSpan.Zero)
            {
                throw _session.Error(OrchestratorErrorKind.Timeout, string.Create(CultureInfo.InvariantCulture, $"The import of '{entity.Name}' did not end within {timeout!.Value.TotalSeconds:0} seconds. It goes on at the server."), "Look again with Get-VcdTransfer.");
            }

            entity = await GetEntityAsync<T>(entity.Href, cancellationToken).ConfigureAwait(false);
            SetCatalog(entity, catalog);
            if (entity.IsUploadDead)
            {
                throw entity.Tasks.FirstOrDefault(t => t.IsFailed) is { } failed && FailureOf(failed) is { } reason
                    ? reason
                    : _session.Error(OrchestratorErrorKind.Failed, $"The import of '{entity.Name}' failed; the server gives no reason.", "Upload it again with -Force: it removes the remains.");
            }

            if (!VcdAssumptions.IsUploadPending(entity.StatusCode))
            {
                return entity;
            }

            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            pause = Polling.Next(pause);
        }
    }

    /// <summary>Lets the server fetch a template itself (facts/vcd.md, "OVF upload" 2: sourceHref). Returns it with the task that does it.</summary>
    /// <param name="pull">From where, and where to.</param>
    /// <param name="cancellationToken">Ends the request; what the server has begun goes on.</param>
    public async Task<VcdTemplate> PullTemplateAsync(VcdTemplatePull pull, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pull);
        var template = (VcdTemplate)await new TemplatePuller(this, _session, pull).RunAsync(cancellationToken).ConfigureAwait(false);
        template.Catalog = pull.CatalogName;
        return template;
    }

    /// <summary>The uploads that have not ended well: those that wait for bytes, those that are being imported, and what is left of those that failed.</summary>
    /// <param name="names">Names; empty: all.</param>
    /// <param name="catalogs">Names of catalogs; empty: all, and those in no catalog.</param>
    /// <param name="kinds">What is meant.</param>
    /// <param name="stateFolder">Where this machine's records are; null: the user's own folder.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<VcdTransfer> GetTransfersAsync(IReadOnlyCollection<VcdNamePattern> names, IReadOnlyCollection<VcdNamePattern> catalogs, IReadOnlyCollection<VcdTransferKind> kinds, string? stateFolder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        var records = VcdUploadState.List(stateFolder ?? VcdUploadState.DefaultFolder, _session.Server);
        var listing = new VcdListing { Names = names, Organization = Tenant, Conditions = [new VcdCondition("catalogName") { Patterns = catalogs }, new VcdCondition("status") { Except = VcdAssumptions.ResourceStatus(1) }] };
        if (kinds.Contains(VcdTransferKind.Media))
        {
            await foreach (var media in ListAsync<VcdMedia>(listing, cancellationToken).ConfigureAwait(false))
            {
                if (await TransferOfAsync(media, media.Catalog, media.CatalogHref, media.CreatedAt, media.Owner, media.Vdc, records, cancellationToken).ConfigureAwait(false) is { } transfer)
                {
                    yield return transfer;
                }
            }
        }

        if (kinds.Contains(VcdTransferKind.Template))
        {
            await foreach (var template in ListAsync<VcdTemplate>(listing, cancellationToken).ConfigureAwait(false))
            {
                if (await TransferOfAsync(template, template.Catalog, template.CatalogHref, template.CreatedAt, template.Owner, template.Vdc, records, cancellationToken).ConfigureAwait(false) is { } transfer)
                {
                    yield return transfer;
                }
            }
        }
    }

    /// <summary>How to go on with an unfinished upload. Throws with kind LocalFile where this machine has no record of it and no file is named, with kind WrongState where it cannot go on.</summary>
    /// <param name="transfer">The upload.</param>
    /// <param name="path">What is being uploaded; null: as it is on record.</param>
    /// <param name="catalog">The catalog, for an upload that is in none yet; null: as it is on record.</param>
    /// <param name="stateFolder">Where this machine's records are; null: the user's own folder.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<VcdUpload> PrepareResumeAsync(VcdTransfer transfer, string? path, VcdCatalog? catalog, string? stateFolder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        if (transfer.State is VcdTransferState.Failed)
        {
            throw _session.Error(OrchestratorErrorKind.WrongState, $"The upload of '{transfer.Name}' has failed; there is nothing to go on with.", "Stop-VcdTransfer removes its remains; or run Send-VcdMedia or Send-VcdTemplate with -Force, which begins anew.");
        }

        var record = VcdUploadState.List(stateFolder ?? VcdUploadState.DefaultFolder, _session.Server).FirstOrDefault(r => VcdObject.IsSame(r.Href, transfer.Href));
        var file = path ?? record?.Path ?? throw LocalFile.Error($"This machine has no record of the upload of '{transfer.Name}': what is being uploaded is not known here.", "Name the file with -Path.");
        var catalogHref = catalog?.Href ?? record?.CatalogHref ?? transfer.CatalogHref ?? await CatalogOfAsync(transfer, cancellationToken).ConfigureAwait(false)
            ?? throw _session.Error(OrchestratorErrorKind.Validation, $"The upload of '{transfer.Name}' is in no catalog yet, and this machine has no record of which it is meant for.", "Name it with -Catalog.");
        var catalogName = catalog?.Name ?? record?.Catalog ?? transfer.Catalog ?? string.Empty;
        return transfer.Kind is VcdTransferKind.Media
            ? new VcdMediaUpload { Path = file, CatalogHref = catalogHref, CatalogName = catalogName, Name = record?.Name ?? transfer.Name, VdcHref = transfer.VdcHref, Resume = record is null, StateFolder = stateFolder }
            : new VcdTemplateUpload { Path = file, CatalogHref = catalogHref, CatalogName = catalogName, Name = record?.Name ?? transfer.Name, VdcHref = transfer.VdcHref, Resume = record is null, StateFolder = stateFolder };
    }

    // A process that is at the upload has the record locked, and forgets it itself when it finds the upload gone.
    private void ForgetRecord(string href, string? stateFolder)
    {
        var folder = stateFolder ?? VcdUploadState.DefaultFolder;
        foreach (var record in VcdUploadState.List(folder, _session.Server).Where(r => r.CatalogHref is not null && VcdObject.IsSame(r.Href, href)))
        {
            try
            {
                using var state = VcdUploadState.Open(folder, _session.Server, _session.Scope, record.CatalogHref!, record.Name);
                state.Forget();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _observer.Verbose($"The record of the upload could not be removed: {e.Message}");
            }
        }
    }

    private async Task<VcdTransfer?> TransferOfAsync(VcdResource record, string? catalog, string? catalogHref, DateTimeOffset? createdAt, string? owner, string? vdc, IReadOnlyList<VcdUploadRecord> records, CancellationToken cancellationToken)
    {
        if (VcdAssumptions.IsImported(record.StatusCode))
        {
            return null;
        }

        VcdResource entity;
        try
        {
            entity = await GetEntityAsync<VcdResource>(record.Href, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.NotFound)
        {
            // It went between the list and the look.
            return null;
        }

        var local = records.FirstOrDefault(r => VcdObject.IsSame(r.Href, entity.Href));
        if (VcdTransfer.Of(entity, local) is not { } transfer)
        {
            return null;
        }

        transfer.Catalog = catalog ?? local?.Catalog;
        transfer.CatalogHref = catalogHref ?? local?.CatalogHref;
        transfer.CatalogItemHref = ItemOf(entity);
        transfer.CreatedAt = createdAt;
        transfer.Age = createdAt is { } made ? TimeSpan.FromSeconds(Math.Max(0, Math.Floor((_session.Settings.Time.GetUtcNow() - made).TotalSeconds))) : null;
        transfer.Owner = owner;
        transfer.Vdc = vdc;
        return Own(transfer);
    }

    private async Task<string?> CatalogOfAsync(VcdTransfer transfer, CancellationToken cancellationToken)
    {
        if (transfer.CatalogItemHref is not { } item)
        {
            return null;
        }

        var document = await GetXmlAsync(_session.Resolve(item), cancellationToken, "CatalogItem").ConfigureAwait(false);
        return VcdLink.Of(document).FirstOrDefault(l => l.Rel == "up")?.Href;
    }

    private static string? ItemOf(VcdResource entity) => entity switch { VcdMedia media => media.CatalogItemHref, VcdTemplate template => template.CatalogItemHref, _ => null };

    private static string? CatalogOf(VcdResource entity) => entity switch { VcdMedia media => media.Catalog, VcdTemplate template => template.Catalog, _ => null };

    private static void SetCatalog(VcdResource entity, string? catalog)
    {
        switch (entity)
        {
            case VcdMedia media:
                media.Catalog ??= catalog;
                break;
            case VcdTemplate template:
                template.Catalog ??= catalog;
                break;
            default:
                break;
        }
    }
}
