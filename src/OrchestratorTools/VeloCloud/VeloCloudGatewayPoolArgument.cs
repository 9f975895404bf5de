using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>What -GatewayPool takes: a name, an id, or what Get-VeloCloudGatewayPool returned.</summary>
public sealed class VeloCloudGatewayPoolArgument : VeloCloudNamedArgument<VeloCloudGatewayPool>
{
    /// <summary>By name, or by an id that came as a text.</summary>
    public VeloCloudGatewayPoolArgument(string name)
        : base(name)
    {
    }

    /// <summary>By id.</summary>
    public VeloCloudGatewayPoolArgument(long id)
        : base(id)
    {
    }

    /// <summary>By object.</summary>
    public VeloCloudGatewayPoolArgument(VeloCloudGatewayPool pool)
        : base(pool)
    {
    }

    /// <summary>By an object that PowerShell wrapped.</summary>
    public VeloCloudGatewayPoolArgument(PSObject value)
        : base(value, "A gateway pool")
    {
    }

    /// <summary>The pools that a connection sees.</summary>
    internal static async Task<IReadOnlyList<VeloCloudGatewayPool>> ListAsync(VeloCloudSession session, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var all = new List<VeloCloudGatewayPool>();
        await foreach (var pool in new VeloCloudClient(session, observer).GetGatewayPoolsAsync(cancellationToken).ConfigureAwait(false))
        {
            all.Add(pool);
        }

        return all;
    }

    /// <summary>The pool that is meant at a connection; throws where there is none.</summary>
    internal async Task<VeloCloudGatewayPool> FindAsync(VeloCloudSession session, IRequestObserver observer, CancellationToken cancellationToken)
    {
        if (Item is not null)
        {
            return Item;
        }

        var all = await ListAsync(session, observer, cancellationToken).ConfigureAwait(false);
        return Choose(all, "GatewayPool", "gateway pools", () => new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.NotFound, $"-GatewayPool '{Name}': there is no such gateway pool, or the connection may not see it.") { RecommendedAction = "Get-VeloCloudGatewayPool lists those that the connection sees." });
    }
}
