using System.Management.Automation;
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
