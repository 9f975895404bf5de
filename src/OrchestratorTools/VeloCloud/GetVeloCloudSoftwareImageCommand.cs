using System.Management.Automation;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets the software images (operator profiles) that the edges of enterprises may be given, or all that there are.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudSoftwareImage")]
[OutputType(typeof(VeloCloudSoftwareImage))]
public sealed class GetVeloCloudSoftwareImageCommand : VeloCloudStockCmdlet<VeloCloudSoftwareImage>
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudSoftwareImageCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Only images of these versions of the software.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Version { get; set; }

    /// <inheritdoc/>
    private protected override string[]? Names => Name;

    /// <inheritdoc/>
    private protected override string[]? Kinds => Version;

    /// <inheritdoc/>
    private protected override string AllInWords => "all images";

    /// <inheritdoc/>
    private protected override string One => "software image";

    /// <inheritdoc/>
    private protected override string? KindOf(VeloCloudSoftwareImage item) => item.Version;

    /// <inheritdoc/>
    private protected override void StreamAll(VeloCloudClient client) => Stream(client.GetAllSoftwareImagesAsync, Write);

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<VeloCloudSoftwareImage> ReadAsync(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise, CancellationToken cancellationToken)
        => client.GetSoftwareImagesAsync(enterprise.Id, enterprise.Name, cancellationToken);
}
