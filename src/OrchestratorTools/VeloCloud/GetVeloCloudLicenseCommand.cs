using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets the edge licences of enterprises, or all that the operator has.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudLicense")]
[OutputType(typeof(VeloCloudLicense))]
public sealed class GetVeloCloudLicenseCommand : VeloCloudEnterpriseCmdlet<VeloCloudLicense>
{
    private VeloCloudNames _names = new(null);

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

    /// <summary>All kinds of licence that the operator has, whichever enterprise has them.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _names = new VeloCloudNames(Name);
        if (All && Enterprise is not null)
        {
            ThrowBadParameter(nameof(All), true, "it asks for the operator's licences; -Enterprise for those of an enterprise.");
        }
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (!All)
        {
            base.OnRecord();
            return;
        }

        foreach (var session in Sessions())
        {
            CurrentTarget = session.ConnectionName;
            var client = new VeloCloudClient(session, RequestObserver);
            try
            {
                Await(token => client.RequireOperatorAsync("All licences", token));
                Stream(client.GetNetworkLicensesAsync, Write);
            }
            catch (OrchestratorApiException e)
            {
                Fail(e, CurrentTarget);
            }
        }
    }

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        base.OnEnd();
        foreach (var missing in HasFailed ? [] : _names.Missing())
        {
            WriteError(VeloCloudMessages.NotFound(nameof(Name), missing, "licence", "Get-VeloCloudLicense without a name lists those that there are"));
        }
    }

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<VeloCloudLicense> ReadAsync(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise, CancellationToken cancellationToken)
        => client.GetLicensesAsync(enterprise.Id, enterprise.Name, cancellationToken);

    /// <inheritdoc/>
    private protected override void Write(VeloCloudLicense item)
    {
        if (_names.Takes(item.Name) && (Edition is null || Array.Exists(Edition, e => WildcardPattern.Get(e, WildcardOptions.IgnoreCase).IsMatch(item.Edition ?? string.Empty))))
        {
            WriteObject(item);
        }
    }
}
