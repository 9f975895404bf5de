using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Vro;

/// <summary>The base of the cmdlets that read what a plan holds: by pipeline from the plan, its groups, VMs and steps.</summary>
public abstract class VroPlanPartCmdlet : ReadingCmdlet<VroSession>
{
    private WildcardPattern[]? _names;

    /// <summary>Names, with wildcards; default: all.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.Vro;

    /// <summary>What was piped in, or given.</summary>
    private protected abstract PSObject? Given { get; }

    /// <summary>The parameter that holds it.</summary>
    private protected virtual string GivenName => "InputObject";

    /// <summary>What would be right, in words: "a group or a plan".</summary>
    private protected abstract string Wanted { get; }

    /// <summary>Writes the parts of what was given; false where it is nothing that has any.</summary>
    private protected abstract bool Write(VroClient client, PartReference part);

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _names = Name?.Select(n => WildcardPattern.Get(n, WildcardOptions.IgnoreCase)).ToArray();
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        CurrentTarget = Given;
        var part = PartReference.Of(Given!);
        var sessions = Sessions(Given);
        if (part.Kind is PartKind.Nothing)
        {
            WriteError(ErrorRecords.BadParameter(ErrorPrefix, GivenName, Given, $"{Wanted} is needed, as this module returns it; a plan also by its name or id."));
            return;
        }

        if (part.Kind is PartKind.PlanText)
        {
            WriteOfPlans(sessions, part.Id);
            return;
        }

        foreach (var session in sessions)
        {
            Attempt(() => WriteParts(session, part), Given);
        }
    }

    /// <summary>Writes one part, where its name is wanted.</summary>
    private protected void WriteWanted(VroPlanPart part)
    {
        if (IsWanted(part.Name))
        {
            WriteObject(part);
        }
    }

    /// <summary>True where a name is one of those that were asked for.</summary>
    private protected bool IsWanted(string name)
        => _names is null || Array.Exists(_names, n => n.IsMatch(name)) || Array.Exists(Name!, n => n.Equals(name, StringComparison.OrdinalIgnoreCase));

    private void WriteParts(VroSession session, PartReference part)
    {
        if (!Write(new VroClient(session, RequestObserver), part))
        {
            WriteError(ErrorRecords.BadParameter(ErrorPrefix, GivenName, Given, $"{Wanted} is needed; this is a {part.Kind.ToString().ToLowerInvariant()}."));
        }
    }

    // A name may mean several plans: each has its parts.
    private void WriteOfPlans(IReadOnlyList<VroSession> sessions, string nameOrId)
    {
        var names = new PlanNames([nameOrId]);
        var found = false;
        var failed = false;
        foreach (var session in sessions)
        {
            var client = new VroClient(session, RequestObserver);
            try
            {
                var plans = new List<VroPlan>();
                if (Guid.TryParse(nameOrId, out _))
                {
                    plans.Add(Await(token => client.GetPlanAsync(nameOrId, token)));
                }
                else
                {
                    Stream(token => client.ListPlansAsync(names.Narrow(new VroPlanQuery()), token), plans.Add);
                }

                found |= plans.Count > 0;
                foreach (var plan in plans)
                {
                    Attempt(() => WriteParts(session, new PartReference(PartKind.Plan, plan.Id, plan.Name, plan.Id, string.Empty, string.Empty)), plan);
                }
            }
            catch (OrchestratorApiException e)
            {
                WriteQueued();
                if (e.Kind is not OrchestratorErrorKind.NotFound)
                {
                    failed = true;
                    WriteApiError(e, nameOrId);
                }
            }
        }

        if (!found && !failed)
        {
            WriteApiError(PlanNames.NotFound(GivenName, nameOrId, sessions), nameOrId);
        }
    }
}
