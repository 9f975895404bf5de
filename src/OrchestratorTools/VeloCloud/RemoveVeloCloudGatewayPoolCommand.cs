using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>Deletes a pool of gateways. The gateways stay.</summary>
[Cmdlet(VerbsCommon.Remove, "VeloCloudGatewayPool", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveVeloCloudGatewayPoolCommand : ChangingCmdlet<VeloCloudSession>
{
    /// <summary>The pool: its name, its id, or what Get-VeloCloudGatewayPool returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VeloCloudGatewayPoolCompleter))]
    [ValidateNotNull]
    public VeloCloudGatewayPoolArgument? GatewayPool { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        CurrentTarget = GatewayPool!.Item ?? (object)GatewayPool.Name;
        var session = Session(GatewayPool.Item);
        var pool = Await(token => GatewayPool.FindAsync(session, RequestObserver, token));
        if (ShouldProcess($"gateway pool '{pool.Name}' (id {pool.Id}, {pool.Gateway.Count} gateways, {pool.Enterprise.Count} enterprises)", "Delete the gateway pool"))
        {
            Await(token => new VeloCloudClient(session, RequestObserver).DeleteGatewayPoolAsync(pool.Id, token));
        }
    }
}
