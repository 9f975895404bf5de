using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Vro;

/// <summary>Starts the failover of recovery plans, each after a question of its own. A start is sent once, whatever happens to its answer.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "VroPlanFailover", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(VroPlanRuntime), typeof(VroPlan))]
public sealed class InvokeVroPlanFailoverCommand : ChangingCmdlet<VroSession>
{
    private const string NameSet = "Name";
    private const string PlanSet = "Plan";
    private const string IdSet = "Id";
    private const int MostCandidates = 10;

    // How long an answer to the question may take before the plan is looked at again.
    private static readonly TimeSpan FreshEnough = TimeSpan.FromSeconds(5);

    // A count for the question: a server that takes longer over it must not hold up a failover.
    private static readonly TimeSpan CountBudget = TimeSpan.FromSeconds(15);

    // No server's clock is further ahead of UTC.
    private static readonly TimeSpan EasternmostZone = TimeSpan.FromHours(14);

    private readonly HashSet<string> _started = new(StringComparer.OrdinalIgnoreCase);
    private PlanWaits? _waits;
    private VroFailover _failover = new();
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

    /// <summary>The restore point's date, sent digit by digit without a zone; default: the latest restore point.</summary>
    [Parameter]
    public DateTime? RestorePointDate { get; set; }

    /// <summary>Does not run the plans that are chained to this one.</summary>
    [Parameter]
    public SwitchParameter NoChainedPlans { get; set; }

    /// <summary>Protects the storage volumes after the failover.</summary>
    [Parameter]
    public SwitchParameter ProtectStorageVolumes { get; set; }

    /// <summary>Skips the check of type, mode and state. The question is asked all the same.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Waits for the run's end, before the next plan is begun.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>With -Wait: how long for each plan, in whole seconds; default: as long as it takes.</summary>
    [Parameter]
    [ValidateRange(1, 2_592_000)]
    public int? Timeout { get; set; }

    /// <summary>With -Wait: how many plans run at once.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int ThrottleLimit { get; set; } = 1;

