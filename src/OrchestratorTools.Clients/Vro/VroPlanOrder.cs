using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OrchestratorTools.Clients.Vro;

/// <summary>An action with everything that is sent along: the method, the path below the plan, the body. Documented bodies are always sent (facts/vro.md, trap 3).</summary>
/// <param name="Action">What is to be done.</param>
public abstract record VroPlanOrder(VroPlanAction Action)
{
    /// <summary>What a question says about it beside the plan: sentences; empty where there is nothing to say.</summary>
    public virtual string Summary => string.Empty;

    /// <summary>The HTTP method.</summary>
    internal virtual HttpMethod Method => HttpMethod.Post;

    /// <summary>The path below <c>Plans/{id}/</c>, with its query.</summary>
    internal virtual string Path => Action.Path;

    /// <summary>What tells two orders for the same plan apart that do not stand in each other's way.</summary>
    internal virtual string Subject => string.Empty;

    /// <summary>Writes the members of the body; false where there is none.</summary>
    internal abstract bool WriteTo(Utf8JsonWriter writer);

    internal byte[]? ToJson()
    {
        using var stream = new MemoryStream();
        bool hasBody;
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            hasBody = WriteTo(writer);
            writer.WriteEndObject();
        }

        return hasBody ? stream.ToArray() : null;
    }

    /// <summary>The body as it is sent.</summary>
    public override string ToString() => ToJson() is { } json ? Encoding.UTF8.GetString(json) : string.Empty;

    /// <summary>A time's digits as they are, without a zone: which zone the server takes them for is not documented.</summary>
    internal static string Digits(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}

/// <summary>An action that takes nothing along.</summary>
/// <param name="Action">What is to be done.</param>
/// <param name="Note">What a question says about it; null: nothing.</param>
public sealed record VroSimpleOrder(VroPlanAction Action, string? Note = null) : VroPlanOrder(Action)
{
    /// <inheritdoc/>
    public override string Summary => Note ?? string.Empty;

    /// <inheritdoc/>
    internal override bool WriteTo(Utf8JsonWriter writer) => false;

    /// <inheritdoc/>
    public override string ToString() => Action.Path;
}

/// <summary>Halt (facts/vro.md, "Halt").</summary>
/// <param name="FullStop">Whether the plans that are chained to this one are stopped too.</param>
public sealed record VroHalt(bool FullStop) : VroPlanOrder(VroPlanActions.Halt)
{
    /// <inheritdoc/>
    public override string Summary => FullStop ? "The steps under way are finished first. Chained plans do not run." : "The steps under way are finished first. Chained plans are left to run.";

    /// <inheritdoc/>
    internal override bool WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteBoolean("fullStop", FullStop);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}

/// <summary>Continue (facts/vro.md, "Continue").</summary>
/// <param name="Option">What becomes of what failed.</param>
/// <param name="Failed">What failed, in words; null where that is not known.</param>
public sealed record VroContinue(VroContinueOption Option, string? Failed = null) : VroPlanOrder(VroPlanActions.Continue)
{
    /// <inheritdoc/>
    public override string Summary => $"{Option}{(Failed is null ? string.Empty : $"; failed: {Failed}")}.";

    /// <inheritdoc/>
    internal override bool WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteString("executionContinueOptions", Option.ToString());
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}

/// <summary>Reset Plan State (facts/vro.md, "Reset Plan State").</summary>
/// <param name="ReadinessCheck">Whether a readiness check follows.</param>
public sealed record VroReset(bool ReadinessCheck) : VroPlanOrder(ReadinessCheck ? VroPlanActions.ResetAndCheck : VroPlanActions.Reset)
{
    /// <inheritdoc/>
    public override string Summary => "The plan is disabled and forgets where it was: what it failed over or restored stays as it is, and can no longer be undone or failed back by the plan."
        + (ReadinessCheck ? " A readiness check follows." : string.Empty);

    /// <inheritdoc/>
    internal override bool WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteBoolean("executeReadinessCheck", ReadinessCheck);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}

/// <summary>Readiness Check (facts/vro.md, "Readiness Check").</summary>
/// <param name="GenerateReport">Whether the server writes its own report.</param>
public sealed record VroReadinessCheck(bool GenerateReport) : VroPlanOrder(VroPlanActions.ReadinessCheck)
{
    /// <inheritdoc/>
    public override string Summary => GenerateReport ? "The server writes its report." : string.Empty;

    /// <inheritdoc/>
    internal override bool WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteBoolean("generateReport", GenerateReport);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}

/// <summary>Clear Change Log (facts/vro.md, "Clear Change Log").</summary>
/// <param name="GenerateReport">Whether the server writes a report of the plan before.</param>
public sealed record VroClearChangeLog(bool GenerateReport) : VroPlanOrder(VroPlanActions.ClearChangeLog)
{
    /// <inheritdoc/>
    public override string Summary => "The changes that are noted in it are lost." + (GenerateReport ? " The server writes a report." : string.Empty);

    /// <inheritdoc/>
    internal override bool WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteBoolean("generateDrReport", GenerateReport);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}

/// <summary>Fail Back to Source VMs, or the preparation of it (facts/vro.md: the body of the preparation is unknown; a location is a guess).</summary>
/// <param name="Action">FailbackToProduction or PrepareToFailback.</param>
public sealed record VroFailback(VroPlanAction Action) : VroPlanOrder(Action)
{
    /// <summary>Where the VMs go; null: where they came from.</summary>
    public VroRecoveryLocation? Location { get; init; }

    /// <summary>Whether the VMs' tags are restored; null: not said.</summary>
    public bool? RestoreTags { get; init; }

    /// <inheritdoc/>
    public override string Summary => (Location is { } place ? $"To the location '{place.Name}'." : "To where the VMs came from.") + (RestoreTags is true ? " The VMs' tags are restored." : string.Empty);

    /// <inheritdoc/>
    internal override bool WriteTo(Utf8JsonWriter writer)
    {
        // Of the failback the body is documented and is sent whole; of its preparation nothing is known, and only what was asked for is sent.
        if (Location is not null || RestoreTags is not null)
        {
            writer.WriteString("restoreLocationId", Location?.Id);
        }

        if (RestoreTags is { } tags)
        {
            writer.WriteBoolean("failbackRestoreVMTags", tags);
        }

        return Location is not null || RestoreTags is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}

/// <summary>Clone (facts/vro.md: the body is unknown, a name is a guess).</summary>
/// <param name="NewName">The name of the copy; null: the server's choice.</param>
public sealed record VroClone(string? NewName) : VroPlanOrder(VroPlanActions.Clone)
{
    /// <inheritdoc/>
    public override string Summary => NewName is null ? "The server names the copy." : $"The copy is named '{NewName}'.";

    /// <inheritdoc/>
    internal override string Subject => NewName ?? string.Empty;

    /// <inheritdoc/>
    internal override bool WriteTo(Utf8JsonWriter writer)
    {
        if (NewName is not null)
        {
            writer.WriteString("name", NewName);
        }

        return NewName is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}
