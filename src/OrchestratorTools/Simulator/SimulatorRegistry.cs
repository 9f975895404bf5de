using System.Diagnostics;
using System.Text;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Simulator;

/// <summary>The simulators that this process started.</summary>
internal static class SimulatorRegistry
{
    private static readonly object Gate = new();
    private static readonly List<OrchestratorSimulator> Running = [];

    /// <summary>The one that was started last and still runs; null where none does.</summary>
    public static OrchestratorSimulator? Latest()
    {
        lock (Gate)
        {
            Running.RemoveAll(s => !s.IsRunning);
            return Running.Count == 0 ? null : Running[^1];
        }
    }

    /// <summary>All that run.</summary>
    public static IReadOnlyList<OrchestratorSimulator> All()
    {
        lock (Gate)
        {
            Running.RemoveAll(s => !s.IsRunning);
            return Running.ToArray();
        }
    }

    /// <summary>Stops one.</summary>
    public static void Stop(OrchestratorSimulator simulator)
    {
        lock (Gate)
        {
            Running.Remove(simulator);
        }

        simulator.Stop();
    }

    /// <summary>Starts a process and waits for its greeting. Throws <see cref="InvalidOperationException"/> with a sentence for the user.</summary>
    public static async Task<OrchestratorSimulator> StartAsync(string assembly, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(FindDotnet())
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        start.ArgumentList.Add(assembly);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"'{start.FileName}' could not be started.");
        var errors = new StringBuilder();
        process.ErrorDataReceived += (_, e) =>
        {
            lock (errors)
            {
                if (e.Data is not null && errors.Length < 8192)
                {
                    errors.AppendLine(e.Data);
                }
            }
        };
        process.BeginErrorReadLine();
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60), cancellationToken).ConfigureAwait(false);
            if (line is null)
            {
                await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
                string said;
                lock (errors)
                {
                    said = errors.ToString().Trim();
                }

                throw new InvalidOperationException(said.Contains("Microsoft.AspNetCore.App", StringComparison.Ordinal)
                    ? "The simulator needs the ASP.NET Core runtime (Microsoft.AspNetCore.App, version 8 or later), which this machine's .NET lacks. Install it, for example the package aspnetcore-runtime, or the .NET SDK."
                    : $"The simulator ended at once (exit code {process.ExitCode}): {(said.Length == 0 ? "it said nothing" : said)}");
            }

            using var greeting = JsonDocument.Parse(line);
            var simulator = new OrchestratorSimulator(process, greeting.RootElement);
            lock (Gate)
            {
                Running.Add(simulator);
            }

            return simulator;
        }
        catch
        {
            if (!process.HasExited)
            {
                process.Kill();
            }

            process.Dispose();
            throw;
        }
    }

    private static string FindDotnet()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var folders = new[] { Environment.GetEnvironmentVariable("DOTNET_ROOT") }
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator))
            .Append(OperatingSystem.IsWindows() ? @"C:\Program Files\dotnet" : "/usr/share/dotnet");
        foreach (var folder in folders)
        {
            if (!string.IsNullOrEmpty(folder) && File.Exists(Path.Combine(folder, name)))
            {
                return Path.Combine(folder, name);
            }
        }

        throw new InvalidOperationException("The simulator needs the .NET runtime ('dotnet'), which is neither on the PATH nor under DOTNET_ROOT. Install .NET 8 or later with ASP.NET Core.");
    }
}
