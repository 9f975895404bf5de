using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>
/// One download, from the check of the target to the last rename (facts/vcd.md, "Download"). What is on the way stands in NAME.partial; a file has its name only when all of it is there and was checked.
/// An interrupted download goes on where it stopped, in another process too (<see cref="VcdDownloadState"/>), where the server honours a Range.
/// </summary>
internal sealed class Receiver : IDisposable
{
    private readonly VcdSession _session;
    private readonly IRequestObserver _observer;
    private readonly VcdReceive _receive;
    private readonly EntityDownload _entity;
    private readonly TransferDownload _transfer;
    private readonly DownloadTarget _target;
    private RemoteFile? _current;
    private long _currentDone;
    private long _allBefore;
    private long _allTotal;
    private long _rememberedAt;

    /// <summary>Makes one.</summary>
    public Receiver(VcdSession session, VcdTenant? tenant, IRequestObserver observer, VcdReceive receive)
    {
        _session = session;
        _observer = observer;
        _receive = receive;
        _entity = new EntityDownload(session, tenant, observer, receive, receive switch
        {
            { Kind: VcdReceiveKind.Media } => ["download:default"],
            { Format: VcdPackageFormat.Ova, Identity: true } => ["download:ovaIdentity", "download:identity"],
            { Format: VcdPackageFormat.Ova } => ["download:ovaDefault", "download:default"],
            { Identity: true } => ["download:identity"],
            _ => ["download:default"],
        });
        _transfer = new TransferDownload(session, observer, _entity.RenewAsync, phase => Report(phase, _currentDone));
        _target = new DownloadTarget(session, observer, receive);
    }

