using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Shows tasks: those that are named or piped as they are now, those that work (or worked) on a piped object, or those that the server remembers.</summary>
[Cmdlet(VerbsCommon.Get, "VcdTask", DefaultParameterSetName = ListSet)]
[OutputType(typeof(VcdTask))]
public sealed class GetVcdTaskCommand : VcdReadingCmdlet
{
    private const string ListSet = "List";
    private const string IdSet = "Id";

    /// <summary>Ids (urn:vcloud:task:UUID, or the UUID alone), addresses, or tasks.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet)]
    [Alias("Task")]
    [ValidateNotNullOrEmpty]
    public VcdTaskArgument[]? Id { get; set; }

    /// <summary>Tasks, which are read again; any other object, whose tasks are meant; an organization; ids; or XML that holds a task.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Only tasks in these states.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(VcdTaskStateCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Status { get; set; }

    /// <summary>Only tasks that have not ended: queued, preRunning, running, postRunning.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter Running { get; set; }

    /// <summary>The organizations whose tasks are meant: names, wildcards, or objects. A session of the provider acts for them; any other sees its own only.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(VcdOrgCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdOrgArgument[]? Organization { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (Id is not null)
        {
            foreach (var argument in Id)
            {
                Show(argument);
            }

            return;
        }

        var piped = (InputObject?.BaseObject as VcdRecord)?.ToObject() ?? InputObject?.BaseObject as VcdObject;
        CurrentTarget = InputObject?.BaseObject;
        if (InputObject is not null && (piped is null or VcdTask || (piped is VcdMedia && piped.Tasks.Count > 0)))
        {
            try
            {
                Show(new VcdTaskArgument(InputObject));
            }
            catch (PSInvalidCastException e)
            {
                throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.Validation, $"-InputObject '{InputObject}': {e.Message}", e);
            }

            return;
        }

        foreach (var session in Sessions(InputObject))
        {
            var wanted = piped is VcdOrg own ? [new VcdOrgArgument(own)] : Organization;
            var origin = session.IsProvider && wanted is null ? piped?.Tenant : null;
            foreach (var organization in origin is not null ? [origin] : Organizations.Find(session, wanted, Read(session)))
            {
                List(session, organization, piped is VcdOrg ? null : piped);
            }
        }
    }

    private void Show(VcdTaskArgument argument)
    {
        if (argument.Ids.Count == 0)
        {
            WriteVerbose($"'{argument}' has no task.");
        }

        foreach (var id in argument.Ids)
        {
            Attempt(
                () =>
                {
                    foreach (var session in Sessions(argument.Source))
                    {
                        var task = Await(token => ClientFor(session, argument.Source).GetTaskAsync(id, token));
                        if (IsMeant(task))
                        {
                            WriteObject(task);
                        }
                    }
                },
                id);
        }
    }

    private void List(VcdSession session, VcdTenant? organization, VcdObject? owner)
    {
        var conditions = new List<VcdCondition>();
        if (owner is not null)
        {
            // By name, and exactly by the id below: every record has the name of what it works on, and two objects may have the same.
            conditions.Add(new VcdCondition("objectName") { Patterns = [VcdNamePattern.Of(owner.Name)] });
        }

        if (Running)
        {
            conditions.Add(new VcdCondition("status") { Values = VcdClient.RunningStates });
        }
        else if (Status is not null && Status.All(s => VcdClient.TaskStates.Contains(s, StringComparer.OrdinalIgnoreCase)))
        {
            conditions.Add(new VcdCondition("status") { Values = VcdClient.TaskStates.Where(s => Status.Contains(s, StringComparer.OrdinalIgnoreCase)).ToArray() });
        }

        var listing = new VcdListing { Conditions = conditions, Organization = organization };
        Stream(token => Client(session, session.IsProvider ? organization : null).ListAsync<VcdTask>(listing, token), task =>
        {
            if (IsMeant(task) && (owner is null || VcdObject.IsSame(task.ObjectHref, owner.Href.Length > 0 ? owner.Href : owner.Id)))
            {
                WriteObject(task);
            }
        });
    }

    private bool IsMeant(VcdTask task) => (!Running || !task.IsFinished) && (Status is null || new VcdNames(Status).Means(task.Status));
}
