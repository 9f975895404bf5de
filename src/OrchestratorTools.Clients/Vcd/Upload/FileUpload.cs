using System.Diagnostics;
using System.Globalization;
using System.Net;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>
/// Sends one file of an upload to its last byte (facts/vcd.md, "OVF upload" 6): ranges, strictly one behind the other. A transfer request is never repeated: after a broken connection, a lost answer
/// or a 416 the server is asked how many bytes it has, and the file goes on there. What was sent by an earlier run is read once, for the comparison with the record and for the manifest's digests.
/// </summary>
internal sealed class FileUpload
{
    // How often in a row nothing more may arrive before the upload gives up: with the waits below about four minutes, and each question to the server is itself repeated.
    private const int AttemptsWithoutProgress = 10;
    private const long SmallestChunk = 1024 * 1024;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly UploadRun _run;
    private readonly UploadFile _file;
    private readonly long _length;

    /// <summary>Makes the upload of a file.</summary>
    /// <param name="run">The upload that it belongs to.</param>
    /// <param name="file">The file.</param>
    public FileUpload(UploadRun run, UploadFile file)
    {
        _run = run;
        _file = file;
        _length = file.Source.Length;
    }

    /// <summary>Sends what the server does not have yet. Throws <see cref="ManifestMismatchException"/> where the file is not the manifest's; its last block was not sent then.</summary>
    /// <param name="entity">The media or template as it was a moment ago.</param>
    /// <param name="cancellationToken">Ends it; what was sent stays.</param>
    public async Task RunAsync(VcdResource entity, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var start = entity.WaitsForBytes ? _file.Find(entity)?.BytesTransferred ?? _length : _length;
        if (start > _length || start < 0)
        {
            throw TooMuch(start);
        }

        _run.Reached(_file, start);
        await VerifyAsync(start, cancellationToken).ConfigureAwait(false);
        if (start > 0)
        {
            _run.Verbose(string.Create(CultureInfo.InvariantCulture, $"Going on with the upload of {_run.NameOf(_file)} at byte {start} of {_length}."));
        }

        if (_length == 0)
        {
            await SendEmptyAsync(entity, cancellationToken).ConfigureAwait(false);
        }
        else if (start < _length)
        {
            await SendAsync(entity, start, cancellationToken).ConfigureAwait(false);
        }

        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var rate = took > 0 ? (_length - start) / took / (1024 * 1024) : 0;
        var compared = _file.Algorithms.Length > 0 ? $", as the manifest says ({_file.Algorithms})" : string.Empty;
        _run.Verbose(string.Create(CultureInfo.InvariantCulture, $"{_run.NameOf(_file)}: {_length - start} bytes sent in {took:0.0} s ({rate:0.0} MiB/s), {_length} in all{compared}."));
    }

