namespace OrchestratorTools.Simulator.Vcd;

/// <summary>What a snapshot keeps of a machine: its hardware and its guest's settings. Its name, description and connections are not of the host's making.</summary>
internal sealed record MachineState(int Cpus, int CoresPerSocket, int MemoryMegabytes, int HardwareVersion, int ToolsVersion, GuestSystem Guest, IReadOnlyList<VirtualDisk> Disks)
{
    public static MachineState Of(VirtualMachine machine)
        => new(machine.Cpus, machine.CoresPerSocket, machine.MemoryMegabytes, machine.HardwareVersion, machine.ToolsVersion, machine.Guest, [.. machine.Disks]);

    public void GiveBack(VirtualMachine machine)
    {
        (machine.Cpus, machine.CoresPerSocket, machine.MemoryMegabytes) = (Cpus, CoresPerSocket, MemoryMegabytes);
        (machine.HardwareVersion, machine.ToolsVersion, machine.Guest) = (HardwareVersion, ToolsVersion, Guest);
        machine.Disks.Clear();
        machine.Disks.AddRange(Disks);
    }
}
