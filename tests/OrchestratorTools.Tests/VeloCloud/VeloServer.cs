namespace OrchestratorTools.Tests.VeloCloud;

/// <summary>One simulator for all tests of a class.</summary>
public sealed class VeloServer : IAsyncLifetime
{
    public Simulator Simulator { get; private set; } = null!;

    public async Task InitializeAsync() => Simulator = await Simulator.StartAsync("--edges", "60");

    public async Task DisposeAsync() => await Simulator.DisposeAsync();
}
