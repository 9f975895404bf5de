using System.Collections.Frozen;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>A system property of an Orchestrator. What looks like a secret is not shown.</summary>
public sealed class VeloCloudSystemProperty : VeloCloudObject
{
    private static readonly FrozenSet<string> Known = new[] { "id", "name", "value", "defaultValue", "dataType", "description", "isPassword", "isReadOnly", "created", "modified" }.ToFrozenSet(StringComparer.Ordinal);

    internal VeloCloudSystemProperty(JsonElement e)
    {
        Id = VeloCloudJson.Whole(e, "id") ?? 0;
        Name = VeloCloudJson.Text(e, "name") ?? string.Empty;
        IsSecret = VeloCloudJson.Flag(e, "isPassword") is true || VeloCloudAssumptions.IsSecretProperty(Name);
        IsReadOnly = VeloCloudJson.Flag(e, "isReadOnly");
        DataType = VeloCloudJson.Text(e, "dataType");
        Description = VeloCloudJson.Text(e, "description");
        Created = VeloCloudJson.Time(e, "created");
        Modified = VeloCloudJson.Time(e, "modified");
        CurrentValue = VeloCloudJson.Text(e, "value");
        Value = IsSecret ? null : CurrentValue;
        DefaultValue = IsSecret ? null : VeloCloudJson.Text(e, "defaultValue");
    }

    /// <summary>The id.</summary>
    public long Id { get; }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The value, as the server keeps it: a text; null of a secret.</summary>
    public string? Value { get; }

    /// <summary>The value that it has where nobody set one; null of a secret.</summary>
    public string? DefaultValue { get; }

    /// <summary>STRING, NUMBER, BOOLEAN, JSON, …, as the server writes it.</summary>
    public string? DataType { get; }

    /// <summary>Whether the value is not shown: a password, or a name that says so.</summary>
    public bool IsSecret { get; }

    /// <summary>Whether it cannot be changed.</summary>
    public bool? IsReadOnly { get; }

    /// <summary>Free text.</summary>
    public string? Description { get; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset? Created { get; }

    /// <summary>When it was changed last (UTC).</summary>
    public DateTimeOffset? Modified { get; }

    /// <summary>The value, also of a secret; only for telling whether a change is one.</summary>
    internal string? CurrentValue { get; }

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => Known;

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
