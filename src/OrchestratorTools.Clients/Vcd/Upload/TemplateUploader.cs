using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>Uploads an OVF package as a template (facts/vcd.md, "OVF upload").</summary>
internal sealed class TemplateUploader(VcdClient client, VcdSession session, IRequestObserver observer, VcdTemplateUpload upload, Action<VcdTransferProgress>? progress)
    : Uploader(client, session, observer, upload, progress)
{
    protected override VcdTransferKind Kind => VcdTransferKind.Template;

    protected override UploadContent Open()
    {
        var package = OvfPackage.Open(upload.Path);
        try
        {
            Judge(package);
            return new TemplateContent(upload, package);
        }
        catch
        {
            package.Dispose();
            throw;
        }
    }

    private void Judge(OvfPackage package)
    {
        var advice = "Make the manifest anew, or leave -RequireManifest out.";
        if (package.Manifest is not { } manifest)
        {
            if (upload.RequireManifest)
            {
                throw LocalFile.Error($"'{package.Path}' has no manifest ({Path.ChangeExtension(package.DescriptorName, ".mf")}), and -RequireManifest wants one.", advice);
            }

            return;
        }

        if (package.Unlisted.Count > 0)
        {
            var names = string.Join(", ", package.Unlisted.Select(n => $"'{n}'"));
            if (upload.RequireManifest)
            {
                throw LocalFile.Error($"The manifest '{manifest.Path}' has no digest of {names}, and -RequireManifest wants one of every file.", advice);
            }

            Observer.Warning($"The manifest '{manifest.Path}' has no digest of {names}: whether they are as they were made is not checked.");
        }

        if (package.Unreferenced.Count > 0)
        {
            Observer.Warning($"The manifest '{manifest.Path}' lists what the descriptor does not refer to: {string.Join(", ", package.Unreferenced.Select(n => $"'{n}'"))}. It is not sent.");
        }

        // What has no bytes is compared now: nothing of it will go by.
        foreach (var range in package.Files.SelectMany(f => f.Digests).Where(d => d.Length == 0))
        {
            try
            {
                range.Compare([]);
            }
            catch (ManifestMismatchException e)
            {
                throw e.ToError("Nothing was sent.");
            }
        }
    }
}
