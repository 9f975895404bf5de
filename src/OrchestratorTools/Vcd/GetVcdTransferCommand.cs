using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Lists unfinished uploads: those that wait for bytes, those that are being imported, and what is left of those that failed.</summary>
[Cmdlet(VerbsCommon.Get, "VcdTransfer")]
[OutputType(typeof(VcdTransfer))]
public sealed class GetVcdTransferCommand : VcdReadingCmdlet
{
    private VcdNames? _names;

    /// <summary>Names; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(VcdTransferCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>The catalogs that they go to: names, wildcards, or objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdCatalogCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdCatalogArgument[]? Catalog { get; set; }

    /// <summary>Media or Template; default: both.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public VcdTransferKind[] Kind { get; set; } = [VcdTransferKind.Media, VcdTransferKind.Template];

    /// <summary>The organizations whose uploads are meant: names, wildcards, or objects; the provider's session then acts for them.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdOrgCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdOrgArgument[]? Organization { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        _names ??= new VcdNames(Name);
        var catalogs = VcdTransferLookup.CatalogNames(Catalog);
        foreach (var session in Sessions(Catalog is [{ Catalog: { } piped }] ? piped : null))
        {
            Attempt(
                () =>
                {
                    // What was read for an organization is asked about for the same.
                    var origin = session.IsProvider && Organization is null && Catalog is [var only] ? only.Catalog?.Tenant : null;
                    foreach (var tenant in origin is not null ? [origin] : Organizations.Find(session, Organization, Read(session)))
                    {
                        Stream(token => Client(session, session.IsProvider ? tenant : null).GetTransfersAsync(_names.Patterns, catalogs.Patterns, Kind, null, token), transfer =>
                        {
                            if (catalogs.Means(transfer.Catalog) && _names.Means(transfer.Name))
                            {
                                WriteObject(transfer);
                            }
                        });
                    }
                },
                session.ConnectionName);
        }
    }

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        if (_names is not null)
        {
            WriteNotFound(_names, "unfinished upload", nameof(Name), string.Empty);
        }
    }
}