    /// <summary>Receives it and returns the file that was written; of a folder, the descriptor.</summary>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var target = _target;
        target.Open();
        await _entity.ReadAsync(cancellationToken).ConfigureAwait(false);
        target.MakeFolder();
        _entity.MustClose = target.WasEnabled;
        var keeper = new VcdSessionKeeper(_session, _observer);
        await using (keeper.ConfigureAwait(false))
        {
            try
            {
                await _entity.OpenAsync(() => target.RememberEnabled(enabled: true), cancellationToken).ConfigureAwait(false);
                var written = _entity.Rel switch
                {
                    "download:ovaDefault" or "download:ovaIdentity" => await ReceiveArchiveAsync(cancellationToken).ConfigureAwait(false),
                    _ when _receive.Kind is VcdReceiveKind.Media => await ReceiveMediaAsync(cancellationToken).ConfigureAwait(false),
                    _ when _receive.Format is VcdPackageFormat.Ova => await PackAsync(cancellationToken).ConfigureAwait(false),
                    _ => await ReceiveFolderAsync(cancellationToken).ConfigureAwait(false),
                };
                target.Forget();
                return written;
            }
            catch (DownloadStorageException e)
            {
                throw StorageFailed(e);
            }
            catch (OrchestratorApiException e) when (_current is not null && e.Kind is not OrchestratorErrorKind.LocalFile and not OrchestratorErrorKind.WrongState)
            {
                throw WithAdvice(e);
            }
            finally
            {
                target.RemoveEmptyFolder();
                await _entity.CloseAsync().ConfigureAwait(false);
                target.RememberEnabled(_entity.MustClose && target.WasEnabled);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _target.Dispose();

    private async Task<string> ReceiveMediaAsync(CancellationToken cancellationToken)
    {
        var file = VcdXml.Children(VcdXml.Child(_entity.Entity, "Files"), "File").FirstOrDefault();
        var size = (file is null ? null : VcdXml.Number(file, "size")) is { } said and >= 0 ? said : VcdXml.Number(_entity.Entity, "size");
        _allTotal = size ?? 0;
        _target.WarnOfRoom(_allTotal);
        await ReceiveFileAsync(_target.Path, new Wanted(_receive.FileName, () => _entity.Address, size), cancellationToken).ConfigureAwait(false);
        return _target.Path;
    }

    private async Task<string> ReceiveArchiveAsync(CancellationToken cancellationToken)
    {
        using var inspector = new OvaInspector();

        // A template does not change; of a vApp the server has to say that it is still the same archive.
        await ReceiveFileAsync(_target.Path, new Wanted(Path.GetFileName(_target.Path), () => _entity.Address, null) { Inspector = inspector, IsSame = _receive.Kind is VcdReceiveKind.Template }, cancellationToken).ConfigureAwait(false);
        return _target.Path;
    }

    private async Task<string> ReceiveFolderAsync(CancellationToken cancellationToken)
    {
        var package = await ReadPackageAsync(cancellationToken).ConfigureAwait(false);
        _target.WarnOfRoom(_allTotal);
        foreach (var file in package.Files)
        {
            await ReceiveFileAsync(Path.Combine(_target.Path, file.Name), WantedOf(package, file), cancellationToken).ConfigureAwait(false);
        }

        // The descriptor comes last: a folder that has one is whole.
        if (package.Manifest is { } manifest)
        {
            _target.WriteWhole(Path.Combine(_target.Path, package.ManifestName), manifest.Bytes);
        }

        var descriptor = Path.Combine(_target.Path, package.DescriptorName);
        _target.WriteWhole(descriptor, package.Descriptor);
        return descriptor;
    }

    // Writes the archive itself: the descriptor, the manifest, the files in the descriptor's order (DSP0243, "Distribution as a single file").
    private async Task<string> PackAsync(CancellationToken cancellationToken)
    {
        var package = await ReadPackageAsync(cancellationToken).ConfigureAwait(false);
        var files = new List<RemoteName>();
        foreach (var file in package.Files)
        {
            // A member's header tells its size before its first byte.
            files.Add(file.Size is not null ? file : file with
            {
                Size = await _transfer.SizeAsync(AddressOf(file), cancellationToken).ConfigureAwait(false)
                    ?? throw _session.Error(OrchestratorErrorKind.Validation, $"Neither the descriptor nor the server says how large '{file.Name}' is; an OVA cannot be written without that.", "Receive it with -Format Ovf."),
            });
        }

        _allTotal = files.Sum(f => f.Size!.Value);
        _target.WarnOfRoom(_allTotal);
        var time = _session.Settings.Time.GetUtcNow();
        var begun = _target.Knows(package.DescriptorName);
        using (var partial = _target.OpenPartial(_target.Path, begun, begun && package.IsSame))
        {
            if (!package.IsSame)
            {
                // Everything behind another descriptor has another place.
                _target.ForgetFiles();
            }

            _target.Remember(new VcdDownloadedFile { Name = package.DescriptorName, Size = package.Descriptor.Length });
            var at = WriteMember(partial, 0, package.DescriptorName, package.Descriptor, time);
            at = package.Manifest is { } manifest ? WriteMember(partial, at, package.ManifestName, manifest.Bytes, time) : at;
            foreach (var file in files)
            {
                var size = file.Size!.Value;
                at = DownloadTarget.Write(partial, at, TarOutput.Of(file.Name, size, time));
                await ReceiveSegmentAsync(partial, at, WantedOf(package, file), cancellationToken).ConfigureAwait(false);
                at = DownloadTarget.Write(partial, at + size, new byte[TarOutput.Padding(size)]);
            }

            partial.Truncate(DownloadTarget.Write(partial, at, TarOutput.End));
        }

        _target.Complete(_target.Path);
        return _target.Path;
    }

    private async Task<RemotePackage> ReadPackageAsync(CancellationToken cancellationToken)
    {
        var package = await RemotePackage.ReadAsync(_session, _observer, _transfer, () => _entity.Address, _receive.Name, cancellationToken).ConfigureAwait(false);
        package.IsSame = string.Equals(_target.Package, package.Fingerprint, StringComparison.Ordinal);
        if (!package.IsSame && _target.Package is not null)
        {
            _observer.Verbose($"The descriptor of '{_receive.Name}' is another one than before.");
        }

        _target.RememberPackage(package.Fingerprint);
        _allTotal = package.Files.Sum(f => f.Size ?? 0);
        return package;
    }

    private Func<Uri> AddressOf(RemoteName file) => () => DownloadNames.Beside(_entity.Address, file.Name);

    private Wanted WantedOf(RemotePackage package, RemoteName file) => new(file.Name, AddressOf(file), file.Size) { Digest = package.DigestOf(file.Name), IsSame = package.IsSame };

    private static long WriteMember(PartialFile partial, long at, string name, byte[] bytes, DateTimeOffset time)
    {
        at = DownloadTarget.Write(partial, at, TarOutput.Of(name, bytes.Length, time));
        at = DownloadTarget.Write(partial, at, bytes);
        return DownloadTarget.Write(partial, at, new byte[TarOutput.Padding(bytes.Length)]);
    }

    private async Task ReceiveFileAsync(string path, Wanted wanted, CancellationToken cancellationToken)
    {
        var known = _target.FileOf(wanted.Name);
        var isThere = DownloadTarget.IsThere(path, known);
        if (isThere && wanted.IsSame && (wanted.Size ?? known.Size) == known.Size)
        {
            _observer.Verbose(string.Create(CultureInfo.InvariantCulture, $"'{wanted.Name}' is there already, {known.Size} bytes."));
            _allBefore += known.Size;
            return;
        }

        if (!isThere && !_receive.Force && File.Exists(path))
        {
            throw _target.Exists(path);
        }

        try
        {
            using var partial = _target.OpenPartial(path, _target.Knows(wanted.Name), known.Stored > 0);

            // On record before its first byte: a process that dies in the next second leaves nothing that nobody knows.
            _target.Remember(known);
            await ReceiveSegmentAsync(partial, 0, wanted, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            DownloadTarget.Tidy(path);
            throw;
        }

        _target.Complete(path, overwrite: isThere);
    }

    // Receives what is missing of a file into its place, and checks it.
    private async Task ReceiveSegmentAsync(PartialFile partial, long start, Wanted wanted, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var known = _target.FileOf(wanted.Name);
        var usable = known.Stored > 0 && known.Fingerprint is not null && PrefixHash.IsKey(known.Key)
            && (wanted.Size is null || known.Size == wanted.Size)
            && (wanted.IsSame || known.ETag is not null || known.LastModified is not null);
        var file = new RemoteFile { Name = wanted.Name, Address = wanted.Address, Size = wanted.Size };
        using var digest = wanted.Digest is { } given ? new DigestSink(given.Algorithm) : null;
        IByteSink[] sinks = (digest ?? wanted.Inspector as IByteSink) is { } sink ? [sink] : [];
        var writer = new SegmentWriter(partial, start, usable ? known.Key : null, sinks, w => Stored(file, w));
        await using (writer.ConfigureAwait(false))
        {
            _current = file;
            _currentDone = 0;
            if (usable)
            {
                await GoOnAsync(file, writer, known, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                partial.Truncate(start);
            }

            var from = writer.Received;
            try
            {
                await _transfer.ReceiveAsync(file, writer, done => Report(VcdTransferPhase.Receiving, done), cancellationToken).ConfigureAwait(false);
                if (wanted.Digest is { } right && !digest!.Is(right))
                {
                    throw new InvalidDataException($"it is not what the manifest says ({right.Algorithm.Name})");
                }

                wanted.Inspector?.Finish();
            }
            catch (InvalidDataException e)
            {
                // Bad bytes are no beginning of anything.
                await writer.RestartAsync().ConfigureAwait(false);
                _target.Remember(new VcdDownloadedFile { Name = wanted.Name });
                throw _session.Error(OrchestratorErrorKind.Protocol, $"What the server sent as '{wanted.Name}' cannot be used: {e.Message}. It was removed.", "Run the same command again: it is received anew. If it stays so, it is damaged at the server.", e);
            }
            catch
            {
                await writer.SettleAsync().ConfigureAwait(false);
                if (writer.Stored > 0)
                {
                    _target.Remember(RecordOf(file, writer));
                }

                throw;
            }

            _target.Remember(RecordOf(file, writer) with { Complete = true });
            _allBefore += writer.Received;
            var checks = digest is not null ? $"; its {wanted.Digest!.Algorithm.Name} is the manifest's"
                : wanted.Inspector is { HasManifest: true } inspector ? string.Create(CultureInfo.InvariantCulture, $"; {inspector.Compared} files are as its manifest says")
                : string.Empty;
            _observer.Verbose(string.Create(CultureInfo.InvariantCulture, $"Received '{wanted.Name}': {writer.Received} bytes{(from > 0 ? $", {from} of them earlier" : string.Empty)}, in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s{checks}."));
        }
    }

    private async Task GoOnAsync(RemoteFile file, SegmentWriter writer, VcdDownloadedFile known, CancellationToken cancellationToken)
    {
        file.ETag = EntityTagHeaderValue.TryParse(known.ETag, out var tag) ? tag : null;
        file.LastModified = known.LastModified;
        var size = file.Size;
        file.Size ??= known.Size >= 0 ? known.Size : null;
        if (await writer.ResumeAsync(known, done => Report(VcdTransferPhase.Verifying, done), cancellationToken).ConfigureAwait(false))
        {
            _observer.Verbose(string.Create(CultureInfo.InvariantCulture, $"Going on with '{file.Name}' at byte {writer.Received}{(file.Size is { } whole ? $" of {whole}" : string.Empty)}."));
            return;
        }

        _observer.Warning($"What was received of '{file.Name}' before is no longer what it was; it is received anew.");
        file.ETag = null;
        file.LastModified = null;
        file.Size = size;
    }

    private static VcdDownloadedFile RecordOf(RemoteFile file, SegmentWriter writer) => new()
    {
        Name = file.Name,
        Size = file.Size ?? -1,
        ETag = file.ETag?.ToString(),
        LastModified = file.LastModified,
        Stored = writer.Stored,
        Key = writer.Key,
        Fingerprint = writer.Fingerprint,
    };

    // On the writer's thread, after each block; a record a second is enough, since what is behind it is received again.
    private void Stored(RemoteFile file, SegmentWriter writer)
    {
        var now = Environment.TickCount64;
        if (now - _rememberedAt >= 1000)
        {
            _rememberedAt = now;
            _target.Remember(RecordOf(file, writer));
        }
    }

    private void Report(VcdTransferPhase phase, long done)
    {
        _currentDone = done;
        if (_receive.Progress is { } progress && _current is { } file)
        {
            var size = file.Size ?? 0;
            progress(new VcdTransferProgress(phase, done, size) { File = file.Name, AllDone = _allBefore + done, AllTotal = Math.Max(_allTotal, size) });
        }
    }

    private OrchestratorApiException StorageFailed(DownloadStorageException e)
    {
        var stands = string.Create(CultureInfo.InvariantCulture, $"{(_current is null ? 0 : _target.FileOf(_current.Name).Stored)}{(_current?.Size is { } size ? $" of {size}" : string.Empty)} bytes of '{_current?.Name ?? _receive.Name}'");
        return e.IsFull
            ? _target.LocalFile($"The disk is full: '{_receive.Folder}' holds {stands}, and the rest does not fit. What was received is kept.", "Make room and run the same command again: it goes on there.", e)
            : _target.LocalFile($"'{_target.Path}' cannot be written on: {e.Message.TrimEnd('.')}. What was received ({stands}) is kept.", "Run the same command again when the disk is well: it goes on there.", e);
    }

    private OrchestratorApiException WithAdvice(OrchestratorApiException e)
    {
        var advice = _target.FileOf(_current!.Name).Stored > 0 && !_target.IsRecordLost
            ? "Run the same command again: it goes on with what is there, where the server can send a part."
            : "Run the same command again.";
        return new OrchestratorApiException(e.System, e.Kind, string.Create(CultureInfo.InvariantCulture, $"The download of '{_receive.Name}' stopped at byte {_currentDone}{(_current.Size is { } size ? $" of {size}" : string.Empty)} of '{_current.Name}': {e.Message}"), e)
        {
            StatusCode = e.StatusCode,
            ServerCode = e.ServerCode,
            ServerMessage = e.ServerMessage,
            RequestId = e.RequestId,
            Method = e.Method,
            Uri = e.Uri,
            RecommendedAction = e.Kind is OrchestratorErrorKind.Protocol && e.RecommendedAction is { } own ? own : e.Kind is OrchestratorErrorKind.Certificate ? $"{e.RecommendedAction} {advice}" : advice,
        };
    }

    // A file that is to be received. IsSame: what was received of it before is of the same file, as far as can be known without asking.
    private sealed record Wanted(string Name, Func<Uri> Address, long? Size)
    {
        public OvfDigest? Digest { get; init; }

        public OvaInspector? Inspector { get; init; }

        public bool IsSame { get; init; } = true;
    }
}
