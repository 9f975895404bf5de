namespace OrchestratorTools.Clients.Vcd;

/// <summary>Which machines a vApp is to get.</summary>
public sealed record VcdMachineRecipe
{
    /// <summary>The address of the vApp.</summary>
    public required string VAppHref { get; init; }

    /// <summary>The addresses of templates, all of whose machines it gets.</summary>
    public IReadOnlyList<string> Templates { get; init; } = [];

    /// <summary>The addresses of machines of vApps and templates.</summary>
    public IReadOnlyList<string> VMs { get; init; } = [];

    /// <summary>A machine that is made of nothing; null: none.</summary>
    public VcdBlankMachine? Blank { get; init; }

    /// <summary>What the only machine is called; null: as its source.</summary>
    public string? Name { get; init; }

    /// <summary>The machines' description; null: their sources'.</summary>
    public string? Description { get; init; }

    /// <summary>Which networks of the vApp the network cards are connected to.</summary>
    public IReadOnlyList<VcdNetworkMapping> Networks { get; init; } = [];

    /// <summary>The computer name of the only machine, under the key "", or of machines by their names in the source.</summary>
    public IReadOnlyDictionary<string, string> ComputerNames { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The storage profile of all machines: its name, id or address.</summary>
    public string? StorageProfile { get; init; }

    /// <summary>True: the licences of the templates are accepted.</summary>
    public bool AcceptsEula { get; init; }

    /// <summary>True: the machines leave the vApps that they are in.</summary>
    public bool Moves { get; init; }
}

/// <summary>What a machine is like that is made of nothing.</summary>
/// <param name="GuestOs">VMware's word for the guest's operating system: debian11_64Guest.</param>
/// <param name="NumberOfCpus">How many virtual CPUs.</param>
/// <param name="CoresPerSocket">How many of them on one socket; null: the server's choice.</param>
/// <param name="Memory">Memory in bytes.</param>
/// <param name="HardwareVersion">The number of the virtual hardware's version; null: the highest that the virtual data center has.</param>
public sealed record VcdBlankMachine(string GuestOs, int NumberOfCpus, int? CoresPerSocket, long Memory, int? HardwareVersion);
