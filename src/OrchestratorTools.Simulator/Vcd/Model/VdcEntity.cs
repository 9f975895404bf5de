namespace OrchestratorTools.Simulator.Vcd;

/// <summary>What lives in a VDC and belongs to somebody: a vApp or an independent disk.</summary>
internal abstract class VdcEntity(Guid id, string name, EntityKind kind, Vdc vdc, Account owner, DateTimeOffset created) : Entity(id, name, kind), IOwned
{
    public Vdc Vdc { get; set; } = vdc;

    public Organization Org => Vdc.Org;

    public Account Owner { get; set; } = owner;

    public DateTimeOffset Created { get; } = created;

    public string Description { get; set; } = "";

    public List<VcdTask> Tasks { get; } = [];

    public bool IsBusy => Tasks.Exists(t => t.IsActive);
}