    /// <summary>Returns the plan. With -Wait the run's outcome is returned in any case.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.Vro;

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        PlanWaits.SayGoesOn(Host, _waits?.Names ?? [], _sending);
        base.StopProcessing();
    }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (!Wait && Timeout is not null)
        {
            ThrowBadParameter(nameof(Timeout), Timeout, "it means something only with -Wait.");
        }

        if (!Wait && MyInvocation.BoundParameters.ContainsKey(nameof(ThrottleLimit)))
        {
            ThrowBadParameter(nameof(ThrottleLimit), ThrottleLimit, "it means something only with -Wait; without it every plan is started as soon as its question is answered.");
        }

        CheckRestorePoint();
        _failover = new VroFailover { RestorePointDate = RestorePointDate, ExecuteChainedPlans = !NoChainedPlans, ProtectStorageVolumes = ProtectStorageVolumes };
        _waits = new PlanWaits(this, Timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null, PlanWaits.IsProgressShown(MyInvocation, SessionState));
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        WriteEnded();
        var client = new VroClient(Session(Plan), RequestObserver);
        switch (ParameterSetName)
        {
            case PlanSet:
                if (PlanReference.IdOf(Plan!) is { } planId)
                {
                    StartById(client, nameof(Plan), planId);
                }
                else
                {
                    WriteError(ErrorRecords.BadParameter(ErrorPrefix, nameof(Plan), Plan, PlanReference.Wanted));
                }

                break;
            case IdSet:
                foreach (var id in Id!)
                {
                    StartById(client, nameof(Id), id);
                }

                break;
            default:
                foreach (var name in Name!)
                {
                    StartByName(client, name);
                }

                break;
        }
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

    private void CheckRestorePoint()
    {
        if (RestorePointDate is not { } point)
        {
            return;
        }

        var utc = DateTime.UtcNow;
        var isFuture = point.Kind switch
        {
            DateTimeKind.Utc => point > utc,
            DateTimeKind.Local => point.ToUniversalTime() > utc,
            _ => point > utc + EasternmostZone,
        };
        if (isFuture)
        {
            ThrowBadParameter(nameof(RestorePointDate), Text(point), "this is in the future; a restore point lies in the past. Leave the parameter out for the latest.");
        }

        if (point > DateTime.Now && point > utc)
        {
            WriteWarning($"-RestorePointDate {Text(point)} is later than the clock of this machine; it lies in the past only where the server's time zone is ahead.");
        }

        static string Text(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
    }

    private void StartByName(VroClient client, string name)
    {
        var names = new PlanNames([name]);
        var found = new List<VroPlan>();
        Try(name, () =>
        {
            Stream(token => client.ListPlansAsync(names.Narrow(new VroPlanQuery()), token), found.Add);
            if (found.Where(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToArray() is [var exact])
            {
                found = [exact];
            }

            switch (found.Count)
            {
                case 0:
                    throw PlanNames.NotFound(nameof(Name), name, [client.Session]);
                case 1:
                    Start(client, found[0]);
                    break;
                default:
                    throw Ambiguous(name, found);
            }
        });
    }

    private void StartById(VroClient client, string parameter, string id)
        => Try(id, () =>
        {
            VroPlan plan;
            try
            {
                plan = Await(token => client.GetPlanAsync(id, token));
            }
            catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.NotFound)
            {
                WriteQueued();
                throw PlanNames.NotFound(parameter, id, [client.Session]);
            }

            Start(client, plan);
        });

    // Several plans may stand on one command line: what is wrong with one is no reason to leave the next.
    private void Try(object target, Action start)
    {
        CurrentTarget = target;
        try
        {
            start();
        }
        catch (OrchestratorApiException e)
        {
            WriteQueued();
            WriteApiError(e);
        }
    }

    private void Start(VroClient client, VroPlan plan)
    {
        CurrentTarget = plan;
        var key = client.Session.Server.Authority + "/" + plan.Id;
        if (_started.Contains(key))
        {
            throw VroFailoverCheck.Refusal(plan, "this command has asked for its failover already", $"Get-VroPlanRuntime -Id {plan.Id} shows what became of it.");
        }

        var seen = Look(client, plan);
        WriteDoubts(seen);
        var question = QuestionFor(client, plan);
        var asked = Stopwatch.GetTimestamp();
        if (!ShouldProcess(question, question + "\nStart it?", "Failover"))
        {
            return;
        }

        if (Stopwatch.GetElapsedTime(asked) > FreshEnough)
        {
            seen = Look(client, Await(token => client.GetPlanAsync(plan.Id, token)));
        }

        Send(client, seen, key);
        if (!Wait)
        {
            if (PassThru)
            {
                WriteObject(plan);
            }

            return;
        }

        _waits!.Begin(client, plan.Id, plan.Name, plan);
        while (_waits.Count >= ThrottleLimit)
        {
            Drain(_waits.NextAsync());
            WriteEnded();
        }
    }

    private Seen Look(VroClient client, VroPlan plan)
    {
        var at = client.Session.Settings.Time.GetUtcNow();
        VroPlanRuntime runtime;
        try
        {
            runtime = Await(token => client.FindRuntimeAsync(plan.Id, token)) ?? VroPlanRuntime.From(plan);
        }
        catch (OrchestratorApiException e) when (e.Kind is not OrchestratorErrorKind.Authentication)
        {
            // What the plan itself says is enough to go on: a broken page of details must not stand in the way.
            WriteQueued();
            WriteVerbose($"The runtime details of plan '{plan.Name}' cannot be read: {e.Message}");
            runtime = VroPlanRuntime.From(plan);
        }

        if (Force)
        {
            return new Seen(plan, runtime, at, []);
        }

        var (wrong, doubts) = VroFailoverCheck.Examine(plan, runtime);
        return wrong is null
            ? new Seen(plan, runtime, at, doubts)
            : throw VroFailoverCheck.Refusal(plan, wrong, $"Look at it with Get-VroPlanRuntime -Id {plan.Id}. If the server is known to take it, -Force skips this check.");
    }

    private void WriteDoubts(Seen seen)
    {
        foreach (var doubt in seen.Doubts)
        {
            WriteWarning($"Plan '{Shown(seen.Plan.Name)}': {doubt}.");
        }
    }

    private void Send(VroClient client, Seen seen, string key)
    {
        var (server, planId, time) = (client.Session.Server, seen.Plan.Id, client.Session.Settings.Time);
        if (VroStartedRuns.Claim(server, planId, VroPlanSnapshot.Of(seen.Runtime), seen.At, Force, time) is { } why)
        {
            throw VroFailoverCheck.Refusal(seen.Plan, why, $"Get-VroPlanRuntime -Id {planId} shows it, Wait-VroPlan -Id {planId} waits for it. If it certainly did not begin, -Force starts it again.");
        }

        _started.Add(key);
        _sending = seen.Plan.Name;
        var isOnItsWay = true;
        try
        {
            Await(token => client.StartFailoverAsync(seen.Plan, _failover, token));
            VroStartedRuns.Sent(server, planId, answerLost: false, time);
            isOnItsWay = false;
        }
        catch (OrchestratorApiException e) when (e.Kind is not (OrchestratorErrorKind.OutcomeUnknown or OrchestratorErrorKind.ServerError))
        {
            // The server said no, or was never reached.
            VroStartedRuns.Release(server, planId);
            isOnItsWay = false;
            throw;
        }
        finally
        {
            if (isOnItsWay)
            {
                VroStartedRuns.Sent(server, planId, answerLost: true, time);
            }

            _sending = null;
        }

        WriteVerbose($"The server took the failover of plan '{seen.Plan.Name}': {_failover}");
    }

    private string QuestionFor(VroClient client, VroPlan plan)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Fail over plan '{Shown(plan.Name)}' at {client.Session.Server.Authority}: type {plan.Type ?? "unknown"}, state {plan.State ?? "unknown"}");
        if (!string.IsNullOrEmpty(plan.StateName) && !string.Equals(plan.StateName, plan.State, StringComparison.OrdinalIgnoreCase))
        {
            text.Append(CultureInfo.InvariantCulture, $" ({Shown(plan.StateName)})");
        }

        text.Append(CultureInfo.InvariantCulture, $", mode {plan.Mode ?? "unknown"}, {CountVms(client, plan)}. ");
        text.Append(_failover.RestorePointText is { } point
            ? $"Restore point {point}, sent like this, without a time zone. "
            : "The latest restore point. ");
        text.Append(_failover.ExecuteChainedPlans ? "Chained plans run after it" : "Chained plans do not run");
        text.Append(_failover.ProtectStorageVolumes ? "; storage volumes are protected." : ".");
        return text.ToString();
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

    private void WriteEnded()
    {
        foreach (var wait in _waits!.TakeEnded())
        {
            try
            {
                var runtime = wait.Task.GetAwaiter().GetResult();
                if (VroAssumptions.IsError(runtime.Result))
                {
                    WriteWarning($"Plan '{wait.Name}' ended in state {runtime.StateName ?? runtime.State} with errors: {runtime.ResultName}");
                }

                WriteObject(runtime);
            }
            catch (OrchestratorApiException e)
            {
                WriteApiError(e, wait.Target);
            }
        }
    }

    private static OrchestratorApiException Ambiguous(string name, List<VroPlan> found)
    {
        var candidates = string.Join(", ", found.Take(MostCandidates).Select(p => $"'{p.Name}' ({p.Id})")) + (found.Count > MostCandidates ? ", ..." : string.Empty);
        return new OrchestratorApiException(OrchestratorSystem.Vro, OrchestratorErrorKind.Ambiguous, $"-Name '{name}' means {found.Count} plans where one is meant: {candidates}. Nothing was sent.")
        {
            RecommendedAction = "Name one exactly, or give its id with -Id. To fail over several, pipe them: Get-VroPlan ... | Invoke-VroPlanFailover.",
        };
    }

    // A line break in a plan's name must not write a line of its own into the question.
    private static string Shown(string name) => string.Concat(name.Select(c => char.IsControl(c) ? ' ' : c));

    private sealed record Seen(VroPlan Plan, VroPlanRuntime Runtime, DateTimeOffset At, IReadOnlyList<string> Doubts);
}
