namespace OrchestratorTools.Simulator.Vcd;

/// <summary>What the machines of a VDC use of it.</summary>
internal sealed record VdcCapacity(long UsedCpuMegahertz, long UsedMemoryMegabytes, int Machines, int Running)
{
    /// <summary>What a VDC has: a gigahertz for each virtual CPU, as pay-as-you-go VDCs have it.</summary>
    public const long TotalCpuMegahertz = 200_000;
    public const long TotalMemoryMegabytes = 1_048_576;
    public const int MegahertzPerCpu = 1000;

    public static VdcCapacity Of(Vdc vdc, Inventory inventory)
    {
        long cpu = 0, memory = 0;
        int machines = 0, running = 0;
        foreach (var machine in inventory.Machines.Values)
        {
            if (machine.Vdc != vdc) continue;
            machines++;
            if (machine.Status != MachineStatus.PoweredOn) continue;
            running++;
            cpu += machine.Cpus * MegahertzPerCpu;
            memory += machine.MemoryMegabytes;
        }

        return new VdcCapacity(cpu, memory, machines, running);
    }
}
