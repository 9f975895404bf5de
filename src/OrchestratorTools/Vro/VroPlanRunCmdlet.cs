using System.Management.Automation;
using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>The base of the cmdlets after which something runs in the plan: with -Wait they stay until it has ended.</summary>
public abstract class VroPlanRunCmdlet : VroPlanActionCmdlet
{
    private PlanWaits? _waits;

    /// <summary>Waits for the end, before the next plan is begun.</summary>
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

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> WaitedFor => _waits?.Names ?? [];

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

        _waits = new PlanWaits(this, Timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null, PlanWaits.IsProgressShown(MyInvocation, SessionState));
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        WriteEnded();
        base.OnRecord();
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

    /// <inheritdoc/>
    private protected override void OnSent(VroClient client, VroPlanSeen seen, VroPlanOrder order, JsonElement? answer)
    {
        if (!Wait)
        {
            base.OnSent(client, seen, order, answer);
            return;
        }

        _waits!.Begin(client, seen.Plan.Id, seen.Plan.Name, seen.Plan, LastSent);
        while (_waits.Count >= ThrottleLimit)
        {
            Drain(_waits.NextAsync());
            WriteEnded();
        }
    }

    /// <summary>What is to be warned about in what a wait came to; null where nothing is.</summary>
    private protected virtual string? DoubtAbout(VroPlanRuntime ended)
        => VroAssumptions.IsError(ended.Result) && !Rules.LeavesResult ? $"ended in state {ended.StateName ?? ended.State} with errors: {ended.ResultName}" : null;

    private void WriteEnded()
    {
        foreach (var wait in _waits!.TakeEnded())
        {
            try
            {
                var runtime = wait.Task.GetAwaiter().GetResult();
                if (DoubtAbout(runtime) is { } doubt)
                {
                    WriteWarning($"Plan '{wait.Name}' {doubt}");
                }

                WriteObject(runtime);
            }
            catch (OrchestratorApiException e)
            {
                WriteApiError(e, wait.Target);
            }
        }
    }
}
