using System.Globalization;

namespace OrchestratorTools.Simulator;

/// <summary>The command line of the simulator, read.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Edges in all of the SD-WAN Orchestrator's enterprises together, 1 to 20,000.</summary>
    public int Edges { get; init; } = 40;

    /// <summary>Items in vCloud Director's catalogs, 1 to 20,000.</summary>
    public int CatalogItems { get; init; } = 12;

    /// <summary>Virtual machines in vCloud Director's vApps, 1 to 5,000.</summary>
    public int Machines { get; init; } = 24;

    /// <summary>Recovery plans, 1 to 20,000.</summary>
    public int Plans { get; init; } = 8;

    /// <summary>How many simulated seconds pass in one real second.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>A folder with the vCloud schemas (<c>all.xsd</c>): every vCD request body is validated against them.</summary>
    public string? VcdSchemas { get; init; }

    /// <summary>A folder that uploads are spooled to. Without it they are counted and hashed only.</summary>
    public string? KeepContent { get; init; }

    /// <summary>The seed of all invented data.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Uploads are counted but not hashed: for measuring transfers only.</summary>
    public bool NoHash { get; init; }

    /// <summary>Reads the arguments. Throws <see cref="ArgumentException"/> with a sentence for the user.</summary>
    public static SimulatorOptions Parse(string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var options = new SimulatorOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = arguments[i];
            options = name switch
            {
                "--edges" => options with { Edges = Count(name, Next()) },
                "--catalog-items" => options with { CatalogItems = Count(name, Next()) },
                "--vms" => options with { Machines = Count(name, Next(), 5000) },
                "--plans" => options with { Plans = Count(name, Next()) },
                "--speed" => options with { Speed = Factor(name, Next()) },
                "--vcd-schemas" => options with { VcdSchemas = Next() },
                "--keep-content" => options with { KeepContent = Next() },
                "--seed" => options with { Seed = Whole(name, Next()) },
                "--no-hash" => options with { NoHash = true },
                _ => throw new ArgumentException($"Unknown argument '{name}'. Known: --edges N, --catalog-items N, --vms N, --plans N, --speed X, --vcd-schemas DIR, --keep-content DIR, --seed N, --no-hash."),
            };

            string Next() => ++i < arguments.Length ? arguments[i] : throw new ArgumentException($"{name} needs a value.");
        }

        return options;
    }

    private static int Count(string name, string value, int most = 20000)
        => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= 1 && n <= most
            ? n
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} takes a whole number from 1 to {most}, not '{value}'."));

    private static int Whole(string name, string value)
        => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : throw new ArgumentException($"{name} takes a whole number, not '{value}'.");

    private static double Factor(string name, string value)
        => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var x) && x is > 0 and <= 100000
            ? x
            : throw new ArgumentException($"{name} takes a number above 0 and up to 100000, not '{value}'.");
}
