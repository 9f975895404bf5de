using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets edges, page after page as they are taken.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudEdge", DefaultParameterSetName = "Name")]
[OutputType(typeof(VeloCloudEdge))]
public sealed class GetVeloCloudEdgeCommand : ReadingCmdlet<VeloCloudSession>
{
    private readonly VeloCloudEnterpriseResolver _resolver = new();
    private readonly HashSet<string> _foundIds = new(StringComparer.OrdinalIgnoreCase);
    private VeloCloudNames _names = new(null);
    private WildcardPattern[] _states = [];
    private WildcardPattern[] _activations = [];
    private bool _failed;

    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0, ParameterSetName = "Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudEdgeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Ids, or logical ids. One request each.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Id")]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>The enterprises, by name, id or object. Operators and partners must say.</summary>
    [Parameter(ValueFromPipeline = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudEnterpriseCompleter))]
    [ValidateNotNullOrEmpty]
    public VeloCloudEnterpriseArgument[]? Enterprise { get; set; }

    /// <summary>Only edges in these states.</summary>
    [Parameter(ParameterSetName = "Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudEdgeStateCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? State { get; set; }

    /// <summary>Only edges in these states of activation.</summary>
    [Parameter(ParameterSetName = "Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudActivationCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Activation { get; set; }

    /// <summary>Asks for the links that were active in the last 24 hours, too.</summary>
    [Parameter]
    public SwitchParameter IncludeLink { get; set; }

    /// <summary>Asks for the site, too.</summary>
    [Parameter]
    public SwitchParameter IncludeSite { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        foreach (var id in Id ?? [])
        {
            if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _) && !Guid.TryParseExact(id, "D", out _))
            {
                ThrowBadParameter(nameof(Id), id, "an edge's id is a whole number, its logical id a GUID. Names go with -Name.");
            }
        }

        _names = new VeloCloudNames(Name);
        _states = Patterns(State);
        _activations = Patterns(Activation);
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        VeloCloudEnterpriseArgument?[] given = Enterprise is null ? [null] : [.. Enterprise];
        foreach (var argument in given)
        {
            IReadOnlyList<VeloCloudSession> sessions;
            try
            {
                sessions = Sessions(argument?.Piped);
            }
            catch (OrchestratorApiException)
            {
                _failed = true;
                throw;
            }

            foreach (var session in sessions)
            {
                CurrentTarget = argument?.Piped ?? (object?)argument?.Name ?? session.ConnectionName;
                try
                {
                    Get(session, argument);
                }
                catch (OrchestratorApiException e)
                {
                    // The other enterprises and connections may answer.
                    _failed = true;
                    WriteApiError(e);
                }
            }
        }
    }

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        // Where a server did not answer, nobody knows what it has.
        if (_failed)
        {
            return;
        }

        foreach (var missing in _names.Missing())
        {
            WriteError(VeloCloudMessages.NotFound(nameof(Name), missing, "edge", "Get-VeloCloudEdge without a name lists those of the enterprise"));
        }

        foreach (var missing in Id?.Where(id => !_foundIds.Contains(id)) ?? [])
        {
            WriteError(VeloCloudMessages.NotFound(nameof(Id), missing, "edge", "Get-VeloCloudEdge without an id lists those of the enterprise"));
        }
    }

    private static WildcardPattern[] Patterns(string[]? texts) => texts?.Select(t => WildcardPattern.Get(t, WildcardOptions.IgnoreCase)).ToArray() ?? [];

    private static bool Matches(WildcardPattern[] patterns, string? text) => patterns.Length == 0 || Array.Exists(patterns, p => p.IsMatch(text ?? string.Empty));

    private void Get(VeloCloudSession session, VeloCloudEnterpriseArgument? argument)
    {
        var client = new VeloCloudClient(session, RequestObserver);
        var with = new List<string>();
        if (IncludeLink)
        {
            with.Add("recentLinks");
        }

        if (IncludeSite)
        {
            with.Add("site");
        }

        foreach (var enterprise in Await(token => _resolver.ResolveAsync(session, client, argument, token)))
        {
            if (Id is null)
            {
                Stream(token => client.GetEdgesAsync(enterprise.Id, enterprise.Name, with, token), WriteWanted);
                continue;
            }

            foreach (var id in Id)
            {
                GetOne(client, enterprise, id, with);
            }
        }
    }

    private void GetOne(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise, string id, List<string> with)
    {
        try
        {
            var edge = Await(token => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? client.GetEdgeAsync(number, null, enterprise.Id, enterprise.Name, with, token)
                : client.GetEdgeAsync(null, id, enterprise.Id, enterprise.Name, with, token));
            if (edge is not null)
            {
                _foundIds.Add(id);
                WriteObject(edge);
            }
        }
        catch (OrchestratorApiException e)
        {
            // The next id may be answered; this one is not said to be missing as well.
            _foundIds.Add(id);
            WriteApiError(e, id);
        }
    }

    private void WriteWanted(VeloCloudEdge edge)
    {
        // The name first: an edge that is passed over for its state exists all the same, and is not missing.
        if (_names.Takes(edge.Name) && Matches(_states, edge.State) && Matches(_activations, edge.ActivationState))
        {
            WriteObject(edge);
        }
    }
}
