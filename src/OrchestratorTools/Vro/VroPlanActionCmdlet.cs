using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Vro;

/// <summary>
/// The base of the cmdlets that do something to plans. For each plan: its type, mode and state are checked, a question names all of them, the order is sent once, and what this process
/// sent is remembered, so that neither another runspace nor the next command sends it again while nobody knows what became of it.
/// </summary>
public abstract class VroPlanActionCmdlet : ChangingCmdlet<VroSession>
{
    private protected const string NameSet = "Name";
    private protected const string PlanSet = "Plan";
    private protected const string IdSet = "Id";
    private const int MostCandidates = 10;

    // How long an answer to the question may take before the plan is looked at again.
    private static readonly TimeSpan FreshEnough = TimeSpan.FromSeconds(5);

    // A count for the question: a server that takes longer over it must not hold up a failover.
    private static readonly TimeSpan CountBudget = TimeSpan.FromSeconds(15);

    private readonly HashSet<string> _done = new(StringComparer.OrdinalIgnoreCase);
    private volatile string? _sending;

    /// <summary>The plan's name. Wildcards are taken where they mean one plan.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VroPlanCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>A plan.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PlanSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? Plan { get; set; }

    /// <summary>The plan's id.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>Skips the check of type, mode and state. The question is asked all the same.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the plan.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.Vro;

    /// <summary>What this cmdlet does.</summary>
    private protected abstract VroPlanAction Rules { get; }

    /// <summary>True where the question names the number of VMs, which costs a request for every group.</summary>
    private protected virtual bool CountsVms => true;

    /// <summary>The plans that this cmdlet waits for at the moment.</summary>
    private protected virtual IReadOnlyList<string> WaitedFor => [];

    /// <summary>What a wait for the order that was sent last needs to know; null where nothing runs after it.</summary>
    private protected VroPendingStart? LastSent { get; private set; }

