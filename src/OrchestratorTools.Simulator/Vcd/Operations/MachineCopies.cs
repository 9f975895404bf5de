namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Makes machines after others: of a template for a vApp, of a vApp for another one or for a template.</summary>
internal static class MachineCopies
{
    /// <summary>A machine like another one, off, without addresses, snapshots and tasks.</summary>
    public static VirtualMachine Copy(VirtualMachine source, Guid id, string name, Entity container, StorageProfile storage, DateTimeOffset now)
    {
        var copy = new VirtualMachine(id, name, container, storage, source.Guest, now)
        {
            Description = source.Description,
            Cpus = source.Cpus,
            CoresPerSocket = source.CoresPerSocket,
            MemoryMegabytes = source.MemoryMegabytes,
            HardwareVersion = source.HardwareVersion,
            ToolsVersion = source.ToolsVersion,
            HasCpuHotAdd = source.HasCpuHotAdd,
            HasMemoryHotAdd = source.HasMemoryHotAdd,
            ComputerName = source.ComputerName,
            Customization = source.Customization,
            Sizing = source.Sizing,
            Placement = source.Placement,
            NeedsCustomization = container is VApp,
            Startup = source.Startup,
            ProductSections = source.ProductSections,
        };
        copy.Disks.AddRange(source.Disks);
        foreach (var adapter in source.Adapters) copy.Adapters.Add(adapter.Copy(container is VApp ? MacAddresses.Next() : adapter.Mac));
        return copy;
    }
}
