using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Uploads files as media into a catalog; interrupted, the same command goes on where it stopped.</summary>
[Cmdlet(VerbsCommunications.Send, "VcdMedia", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(VcdMedia))]
public sealed class SendVcdMediaCommand : VcdSendCmdlet
{
    /// <inheritdoc/>
    private protected override void Send(string path)
    {
        if (!File.Exists(path))
        {
            throw Unfit(Directory.Exists(path) ? $"-Path '{path}': this is a folder." : $"-Path '{path}': there is no such file.");
        }

        var target = Find();
        var name = Name ?? global::System.IO.Path.GetFileName(path);
        var size = new FileInfo(path).Length;
        if (!ShouldProcess(target.Place, string.Create(CultureInfo.InvariantCulture, $"Upload '{path}' ({size} bytes) as media '{name}'")))
        {
            return;
        }

        WriteObject(Upload(
            target.Client,
            name,
            $"Uploading '{name}' to catalog '{target.Catalog.Name}'",
            (moved, importing, token) => target.Client.SendMediaAsync(
                new VcdMediaUpload
                {
                    Path = path,
                    CatalogHref = target.Catalog.Href,
                    CatalogName = target.Catalog.Name,
                    Name = name,
                    Description = Description,
                    VdcHref = target.Vdc?.Href,
                    StorageProfileHref = target.Profile?.Href,
                    ChunkSize = ChunkSize,
                    Resume = Resume,
                    Force = Force,
                    Importing = importing,
                },
                moved,
                token)));
    }
}
