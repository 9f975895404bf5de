using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Uploads OVF and OVA packages as vApp templates into a catalog; interrupted, the same command goes on where it stopped.</summary>
[Cmdlet(VerbsCommunications.Send, "VcdTemplate", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(VcdTemplate))]
public sealed class SendVcdTemplateCommand : VcdSendCmdlet
{
    private const string SourceUrlSet = "SourceUrl";

    /// <summary>The address of an OVF descriptor that the server fetches itself, with its files; it has to reach the address.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SourceUrlSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public Uri? SourceUrl { get; set; }

    /// <summary>There has to be a manifest with a digest of every file; the server gets it too, and compares once more. Without it a manifest that is there is compared here, and a file that it does not list is a warning.</summary>
    [Parameter]
    public SwitchParameter RequireManifest { get; set; }

    /// <summary>How many files of one template are sent at once.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateRange(1, 8)]
    public int ThrottleLimit { get; set; } = 2;

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (SourceUrl is null)
        {
            base.OnRecord();
            return;
        }

        CurrentTarget = SourceUrl;
        if (!SourceUrl.IsAbsoluteUri || (SourceUrl.Scheme != Uri.UriSchemeHttp && SourceUrl.Scheme != Uri.UriSchemeHttps))
        {
            ThrowBadParameter(nameof(SourceUrl), SourceUrl.OriginalString, "an http or https address is needed, which the server can reach.");
        }

        Attempt(Pull, Shown(SourceUrl));
    }

    /// <inheritdoc/>
    private protected override void Send(string path)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw Unfit($"-Path '{path}': there is no such file.");
        }

        var target = Find();
        var name = Name ?? global::System.IO.Path.GetFileNameWithoutExtension(Directory.Exists(path) ? InFolder(path) : path);
        if (!ShouldProcess(target.Place, string.Create(CultureInfo.InvariantCulture, $"Upload '{path}' as template '{name}'")))
        {
            return;
        }

        WriteObject(Upload(
            target.Client,
            name,
            $"Uploading '{name}' to catalog '{target.Catalog.Name}'",
            (moved, importing, token) => target.Client.SendTemplateAsync(
                new VcdTemplateUpload
                {
                    Path = path,
                    CatalogHref = target.Catalog.Href,
                    CatalogName = target.Catalog.Name,
                    Name = name,
                    Description = Description,
                    VdcHref = target.Vdc?.Href,
                    StorageProfileHref = target.Profile?.Href,
                    RequireManifest = RequireManifest,
                    ThrottleLimit = ThrottleLimit,
                    ChunkSize = ChunkSize,
                    Resume = Resume,
                    Force = Force,
                    Importing = importing,
                },
                moved,
                token)));
    }

    private void Pull()
    {
        var target = Find();
        var name = Name ?? Uri.UnescapeDataString(global::System.IO.Path.GetFileNameWithoutExtension(SourceUrl!.AbsolutePath));
        if (name.Length == 0)
        {
            ThrowBadParameter(nameof(Name), Name, "the address has no file name to call the template by; name it.");
        }

        if (!ShouldProcess(target.Place, $"Let the server fetch '{Shown(SourceUrl!)}' as template '{name}'"))
        {
            return;
        }

        var template = Await(token => target.Client.PullTemplateAsync(
            new VcdTemplatePull
            {
                Source = SourceUrl!,
                CatalogHref = target.Catalog.Href,
                CatalogName = target.Catalog.Name,
                Name = name,
                Description = Description,
                VdcHref = target.Vdc?.Href,
                StorageProfileHref = target.Profile?.Href,
                RequireManifest = RequireManifest,
                Force = Force,
            },
            token));
        WriteObject(Wait ? Follow(target.Client, template, new TransferBar(this, $"Fetching '{name}' to catalog '{target.Catalog.Name}'")) : template);
    }

    // A password in an address is nobody's business.
    private static string Shown(Uri address) => address.UserInfo.Length == 0 ? address.AbsoluteUri : new UriBuilder(address) { UserName = SecretRedactor.Mask, Password = string.Empty }.Uri.AbsoluteUri;

    private static string InFolder(string path)
    {
        using var package = OvfPackage.Open(path);
        return package.DescriptorName;
    }
}
