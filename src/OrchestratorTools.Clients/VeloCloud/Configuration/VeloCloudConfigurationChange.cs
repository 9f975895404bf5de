using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>A module of an exported folder beside what the server has, and what became of it.</summary>
public sealed class VeloCloudConfigurationChange : ServerObject
{
    /// <summary>Profile or Edge.</summary>
    public required string OwnerType { get; init; }

    /// <summary>The profile's or edge's name.</summary>
    public required string Owner { get; init; }

    /// <summary>The profile's or edge's id.</summary>
    public required long OwnerId { get; init; }

    /// <summary>The module.</summary>
    public required string Module { get; init; }

    /// <summary>Unchanged: the server has it so already. Different: not written (-WhatIf, or the answer was no). Written: it was written.</summary>
    public string State { get; internal set; } = "Unchanged";

    /// <summary>What leads from what the server had to what the folder holds.</summary>
    public required IReadOnlyList<VeloCloudDifference> Differences { get; init; }

    /// <summary>How many differences there are.</summary>
    public int DifferenceCount => Differences.Count;

    /// <summary>The module and its owner.</summary>
    public override string ToString() => $"{Module} of {OwnerType.ToLowerInvariant()} '{Owner}'";
}
