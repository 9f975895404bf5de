using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>One source of machines of a vApp.</summary>
/// <param name="Href">The machine, vApp or template.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Name">The reference's name; versions before 5.6 call the new machine so.</param>
internal sealed record VcdSourcedItem(string Href, string? Type, string? Name)
{
    /// <summary>What the new machine is called, from API 5.6 on; null: as its source.</summary>
    public string? NewName { get; init; }

    /// <summary>The new machine's description, from API 5.6 on; null: its source's.</summary>
    public string? Description { get; init; }

    /// <summary>Sections of the new machine: network connections, customization, hardware.</summary>
    public IReadOnlyList<XElement> Sections { get; init; } = [];

    /// <summary>Networks of the source, and the vApp's networks that stand for them.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> NetworkAssignments { get; init; } = [];

    /// <summary>The address of the storage profile, from API 5.1 on.</summary>
    public string? StorageProfile { get; init; }

    /// <summary>The sizing policy, from API 33.0 on.</summary>
    public VcdReference? SizingPolicy { get; init; }

    /// <summary>The placement policy, from API 33.0 on.</summary>
    public VcdReference? PlacementPolicy { get; init; }

    /// <summary>True: the source goes when the new machine is there.</summary>
    public bool SourceDelete { get; init; }
}
