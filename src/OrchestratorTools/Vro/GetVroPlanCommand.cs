using System.Collections;
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

    /// <summary>A filter of the server's own: its JSON, or a hashtable of properties and values that must be equal.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateNotNull]
    public object? Filter { get; set; }

    /// <summary>How many plans at the most.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateRange(1, int.MaxValue)]
    public int? First { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.Vro;

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _filter = Filter is null ? null : ReadFilter(Filter is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : Filter);
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

            try
            {
                var client = new VroClient(session, RequestObserver);
                Stream(token => client.ListPlansAsync(query with { First = First - _written }, token), plan =>
                {
                    _written++;
                    WriteObject(plan);
                });
            }
            catch (OrchestratorApiException e)
            {
                failed = true;
                WriteQueued();
                WriteApiError(e, session.ConnectionName);
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

    private JsonElement ReadFilter(object filter)
    {
        switch (filter)
        {
            case string text:
                try
                {
                    using var document = JsonDocument.Parse(text);
                    if (document.RootElement.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
                    {
                        return document.RootElement.Clone();
                    }
                }
                catch (JsonException e)
                {
                    ThrowBadParameter(nameof(Filter), text, $"it is no JSON ({e.Message}).");
                }

                break;
            case IDictionary { Count: > 0 } map:
                return JsonObjects.ToElement(map.Cast<DictionaryEntry>().Select(entry => new SortedDictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["property"] = entry.Key.ToString(),
                    ["operator"] = entry.Value is IList ? "in" : "==",
                    ["value"] = entry.Value,
                }).ToArray());
            default:
                break;
        }

        ThrowBadParameter(nameof(Filter), filter, """the server's JSON is needed, for example '[{"property":"planType","operator":"==","value":"Replica"}]', or a hashtable such as @{ planType = 'Replica' }.""");
        throw new InvalidOperationException();
    }
}
