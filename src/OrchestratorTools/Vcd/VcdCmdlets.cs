using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Vcd;

/// <summary>The base of this system's cmdlets that only read.</summary>
public abstract class VcdReadingCmdlet : ReadingCmdlet<VcdSession>
{
    /// <inheritdoc/>
    private protected sealed override OrchestratorSystem System => OrchestratorSystem.Vcd;

    /// <summary>A client for this invocation.</summary>
    private protected VcdClient Client(VcdSession session, VcdTenant? tenant = null) => new(session, RequestObserver) { Tenant = tenant };

    /// <summary>Writes an error for each name that was meant exactly and matched nothing.</summary>
    private protected void WriteNotFound(VcdNames names, string what, string parameter, string where)
    {
        foreach (var name in names.NotFound)
        {
            WriteApiError(
                new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.NotFound, $"-{parameter} '{name}': there is no such {what}{where}.") { RecommendedAction = "Check the name, and that this connection's user may see it." },
                name);
        }
    }
}

/// <summary>The base of this system's cmdlets that change something.</summary>
public abstract class VcdChangingCmdlet : ChangingCmdlet<VcdSession>
{
    /// <inheritdoc/>
    private protected sealed override OrchestratorSystem System => OrchestratorSystem.Vcd;

    /// <summary>A client for this invocation.</summary>
    private protected VcdClient Client(VcdSession session, VcdTenant? tenant = null) => new(session, RequestObserver) { Tenant = tenant };
}
