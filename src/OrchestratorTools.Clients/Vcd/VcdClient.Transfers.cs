using System.Globalization;
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
        var media = (VcdMedia)await new MediaUploader(_session, _observer, upload, progress).RunAsync(cancellationToken).ConfigureAwait(false);
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
        var template = (VcdTemplate)await new TemplateUploader(_session, _observer, upload, progress).RunAsync(cancellationToken).ConfigureAwait(false);
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

            await Task.Delay(FirstPoll, time, cancellationToken).ConfigureAwait(false);
        }
    }

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
