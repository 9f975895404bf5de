using System.ComponentModel;
using System.Globalization;
using System.Net;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>
/// One upload, from the check of the file to the last byte (facts/vcd.md, "OVF upload" 6 and "Media upload"). A transfer request is never repeated: after a broken connection, a lost answer or a 416
/// the server is asked how many bytes it has, and the upload goes on there. That also holds across processes (<see cref="VcdUploadState"/>).
/// </summary>
internal sealed class MediaUploader
{
    // How often in a row nothing more may arrive before the upload gives up: with the waits below about four minutes, and each question to the server is itself repeated.
    private const int AttemptsWithoutProgress = 10;
    private const long SmallestChunk = 1024 * 1024;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly VcdSession _session;
    private readonly IRequestObserver _observer;
    private readonly VcdMediaUpload _upload;
    private readonly Action<VcdTransferProgress>? _progress;
    private readonly TimeProvider _time;
    private bool _stateLost;

    public MediaUploader(VcdSession session, IRequestObserver observer, VcdMediaUpload upload, Action<VcdTransferProgress>? progress)
    {
        _session = session;
        _observer = observer;
        _upload = upload;
        _progress = progress;
        _time = session.Settings.Time;
    }

    public async Task<VcdMedia> RunAsync(CancellationToken cancellationToken)
    {
        if (!VcdXml.IsWritable(_upload.Name) || !VcdXml.IsWritable(_upload.Description ?? string.Empty))
        {
            throw _session.Error(OrchestratorErrorKind.Validation, "The name or the description holds a character that XML cannot hold.", "Leave out control characters.");
        }

        using var file = OpenFile();
        var length = RandomAccess.GetLength(file);
        var written = File.GetLastWriteTimeUtc(file);
        if (length == 0)
        {
            throw LocalFile($"'{_upload.Path}' is empty; there is nothing to upload.");
        }

        using var state = OpenState();
        using var hash = new PrefixHash(state?.Record?.PrefixKey);
        var source = new Source(file, length, written, hash);
        var (media, position) = await FindOrCreateAsync(source, state, cancellationToken).ConfigureAwait(false);
        var keeper = new VcdSessionKeeper(_session, _observer);
        await using (keeper.ConfigureAwait(false))
        {
            media = await TransferAsync(source, media, position, state, cancellationToken).ConfigureAwait(false);
        }

        Forget(state);
        media.Catalog = _upload.CatalogName;
        return media;
    }

