using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Vcd;

/// <summary>The base of this system's cmdlets that only read.</summary>
public abstract class VcdReadingCmdlet : ReadingCmdlet<VcdSession>
{
    /// <summary>Which organizations are meant, remembered for this invocation.</summary>
    private protected VcdOrganizations Organizations { get; } = new();

    /// <inheritdoc/>
    private protected sealed override OrchestratorSystem System => OrchestratorSystem.Vcd;

    /// <summary>A client for this invocation.</summary>
    private protected VcdClient Client(VcdSession session, VcdTenant? tenant = null) => new(session, RequestObserver) { Tenant = tenant };

    /// <summary>The one organization that was named, where the cmdlet takes one.</summary>
    private protected virtual VcdOrgArgument? ActsFor => null;

    /// <summary>A client that acts for the organization that is meant: the one that was named, or the one that the objects came from.</summary>
    private protected VcdClient ClientFor(VcdSession session, params object?[] sources) => Client(session, Organizations.ActedFor(session, ActsFor, sources, Read(session)));

    /// <summary>Asks a server for organizations.</summary>
    private protected Func<VcdNames, IReadOnlyList<VcdOrg>> Read(VcdSession session) => names => Await(token => VcdOrganizations.ReadAsync(Client(session), names, token));

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

/// <summary>The base of this system's cmdlets that show something of given objects.</summary>
public abstract class VcdShowingCmdlet : VcdReadingCmdlet
{
    /// <summary>The organization that the provider's session acts for: a name, or what Get-VcdOrg returned; default: the one that a given object came from. Any other session acts for its own only.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdOrgCompleter))]
    [ValidateNotNull]
    public VcdOrgArgument? Organization { get; set; }

    /// <inheritdoc/>
    private protected sealed override VcdOrgArgument? ActsFor => Organization;
}

/// <summary>The base of this system's cmdlets that change something.</summary>
public abstract class VcdChangingCmdlet : ChangingCmdlet<VcdSession>
{
    private readonly VcdOrganizations _organizations = new();

    /// <summary>The organization that the provider's session acts for: a name, or what Get-VcdOrg returned; default: the one that a given object came from. Any other session acts for its own only.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdOrgCompleter))]
    [ValidateNotNull]
    public virtual VcdOrgArgument? Organization { get; set; }

    /// <inheritdoc/>
    private protected sealed override OrchestratorSystem System => OrchestratorSystem.Vcd;

    /// <summary>A client for this invocation.</summary>
    private protected VcdClient Client(VcdSession session, VcdTenant? tenant = null) => new(session, RequestObserver) { Tenant = tenant };

    /// <summary>A client that acts for the organization that is meant: the one that -Organization names, or the one that the objects came from.</summary>
    private protected VcdClient ClientFor(VcdSession session, params object?[] sources)
        => Client(session, _organizations.ActedFor(session, Organization, sources, names => Await(token => VcdOrganizations.ReadAsync(Client(session), names, token))));

    /// <summary>The one session of two objects that are to meet; throws with kind ConnectionMismatch where they came by two.</summary>
    private protected VcdSession SessionOf(object? first, object? second)
    {
        var session = Session(first ?? second ?? Organization?.Organization);
        return first is null || second is null || ReferenceEquals(session, Session(second))
            ? session
            : throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.ConnectionMismatch, $"The objects came by two connections, '{session.ConnectionName}' and '{Session(second).ConnectionName}'; ids of one server mean something else at another. Nothing was sent.")
            {
                RecommendedAction = "Take both from one server; what is to go from one server to another is downloaded and uploaded.",
            };
    }

    /// <summary>The one session of an object, or, where there is none, of the organization.</summary>
    private protected VcdSession SessionOf(object? source) => Session(source ?? Organization?.Organization);

    /// <summary>The error that an object of the wrong kind is.</summary>
    private protected static OrchestratorApiException NotOfUse(VcdObject item, string why, string parameter = "InputObject")
        => new(OrchestratorSystem.Vcd, OrchestratorErrorKind.Validation, $"-{parameter} '{item.Name}' is {VcdEntities.OneOf(item.GetType())}: {why}.");
}