    /// <summary>Reads the part of the file that was sent earlier: compares it with what is on record, and counts it into the manifest's digests.</summary>
    private async Task VerifyAsync(long stored, CancellationToken cancellationToken)
    {
        var recorded = _file.Recorded?.PrefixLength ?? 0;
        if (stored > recorded && !_run.Upload.Resume)
        {
            throw _run.Session.Error(OrchestratorErrorKind.Conflict, string.Create(CultureInfo.InvariantCulture, $"The server has {stored} bytes of {_run.NameOf(_file)}, but this machine has recorded only {recorded}: somebody else has sent some too."), "If you know that they are of this file, run the command with -Resume; to remove them and begin anew, with -Force.");
        }

        // A new key's fingerprint says nothing about an old one's.
        recorded = Math.Min(recorded, _length);
        var end = PrefixHash.BlockEnd(Math.Max(stored, recorded), _length);
        if (end == 0)
        {
            return;
        }

        try
        {
            await Task.Run(() => ReadTo(end, recorded, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw LocalFile.Error($"'{_file.Source.Path}' cannot be read: {e.Message}", inner: e);
        }

        _run.Recorder.Advance(_file.Index, _file.Hash);
    }

    private void ReadTo(long end, long recorded, CancellationToken cancellationToken)
    {
        var hash = _file.Hash;
        var buffer = GC.AllocateUninitializedArray<byte>((int)Math.Min(PrefixHash.BlockSize, end));
        while (hash.Position < end)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var at = hash.Position;
            var block = buffer.AsSpan(0, (int)(PrefixHash.BlockEnd(at + 1, end) - at));
            _file.Source.ReadExactly(block, at);
            _file.Digest?.Append(at, block);
            hash.Append(at, block);
            _run.Report(_file, VcdTransferPhase.Verifying, hash.Position, end);

            // A record that ends within a block was not written by this code, and says nothing.
            if (at < recorded && hash.Position >= recorded && !(hash.Position == recorded && string.Equals(hash.Current(), _file.Recorded!.PrefixMac, StringComparison.OrdinalIgnoreCase)))
            {
                throw LocalFile.Error(string.Create(CultureInfo.InvariantCulture, $"The first {recorded} bytes of '{_file.Source.Path}' are not those that were sent as {_run.NameOf(_file)} before: the file has changed, or it is another one."), "Run the command with -Force: it removes what was sent and begins anew.");
            }
        }
    }

    private async Task SendAsync(VcdResource entity, long position, CancellationToken cancellationToken)
    {
        var chunk = Math.Max(1, _run.Upload.ChunkSize);
        var reached = position;
        var attempts = 0;
        while (position < _length)
        {
            var address = TransferAddress(entity);
            OrchestratorApiException failure;
            var feed = new FileFeed(_file.Source, position, _length, _file.Hash, _file.Digest, () => _run.Recorder.Advance(_file.Index, _file.Hash));
            await using (feed.ConfigureAwait(false))
            {
                try
                {
                    while (position < _length)
                    {
                        _file.Source.EnsureUnchanged();
                        var count = Math.Min(chunk, _length - position);
                        await SendChunkAsync(feed, address, position, count, cancellationToken).ConfigureAwait(false);
                        position += count;
                        Garbage.Passed((int)Math.Min(count, int.MaxValue));
                        reached = Math.Max(reached, position);
                        attempts = 0;
                    }

                    _file.Source.EnsureUnchanged();
                    await feed.ReturnBuffersAsync().ConfigureAwait(false);
                    break;
                }
                catch (OrchestratorApiException) when (feed.Fault is ManifestMismatchException mismatch)
                {
                    throw new ManifestMismatchException(mismatch.Message);
                }
                catch (OrchestratorApiException e) when (feed.Fault is { } fault)
                {
                    throw LocalFile.Error(string.Create(CultureInfo.InvariantCulture, $"'{_file.Source.Path}' could not be read on at byte {position}: {fault.Message}"), inner: e);
                }
                catch (OrchestratorApiException e) when (MayGoOn(e))
                {
                    failure = e;
                }
                catch (OrchestratorApiException e) when (e.Kind is not OrchestratorErrorKind.LocalFile)
                {
                    throw _run.WithAdvice(e, _file, position);
                }
            }

            // Whatever became of the piece, the server knows how much it has.
            while (true)
            {
                if (attempts >= AttemptsWithoutProgress)
                {
                    throw _run.WithAdvice(failure, _file, position);
                }

                await PauseAsync(attempts, failure, position, cancellationToken).ConfigureAwait(false);
                attempts++;
                try
                {
                    entity = await _run.RefreshAsync(cancellationToken).ConfigureAwait(false);
                }
                catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.Unreachable or OrchestratorErrorKind.Timeout or OrchestratorErrorKind.ServerError or OrchestratorErrorKind.RateLimited)
                {
                    failure = e;
                    continue;
                }
                catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.NotFound)
                {
                    _run.Recorder.Forget();
                    throw _run.Session.Error(OrchestratorErrorKind.Failed, $"The unfinished upload '{_run.Upload.Name}' is no longer at the server: somebody removed it, or the server gave it up.", "Run the same command again: it begins anew.", e);
                }

                break;
            }

            if (!entity.WaitsForBytes)
            {
                // All of it arrived although the last answer did not: the server is at the import, or done with it.
                if (!entity.IsUploadDead && (VcdAssumptions.IsImported(entity.StatusCode) || entity.Tasks.Any(t => !t.IsFailed)))
                {
                    break;
                }

                throw _run.Ended(entity, failure);
            }

            position = _file.Find(entity) is { } file ? file.BytesTransferred : throw _run.Protocol($"The server no longer lists '{_file.Name}' among the files of '{_run.Upload.Name}'.", "Run the command with -Force: it removes what was sent and begins anew.");
            if (position > _length || position < 0)
            {
                throw TooMuch(position);
            }

            if (position > _file.Hash.Position)
            {
                throw _run.Session.Error(OrchestratorErrorKind.Conflict, string.Create(CultureInfo.InvariantCulture, $"The server has {position} bytes of {_run.NameOf(_file)}, more than were sent from here: somebody else sends too."), "Run the command with -Force: it removes what was sent and begins anew.");
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
                _run.Verbose(string.Create(CultureInfo.InvariantCulture, $"Nothing more arrived; going on with pieces of {chunk} bytes."));
            }

            _run.Verbose(string.Create(CultureInfo.InvariantCulture, $"The server has {position} of {_length} bytes; the upload of {_run.NameOf(_file)} goes on there."));
        }

