using System.Diagnostics;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>The largest inventory that the options allow: it is there at once, and a page of it costs milliseconds.</summary>
public sealed class VcdSimulatorScaleTests
{
    [Fact]
    public async Task Five_thousand_machines_and_twenty_thousand_items_are_listed_fast()
    {
        await using var simulator = await Simulator.StartAsync("--vms", "5000", "--catalog-items", "20000");
        using (var started = Process.GetProcessById(simulator.Greeting.GetProperty("pid").GetInt32()))
        {
            Assert.True(started.TotalProcessorTime < TimeSpan.FromSeconds(4), $"The start took {started.TotalProcessorTime} of the processor.");
        }

        using var raw = await VcdRaw.LoginAsync(simulator, "37.2");
        using var provider = await VcdRaw.LoginAsync(simulator, "37.2", "System");
        Assert.Equal("5000", (await provider.QueryAsync("type=adminVM&filter=isVAppTemplate==false&pageSize=1")).Text("total"));
        Assert.Equal("20000", (await provider.QueryAsync("type=adminCatalogItem&pageSize=1")).Text("total"));

        // The processor's time of the server's own process: what else the machine does counts for nothing in it.
        using var process = Process.GetProcessById(simulator.Greeting.GetProperty("pid").GetInt32());
        foreach (var query in new[] { "type=vm&pageSize=128", "type=vm&pageSize=128&page=20&sortAsc=name", "type=vm&pageSize=128&filter=name==vm-1*", "type=catalogItem&pageSize=128&page=80", "type=catalog", "type=orgVdc" })
        {
            const int Times = 20;
            await raw.QueryAsync(query);
            process.Refresh();
            var before = process.TotalProcessorTime;
            for (var i = 0; i < Times; i++) await raw.QueryAsync(query);
            process.Refresh();
            var each = (process.TotalProcessorTime - before) / Times;
            Assert.True(each < TimeSpan.FromMilliseconds(50), $"{query}: {each.TotalMilliseconds} ms of the processor");
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("5001")]
    [InlineData("many")]
    public void The_number_of_machines_has_bounds(string value)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        start.ArgumentList.Add(Simulator.AssemblyPath);
        start.ArgumentList.Add("--vms");
        start.ArgumentList.Add(value);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(2, process.ExitCode);
        Assert.Contains("1 to 5000", error, StringComparison.Ordinal);
        Assert.Contains($"'{value}'", error, StringComparison.Ordinal);
    }
}
