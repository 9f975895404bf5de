using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Uploads files as media into a catalog; interrupted, the same command goes on where it stopped.</summary>
[Cmdlet(VerbsCommunications.Send, "VcdMedia", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(VcdMedia))]
public sealed class SendVcdMediaCommand : VcdChangingCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private VcdMediaUpload? _running;
    private VcdTransferProgress _reached;
    private int _files;

    /// <summary>The files; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>The files, as their names stand; binds to what Get-ChildItem returns.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>The catalog: a name, or what Get-VcdCatalog returned.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(VcdCatalogCompleter))]
    [ValidateNotNull]
    public VcdCatalogArgument? Catalog { get; set; }

    /// <summary>The name of the new media; default: the file's name. For one file only.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The description of the new media.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Description { get; set; }

    /// <summary>Bytes sent with one request.</summary>
    [Parameter]
    [ValidateRange(64 * 1024, int.MaxValue)]
    public int ChunkSize { get; set; } = 32 * 1024 * 1024;

    /// <summary>Waits until the server has imported the file.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>The longest wait for the import with -Wait, in whole seconds; default: without end.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Timeout { get; set; }

    /// <summary>Goes on with an unfinished upload of the name that this machine has no record of.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>Removes an unfinished or failed upload of the name and begins anew. Never removes a finished item.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        base.StopProcessing();
        if (_running is { } upload && _reached is { Phase: not VcdTransferPhase.Verifying, Total: > 0 } reached)
        {
            try
            {
                // The pipeline takes no more records; the host still shows a line.
                Host.UI.WriteWarningLine(string.Create(CultureInfo.InvariantCulture, $"The upload of '{upload.Name}' was stopped after about {reached.Done} of {reached.Total} bytes. The same command goes on with it, as long as the server keeps it (an hour, if nobody set another time)."));
            }
            catch (Exception e) when (e is HostException or NotImplementedException or InvalidOperationException)
            {
                // A host without a screen is told nothing.
            }
        }
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (Force && Resume)
        {
            ThrowBadParameter(nameof(Force), true, "-Force begins anew, -Resume goes on; use one of them.");
        }

        foreach (var path in Files())
        {
            CurrentTarget = path;
            _files++;
            if (_files > 1 && Name is not null)
            {
                ThrowBadParameter(nameof(Name), Name, "one name is for one file; leave -Name out to give each its file's name.");
            }

            Attempt(() => Upload(path), path);
        }
    }

    private IEnumerable<string> Files()
    {
        foreach (var given in LiteralPath ?? Path ?? [])
        {
            global::System.Collections.ObjectModel.Collection<string> found;
            ProviderInfo? provider;
            try
            {
                found = LiteralPath is null
                    ? GetResolvedProviderPathFromPSPath(given, out provider)
                    : [SessionState.Path.GetUnresolvedProviderPathFromPSPath(given, out provider, out _)];
            }
            catch (Exception e) when (e is ItemNotFoundException or ProviderNotFoundException or global::System.Management.Automation.DriveNotFoundException or PSArgumentException)
            {
                WriteApiError(Unfit($"-Path '{given}': there is no such file."), given);
                continue;
            }

            if (provider?.Name is not "FileSystem")
            {
                WriteApiError(Unfit($"-Path '{given}': this is no file."), given);
                continue;
            }

            if (found.Count == 0)
            {
                WriteApiError(Unfit($"-Path '{given}': no file has such a name."), given);
            }

            foreach (var path in found)
            {
                yield return path;
            }
        }
    }

    private static OrchestratorApiException Unfit(string message) => new(OrchestratorSystem.Vcd, OrchestratorErrorKind.LocalFile, message) { RecommendedAction = "Check -Path." };

    private void Upload(string path)
    {
        if (!File.Exists(path))
        {
            throw Unfit(Directory.Exists(path) ? $"-Path '{path}': this is a folder." : $"-Path '{path}': there is no such file.");
        }

        var session = Session(Catalog!.Catalog);
        var client = Client(session);
        var catalog = Catalog.Catalog ?? Await(token => VcdLookup.CatalogAsync(client, Catalog.Name, nameof(Catalog), token));
        var name = Name ?? global::System.IO.Path.GetFileName(path);
        var size = new FileInfo(path).Length;
        if (!ShouldProcess($"catalog '{catalog.Name}' at {session.Server.Authority}", string.Create(CultureInfo.InvariantCulture, $"Upload '{path}' ({size} bytes) as media '{name}'")))
        {
            return;
        }

        _running = new VcdMediaUpload
        {
            Path = path,
            CatalogHref = catalog.Href,
            CatalogName = catalog.Name,
            Name = name,
            Description = Description,
            ChunkSize = ChunkSize,
            Resume = Resume,
            Force = Force,
        };
        var bar = new TransferBar(this, $"Uploading '{name}' to catalog '{catalog.Name}'");
        VcdMedia media;
        try
        {
            media = Await(token => client.SendMediaAsync(
                _running,
                progress =>
                {
                    _reached = progress;
                    bar.Moved(progress);
                },
                token));
        }
        finally
        {
            _running = null;
            _reached = default;
            bar.Close();
        }

        if (Wait)
        {
            media = Await(token => client.WaitImportAsync(media, Timeout > 0 ? TimeSpan.FromSeconds(Timeout) : null, bar.Importing, token));
            bar.Close();
        }

        WriteObject(media);
    }
}