        _run.Reached(_file, _length);
    }

    private async Task SendChunkAsync(FileFeed feed, Uri address, long offset, long count, CancellationToken cancellationToken)
    {
        var activity = new ActivityClock();
        var sent = offset;
        using var request = new HttpRequestMessage(HttpMethod.Put, address);
        request.Options.Set(RequestKeys.Activity, activity);
        request.Content = new FeedContent(feed, offset, count, _length, activity, bytes =>
        {
            sent += bytes;
            _run.Report(_file, VcdTransferPhase.Sending, sent, _length);
        });
        if (_file.ContentType is { } type)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            if (count == _length)
            {
                // The server does not know a descriptor's size before it came (facts/vcd.md, "OVF upload" 3 and 4): no range is claimed of it.
                request.Content.Headers.ContentRange = null;
            }
        }

        await _run.PutAsync(request, cancellationToken).ConfigureAwait(false);
    }

    // No range says "nothing"; an empty file is complete with an empty request (VcdAssumptions.EmptyFilesAreSent).
    private async Task SendEmptyAsync(VcdResource entity, CancellationToken cancellationToken)
    {
        if (!VcdAssumptions.EmptyFilesAreSent || !entity.WaitsForBytes)
        {
            return;
        }

        using var request = new HttpRequestMessage(HttpMethod.Put, TransferAddress(entity)) { Content = new ByteArrayContent([]) };
        try
        {
            await _run.PutAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e) when (e.StatusCode is HttpStatusCode.RequestedRangeNotSatisfiable or HttpStatusCode.Gone)
        {
            _run.Verbose($"The server has the empty file {_run.NameOf(_file)} already.");
        }
        catch (OrchestratorApiException e)
        {
            throw _run.WithAdvice(e, _file, 0);
        }
    }

    // Only what asking the server again cannot mend ends the upload at once.
    private static bool MayGoOn(OrchestratorApiException e) => e.StatusCode switch
    {
        HttpStatusCode.RequestedRangeNotSatisfiable or HttpStatusCode.RequestEntityTooLarge => true,
        { } status when (int)status is 401 or 403 or 404 or 408 or 409 or 410 or 429 or >= 500 => true,
        { } => false,
        null => e.Kind is OrchestratorErrorKind.Unreachable or OrchestratorErrorKind.Timeout,
    };

    private Uri TransferAddress(VcdResource entity)
    {
        if (_file.Find(entity)?.Upload is not { } address)
        {
            throw _run.Protocol($"The server waits for {_run.NameOf(_file)}, but names no address to send it to.", "Run the command with -Force: it removes what was sent and begins anew.");
        }

        return address.Scheme == Uri.UriSchemeHttps || address.IsLoopback
            ? address
            : throw _run.Protocol($"The server names a transfer address at {address.Host} that is not HTTPS; the file would cross the network in the clear.", "Its administrator has to set a public address with https.");
    }

    private async Task PauseAsync(int attempt, OrchestratorApiException failure, long position, CancellationToken cancellationToken)
    {
        // A refused range says at once where to go on; everything else may need a moment.
        if (attempt == 0 && failure.StatusCode is HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return;
        }

        var seconds = Math.Min(LongestPause.TotalSeconds, FirstPause.TotalSeconds * Math.Pow(2, attempt));
        var pause = TimeSpan.FromSeconds(seconds * (0.75 + (Random.Shared.NextDouble() / 2)));
        _run.Verbose(string.Create(CultureInfo.InvariantCulture, $"The upload was interrupted ({failure.Message.TrimEnd('.')}); asking the server in {pause.TotalSeconds:0.#} s what it has."));
        _run.Report(_file, VcdTransferPhase.Waiting, position, _length);
        await Task.Delay(pause, _run.Time, cancellationToken).ConfigureAwait(false);
    }

    private OrchestratorApiException TooMuch(long stored)
        => _run.Protocol(string.Create(CultureInfo.InvariantCulture, $"The server says that it has {stored} bytes of {_run.NameOf(_file)}, which has {_length}."));
}