    /// <summary>The order for a plan, once the plan is known to be in a state for it. Throws where it cannot be given; null where there is nothing to do.</summary>
    private protected abstract VroPlanOrder? OrderFor(VroClient client, VroPlanSeen seen);

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        PlanWaits.SayGoesOn(Host, WaitedFor, _sending);
        base.StopProcessing();
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var client = new VroClient(Session(Plan), RequestObserver);
        client.EnsureOffered(Rules);
        switch (ParameterSetName)
        {
            case PlanSet:
                if (PlanReference.IdOf(Plan!) is { } planId)
                {
                    DoById(client, nameof(Plan), planId);
                }
                else
                {
                    WriteError(ErrorRecords.BadParameter(ErrorPrefix, nameof(Plan), Plan, PlanReference.Wanted));
                }

                break;
            case IdSet:
                foreach (var id in Id!)
                {
                    DoById(client, nameof(Id), id);
                }

                break;
            default:
                foreach (var name in Name!)
                {
                    DoByName(client, name);
                }

                break;
        }
    }

    /// <summary>After the server took the order.</summary>
    private protected virtual void OnSent(VroClient client, VroPlanSeen seen, VroPlanOrder order, JsonElement? answer)
    {
        if (PassThru)
        {
            WriteObject(seen.Plan);
        }
    }

    /// <summary>The one plan that a name means; throws where none does, or several do.</summary>
    private protected VroPlan FindPlan(VroClient client, string parameter, string name)
    {
        var names = new PlanNames([name]);
        var found = new List<VroPlan>();
        Stream(token => client.ListPlansAsync(names.Narrow(new VroPlanQuery()), token), found.Add);
        if (found.Where(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToArray() is [var exact])
        {
            return exact;
        }

        return found.Count switch
        {
            0 => throw PlanNames.NotFound(parameter, name, [client.Session]),
            1 => found[0],
            _ => throw Ambiguous(parameter, name, found),
        };
    }

    /// <summary>The plan of an id; throws with the parameter's name where there is none.</summary>
    private protected VroPlan GetPlan(VroClient client, string parameter, string id)
    {
        try
        {
            return Await(token => client.GetPlanAsync(id, token));
        }
        catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.NotFound)
        {
            WriteQueued();
            throw PlanNames.NotFound(parameter, id, [client.Session]);
        }
    }

    /// <summary>The recovery location that a name or an id means; throws where none does, or several do.</summary>
    private protected VroRecoveryLocation FindLocation(VroClient client, string nameOrId)
    {
        var found = new List<VroRecoveryLocation>();
        Stream(token => client.ListLocationsAsync(null, token), found.Add);
        var meant = found.Where(l => l.Id.Equals(nameOrId, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (meant.Length == 0)
        {
            meant = found.Where(l => l.Name.Equals(nameOrId, StringComparison.OrdinalIgnoreCase)).ToArray();
        }

        if (meant.Length == 0)
        {
            var pattern = WildcardPattern.Get(nameOrId, WildcardOptions.IgnoreCase);
            meant = found.Where(l => pattern.IsMatch(l.Name)).ToArray();
        }

        var shown = string.Join(", ", (meant.Length == 0 ? found : [.. meant]).Take(MostCandidates).Select(l => $"'{l.Name}'"));
        return meant.Length switch
        {
            1 => meant[0],
            0 => throw new OrchestratorApiException(OrchestratorSystem.Vro, OrchestratorErrorKind.NotFound, $"-RestoreLocation '{nameOrId}': there is no such recovery location at {client.Session.Server.Authority}; there are: {shown}. Nothing was sent.") { RecommendedAction = "Get-VroRecoveryLocation lists them." },
            _ => throw new OrchestratorApiException(OrchestratorSystem.Vro, OrchestratorErrorKind.Ambiguous, $"-RestoreLocation '{nameOrId}' means {meant.Length} recovery locations: {shown}. Nothing was sent.") { RecommendedAction = "Give its id." },
        };
    }

    private void DoByName(VroClient client, string name) => Try(name, () => Do(client, FindPlan(client, nameof(Name), name)));

    private void DoById(VroClient client, string parameter, string id) => Try(id, () => Do(client, GetPlan(client, parameter, id)));

    // Several plans may stand on one command line: what is wrong with one is no reason to leave the next.
    private void Try(object target, Action work)
    {
        CurrentTarget = target;
        try
        {
            work();
        }
        catch (OrchestratorApiException e)
        {
            WriteQueued();
            WriteApiError(e);
        }
    }

    private void Do(VroClient client, VroPlan plan)
    {
        CurrentTarget = plan;
        var key = client.Session.Server.Authority + "/" + plan.Id;
        if (_done.Contains(key))
        {
            throw Rules.Refusal(plan, $"this command has asked for its {Rules.Noun} already", $"{Rules.ShownBy} -Id {plan.Id} shows what became of it.");
        }

        var seen = Look(client, plan);
        foreach (var doubt in seen.Doubts)
        {
            WriteWarning($"Plan '{Shown(seen.Plan.Name)}': {doubt}.");
        }

        if (OrderFor(client, seen) is not { } order)
        {
            return;
        }

        var question = QuestionFor(client, plan, order);
        var asked = Stopwatch.GetTimestamp();
        if (!ShouldProcess(question, question + "\n" + Rules.Question, Caption()))
        {
            return;
        }

        if (Stopwatch.GetElapsedTime(asked) > FreshEnough)
        {
            seen = Look(client, Await(token => client.GetPlanAsync(plan.Id, token)));
            if (OrderFor(client, seen) is not { } again)
            {
                return;
            }

            order = again;
        }

        OnSent(client, seen, order, Send(client, seen, order, key));
    }

    private VroPlanSeen Look(VroClient client, VroPlan plan) => Await(token => new VroPlanDesk(client, RequestObserver).LookAsync(plan, Rules, Force, token));

    private JsonElement? Send(VroClient client, VroPlanSeen seen, VroPlanOrder order, string key)
    {
        try
        {
            var sent = Await(token => new VroPlanDesk(client, RequestObserver).SendAsync(
                seen,
                order,
                Force,
                () =>
                {
                    _done.Add(key);
                    _sending = $"{(Rules.Request is "start" ? "start" : Rules.Noun)} of plan '{seen.Plan.Name}'";
                },
                token));
            LastSent = sent.Own;
            return sent.Answer;
        }
        finally
        {
            _sending = null;
        }
    }

    private string QuestionFor(VroClient client, VroPlan plan, VroPlanOrder order)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Rules.Imperative} plan '{Shown(plan.Name)}' at {client.Session.Server.Authority}: type {plan.Type ?? "unknown"}, state {plan.State ?? "unknown"}");
        if (!string.IsNullOrEmpty(plan.StateName) && !string.Equals(plan.StateName, plan.State, StringComparison.OrdinalIgnoreCase))
        {
            text.Append(CultureInfo.InvariantCulture, $" ({Shown(plan.StateName)})");
        }

        text.Append(CultureInfo.InvariantCulture, $", mode {plan.Mode ?? "unknown"}");
        if (CountsVms)
        {
            text.Append(", ").Append(CountVms(client, plan));
        }

        return text.Append(". ").Append(Shown(order.Summary)).ToString().TrimEnd();
    }

    private string CountVms(VroClient client, VroPlan plan)
    {
        try
        {
            var count = Await(async token =>
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
                limit.CancelAfter(CountBudget);
                return await client.CountVmsAsync(plan.Id, limit.Token).ConfigureAwait(false);
            });
            return count == 1 ? "1 VM" : string.Create(CultureInfo.InvariantCulture, $"{count} VMs");
        }
        catch (OperationCanceledException) when (!StopToken.IsCancellationRequested)
        {
            WriteVerbose($"The VMs of plan '{plan.Name}' could not be counted in time.");
        }
        catch (OrchestratorApiException e) when (e.Kind is not OrchestratorErrorKind.Authentication)
        {
            WriteQueued();
            WriteVerbose($"The VMs of plan '{plan.Name}' could not be counted: {e.Message}");
        }

        return "an unknown number of VMs";
    }

    private OrchestratorApiException Ambiguous(string parameter, string name, List<VroPlan> found)
    {
        var candidates = string.Join(", ", found.Take(MostCandidates).Select(p => $"'{p.Name}' ({p.Id})")) + (found.Count > MostCandidates ? ", ..." : string.Empty);
        return new OrchestratorApiException(OrchestratorSystem.Vro, OrchestratorErrorKind.Ambiguous, $"-{parameter} '{name}' means {found.Count} plans where one is meant: {candidates}. Nothing was sent.")
        {
            RecommendedAction = parameter == nameof(Name)
                ? $"Name one exactly, or give its id with -Id. For several, pipe them: Get-VroPlan ... | {MyInvocation.MyCommand.Name}."
                : "Name one exactly, or give the plan itself.",
        };
    }

    private string Caption() => char.ToUpperInvariant(Rules.Noun[0]) + Rules.Noun[1..];

    // A line break in a plan's name must not write a line of its own into the question.
    private static string Shown(string name) => string.Concat(name.Select(c => char.IsControl(c) ? ' ' : c));
}
