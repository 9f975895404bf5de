using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Simulator;

/// <summary>Starts a simulator of the three servers. It ends with this session.</summary>
[Cmdlet(VerbsLifecycle.Start, "OrchestratorSimulator", SupportsShouldProcess = true)]
[OutputType(typeof(OrchestratorSimulator))]
public sealed class StartOrchestratorSimulatorCommand : OrchestratorCmdlet
{
    /// <summary>Edges over all enterprises of the SD-WAN Orchestrator.</summary>
    [Parameter]
    [ValidateRange(1, 20000)]
    public int EdgeCount { get; set; } = 40;

    /// <summary>Items in vCloud Director's catalogs.</summary>
    [Parameter]
    [ValidateRange(1, 20000)]
    public int CatalogItemCount { get; set; } = 12;

    /// <summary>Virtual machines in vCloud Director's vApps.</summary>
    [Parameter]
    [ValidateRange(1, 5000)]
    public int VMCount { get; set; } = 24;

    /// <summary>Recovery plans.</summary>
    [Parameter]
    [ValidateRange(1, 20000)]
    public int PlanCount { get; set; } = 8;

    /// <summary>How many simulated seconds pass in one real second.</summary>
    [Parameter]
    [ValidateRange(0.001, 100000)]
    public double Speed { get; set; } = 1;

    /// <summary>The seed of the invented data.</summary>
    [Parameter]
    public int Seed { get; set; } = 1;

    /// <summary>A folder with the vCloud schemas (all.xsd): every vCD request body is validated against them.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? VcdSchemaPath { get; set; }

    /// <summary>A folder that uploads are spooled to; without it they are counted and hashed only.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ContentPath { get; set; }

    /// <summary>Counts uploads without hashing them: for measuring transfers.</summary>
    [Parameter]
    public SwitchParameter NoHash { get; set; }

    /// <summary>The simulator's assembly or its folder; default: the one that came with the module.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SimulatorPath { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var assembly = FindAssembly();
        if (!ShouldProcess(assembly, "Start the simulator"))
        {
            return;
        }

        var arguments = new List<string>
        {
            "--edges", EdgeCount.ToString(CultureInfo.InvariantCulture),
            "--catalog-items", CatalogItemCount.ToString(CultureInfo.InvariantCulture),
            "--vms", VMCount.ToString(CultureInfo.InvariantCulture),
            "--plans", PlanCount.ToString(CultureInfo.InvariantCulture),
            "--speed", Speed.ToString("R", CultureInfo.InvariantCulture),
            "--seed", Seed.ToString(CultureInfo.InvariantCulture),
        };
        if (VcdSchemaPath is not null)
        {
            arguments.AddRange(["--vcd-schemas", GetUnresolvedProviderPathFromPSPath(VcdSchemaPath)]);
        }

        if (ContentPath is not null)
        {
            arguments.AddRange(["--keep-content", GetUnresolvedProviderPathFromPSPath(ContentPath)]);
        }

        if (NoHash)
        {
            arguments.Add("--no-hash");
        }

        try
        {
            WriteObject(Await(token => SimulatorRegistry.StartAsync(assembly, arguments, token)));
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException or global::System.ComponentModel.Win32Exception or global::System.Text.Json.JsonException or KeyNotFoundException)
        {
            ThrowTerminatingError(new ErrorRecord(new InvalidOperationException($"The simulator did not start: {e.Message}", e), "Orchestrator.SimulatorStart", ErrorCategory.ResourceUnavailable, assembly));
        }
    }

    private string FindAssembly()
    {
        const string Name = "OrchestratorTools.Simulator.dll";
        var module = Path.GetDirectoryName(typeof(StartOrchestratorSimulatorCommand).Assembly.Location)!;
        string[] candidates = SimulatorPath is { } given
            ? [GetUnresolvedProviderPathFromPSPath(given), Path.Combine(GetUnresolvedProviderPathFromPSPath(given), Name)]
            : [Path.Combine(module, "Simulator", Name), Path.Combine(module, "..", "Simulator", Name)];
        foreach (var candidate in candidates)
        {
            if (File.Exists(candidate))
            {
                return Path.GetFullPath(candidate);
            }
        }

        if (SimulatorPath is not null)
        {
            ThrowBadParameter(nameof(SimulatorPath), SimulatorPath, $"there is no {Name}.");
        }

        ThrowTerminatingError(new ErrorRecord(new FileNotFoundException($"The simulator ({Name}) is neither beside the module nor in it. Build it with 'dotnet build -c Release' and name it with -SimulatorPath."), "Orchestrator.SimulatorStart", ErrorCategory.ObjectNotFound, Name));
        throw new InvalidOperationException();
    }
}
