using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Completion;
using OrchestratorTools.Connections;

namespace OrchestratorTools.Pipeline;

/// <summary>The base of the cmdlets that use a connection: finds out which, for every record.</summary>
/// <typeparam name="TSession">The system's session.</typeparam>
public abstract class ConnectedCmdlet<TSession> : OrchestratorCmdlet
    where TSession : OrchestratorSession
{
    private ConnectionArgument[]? _typed;

    /// <summary>The kind of server.</summary>
    private protected abstract OrchestratorSystem System { get; }

    /// <inheritdoc/>
    private protected sealed override string ErrorPrefix => System.ToString();

    /// <summary>What -Connection holds at the moment, typed or bound from the record.</summary>
    private protected abstract ConnectionArgument[]? GivenConnections { get; }

    /// <summary>True where several connections may be meant.</summary>
    private protected abstract bool TakesSeveral { get; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        // Before the first record only what was typed is bound.
        _typed = MyInvocation.BoundParameters.ContainsKey("Connection") ? GivenConnections : null;
        base.OnBegin();
    }

    /// <summary>The sessions that this record goes to: the piped object's, else the typed ones, else the default. Throws <c>*.ConnectionMismatch</c> where they differ.</summary>
    /// <param name="piped">What came by the pipeline or was given as an object: a <see cref="ServerObject"/>, a wrapped one, or anything with a Connection property.</param>
    private protected IReadOnlyList<TSession> Sessions(object? piped = null)
    {
        var (name, origin) = OriginOf(piped);
        IReadOnlyList<OrchestratorConnection> found;
        if (name is not null)
        {
            var own = ConnectionRegistry.Find(System, new ConnectionArgument(name));
            found = own.Where(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase)).ToArray();
            if (found.Count == 0)
            {
                throw ConnectionRegistry.NoConnection(System, name);
            }

            if (_typed is not null && !Array.Exists(_typed, t => t.Means(found[0])))
            {
                throw Mismatch($"The object came by connection '{name}', but -Connection says '{string.Join(", ", _typed.Select(t => t.Name))}'");
            }

            if (origin is not null && !origin.Equals(found[0].Server))
            {
                throw Mismatch($"The object came from {origin.Authority}, but connection '{name}' now leads to {found[0].Server.Authority}");
            }
        }
        else if ((_typed ?? GivenConnections) is { Length: > 0 } given)
        {
            var all = new List<OrchestratorConnection>();
            foreach (var argument in given)
            {
                var matches = ConnectionRegistry.Find(System, argument);
                if (matches.Count == 0)
                {
                    throw ConnectionRegistry.NoConnection(System, argument.Name);
                }

                all.AddRange(matches.Where(m => !all.Contains(m)));
            }

            found = all;
        }
        else
        {
            found = [ConnectionRegistry.Default(System, SessionState) ?? throw ConnectionRegistry.NoConnection(System, null)];
        }

        if (!TakesSeveral && found.Count > 1)
        {
            throw new OrchestratorApiException(System, OrchestratorErrorKind.Ambiguous, $"-Connection '{string.Join(", ", (_typed ?? GivenConnections)!.Select(t => t.Name))}' means {found.Count} connections ({string.Join(", ", found.Select(c => "'" + c.Name + "'"))}); a cmdlet that changes something takes one.")
            {
                RecommendedAction = "Name one connection.",
            };
        }

        return found.Select(c => (TSession)c.Session).ToArray();
    }

    /// <summary>The one session that this record goes to.</summary>
    private protected TSession Session(object? piped = null) => Sessions(piped)[0];

    private OrchestratorApiException Mismatch(string what)
        => new(System, OrchestratorErrorKind.ConnectionMismatch, what + ". Ids of one server mean something else at another; nothing was sent.")
        {
            RecommendedAction = "Leave -Connection out: an object is acted on where it came from.",
        };

    private static (string? Name, Uri? Origin) OriginOf(object? piped) => piped switch
    {
        null => (null, null),
        ServerObject { Connection.Length: > 0 } bare => (bare.Connection, bare.Origin),
        PSObject { BaseObject: ServerObject { Connection.Length: > 0 } wrapped } => (wrapped.Connection, wrapped.Origin),
        PSObject other when other.Properties["Connection"]?.Value is string { Length: > 0 } name => (name, null),
        _ => (null, null),
    };
}

/// <summary>The base of the cmdlets that only read: -Connection takes several.</summary>
/// <typeparam name="TSession">The system's session.</typeparam>
public abstract class ReadingCmdlet<TSession> : ConnectedCmdlet<TSession>
    where TSession : OrchestratorSession
{
    /// <summary>The connections to ask; without it, the one that a piped object came by, or the default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNullOrEmpty]
    public ConnectionArgument[]? Connection { get; set; }

    /// <inheritdoc/>
    private protected sealed override ConnectionArgument[]? GivenConnections => Connection;

    /// <inheritdoc/>
    private protected sealed override bool TakesSeveral => true;
}

/// <summary>The base of the cmdlets that change something: -Connection takes one.</summary>
/// <typeparam name="TSession">The system's session.</typeparam>
public abstract class ChangingCmdlet<TSession> : ConnectedCmdlet<TSession>
    where TSession : OrchestratorSession
{
    /// <summary>The connection to use; without it, the one that a piped object came by, or the default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ConnectionArgument? Connection { get; set; }

    /// <inheritdoc/>
    private protected sealed override ConnectionArgument[]? GivenConnections => Connection is { } one ? [one] : null;

    /// <inheritdoc/>
    private protected sealed override bool TakesSeveral => false;
}
