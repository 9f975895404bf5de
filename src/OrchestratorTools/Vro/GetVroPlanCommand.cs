using System.Management.Automation;
using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Vro;

/// <summary>Lists recovery plans.</summary>
[Cmdlet(VerbsCommon.Get, "VroPlan", DefaultParameterSetName = NameSet)]
[OutputType(typeof(VroPlan))]
public sealed class GetVroPlanCommand : ReadingCmdlet<VroSession>
{
    private const string NameSet = "Name";
    private const string IdSet = "Id";
    private JsonElement? _filter;
    private int _written;
    private int _toSkip;

    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VroPlanCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Ids.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>Plan types.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VroValueCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Type { get; set; }

    /// <summary>States, as the API or as the user interface names them.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VroValueCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? State { get; set; }

    /// <summary>Modes.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VroValueCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Mode { get; set; }

    /// <summary>A filter of the server's: a hashtable, or its JSON as a text.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateNotNull]
    public object? Filter { get; set; }

    /// <summary>The field to sort by; default: the name.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VroValueCompleter))]
    [ValidateNotNullOrEmpty]
    public string? SortBy { get; set; }

    /// <summary>The last first.</summary>
    [Parameter(ParameterSetName = NameSet)]
    public SwitchParameter Descending { get; set; }

    /// <summary>How many plans at the most.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateRange(1, int.MaxValue)]
    public int? First { get; set; }

    /// <summary>How many plans to pass over first.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.Vro;

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _toSkip = Skip;
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
        if (ParameterSetName == IdSet)
        {
            WriteById(sessions);
            return;
        }

        var names = new PlanNames(Name);
        var query = names.Narrow(new VroPlanQuery
        {
            Types = Type ?? [],
            States = State ?? [],
            Modes = Mode ?? [],
            Filter = _filter,
            SortBy = SortBy,
            Descending = Descending,
            Match = Type is null && State is null && Mode is null ? null : IsWanted,
            DoubtsNothing = State?.Any(s => !VroAssumptions.PlanStates.Contains(s, StringComparer.OrdinalIgnoreCase)) is true,
        });
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
                WritePlans(client, query, isOnly: sessions.Count == 1);
            }
            catch (OrchestratorApiException e)
            {
                failed = true;
                WriteQueued();
                WriteApiError(FieldNames.MayBeAboutFields(e) && Explain(client, mayBeKnown: true) is { } better ? better : e, session.ConnectionName);
            }
        }

        if (!failed && (First is null || _written < First))
        {
            foreach (var name in names.Missing)
            {
                WriteApiError(PlanNames.NotFound(nameof(Name), name, sessions), name);
            }
        }
    }

    private void WriteById(IReadOnlyList<VroSession> sessions)
    {
        foreach (var id in Id!)
        {
            var found = false;
            OrchestratorApiException? other = null;
            foreach (var session in sessions)
            {
                try
                {
                    WriteObject(Await(token => new VroClient(session, RequestObserver).GetPlanAsync(id, token)));
                    found = true;
                }
                catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.NotFound)
                {
                    WriteQueued();
                }
                catch (OrchestratorApiException e)
                {
                    WriteQueued();
                    other = e;
                    WriteApiError(e, id);
                }
            }

            if (!found && other is null)
            {
                WriteApiError(PlanNames.NotFound(nameof(Id), id, sessions), id);
            }
        }
    }

    private bool IsWanted(VroPlan plan)
        => (Type is null || Type.Contains(plan.Type, StringComparer.OrdinalIgnoreCase))
           && (Mode is null || Mode.Contains(plan.Mode, StringComparer.OrdinalIgnoreCase))
           && (State is null || State.Contains(plan.State, StringComparer.OrdinalIgnoreCase) || State.Contains(plan.StateName, StringComparer.OrdinalIgnoreCase));

    // Of several servers what is passed over, and counted, is that of all together.
    private void WritePlans(VroClient client, VroPlanQuery query, bool isOnly)
    {
        var any = false;
        query = query with { Skip = isOnly ? Skip : 0, First = First is { } first ? first - _written + (isOnly ? 0 : _toSkip) : null };
        Stream(token => client.ListPlansAsync(query, token), plan =>
        {
            any = true;
            if (!isOnly && _toSkip > 0)
            {
                _toSkip--;
                return;
            }

            _written++;
            WriteObject(plan);
        });
        if (!any && Explain(client, mayBeKnown: false) is { } wrong)
        {
            throw wrong;
        }
    }

    // Nothing found is worth a look only where a field is not one of those that documents name.
    private OrchestratorApiException? Explain(VroClient client, bool mayBeKnown)
    {
        IEnumerable<string> used = [.. VroFilter.PropertiesOf(_filter), .. SortBy is null ? Array.Empty<string>() : [SortBy]];
        return used.Any() && (mayBeKnown || VroFilter.Unknown(used, VroAssumptions.PlanFields.ToArray()).Count > 0)
            ? Await(token => FieldNames.ExplainAsync(client, "Plans", "a plan", _filter, SortBy, VroAssumptions.PlanFields, token))
            : null;
    }
}
