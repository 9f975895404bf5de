using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vro;

/// <summary>What groups, VMs and steps of a plan have in common: what the plan says of them, not what became of them. The members are named after the vendor's v3 reference.</summary>
public abstract class VroPlanPart : ServerObject
{
    /// <summary>The id.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>The name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Its place among the others.</summary>
    public int? Order { get; init; }

    /// <summary>The id of the plan.</summary>
    public string PlanId { get; internal set; } = string.Empty;

    /// <summary>The id of the group; empty for a group itself.</summary>
    public string GroupId { get; internal set; } = string.Empty;

    /// <summary>The name of the group; empty for a group itself.</summary>
    public string GroupName { get; internal set; } = string.Empty;

    /// <summary>What the server told beyond these.</summary>
    public IReadOnlyDictionary<string, object?> AdditionalProperties { get; init; } = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>A group of a plan: an inventory group has VMs, a virtual one (before and after the plan) has steps of its own.</summary>
public sealed class VroPlanGroup : VroPlanPart
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase) { "id", "name", "order", "type", "isParallel" };

    /// <summary>The kind of group.</summary>
    public string? Type { get; init; }

    /// <summary>True where its VMs are taken together, false where one after the other.</summary>
    public bool? IsParallel { get; init; }

    internal static VroPlanGroup From(JsonElement group) => new()
    {
        Id = VroJson.Text(group, "id") ?? string.Empty,
        Name = VroJson.Text(group, "name") ?? string.Empty,
        Order = VroJson.Number(group, "order"),
        Type = VroJson.Text(group, "type"),
        IsParallel = VroJson.Flag(group, "isParallel"),
        AdditionalProperties = VroJson.Others(group, Known),
    };
}

/// <summary>A VM of a plan.</summary>
public sealed class VroPlanVm : VroPlanPart
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase) { "id", "name", "number", "isCritical" };

    /// <summary>True where the plan halts when this VM fails.</summary>
    public bool? IsCritical { get; init; }

    internal static VroPlanVm From(JsonElement vm) => new()
    {
        Id = VroJson.Text(vm, "id") ?? string.Empty,
        Name = VroJson.Text(vm, "name") ?? string.Empty,
        Order = VroJson.Number(vm, "number"),
        IsCritical = VroJson.Flag(vm, "isCritical"),
        AdditionalProperties = VroJson.Others(vm, Known),
    };
}

/// <summary>A step of a plan: of a VM, or of a virtual group.</summary>
public sealed class VroPlanStep : VroPlanPart
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase) { "id", "name", "order", "type", "state", "requiredForSuccess", "description", "prohibitedOperations" };

    /// <summary>The kind of step.</summary>
    public string? Type { get; init; }

    /// <summary>The state: whether it is enabled.</summary>
    public string? State { get; init; }

    /// <summary>True where the VM fails when this step fails.</summary>
    public bool? RequiredForSuccess { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>What cannot be done with it.</summary>
    public IReadOnlyList<string> ProhibitedOperations { get; init; } = [];

    /// <summary>The id of the VM; empty for a step of a virtual group.</summary>
    public string VmId { get; internal set; } = string.Empty;

    /// <summary>The name of the VM; empty for a step of a virtual group.</summary>
    public string VmName { get; internal set; } = string.Empty;

    internal static VroPlanStep From(JsonElement step) => new()
    {
        Id = VroJson.Text(step, "id") ?? string.Empty,
        Name = VroJson.Text(step, "name") ?? string.Empty,
        Order = VroJson.Number(step, "order"),
        Type = VroJson.Text(step, "type"),
        State = VroJson.Text(step, "state"),
        RequiredForSuccess = VroJson.Flag(step, "requiredForSuccess"),
        Description = VroJson.Text(step, "description"),
        ProhibitedOperations = VroJson.Texts(step, "prohibitedOperations"),
        AdditionalProperties = VroJson.Others(step, Known),
    };
}

/// <summary>A parameter of a step. No page of the vendor shows one: name, value, type and description are what such a thing has.</summary>
public sealed class VroPlanStepParameter : ServerObject
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase) { "id", "name", "value", "type", "description" };

    /// <summary>The name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The value: a text, a number, true or false, or whatever the server sends.</summary>
    public object? Value { get; init; }

    /// <summary>The type of the value, in the server's word.</summary>
    public string? Type { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>The id of the plan.</summary>
    public string PlanId { get; internal set; } = string.Empty;

    /// <summary>The id of the step.</summary>
    public string StepId { get; internal set; } = string.Empty;

    /// <summary>The name of the step.</summary>
    public string StepName { get; internal set; } = string.Empty;

    /// <summary>What the server told beyond these.</summary>
    public IReadOnlyDictionary<string, object?> AdditionalProperties { get; init; } = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Name and value.</summary>
    public override string ToString() => $"{Name}: {Value}";

    internal static VroPlanStepParameter From(JsonElement parameter) => new()
    {
        Name = VroJson.Text(parameter, "name") ?? string.Empty,
        Value = VroJson.Value(parameter, "value"),
        Type = VroJson.Text(parameter, "type"),
        Description = VroJson.Text(parameter, "description"),
        AdditionalProperties = VroJson.Others(parameter, Known),
    };
}
