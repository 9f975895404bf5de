using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets events, newest first: of enterprises or edges, of a partner, of the operator.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudEvent")]
[OutputType(typeof(VeloCloudEvent))]
public sealed class GetVeloCloudEventCommand : VeloCloudLogCmdlet<VeloCloudEvent>
{
    private VeloCloudPatterns _types = new(null);
    private VeloCloudPatterns _severities = new(null);

    /// <summary>Only these kinds of event, with wildcards: EDGE_DOWN, LINK_*, …</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudEventTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Type { get; set; }

    /// <summary>Only these severities: EMERGENCY, ALERT, CRITICAL, ERROR, WARNING, NOTICE, INFO, DEBUG.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudSeverityCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Severity { get; set; }

    /// <summary>Whose log; without it, that of the enterprises or edges that are named, and of the account's own tier where none are.</summary>
    [Parameter]
    public VeloCloudLog Log { get; set; }

    /// <inheritdoc/>
    private protected override bool IsChosenHere => _types.AreChosenHere || _severities.AreChosenHere;

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _types = new VeloCloudPatterns(Type);
        _severities = new VeloCloudPatterns(Severity);
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var isTyped = MyInvocation.BoundParameters.ContainsKey(nameof(Log));
        if (Edge is not null || Enterprise is not null || MyInvocation.ExpectingInput || (isTyped && Log is VeloCloudLog.Enterprise))
        {
            if (isTyped && Log is not VeloCloudLog.Enterprise)
            {
                ThrowBadParameter(nameof(Log), Log, "the log of a partner or the operator is none of an enterprise or edge: leave -Enterprise and -Edge out.");
            }

            base.OnRecord();
            return;
        }

        foreach (var session in Sessions())
        {
            CurrentTarget = session.ConnectionName;
            try
            {
                Reads.MakeRoom();
                var client = new VeloCloudClient(session, RequestObserver) { MayAskAhead = Reads.MayAskAhead };
                var tier = Await(client.GetTierAsync);
                var log = isTyped ? Log : tier switch
                {
                    VeloCloudTier.Operator => VeloCloudLog.Operator,
                    VeloCloudTier.Partner => VeloCloudLog.Partner,
                    _ => VeloCloudLog.Enterprise,
                };
                if (log is VeloCloudLog.Enterprise)
                {
                    var own = Await(token => Enterprises.ResolveAsync(session, client, null, token));
                    Reads.Add(session.ConnectionName, token => ReadAsync(client, own[0], token));
                }
                else
                {
                    Reads.Add(session.ConnectionName, token => ChooseAsync(client.GetEventsAsync(Query() with { Log = log }, token), null, token));
                }
            }
            catch (OrchestratorApiException e)
            {
                Fail(e, CurrentTarget);
            }
        }
    }

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<VeloCloudEvent> ReadAsync(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise, CancellationToken cancellationToken)
        => ChooseAsync(client.GetEventsAsync(QueryOf(enterprise), cancellationToken), null, cancellationToken);

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<VeloCloudEvent> ReadEdgeAsync(VeloCloudClient client, VeloCloudEdgeTarget edge, CancellationToken cancellationToken)
        => ChooseAsync(client.GetEventsAsync(QueryOf(edge.Enterprise, edge), cancellationToken), null, cancellationToken);

    /// <inheritdoc/>
    private protected override VeloCloudLogQuery Query() => base.Query() with { Types = _types.ForServer, Severities = _severities.ForServer };

    /// <inheritdoc/>
    private protected override bool IsWanted(VeloCloudEvent item) => _types.Fit(item.Type) && _severities.Fit(item.Severity);
}
