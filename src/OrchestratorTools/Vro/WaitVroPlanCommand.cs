using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Vro;

/// <summary>Waits until nothing runs in plans any more; many at once.</summary>
[Cmdlet(VerbsLifecycle.Wait, "VroPlan", DefaultParameterSetName = NameSet)]
[OutputType(typeof(VroPlanRuntime))]
public sealed class WaitVroPlanCommand : ReadingCmdlet<VroSession>
{
    private const string NameSet = "Name";
    private const string PlanSet = "Plan";
    private const string IdSet = "Id";
    private const int MostWaits = 2000;
    private PlanWaits? _waits;

    /// <summary>Names of plans, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VroPlanCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>A plan.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PlanSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? Plan { get; set; }

    /// <summary>Ids of plans.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>How long to wait for each plan, in whole seconds; default: as long as it takes.</summary>
    [Parameter]
    [ValidateRange(1, 2_592_000)]
    public int? Timeout { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.Vro;

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        PlanWaits.SayGoesOn(Host, _waits?.Names ?? [], null);
        base.StopProcessing();
    }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _waits = new PlanWaits(this, Timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null, PlanWaits.IsProgressShown(MyInvocation, SessionState));
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var sessions = Sessions(Plan);
        switch (ParameterSetName)
        {
            case PlanSet:
                if (PlanReference.IdOf(Plan!) is { } planId)
                {
                    Begin(sessions, planId, Plan!.Properties["Name"]?.Value as string ?? planId, Plan);
                }
                else
                {
                    WriteError(ErrorRecords.BadParameter(ErrorPrefix, nameof(Plan), Plan, PlanReference.Wanted));
                }

                break;
            case IdSet:
                foreach (var id in Id!)
                {
                    Begin(sessions, id, id, id);
                }

                break;
            default:
                BeginByName(sessions);
                break;
        }

        WriteEnded();
    }

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        while (_waits!.Count > 0)
        {
            Drain(_waits.NextAsync());
            WriteEnded();
        }
    }

    private void BeginByName(IReadOnlyList<VroSession> sessions)
    {
        var names = new PlanNames(Name);
        var query = names.Narrow(new VroPlanQuery());
        var failed = false;
        foreach (var session in sessions)
        {
            try
            {
                var client = new VroClient(session, RequestObserver);
                Stream(token => client.ListPlansAsync(query, token), plan => Begin(client, plan.Id, plan.Name, plan));
            }
            catch (OrchestratorApiException e)
            {
                failed = true;
                WriteQueued();
                WriteApiError(e, session.ConnectionName);
            }
        }

        foreach (var name in failed ? [] : names.Missing)
        {
            WriteApiError(PlanNames.NotFound(nameof(Name), name, sessions), name);
        }
    }

    private void Begin(IReadOnlyList<VroSession> sessions, string planId, string name, object target)
    {
        foreach (var session in sessions)
        {
            Begin(new VroClient(session, RequestObserver), planId, name, target);
        }
    }

    private void Begin(VroClient client, string planId, string name, object target)
    {
        while (_waits!.Count >= MostWaits)
        {
            Drain(_waits.NextAsync());
            WriteEnded();
        }

        _waits.Begin(client, planId, name, target);
    }

    private void WriteEnded()
    {
        foreach (var wait in _waits!.TakeEnded())
        {
            try
            {
                WriteObject(wait.Task.GetAwaiter().GetResult());
            }
            catch (OrchestratorApiException e)
            {
                // With -Id there is nothing but the id before the first answer.
                WriteApiError(e.Kind is OrchestratorErrorKind.NotFound && wait.Target is string id ? PlanNames.NotFound(nameof(Id), id, [wait.Session]) : e, wait.Target);
            }
        }
    }
}
