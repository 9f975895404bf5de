using System.Globalization;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>Uploads one file as media (facts/vcd.md, "Media upload").</summary>
internal sealed class MediaUploader(VcdClient client, VcdSession session, IRequestObserver observer, VcdMediaUpload upload, Action<VcdTransferProgress>? progress)
    : Uploader(client, session, observer, upload, progress)
{
    protected override VcdTransferKind Kind => VcdTransferKind.Media;

    protected override UploadContent Open()
    {
        var file = LocalFile.Open(Upload.Path);
        if (file.Length > 0)
        {
            return new Content(Upload, file);
        }

        file.Dispose();
        throw LocalFile.Error($"'{Upload.Path}' is empty; there is nothing to upload.");
    }

    private sealed class Content(VcdUpload upload, LocalFile file) : UploadContent
    {
        // Media has one file, whose name is often just "file".
        public override IReadOnlyList<UploadFile> FilesFor(VcdUploadRecord? record)
            => [new UploadFile(0, "file", TransferSource.Of(file), [], record?.Files.FirstOrDefault(), e => e.Files.Count > 0 ? e.Files[0] : null)];

        public override XElement Body(string? storageProfile) => VcdBodies.Media(upload.Name, upload.Description, file.Length, VcdAssumptions.ImageTypeOf(upload.Path), storageProfile);

        public override string? Difference(VcdResource entity)
            => ((VcdMedia)entity).Size is var size && size != file.Length
                ? string.Create(CultureInfo.InvariantCulture, $"it is to have {size} bytes; '{upload.Path}' has {file.Length}.")
                : null;

        public override Task SendAsync(UploadRun run, VcdResource entity, CancellationToken cancellationToken) => new FileUpload(run, run.Files[0]).RunAsync(entity, cancellationToken);

        public override void Dispose() => file.Dispose();
    }
}
