using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Vro;

/// <summary>Shows what plans do at the moment and how their last run ended.</summary>
[Cmdlet(VerbsCommon.Get, "VroPlanRuntime", DefaultParameterSetName = NameSet)]
[OutputType(typeof(VroPlanRuntime))]
public sealed class GetVroPlanRuntimeCommand : ReadingCmdlet<VroSession>
{
    private const string NameSet = "Name";
    private const string PlanSet = "Plan";
    private const string IdSet = "Id";

    /// <summary>Names of plans, with wildcards.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet)]
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

    /// <summary>Adds the groups with their VMs and steps.</summary>
    [Parameter]
    public SwitchParameter IncludeSteps { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.Vro;

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var sessions = Sessions(Plan);
        switch (ParameterSetName)
        {
            case PlanSet:
                if (PlanReference.IdOf(Plan!) is not { } planId)
                {
                    WriteError(ErrorRecords.BadParameter(ErrorPrefix, nameof(Plan), Plan, PlanReference.Wanted));
                    return;
                }

                WriteById(sessions, nameof(Plan), planId);
                break;
            case IdSet:
                foreach (var id in Id!)
                {
                    WriteById(sessions, nameof(Id), id);
                }

                break;
            default:
                WriteByName(sessions);
                break;
        }
    }

    private void WriteByName(IReadOnlyList<VroSession> sessions)
    {
        var names = new PlanNames(Name);
        var query = names.Narrow(new VroPlanQuery());
        var failed = false;
        foreach (var session in sessions)
        {
            var client = new VroClient(session, RequestObserver);
            failed |= !Try(session.ConnectionName, () => Stream(token => client.ListPlansAsync(query, token), plan => Try(plan, () => Write(client, plan.Id))));
        }

        foreach (var name in failed ? [] : names.Missing)
        {
            WriteApiError(PlanNames.NotFound(nameof(Name), name, sessions), name);
        }
    }

    private void WriteById(IReadOnlyList<VroSession> sessions, string parameter, string id)
    {
        var told = false;
        foreach (var session in sessions)
        {
            var found = true;
            var worked = Try(id, () =>
            {
                try
                {
                    Write(new VroClient(session, RequestObserver), id);
                }
                catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.NotFound)
                {
                    found = false;
                    WriteQueued();
                }
            });
            told = told || found || !worked;
        }

        if (!told)
        {
            WriteApiError(PlanNames.NotFound(parameter, id, sessions), id);
        }
    }

    // What is wrong with one plan or server is no reason to leave the next.
    private bool Try(object target, Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (OrchestratorApiException e)
        {
            WriteQueued();
            WriteApiError(e, target);
            return false;
        }
    }

    private void Write(VroClient client, string planId)
    {
        var runtime = Await(async token =>
        {
            var present = await client.GetRuntimeAsync(planId, token).ConfigureAwait(false);
            if (IncludeSteps)
            {
                present.Groups = await client.GetRuntimeGroupsAsync(planId, token).ConfigureAwait(false);
            }

            return present;
        });
        WriteObject(runtime);
    }
}
