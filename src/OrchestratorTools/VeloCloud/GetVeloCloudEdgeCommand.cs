using System.Globalization;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets edges, page after page as they are taken.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudEdge", DefaultParameterSetName = "Name")]
[OutputType(typeof(VeloCloudEdge))]
public sealed class GetVeloCloudEdgeCommand : VeloCloudEnterpriseCmdlet<VeloCloudEdge>
{
    private readonly List<string> _with = [];
    private readonly HashSet<string> _foundIds = new(StringComparer.OrdinalIgnoreCase);
    private VeloCloudNames _names = new(null);
    private WildcardPattern[] _states = [];
    private WildcardPattern[] _activations = [];
    private WildcardPattern[] _serials = [];
    private WildcardPattern[] _models = [];
    private WildcardPattern[] _versions = [];
    private bool _hadFailed;

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

    /// <summary>Only edges with these serial numbers, the second device's of a pair included.</summary>
    [Parameter(ParameterSetName = "Name")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? SerialNumber { get; set; }

    /// <summary>Only edges of these models.</summary>
    [Parameter(ParameterSetName = "Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Model { get; set; }

    /// <summary>Only edges with these versions of the software.</summary>
    [Parameter(ParameterSetName = "Name")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Version { get; set; }

    /// <summary>Only edges with these profiles: names, ids, or what Get-VeloCloudProfile returned.</summary>
    [Parameter(ParameterSetName = "Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudProfileCompleter))]
    [ValidateNotNullOrEmpty]
    public VeloCloudProfileArgument[]? Profile { get; set; }

    /// <summary>Asks for the profile and the software image (operator profile), too.</summary>
    [Parameter]
    public SwitchParameter IncludeProfile { get; set; }

    /// <summary>Asks for the licence, too.</summary>
    [Parameter(ParameterSetName = "Name")]
    public SwitchParameter IncludeLicense { get; set; }

    /// <summary>Asks for the links that were active in the last 24 hours, too.</summary>
    [Parameter]
    public SwitchParameter IncludeLink { get; set; }

    /// <summary>Asks for the site, too.</summary>
    [Parameter]
    public SwitchParameter IncludeSite { get; set; }

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
        _serials = Patterns(SerialNumber);
        _models = Patterns(Model);
        _versions = Patterns(Version);
        if (IncludeProfile || Profile is not null)
        {
            _with.Add("configuration");
        }

        if (IncludeLicense)
        {
            _with.Add("licenses");
        }

        if (IncludeLink)
        {
            _with.Add("recentLinks");
        }

        if (IncludeSite)
        {
            _with.Add("site");
        }
    }

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        base.OnEnd();

        // Where a server did not answer, nobody knows what it has.
        if (HasFailed)
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

    /// <inheritdoc/>
    private protected override IEnumerable<(object? Target, Func<CancellationToken, IAsyncEnumerable<VeloCloudEdge>> Read)> PartsOf(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise)
        => Id is null
            ? base.PartsOf(client, enterprise)
            : Id.Select(id => ((object?)id, (Func<CancellationToken, IAsyncEnumerable<VeloCloudEdge>>)(token => ReadOneAsync(client, enterprise, id, token))));

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<VeloCloudEdge> ReadAsync(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise, CancellationToken cancellationToken)
        => client.GetEdgesAsync(enterprise.Id, enterprise.Name, _with, cancellationToken);

    /// <inheritdoc/>
    private protected override void Write(VeloCloudEdge item)
    {
        if (Id is not null)
        {
            _foundIds.Add(item.Id.ToString(CultureInfo.InvariantCulture));
            _foundIds.Add(item.LogicalId ?? string.Empty);
            WriteObject(item);
        }
        else if (_names.Takes(item.Name) && Matches(_states, item.State) && Matches(_activations, item.ActivationState)
            && (Matches(_serials, item.SerialNumber) || (!string.IsNullOrEmpty(item.HaSerialNumber) && Matches(_serials, item.HaSerialNumber)))
            && Matches(_models, item.ModelNumber) && Matches(_versions, item.SoftwareVersion) && HasProfile(item))
        {
            // The name first: an edge that is passed over for its state exists all the same, and is not missing.
            WriteObject(item);
        }
    }

    /// <inheritdoc/>
    private protected override void Fail(OrchestratorApiException error, object? target)
    {
        base.Fail(error, target);
        if (Id is not null && target is string id && Id.Contains(id, StringComparer.Ordinal))
        {
            // The next id may be answered; this one is not said to be missing as well.
            _foundIds.Add(id);
            HasFailed = _hadFailed;
        }

        _hadFailed = HasFailed;
    }

    private bool HasProfile(VeloCloudEdge edge)
        => Profile is null || Array.Exists(Profile, p => p.Id is { } id
            ? edge.ProfileId == id
            : string.Equals(p.Name, edge.ProfileName, StringComparison.OrdinalIgnoreCase)
                || WildcardPattern.Get(p.Name, WildcardOptions.IgnoreCase).IsMatch(edge.ProfileName ?? string.Empty)
                || string.Equals(p.Name, edge.ProfileId?.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));

    private static WildcardPattern[] Patterns(string[]? texts) => texts?.Select(t => WildcardPattern.Get(t, WildcardOptions.IgnoreCase)).ToArray() ?? [];

    private static bool Matches(WildcardPattern[] patterns, string? text) => patterns.Length == 0 || Array.Exists(patterns, p => p.IsMatch(text ?? string.Empty));

    private async IAsyncEnumerable<VeloCloudEdge> ReadOneAsync(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise, string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var isNumber = long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        if (await client.GetEdgeAsync(isNumber ? number : null, isNumber ? null : id, enterprise.Id, enterprise.Name, _with, cancellationToken).ConfigureAwait(false) is { } edge)
        {
            yield return edge;
        }
    }
}
