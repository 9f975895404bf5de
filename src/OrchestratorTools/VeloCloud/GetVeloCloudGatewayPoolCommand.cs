using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets the pools of gateways that enterprises can be given: an operator's, or a partner's.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudGatewayPool", DefaultParameterSetName = "Name")]
[OutputType(typeof(VeloCloudGatewayPool))]
public sealed class GetVeloCloudGatewayPoolCommand : ReadingCmdlet<VeloCloudSession>
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = "Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudGatewayPoolCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Ids.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Id")]
    [ValidateNotNullOrEmpty]
    [ValidateRange(1, long.MaxValue)]
    public long[]? Id { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override void OnRecord()
        => VeloCloudListed.Write(this, Sessions(), Name, Id, "gateway pool", "Get-VeloCloudGatewayPool", p => p.Name, p => p.Id, session => Await(token => VeloCloudGatewayPoolArgument.ListAsync(session, RequestObserver, token)), target => CurrentTarget = target);
}
