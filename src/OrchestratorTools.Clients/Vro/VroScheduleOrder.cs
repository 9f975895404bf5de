using System.Text.Json;

namespace OrchestratorTools.Clients.Vro;

/// <summary>
/// Schedule at a time, or after another plan. Since version 6 the parameters are in the body; the query of version 3 is sent beside it (facts/vro.md, trap 4: which of the two a server
/// reads could not be seen on a real one).
/// </summary>
public sealed record VroScheduleOrder() : VroPlanOrder(VroPlanActions.Schedule)
{
    /// <summary>When; null where it is after another plan.</summary>
    public DateTime? At { get; init; }

    /// <summary>The plan that it runs after; null where it is at a time.</summary>
    public VroPlan? After { get; init; }

    /// <summary>What is scanned for malware.</summary>
    public VroScanOptions Scan { get; init; } = new();

    /// <inheritdoc/>
    public override string Summary => (At is { } time
        ? $"It then runs by itself at {Digits(time)}, sent like this, without a time zone."
        : $"It then runs by itself after plan '{After!.Name}'.") + Scan.Summary;

    /// <inheritdoc/>
    internal override HttpMethod Method => HttpMethod.Put;

    /// <inheritdoc/>
    internal override string Path => At is { } time
        ? "Schedule/SaveTime?startTime=" + Uri.EscapeDataString(Digits(time))
        : "Schedule/SaveRunAfter?previousPlanId=" + Uri.EscapeDataString(After!.Id);

    /// <inheritdoc/>
    internal override bool WriteTo(Utf8JsonWriter writer)
    {
        if (At is { } time)
        {
            writer.WriteString("startTime", Digits(time));
        }
        else
        {
            writer.WriteString("previousPlanId", After!.Id);
        }

        Scan.WriteTo(writer);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}

/// <summary>Delete Schedule.</summary>
public sealed record VroScheduleRemoval() : VroPlanOrder(VroPlanActions.DeleteSchedule)
{
    /// <summary>The schedule that there is, as far as the server tells it.</summary>
    public VroPlanSchedule? Present { get; init; }

    /// <inheritdoc/>
    public override string Summary => Present is { } present ? $"Its schedule is: {present}." : string.Empty;

    /// <inheritdoc/>
    internal override HttpMethod Method => HttpMethod.Delete;

    /// <inheritdoc/>
    internal override bool WriteTo(Utf8JsonWriter writer) => false;

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}
