using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>
/// The files of a template: the descriptor first, and, when the server has read it and lists what it refers to, the others, several at once. The server's names decide which is which, not its order
/// (facts/vcd.md, "OVF upload" 5).
/// </summary>
internal sealed class TemplateContent : UploadContent
{
    private readonly VcdTemplateUpload _upload;
    private readonly OvfPackage _package;
    private bool _manifestRequired;
    private byte[] _descriptor = [];
    private IReadOnlyList<UploadFile> _files = [];

    public TemplateContent(VcdTemplateUpload upload, OvfPackage package)
    {
        _upload = upload;
        _package = package;
    }

    public override bool ManifestRequired => _manifestRequired;

    public override IReadOnlyList<UploadFile> FilesFor(VcdUploadRecord? record)
    {
        // An upload that was begun with a manifest goes on with it.
        _manifestRequired = _upload.RequireManifest || (!_upload.Force && record is { ManifestRequired: true } && _package.Manifest is not null);
        _descriptor = _package.DescriptorFor(_manifestRequired);
        var files = new List<UploadFile>();
        Add("descriptor.ovf", TransferSource.OfMemory(_descriptor, Path.Combine(_package.Path, _package.DescriptorName)), [], FindDescriptor, "text/xml");
        if (_package.Manifest is { } manifest)
        {
            Add("manifest.mf", TransferSource.OfMemory(manifest.Bytes, Path.Combine(_package.Path, manifest.Path)), [], FindOther(VcdAssumptions.IsManifestFile));
        }

        if (_package.Certificate is { } certificate)
        {
            var name = Path.ChangeExtension(_package.DescriptorName, ".cert");
            Add(name, TransferSource.OfMemory(certificate, Path.Combine(_package.Path, name)), [], FindOther(VcdAssumptions.IsCertificateFile));
        }

        // Small ones first: a manifest that the server does not like is said before the disks are sent.
        foreach (var file in _package.Files)
        {
            Add(file.Name, file.Source, file.Digests, e => e.Files.FirstOrDefault(f => string.Equals(f.Name, file.Name, StringComparison.Ordinal)));
        }

        return _files = files;

        void Add(string name, TransferSource source, IReadOnlyList<DigestRange> digests, Func<VcdResource, VcdFile?> find, string? contentType = null)
            => files.Add(new UploadFile(files.Count, name, source, digests, record?.Files.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.Ordinal)), find) { ContentType = contentType });

        // A file that the descriptor refers to is that one, however it is called.
        Func<VcdResource, VcdFile?> FindOther(Func<string, bool> isIt)
            => e => e.Files.FirstOrDefault(f => isIt(f.Name) && !_package.Files.Any(p => string.Equals(p.Name, f.Name, StringComparison.Ordinal)));
    }

    public override XElement Body(string? storageProfile) => VcdBodies.Template(_upload.Name, _upload.Description, _manifestRequired, null, storageProfile);

    public override bool IsDescribed(VcdResource entity) => entity is VcdTemplate { IsDescriptorUploaded: not false };

    public override string? Difference(VcdResource entity)
    {
        foreach (var theirs in entity.Files)
        {
            if (_files.FirstOrDefault(f => f.Find(entity) == theirs) is not { } ours)
            {
                return $"the server waits for '{theirs.Name}', which is not in '{_package.Path}'.";
            }

            if ((theirs.Size >= 0 && theirs.Size != ours.Source.Length) || theirs.BytesTransferred > ours.Source.Length)
            {
                return string.Create(CultureInfo.InvariantCulture, $"'{theirs.Name}' is to have {Math.Max(theirs.Size, theirs.BytesTransferred)} bytes; here it has {ours.Source.Length}.");
            }
        }

        return null;
    }

    public override async Task SendAsync(UploadRun run, VcdResource entity, CancellationToken cancellationToken)
    {
        await new FileUpload(run, run.Files[0]).RunAsync(entity, cancellationToken).ConfigureAwait(false);
        entity = await DescribedAsync(run, entity, cancellationToken).ConfigureAwait(false);
        await SendAllAsync(run, entity, FilesOf(run, entity), cancellationToken).ConfigureAwait(false);
    }

    public override void Dispose() => _package.Dispose();

    private static VcdFile? FindDescriptor(VcdResource entity) => entity.Files.FirstOrDefault(f => VcdAssumptions.IsDescriptorFile(f.Name)) ?? (entity.Files.Count == 1 && entity is VcdTemplate { IsDescriptorUploaded: false } ? entity.Files[0] : null);

    // Waits until the server has read the descriptor and lists every file that it refers to. An OVF without disks has none; then the import is what comes.
    private async Task<VcdResource> DescribedAsync(UploadRun run, VcdResource entity, CancellationToken cancellationToken)
    {
        var began = run.Time.GetUtcNow();
        DateTimeOffset? read = null;
        var pause = Polling.First;
        while (true)
        {
            entity = await run.RefreshAsync(cancellationToken).ConfigureAwait(false);
            if (entity.IsUploadDead)
            {
                throw run.Ended(entity, null);
            }

            if (VcdAssumptions.IsImported(entity.StatusCode))
            {
                return entity;
            }

            if (IsDescribed(entity))
            {
                read ??= run.Time.GetUtcNow();
                var missing = _package.Files.Where(f => !entity.Files.Any(t => string.Equals(t.Name, f.Name, StringComparison.Ordinal) && (t.Upload is not null || t.BytesTransferred == t.Size))).Select(f => f.Name).ToArray();

                // Once all bytes are there a server may list no files any more.
                if (missing.Length == 0 || (entity.Files.Count == 0 && run.Files.Where(f => _package.Files.Any(p => ReferenceEquals(p.Source, f.Source))).All(f => f.Recorded?.PrefixLength == f.Source.Length)))
                {
                    return entity;
                }

                if (entity.Files.Count == 0 && run.Time.GetUtcNow() - read > VcdAssumptions.FilesAppearWithin)
                {
                    throw run.Protocol($"The server has read the descriptor of '{_upload.Name}', but asks for none of its files.", "Run the command with -Force: it removes what was sent and begins anew.");
                }

                if (run.Time.GetUtcNow() - read > VcdAssumptions.FilesAppearWithin)
                {
                    run.Warning($"The server does not ask for {string.Join(", ", missing.Select(m => $"'{m}'"))} of '{_upload.Name}'; it is not sent.");
                    return entity;
                }
            }
            else if (run.Time.GetUtcNow() - began > VcdAssumptions.DescriptorIsReadWithin)
            {
                throw run.Session.Error(OrchestratorErrorKind.Timeout, string.Create(CultureInfo.InvariantCulture, $"The server has not read the descriptor of '{_upload.Name}' within {VcdAssumptions.DescriptorIsReadWithin.TotalMinutes:0} minutes."), "Run the same command again: it goes on with what the server has.");
            }

            await Task.Delay(pause, run.Time, cancellationToken).ConfigureAwait(false);
            pause = Polling.Next(pause);
        }
    }

    // What the server wants; and, where it wants nothing more, what it got from an earlier run: that is compared once more.
    private UploadFile[] FilesOf(UploadRun run, VcdResource entity)
    {
        if (!entity.WaitsForBytes)
        {
            return run.Files.Where(f => _package.Files.Any(p => ReferenceEquals(p.Source, f.Source))).ToArray();
        }

        var wanted = entity.Files.Where(f => f != FindDescriptor(entity)).Select(theirs => run.Files.FirstOrDefault(f => f.Find(entity) == theirs)
            ?? throw run.Protocol($"The server waits for '{theirs.Name}' of '{_upload.Name}', which is not in '{_package.Path}'.", "Run the command with -Force: it removes what was sent and begins anew."));
        return [.. wanted.OrderBy(f => f.Index)];
    }

    // The first that fails ends the others; what they sent stays.
    private async Task SendAllAsync(UploadRun run, VcdResource entity, UploadFile[] files, CancellationToken cancellationToken)
    {
        var queue = new ConcurrentQueue<UploadFile>(files);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ExceptionDispatchInfo? first = null;
        var workers = Enumerable.Range(0, Math.Clamp(_upload.ThrottleLimit, 1, Math.Max(1, files.Length))).Select(_ => Task.Run(WorkAsync, CancellationToken.None)).ToArray();
        await Task.WhenAll(workers).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        first?.Throw();

        async Task WorkAsync()
        {
            while (!stop.IsCancellationRequested && queue.TryDequeue(out var file))
            {
                try
                {
                    await new FileUpload(run, file).RunAsync(entity, stop.Token).ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    return;
                }
                catch (Exception e) when (e is OrchestratorApiException or ManifestMismatchException)
                {
                    Interlocked.CompareExchange(ref first, ExceptionDispatchInfo.Capture(e), null);
                    await stop.CancelAsync().ConfigureAwait(false);
                }
            }
        }
    }
}
