using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>The base of the cmdlets that send files to a server: the files, the catalog, going on and beginning anew, and what a Ctrl+C says.</summary>
public abstract class VcdSendCmdlet : VcdUploadingCmdlet
{
    private protected const string PathSet = "Path";
    private protected const string LiteralPathSet = "LiteralPath";
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

    /// <summary>The name of the new item; default: the file's name. For one file only.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The description of the new item.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Description { get; set; }

    /// <summary>The storage profile that stores it: a name, or what Get-VcdStorageProfile returned.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdStorageProfile>))]
    [ValidateNotNull]
    public VcdStorageProfileArgument? StorageProfile { get; set; }

    /// <summary>The virtual data center that stores it: a name, or what Get-VcdVdc returned. Its default storage profile is used where none is named. Servers before API 5.5 upload to virtual data centers only; there it is needed where the organization has several.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdVdcCompleter))]
    [ValidateNotNull]
    public VcdVdcArgument? Vdc { get; set; }

    /// <summary>Bytes sent with one request.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateRange(64 * 1024, int.MaxValue)]
    public int ChunkSize { get; set; } = 32 * 1024 * 1024;

    /// <summary>Goes on with an unfinished upload of the name that this machine has no record of.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter Resume { get; set; }

    /// <summary>Removes an unfinished or failed upload of the name and begins anew. Never removes a finished item.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (Force && Resume)
        {
            ThrowBadParameter(nameof(Force), true, "-Force begins anew, -Resume goes on; use one of them.");
        }

        foreach (var path in FilesOf(Path, LiteralPath))
        {
            CurrentTarget = path;
            _files++;
            if (_files > 1 && Name is not null)
            {
                ThrowBadParameter(nameof(Name), Name, "one name is for one file; leave -Name out to give each its file's name.");
            }

            Attempt(() => Send(path), path);
        }
    }

    /// <summary>Sends one file.</summary>
    private protected abstract void Send(string path);

    /// <summary>Where an upload goes.</summary>
    private protected Target Find()
    {
        var session = SessionOf(Catalog!.Catalog ?? Vdc?.Vdc ?? StorageProfile?.Source);
        var client = ClientFor(session, Catalog.Catalog, Vdc?.Vdc, StorageProfile?.Source);
        var catalog = Catalog.Catalog ?? Await(token => VcdLookup.CatalogAsync(client, Catalog.Name, nameof(Catalog), token));
        var vdc = Vdc?.Vdc ?? (Vdc is null ? null : Await(token => VcdUploadLookup.VdcAsync(client, Vdc.Name, catalog, token)));
        var profile = StorageProfile is null
            ? null
            : Await(token => VcdLookup.OneAsync(
                client,
                StorageProfile,
                nameof(StorageProfile),
                vdc is null ? [] : [new VcdCondition("vdcName") { Values = [vdc.Name] }],
                p => catalog.OrganizationHref is null || p.OrganizationHref is null || VcdObject.IsSame(p.OrganizationHref, catalog.OrganizationHref),
                token));
        return new Target(session, client, catalog, vdc, profile);
    }

    /// <summary>Where an upload goes.</summary>
    /// <param name="Session">The connection.</param>
    /// <param name="Client">Its client, for the organization that is meant.</param>
    /// <param name="Catalog">The catalog.</param>
    /// <param name="Vdc">The virtual data center; null: the server's choice.</param>
    /// <param name="Profile">The storage profile; null: the server's choice.</param>
    private protected sealed record Target(VcdSession Session, VcdClient Client, VcdCatalog Catalog, VcdVdc? Vdc, VcdStorageProfile? Profile)
    {
        public string Place => $"catalog '{Catalog.Name}' at {Session.Server.Authority}";
    }
}

/// <summary>The base of the cmdlets at work on an upload.</summary>
public abstract class VcdUploadingCmdlet : VcdChangingCmdlet
{
    private string? _running;
    private VcdTransferProgress _reached;

    /// <summary>Waits until the server has imported what was sent.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>The longest wait for the import with -Wait, in whole seconds; default: without end.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Timeout { get; set; }

    /// <summary>The longest wait, as the client takes it.</summary>
    private protected TimeSpan? Patience => Timeout > 0 ? TimeSpan.FromSeconds(Timeout) : null;

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (Timeout > 0 && !Wait)
        {
            ThrowBadParameter(nameof(Timeout), Timeout, "it is the longest wait of -Wait; without -Wait nothing is waited for.");
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        base.StopProcessing();
        if (_running is { } name && _reached is { Phase: not VcdTransferPhase.Verifying, Total: > 0 } reached)
        {
            try
            {
                // The pipeline takes no more records; the host still shows a line.
                Host.UI.WriteWarningLine(string.Create(CultureInfo.InvariantCulture, $"The upload of '{name}' was stopped after about {(reached.File is null ? reached.Done : reached.AllDone)} of {(reached.File is null ? reached.Total : reached.AllTotal)} bytes. The same command goes on with it, as long as the server keeps it (an hour, if nobody set another time)."));
            }
            catch (Exception e) when (e is HostException or NotImplementedException or InvalidOperationException)
            {
                // A host without a screen is told nothing.
            }
        }
    }

    /// <summary>Sends, shows how far it is, and follows the import where -Wait says so.</summary>
    /// <typeparam name="T">Media or template.</typeparam>
    /// <param name="client">The client.</param>
    /// <param name="name">What is uploaded, for the message of a Ctrl+C.</param>
    /// <param name="activity">The bar's title.</param>
    /// <param name="send">Sends; takes who is told how far it is, and who is told of the import's task.</param>
    private protected T Upload<T>(VcdClient client, string name, string activity, Func<Action<VcdTransferProgress>, Action<VcdTask>, CancellationToken, Task<T>> send)
        where T : VcdResource
    {
        var bar = new TransferBar(this, activity);
        T entity;
        try
        {
            _running = name;
            entity = Await(token => send(
                progress =>
                {
                    _reached = progress;
                    bar.Moved(progress);
                },
                bar.Importing,
                token));
        }
        finally
        {
            _running = null;
            _reached = default;
            bar.Close();
        }

        return Wait ? Follow(client, entity, bar) : entity;
    }

    /// <summary>Follows the import to its end.</summary>
    private protected T Follow<T>(VcdClient client, T entity, TransferBar bar)
        where T : VcdResource
    {
        try
        {
            return Await(token => client.WaitImportAsync(entity, Patience, bar.Importing, token));
        }
        finally
        {
            bar.Close();
        }
    }

    /// <summary>The files that paths mean; what means none is an error, and the next goes on.</summary>
    private protected IEnumerable<string> FilesOf(string[]? patterns, string[]? literal)
    {
        foreach (var given in literal ?? patterns ?? [])
        {
            Collection<string> found;
            ProviderInfo? provider;
            try
            {
                found = literal is null
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

    private protected static OrchestratorApiException Unfit(string message) => new(OrchestratorSystem.Vcd, OrchestratorErrorKind.LocalFile, message) { RecommendedAction = "Check -Path." };
}