    private Microsoft.Win32.SafeHandles.SafeFileHandle OpenFile()
    {
        try
        {
            // Who reads does not hinder others from reading; who wants to write is kept out where the system can do that.
            return File.OpenHandle(_upload.Path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw LocalFile(
                e switch
                {
                    FileNotFoundException or DirectoryNotFoundException => $"There is no file '{_upload.Path}'.",
                    UnauthorizedAccessException when Directory.Exists(_upload.Path) => $"'{_upload.Path}' is a folder.",
                    UnauthorizedAccessException => $"'{_upload.Path}' may not be read by this user.",
                    _ => $"'{_upload.Path}' cannot be opened: {e.Message}",
                },
                e);
        }
    }

    private VcdUploadState? OpenState()
    {
        var folder = _upload.StateFolder ?? VcdUploadState.DefaultFolder;
        try
        {
            return VcdUploadState.Open(folder, _session.Server, _session.Scope, _upload.CatalogHref, _upload.Name);
        }
        catch (IOException e) when (VcdUploadState.IsLocked(e))
        {
            throw _session.Error(OrchestratorErrorKind.Conflict, $"Another process of this machine is uploading '{_upload.Name}' into catalog '{_upload.CatalogName}'.", "Wait until it has ended.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _stateLost = true;
            _observer.Warning($"The upload is not recorded, because '{folder}' cannot be written ({e.Message.TrimEnd('.')}). If it is interrupted, going on needs -Resume.");
            return null;
        }
    }

    // Decides whether to go on or to begin, all before the first byte. Returns the media and how many bytes the server has.
    private async Task<(VcdMedia Media, long Position)> FindOrCreateAsync(Source source, VcdUploadState? state, CancellationToken cancellationToken)
    {
        var catalog = await _session.GetXmlAsync(_session.Resolve(_upload.CatalogHref), _observer, cancellationToken, "Catalog", "AdminCatalog").ConfigureAwait(false);
        var add = VcdLink.Of(catalog).FirstOrDefault(l => l.Rel == "add" && string.Equals(l.Type, VcdBodies.MediaType, StringComparison.OrdinalIgnoreCase));
        var items = VcdXml.Child(catalog, "CatalogItems") is { } list ? VcdXml.Children(list, "CatalogItem") : [];
        var existing = items.FirstOrDefault(i => string.Equals(VcdXml.Text(i, "name"), _upload.Name, StringComparison.Ordinal));
        if (existing is not null && VcdXml.Text(existing, "href") is { } itemHref)
        {
            if (await ExistingAsync(itemHref, source, state, cancellationToken).ConfigureAwait(false) is { } found)
            {
                return found;
            }
        }

        if (add is null)
        {
            throw _session.Version! < VcdAssumptions.FirstWithCatalogUpload
                ? _session.Error(OrchestratorErrorKind.Validation, $"API {_session.ApiVersion} adds media to a virtual data center, not to a catalog; that is not supported here. Catalogs take uploads from API {VcdAssumptions.FirstWithCatalogUpload} on.", "Upload with the server's own portal.")
                : _session.Error(OrchestratorErrorKind.Permission, $"Catalog '{_upload.CatalogName}' takes no media from '{_session.User}': it is read-only for this user (the server names no way to add media).", "Choose a catalog of your own organization, or ask for the right to add to this one.");
        }

        Forget(state);
        Save(state, NewRecord(source, null));
        return (await CreateAsync(add.Href, source, state, cancellationToken).ConfigureAwait(false), 0);
    }

    private async Task<VcdMedia> CreateAsync(string address, Source source, VcdUploadState? state, CancellationToken cancellationToken)
    {
        var request = _session.NewRequest(HttpMethod.Post, _session.Resolve(address));
        request.Content = new ByteArrayContent(VcdXml.ToBytes(VcdBodies.Media(_upload.Name, _upload.Description, source.Length, VcdAssumptions.ImageTypeOf(_upload.Path))));
        request.Content.Headers.TryAddWithoutValidation("Content-Type", VcdBodies.MediaType);
        request.Options.Set(RequestKeys.OutcomeHint, "Run the same command again: it looks whether the item was made, and goes on with it if so.");
        System.Xml.Linq.XElement made;
        try
        {
            made = await _session.SendForXmlAsync(request, RequestClass.Change, _observer, cancellationToken, "CatalogItem", "Media").ConfigureAwait(false);
        }
        catch (OrchestratorApiException e) when (e.Kind is not OrchestratorErrorKind.OutcomeUnknown)
        {
            // Nothing was made: what comes later under this name is somebody else's.
            Forget(state);
            throw;
        }

        // facts/vcd.md, "Media upload": 201 with the catalog item from 5.5 on, with the media itself before.
        var href = made.Name.LocalName == "Media"
            ? VcdXml.Text(made, "href")
            : VcdXml.Child(made, "Entity") is { } entity ? VcdXml.Text(entity, "href") : null;
        if (href is null)
        {
            throw _session.Error(OrchestratorErrorKind.Protocol, $"The server made '{_upload.Name}', but does not say where it is.", "Run the same command again.");
        }

        Save(state, NewRecord(source, href));
        return await VcdClient.GetMediaAsync(_session, href, _observer, cancellationToken).ConfigureAwait(false);
    }

    // What stands in the catalog under the name: null where it was removed (-Force), else what to go on with; an error where it is something else.
    private async Task<(VcdMedia Media, long Position)?> ExistingAsync(string itemHref, Source source, VcdUploadState? state, CancellationToken cancellationToken)
    {
        var item = await _session.GetXmlAsync(_session.Resolve(itemHref), _observer, cancellationToken, "CatalogItem").ConfigureAwait(false);
        var entity = VcdXml.Child(item, "Entity");
        var href = entity is null ? null : VcdXml.Text(entity, "href");
        var isMedia = entity is not null && (VcdXml.Text(entity, "type")?.Contains("media", StringComparison.OrdinalIgnoreCase) ?? href?.Contains("/media/", StringComparison.OrdinalIgnoreCase) ?? false);
        if (!isMedia || href is null)
        {
            throw _session.Error(OrchestratorErrorKind.Conflict, $"Catalog '{_upload.CatalogName}' has an item '{_upload.Name}' that is no media.", "Choose another name with -Name.");
        }

        var media = await VcdClient.GetMediaAsync(_session, href, _observer, cancellationToken).ConfigureAwait(false);
        var record = state?.Record;
        var isOurs = record is not null && (record.Href is null ? media.IsBeingUploaded && media.BytesTransferred == 0 : VcdObject.IsSame(record.Href, href));
        var isImported = media.IsBeingUploaded && media.BytesTransferred >= media.Size && media.Task is { IsFinished: false };
        if (isImported && !isOurs && !_upload.Resume)
        {
            throw Exists("; all of it was sent, and the server is importing it");
        }

        if (_upload.Force)
        {
            if (!isImported && (media.IsBeingUploaded || media.IsFailed))
            {
                await RemoveAsync(itemHref, media, cancellationToken).ConfigureAwait(false);
                Forget(state);
                return null;
            }

            throw Exists("; -Force removes unfinished uploads only");
        }

        if (media.IsFailed)
        {
            throw _session.Error(OrchestratorErrorKind.Conflict, $"Catalog '{_upload.CatalogName}' has the remains of a failed upload under the name '{_upload.Name}'.", "Run the command with -Force: it removes them and begins anew.");
        }

        if (!media.IsBeingUploaded && !isOurs)
        {
            throw Exists(string.Empty);
        }

        if (!isOurs && !_upload.Resume)
        {
            var stands = media.BytesTransferred is { } bytes ? string.Create(CultureInfo.InvariantCulture, $" ({bytes} of {media.Size} bytes)") : string.Empty;
            throw _session.Error(OrchestratorErrorKind.Conflict, $"Catalog '{_upload.CatalogName}' has an unfinished upload '{_upload.Name}'{stands} that this machine has no record of: whether it is of this file cannot be checked.", "If you know that it is, run the command with -Resume; to remove it and begin anew, with -Force.");
        }

        if (media.Size != source.Length)
        {
            throw LocalFile(string.Create(CultureInfo.InvariantCulture, $"The unfinished upload '{_upload.Name}' is of a file of {media.Size} bytes; '{_upload.Path}' has {source.Length}. It is another file, or it has changed."), null, "Run the command with -Force: it removes what was sent and begins anew.");
        }

        var stored = media.IsBeingUploaded ? media.Files[0].BytesTransferred : source.Length;
        await VerifyAsync(source, isOurs ? record : null, stored, cancellationToken).ConfigureAwait(false);
        Save(state, NewRecord(source, href) with { PrefixLength = source.Hash.Position, PrefixMac = source.Hash.Current() });
        _observer.Verbose(string.Create(CultureInfo.InvariantCulture, $"Going on with the upload of '{_upload.Name}' at byte {stored} of {source.Length}."));
        return (media, stored);

        OrchestratorApiException Exists(string more)
            => _session.Error(OrchestratorErrorKind.Conflict, $"Catalog '{_upload.CatalogName}' already has an item '{_upload.Name}'{more}.", "Choose another name with -Name, or remove the item first.");
    }

    /// <summary>Reads the part of the file that was sent earlier and compares it with what is on record.</summary>
    private async Task VerifyAsync(Source source, VcdUploadRecord? record, long stored, CancellationToken cancellationToken)
    {
        var recorded = record?.PrefixLength ?? 0;
        if (record is not null && stored > recorded && !_upload.Resume)
        {
            throw _session.Error(OrchestratorErrorKind.Conflict, string.Create(CultureInfo.InvariantCulture, $"The server has {stored} bytes of '{_upload.Name}', but this machine has recorded only {recorded}: somebody else has sent some too."), "If you know that they are of this file, run the command with -Resume; to remove them and begin anew, with -Force.");
        }

        if (stored > source.Length)
        {
            throw _session.Error(OrchestratorErrorKind.Protocol, string.Create(CultureInfo.InvariantCulture, $"The server says that it has {stored} bytes of '{_upload.Name}', which has {source.Length}."));
        }

        var end = PrefixHash.BlockEnd(Math.Max(stored, recorded), source.Length);
        if (end == 0)
        {
            return;
        }

        try
        {
            await Task.Run(() => HashTo(source, recorded, record, end, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw LocalFile($"'{_upload.Path}' cannot be read: {e.Message}", e);
        }
    }

    private void HashTo(Source source, long recorded, VcdUploadRecord? record, long end, CancellationToken cancellationToken)
    {
        var buffer = GC.AllocateUninitializedArray<byte>((int)Math.Min(PrefixHash.BlockSize, end));
        while (source.Hash.Position < end)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var at = source.Hash.Position;
            var length = (int)(PrefixHash.BlockEnd(at + 1, end) - at);
            for (var filled = 0; filled < length;)
            {
                var read = RandomAccess.Read(source.File, buffer.AsSpan(filled, length - filled), at + filled);
                filled += read > 0 ? read : throw new EndOfStreamException(string.Create(CultureInfo.InvariantCulture, $"it ends after {at + filled} bytes"));
            }

            source.Hash.Append(at, buffer.AsSpan(0, length));
            _progress?.Invoke(new VcdTransferProgress(VcdTransferPhase.Verifying, source.Hash.Position, end));

            // A record that ends within a block was not written by this code, and says nothing.
            if (at < recorded && source.Hash.Position >= recorded && !(source.Hash.Position == recorded && string.Equals(source.Hash.Current(), record!.PrefixMac, StringComparison.OrdinalIgnoreCase)))
            {
                throw LocalFile(string.Create(CultureInfo.InvariantCulture, $"The first {recorded} bytes of '{_upload.Path}' are not those that were sent as '{_upload.Name}' before: the file has changed, or it is another one."), null, "Run the command with -Force: it removes what was sent and begins anew.");
            }
        }
    }

    private async Task RemoveAsync(string itemHref, VcdMedia media, CancellationToken cancellationToken)
    {
        _observer.Verbose($"Removing the unfinished upload '{media.Name}'.");
        using (var request = _session.NewRequest(HttpMethod.Delete, _session.Resolve(media.Links.FirstOrDefault(l => l.Rel == "remove")?.Href ?? media.Href)))
        {
            request.Options.Set(RequestKeys.OutcomeHint, "Run the same command again.");
            using var response = await _session.SendAsync(request, RequestClass.Change, _observer, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode is not HttpStatusCode.NoContent)
            {
                var client = new VcdClient(_session, _observer);
                var task = new VcdTask(await _session.ReadXmlAsync(request, response, RequestClass.Change, cancellationToken, "Task").ConfigureAwait(false));
                task = await client.WaitTaskAsync(task.Href, null, null, cancellationToken).ConfigureAwait(false);
                if (client.FailureOf(task) is { } failure)
                {
                    throw failure;
                }
            }
        }

        // Where the item stays behind without its media, it goes too; mostly it went with it.
        try
        {
            using var request = _session.NewRequest(HttpMethod.Delete, _session.Resolve(itemHref));
            using var response = await _session.SendAsync(request, RequestClass.Idempotent, _observer, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.NotFound)
        {
            // It went with the media.
        }
    }

    private async Task<VcdMedia> TransferAsync(Source source, VcdMedia media, long position, VcdUploadState? state, CancellationToken cancellationToken)
    {
        var chunk = Math.Max(1, _upload.ChunkSize);
        var reached = position;
        var attempts = 0;
        while (position < source.Length)
        {
            var address = TransferAddress(media);
            OrchestratorApiException failure;
            var feed = new FileFeed(source.File, position, source.Length, source.Hash, () => Record(source, state));
            await using (feed.ConfigureAwait(false))
            {
                try
                {
                    while (position < source.Length)
                    {
                        EnsureUnchanged(source);
                        var count = Math.Min(chunk, source.Length - position);
                        await SendChunkAsync(feed, address, position, count, source.Length, cancellationToken).ConfigureAwait(false);
                        position += count;
                        Garbage.Passed((int)Math.Min(count, int.MaxValue));
                        reached = Math.Max(reached, position);
                        attempts = 0;
                    }

                    EnsureUnchanged(source);
                    await feed.ReturnBuffersAsync().ConfigureAwait(false);
                    break;
                }
                catch (OrchestratorApiException e) when (feed.Fault is { } fault)
                {
                    throw LocalFile($"'{_upload.Path}' could not be read on at byte {position}: {fault.Message}", e);
                }
                catch (OrchestratorApiException e) when (MayGoOn(e))
                {
                    failure = e;
                }
                catch (OrchestratorApiException e) when (e.Kind is not OrchestratorErrorKind.LocalFile)
                {
                    throw WithAdvice(e, position, source.Length);
                }
            }

            // Whatever became of the piece, the server knows how much it has.
            while (true)
            {
                if (attempts >= AttemptsWithoutProgress)
                {
                    throw WithAdvice(failure, position, source.Length);
                }

                await PauseAsync(attempts, failure, position, source.Length, cancellationToken).ConfigureAwait(false);
                attempts++;
                try
                {
                    media = await VcdClient.GetMediaAsync(_session, media.Href, _observer, cancellationToken).ConfigureAwait(false);
                }
                catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.Unreachable or OrchestratorErrorKind.Timeout or OrchestratorErrorKind.ServerError or OrchestratorErrorKind.RateLimited)
                {
                    failure = e;
                    continue;
                }
                catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.NotFound)
                {
                    Forget(state);
                    throw _session.Error(OrchestratorErrorKind.Failed, $"The unfinished upload '{_upload.Name}' is no longer at the server: somebody removed it, or the server gave it up.", "Run the same command again: it begins anew.", e);
                }

                break;
            }

            if (!media.IsBeingUploaded)
            {
                // All of it arrived although the last answer did not: the server is at the import, or done with it.
                if (!media.IsFailed && (media.StatusCode is 1 || media.Tasks.Any(t => !t.IsFailed)))
                {
                    break;
                }

                throw Ended(media, failure);
            }

            position = media.Files[0].BytesTransferred;
            if (position > source.Length || position < 0)
            {
                throw _session.Error(OrchestratorErrorKind.Protocol, string.Create(CultureInfo.InvariantCulture, $"The server says that it has {position} bytes of '{_upload.Name}', which has {source.Length}."));
            }

            if (position > reached)
            {
                reached = position;
                attempts = 0;
            }
            else if (chunk > SmallestChunk && attempts > 1)
            {
                // A proxy on the way may bear smaller requests than this.
                chunk = Math.Max(SmallestChunk, chunk / 2);
                _observer.Verbose(string.Create(CultureInfo.InvariantCulture, $"Nothing more arrived; going on with pieces of {chunk} bytes."));
            }

            _observer.Verbose(string.Create(CultureInfo.InvariantCulture, $"The server has {position} of {source.Length} bytes; the upload goes on there."));
        }

        return await FinalStateAsync(media, cancellationToken).ConfigureAwait(false);
    }

    private async Task SendChunkAsync(FileFeed feed, Uri address, long offset, long count, long total, CancellationToken cancellationToken)
    {
        var activity = new ActivityClock();
        var sent = offset;
        using var request = new HttpRequestMessage(HttpMethod.Put, address);
        request.Options.Set(RequestKeys.Activity, activity);
        request.Content = new FeedContent(feed, offset, count, total, activity, bytes =>
        {
            sent += bytes;
            _progress?.Invoke(new VcdTransferProgress(VcdTransferPhase.Sending, sent, total));
        });
        using var response = await _session.SendAsync(request, RequestClass.Transfer, _observer, cancellationToken).ConfigureAwait(false);
    }

    // Only what asking the server again cannot mend ends the upload at once.
    private static bool MayGoOn(OrchestratorApiException e) => e.StatusCode switch
    {
        HttpStatusCode.RequestedRangeNotSatisfiable or HttpStatusCode.RequestEntityTooLarge => true,
        { } status when (int)status is 401 or 403 or 404 or 408 or 409 or 410 or 429 or >= 500 => true,
        { } => false,
        null => e.Kind is OrchestratorErrorKind.Unreachable or OrchestratorErrorKind.Timeout,
    };

    private Uri TransferAddress(VcdMedia media)
    {
        var address = media.Files.Count > 0 ? media.Files[0].Upload : null;
        if (address is null)
        {
            throw _session.Error(OrchestratorErrorKind.Protocol, $"The server waits for '{media.Name}', but names no address to send it to.", "Run the command with -Force: it removes what was sent and begins anew.");
        }

        return address.Scheme == Uri.UriSchemeHttps || address.IsLoopback
            ? address
            : throw _session.Error(OrchestratorErrorKind.Protocol, $"The server names a transfer address at {address.Host} that is not HTTPS; the file would cross the network in the clear.", "Its administrator has to set a public address with https.");
    }

    private async Task PauseAsync(int attempt, OrchestratorApiException failure, long position, long total, CancellationToken cancellationToken)
    {
        // A refused range says at once where to go on; everything else may need a moment.
        if (attempt == 0 && failure.StatusCode is HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return;
        }

        var seconds = Math.Min(LongestPause.TotalSeconds, FirstPause.TotalSeconds * Math.Pow(2, attempt));
        var pause = TimeSpan.FromSeconds(seconds * (0.75 + (Random.Shared.NextDouble() / 2)));
        _observer.Verbose(string.Create(CultureInfo.InvariantCulture, $"The upload was interrupted ({failure.Message.TrimEnd('.')}); asking the server in {pause.TotalSeconds:0.#} s what it has."));
        _progress?.Invoke(new VcdTransferProgress(VcdTransferPhase.Waiting, position, total));
        await Task.Delay(pause, _time, cancellationToken).ConfigureAwait(false);
    }

    // The import's task may begin a moment after the last byte.
    private async Task<VcdMedia> FinalStateAsync(VcdMedia media, CancellationToken cancellationToken)
    {
        for (var look = 0; ; look++)
        {
            media = await VcdClient.GetMediaAsync(_session, media.Href, _observer, cancellationToken).ConfigureAwait(false);
            if (media.IsFailed)
            {
                throw Ended(media, null);
            }

            if (media.Tasks.Count > 0 || media.StatusCode is 1 || look == 3)
            {
                return media;
            }

            await Task.Delay(FirstPause, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private OrchestratorApiException Ended(VcdMedia media, Exception? inner)
    {
        var reason = media.Task is { IsFailed: true } task ? task.Reason() : "ended at the server before all of it was sent (an unfinished transfer is given up after an hour without a byte)";
        return _session.Error(OrchestratorErrorKind.Failed, $"The upload of '{_upload.Name}' {reason}.", "Run the command with -Force: it removes what was sent and begins anew.", inner);
    }

    private OrchestratorApiException WithAdvice(OrchestratorApiException e, long position, long total)
    {
        var advice = e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone
            ? "The server has given the transfer up. Run the command with -Force: it removes what was sent and begins anew."
            : (_stateLost ? "Run the same command with -Resume" : "Run the same command again") + ": it goes on with what the server has. A server keeps an unfinished upload for an hour, if nobody set another time.";
        return new OrchestratorApiException(e.System, e.Kind, string.Create(CultureInfo.InvariantCulture, $"The upload of '{_upload.Name}' stopped at byte {position} of {total}: {e.Message}"), e)
        {
            StatusCode = e.StatusCode,
            ServerCode = e.ServerCode,
            ServerMessage = e.ServerMessage,
            RequestId = e.RequestId,
            Method = e.Method,
            Uri = e.Uri,
            RecommendedAction = e.Kind is OrchestratorErrorKind.Certificate ? $"{e.RecommendedAction} {advice}" : advice,
        };
    }

    private void EnsureUnchanged(Source source)
    {
        try
        {
            if (RandomAccess.GetLength(source.File) == source.Length && File.GetLastWriteTimeUtc(source.File) == source.LastWriteTime)
            {
                return;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw LocalFile($"'{_upload.Path}' can no longer be read: {e.Message}", e);
        }

        throw LocalFile($"'{_upload.Path}' has changed while it was being uploaded. What was sent is of no use.", null, "Run the command with -Force: it removes what was sent and begins anew.");
    }

    private void Record(Source source, VcdUploadState? state)
        => Write(state, s => s.Advance(source.Hash.Position, source.Hash.Current()));

    private VcdUploadRecord NewRecord(Source source, string? href) => new()
    {
        Server = _session.Server.GetLeftPart(UriPartial.Authority),
        Catalog = _upload.CatalogName,
        Name = _upload.Name,
        Href = href,
        Path = Path.GetFullPath(_upload.Path),
        Length = source.Length,
        LastWriteTime = new DateTimeOffset(source.LastWriteTime),
        PrefixKey = source.Hash.Key,
    };

    private void Save(VcdUploadState? state, VcdUploadRecord record) => Write(state, s => s.Save(record));

    private void Write(VcdUploadState? state, Action<VcdUploadState> write)
    {
        if (state is null || _stateLost)
        {
            return;
        }

        try
        {
            write(state);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Win32Exception)
        {
            // A record that does not grow must not be taken for what was sent.
            _stateLost = true;
            Forget(state);
            _observer.Warning($"The upload is no longer recorded ({e.Message.TrimEnd('.')}). If it is interrupted, going on needs -Resume.");
        }
    }

    private static void Forget(VcdUploadState? state)
    {
        try
        {
            state?.Forget();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A record that stays behind says less than the server has; the next upload of the name sees that.
        }
    }

    private OrchestratorApiException LocalFile(string message, Exception? inner = null, string? action = null)
        => _session.Error(OrchestratorErrorKind.LocalFile, message, action ?? "Check -Path.", inner);

    private sealed record Source(Microsoft.Win32.SafeHandles.SafeFileHandle File, long Length, DateTime LastWriteTime, PrefixHash Hash);
}
