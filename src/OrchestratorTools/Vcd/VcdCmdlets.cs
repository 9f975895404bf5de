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

    /// <summary>The one session of two objects that are to meet; throws with kind ConnectionMismatch where they came by two.</summary>
    private protected VcdSession SessionOf(object? first, object? second)
    {
        var session = Session(first ?? second);
        return first is null || second is null || ReferenceEquals(session, Session(second))
            ? session
            : throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.ConnectionMismatch, $"The objects came by two connections, '{session.ConnectionName}' and '{Session(second).ConnectionName}'; ids of one server mean something else at another. Nothing was sent.")
            {
                RecommendedAction = "Take both from one server; what is to go from one server to another is downloaded and uploaded.",
            };
    }

    /// <summary>The error that an object of the wrong kind is.</summary>
    private protected static OrchestratorApiException NotOfUse(VcdObject item, string why)
        => new(OrchestratorSystem.Vcd, OrchestratorErrorKind.Validation, $"-InputObject '{item.Name}' is a {VcdEntities.TitleOf(item.GetType())}: {why}.");
}
