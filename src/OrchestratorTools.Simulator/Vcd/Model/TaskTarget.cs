namespace OrchestratorTools.Simulator.Vcd;

/// <summary>What a task works on that does not show its tasks: an organization, a VDC, a storage profile.</summary>
internal sealed class TaskTarget(Reference reference, Organization org) : ITaskOwner
{
    public Reference Reference { get; } = reference;

    public Organization Org { get; } = org;

    public List<VcdTask> Tasks { get; } = [];

    /// <summary>The thing itself where it shows its tasks, else a stand-in.</summary>
    public static ITaskOwner Of(Entity entity) => entity switch
    {
        ITaskOwner owner => owner,
        Organization org => new TaskTarget(org.Reference, org),
        Vdc vdc => new TaskTarget(vdc.Reference, vdc.Org),
        StorageProfile profile => new TaskTarget(profile.Reference, profile.Vdc.Org),
        VAppNetwork network => new TaskTarget(network.Reference, network.VApp.Org),
        _ => throw VcdException.Forbidden(),
    };
}
