using System.Management.Automation;
using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Vro;

/// <summary>The base of the cmdlets that list a collection of the server: by name, by id, filtered and sorted by the server.</summary>
/// <typeparam name="TItem">What is listed.</typeparam>
public abstract class VroCollectionCmdlet<TItem> : ReadingCmdlet<VroSession>
    where TItem : ServerObject
{
    private protected const string NameSet = "Name";
    private protected const string IdSet = "Id";
    private JsonElement? _filter;
    private int _written;
    private int _toSkip;

    /// <summary>A filter of the server's: a hashtable, or its JSON as a text.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateNotNull]
    public object? Filter { get; set; }

    /// <summary>The field to sort by.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    public string? SortBy { get; set; }

    /// <summary>With -SortBy: the last first.</summary>
    [Parameter(ParameterSetName = NameSet)]
    public SwitchParameter Descending { get; set; }

    /// <summary>How many at the most.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateRange(1, int.MaxValue)]
    public int? First { get; set; }

    /// <summary>How many to pass over first.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.Vro;

    /// <summary>The names that were asked for; null: all.</summary>
    private protected abstract string[]? Names { get; }

    /// <summary>The ids that were asked for.</summary>
    private protected abstract string[]? Ids { get; }

    /// <summary>The path of the collection.</summary>
    private protected abstract string Path { get; }

    /// <summary>What an item is, with its article: "a scope".</summary>
    private protected abstract string What { get; }

    /// <summary>Lists the collection.</summary>
    private protected abstract IAsyncEnumerable<TItem> List(VroClient client, VroListQuery query, CancellationToken cancellationToken);

    /// <summary>The name of an item.</summary>
    private protected abstract string NameOf(TItem item);

    /// <summary>The id of an item.</summary>
    private protected abstract string IdOf(TItem item);

    /// <summary>What else an item must meet.</summary>
    private protected virtual bool IsWanted(TItem item) => true;

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _toSkip = Skip;
        if (Descending && SortBy is null)
        {
            ThrowBadParameter(nameof(Descending), true, "it means something only with -SortBy.");
        }

        if (Filter is not null)
        {
            try
            {
                _filter = FilterArgument.Read(Filter);
            }
            catch (ArgumentException e)
            {
                ThrowBadParameter(nameof(Filter), Filter, e.Message);
            }
        }
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var sessions = Sessions();
        var wanted = (Ids ?? Names)?.Select(n => new Wanted(n, Ids is null)).ToArray();
        var failed = false;
        foreach (var session in sessions)
        {
            if (First is { } first && _written >= first)
            {
                return;
            }

            var client = new VroClient(session, RequestObserver);
            try
            {
                WriteItems(client, wanted, isOnly: sessions.Count == 1);
            }
            catch (OrchestratorApiException e)
            {
                failed = true;
                WriteQueued();
                WriteApiError(FieldNames.MayBeAboutFields(e) && Explain(client) is { } better ? better : e, session.ConnectionName);
            }
        }

        if (!failed && (First is null || _written < First))
        {
            foreach (var missing in wanted?.Where(w => !w.WasMet && w.MustBeMet) ?? [])
            {
                WriteApiError(new OrchestratorApiException(OrchestratorSystem.Vro, OrchestratorErrorKind.NotFound, $"-{(Ids is null ? "Name" : "Id")} '{missing.Text}': there is no such {What.Split(' ', 2)[1]} at {string.Join(", ", sessions.Select(s => s.Server.Authority))}, or this account may not see it."), missing.Text);
            }
        }
    }

    private void WriteItems(VroClient client, Wanted[]? wanted, bool isOnly)
    {
        // What is matched here is counted here.
        var here = wanted is not null || !isOnly || MatchesHere;
        var query = new VroListQuery { Filter = _filter, SortBy = SortBy, Descending = Descending, Skip = here ? 0 : Skip, First = here ? null : First };
        var any = false;
        Stream(token => List(client, query, token), item =>
        {
            any = true;
            var met = wanted?.Where(w => w.Meets(Ids is null ? NameOf(item) : IdOf(item))).ToArray();
            foreach (var one in met ?? [])
            {
                one.WasMet = true;
            }

            if (met is { Length: 0 } || !IsWanted(item) || _written >= First)
            {
                return;
            }

            if (here && _toSkip > 0)
            {
                _toSkip--;
                return;
            }

            _written++;
            WriteObject(item);
        });
        if (!any && (_filter is not null || SortBy is not null) && Explain(client) is { } wrong)
        {
            throw wrong;
        }
    }

    /// <summary>True where <see cref="IsWanted"/> looks for something.</summary>
    private protected virtual bool MatchesHere => false;

    private OrchestratorApiException? Explain(VroClient client)
        => _filter is null && SortBy is null ? null : Await(token => FieldNames.ExplainAsync(client, Path, What, _filter, SortBy, [], token));

    private sealed class Wanted
    {
        private readonly WildcardPattern? _pattern;

        public Wanted(string text, bool takesWildcards)
        {
            Text = text;
            _pattern = takesWildcards && WildcardPattern.ContainsWildcardCharacters(text) ? WildcardPattern.Get(text, WildcardOptions.IgnoreCase) : null;
        }

        public string Text { get; }

        public bool WasMet { get; set; }

        public bool MustBeMet => _pattern is null;

        public bool Meets(string value) => value.Equals(Text, StringComparison.OrdinalIgnoreCase) || _pattern?.IsMatch(value) is true;
    }
}
