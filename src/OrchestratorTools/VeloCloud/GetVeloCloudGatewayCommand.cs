using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets gateways: a partner's own, or all that an operator has.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudGateway")]
[OutputType(typeof(VeloCloudGateway))]
public sealed class GetVeloCloudGatewayCommand : ReadingCmdlet<VeloCloudSession>
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudGatewayCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Only gateways in these states, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudGatewayStateCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? State { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var names = new VeloCloudNames(Name);
        var states = new VeloCloudPatterns(State);
        var failed = false;
        foreach (var session in Sessions())
        {
            CurrentTarget = session.ConnectionName;
            var client = new VeloCloudClient(session, RequestObserver);
            try
            {
                var tier = Await(client.GetTierAsync);
                if (tier is VeloCloudTier.Customer)
                {
                    throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.Permission, $"Connection '{session.ConnectionName}' is a customer's: gateways are shown to partners and operators only.")
                    {
                        RecommendedAction = "Get-VeloCloudTunnel -Peer shows which gateways an edge is connected to.",
                    };
                }

                Stream(token => client.GetGatewaysAsync(tier, token), gateway =>
                {
                    // The name first: one that is passed over for its state exists all the same.
                    if (names.Takes(gateway.Name) && states.Fit(gateway.State))
                    {
                        WriteObject(gateway);
                    }
                });
            }
            catch (OrchestratorApiException e)
            {
                // The other connections may answer.
                failed = true;
                WriteApiError(e);
            }
        }

        // Where a server did not answer, nobody knows what it has.
        foreach (var missing in failed ? [] : names.Missing())
        {
            WriteError(VeloCloudMessages.NotFound(nameof(Name), missing, "gateway", "Get-VeloCloudGateway without a name lists those that the connection sees"));
        }
    }
}
