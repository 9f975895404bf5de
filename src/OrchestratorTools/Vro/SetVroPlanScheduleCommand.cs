using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>Schedules recovery plans: at a time, or after another plan. They then run by themselves, without a question.</summary>
[Cmdlet(VerbsCommon.Set, "VroPlanSchedule", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(VroPlan))]
public sealed class SetVroPlanScheduleCommand : VroPlanActionCmdlet, IScanParameters
{
    private const int LongestChain = 50;

    // No server's clock is further behind UTC.
    private static readonly TimeSpan WesternmostZone = TimeSpan.FromHours(12);

    /// <summary>When, sent digit by digit without a zone.</summary>
    [Parameter]
    public DateTime? At { get; set; }

    /// <summary>The plan to run after: the plan itself, its name or its id.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VroPlanCompleter))]
    [ValidateNotNull]
    public PSObject? After { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public SwitchParameter VirusScan { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public SwitchParameter YaraScan { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? YaraScanRule { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public SwitchParameter ScanInfected { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public SwitchParameter ScanSuspicious { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? ScanRestorePointCount { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RansomwareAction { get; set; }

    /// <inheritdoc/>
    private protected override VroPlanAction Rules => VroPlanActions.Schedule;

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (At is null == After is null)
        {
            ThrowBadParameter(nameof(At), At, "either a time (-At) or a plan to run after (-After) is needed, and not both.");
        }

        CheckTime();
        if (ScanParameters.WhatIsWrong(this) is var (parameter, value, wanted))
        {
            ThrowBadParameter(parameter, value, wanted);
        }
    }

    /// <inheritdoc/>
    private protected override VroPlanOrder OrderFor(VroClient client, VroPlanSeen seen)
    {
        if (At is not null)
        {
            return new VroScheduleOrder { At = At, Scan = ScanParameters.Read(this) };
        }

        var after = FindAfter(client);
        EnsureNoCircle(client, seen.Plan, after);
        return new VroScheduleOrder { After = after, Scan = ScanParameters.Read(this) };
    }

    /// <inheritdoc/>
    private protected override void OnSent(VroClient client, VroPlanSeen seen, VroPlanOrder order, JsonElement? answer)
    {
        if (PassThru)
        {
            WriteObject(Await(token => client.GetPlanAsync(seen.Plan.Id, token)));
        }
    }

    private void CheckTime()
    {
        if (At is not { } time)
        {
            return;
        }

        var utc = DateTime.UtcNow;
        var isPast = time.Kind switch
        {
            DateTimeKind.Utc => time <= utc,
            DateTimeKind.Local => time.ToUniversalTime() <= utc,
            _ => time <= utc - WesternmostZone,
        };
        var text = time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        if (isPast)
        {
            ThrowBadParameter(nameof(At), text, "this is in the past. To run a plan now, use Invoke-VroPlanFailover or Invoke-VroPlanRestore.");
        }

        if (time <= DateTime.Now && time <= utc)
        {
            WriteWarning($"-At {text} is earlier than the clock of this machine; it lies in the future only where the server's time zone is behind.");
        }
    }

    private VroPlan FindAfter(VroClient client)
    {
        var text = After!.BaseObject switch { string given => given, Guid id => id.ToString(), _ => null };
        if (text is not null)
        {
            return Guid.TryParse(text, out _) ? GetPlan(client, nameof(After), text) : FindPlan(client, nameof(After), text);
        }

        if (PlanReference.IdOf(After) is not { } planId)
        {
            throw new OrchestratorApiException(OrchestratorSystem.Vro, OrchestratorErrorKind.Validation, $"-After '{After}': a plan is needed, its name or its id. Nothing was sent.");
        }

        if (After.Properties["Connection"]?.Value is string { Length: > 0 } connection && !connection.Equals(client.Session.ConnectionName, StringComparison.OrdinalIgnoreCase))
        {
            throw new OrchestratorApiException(OrchestratorSystem.Vro, OrchestratorErrorKind.ConnectionMismatch, $"-After '{After}' came by connection '{connection}', but the plan to schedule is at '{client.Session.ConnectionName}'. Ids of one server mean something else at another; nothing was sent.");
        }

        return GetPlan(client, nameof(After), planId);
    }

    // A circle of plans that wait for each other would never run, or for ever. Who is scheduled after whom is read as far as the server tells it.
    private void EnsureNoCircle(VroClient client, VroPlan plan, VroPlan after)
    {
        var way = new List<string> { $"'{plan.Name}'" };
        var previous = after;
        for (var i = 0; i < LongestChain; i++)
        {
            way.Add($"'{previous.Name}'");
            if (previous.Id.Equals(plan.Id, StringComparison.OrdinalIgnoreCase))
            {
                throw new OrchestratorApiException(
                    OrchestratorSystem.Vro,
                    OrchestratorErrorKind.Validation,
                    i == 0 ? $"-After '{after.Name}': a plan cannot run after itself. Nothing was sent." : $"-After '{after.Name}': plan '{plan.Name}' would run after itself ({string.Join(" after ", way)}). Nothing was sent.")
                {
                    RecommendedAction = "Name another plan.",
                };
            }

            if (previous.Schedule?.PreviousPlanId is not { Length: > 0 } next)
            {
                return;
            }

            try
            {
                previous = Await(token => client.GetPlanAsync(next, token));
            }
            catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.NotFound or OrchestratorErrorKind.Permission)
            {
                WriteQueued();
                return;
            }
        }
    }
}
