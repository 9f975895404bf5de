using System.Globalization;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>A software release that edges run, or may be given.</summary>
internal sealed record SoftwareImage(int Id, string Version, string Build)
{
    public string Name => string.Create(CultureInfo.InvariantCulture, $"Edge image {Version}");
}

/// <summary>The software releases that the Orchestrator has. Edges run the first three.</summary>
internal static class SoftwareCatalog
{
    private static readonly SoftwareImage[] Images =
    [
        new(41, "5.2.2.2", "R5222-20240223-GA-29802b54f4"),
        new(42, "5.2.3.2", "R5232-20240516-GA-e4ca476843"),
        new(43, "4.5.2", "R452-20240125-GA-3646337bed"),
        new(44, "5.4.0.1", "R5401-20240617-GA-9d2a1c77b0"),
        new(45, "6.0.0.2", "R6002-20240801-GA-51be0a4c3d"),
    ];

    public static IReadOnlyList<SoftwareImage> All => Images;

    /// <summary>The n-th of the releases that edges run.</summary>
    public static SoftwareImage Of(int n) => Images[n % 3];
}
