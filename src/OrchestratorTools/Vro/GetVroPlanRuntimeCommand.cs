using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Vro;

/// <summary>Shows what plans do at the moment and how their last run ended.</summary>
[Cmdlet(VerbsCommon.Get, "VroPlanRuntime", DefaultParameterSetName = NameSet)]
[OutputType(typeof(VroPlanRuntime), typeof(VroRuntimeGroup), typeof(VroRuntimeVm), typeof(VroRuntimeStep))]
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

    /// <summary>Adds the groups with their VMs and steps, as a tree.</summary>
    [Parameter]
    [Alias("IncludeSteps")]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Returns the groups in place of the plan.</summary>
    [Parameter]
    public SwitchParameter Group { get; set; }

    /// <summary>Returns the VMs in place of the plan.</summary>
    [Parameter]
    public SwitchParameter VM { get; set; }

    /// <summary>Returns the steps in place of the plan.</summary>
    [Parameter]
    public SwitchParameter Step { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.Vro;

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (new[] { Recurse, Group, VM, Step }.Count(s => s.IsPresent) > 1)
        {
            ThrowBadParameter(nameof(Recurse), Recurse, "use one of -Recurse (the plan with everything in it), -Group, -VM and -Step.");
        }
    }

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
        var depth = Recurse || Step ? VroRuntimeDepth.Steps : VM ? VroRuntimeDepth.Vms : Group ? VroRuntimeDepth.Groups : VroRuntimeDepth.Plan;
        var runtime = Await(async token =>
        {
            // The plan itself is asked for where only its parts are wanted too: a plan that there is not has no parts either.
            var present = await client.GetRuntimeAsync(planId, token).ConfigureAwait(false);
            present.Groups = await client.GetRuntimeGroupsAsync(planId, depth, token).ConfigureAwait(false);
            return present;
        });
        if (Group)
        {
            WriteObject(runtime.Groups, enumerateCollection: true);
        }
        else if (VM)
        {
            WriteObject(runtime.Groups.SelectMany(g => g.Vms), enumerateCollection: true);
        }
        else if (Step)
        {
            WriteObject(runtime.Groups.SelectMany(g => g.Steps.Concat(g.Vms.SelectMany(v => v.Steps))), enumerateCollection: true);
        }
        else
        {
            WriteObject(runtime);
        }
    }
}
