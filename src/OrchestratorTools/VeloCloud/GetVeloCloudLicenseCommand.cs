using System.Management.Automation;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets the edge licences of enterprises, or all that the operator has.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudLicense")]
[OutputType(typeof(VeloCloudLicense))]
public sealed class GetVeloCloudLicenseCommand : VeloCloudStockCmdlet<VeloCloudLicense>
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudLicenseCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Only licences of these editions.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Edition { get; set; }

    /// <inheritdoc/>
    private protected override string[]? Names => Name;

    /// <inheritdoc/>
    private protected override string[]? Kinds => Edition;

    /// <inheritdoc/>
    private protected override string AllInWords => "the operator's licences";

    /// <inheritdoc/>
    private protected override string One => "licence";

    /// <inheritdoc/>
    private protected override string? KindOf(VeloCloudLicense item) => item.Edition;

    /// <inheritdoc/>
    private protected override void StreamAll(VeloCloudClient client)
    {
        Await(token => client.RequireOperatorAsync("All licences", token));
        Stream(client.GetNetworkLicensesAsync, Write);
    }

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<VeloCloudLicense> ReadAsync(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise, CancellationToken cancellationToken)
        => client.GetLicensesAsync(enterprise.Id, enterprise.Name, cancellationToken);
}
