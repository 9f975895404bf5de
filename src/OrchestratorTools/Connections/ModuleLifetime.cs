using System.Management.Automation;
using System.Management.Automation.Runspaces;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Connections;

/// <summary>
/// Knows which runspaces hold the module. The first one's connections become the process's defaults; when the last open one removes the module, every session is logged out.
/// Importing opens no connection and starts no thread.
/// </summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly TimeSpan RemovalBudget = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ExitBudget = TimeSpan.FromSeconds(2);
    private static readonly object Gate = new();

    // Few, and looked through by hand: at import every generic type of its own would have to be compiled first.
    private static readonly List<WeakReference<Runspace>> Holders = [];
    private static WeakReference<Runspace>? _first;
    private static bool _watching;

    /// <inheritdoc/>
    public void OnImport()
    {
        if (Runspace.DefaultRunspace is not { } runspace)
        {
            return;
        }

        lock (Gate)
        {
            ForgetClosed();
            var at = IndexOf(runspace);
            if (at < 0)
            {
                at = Holders.Count;
                Holders.Add(new WeakReference<Runspace>(runspace));
            }

            if (_first is null || !_first.TryGetTarget(out var first) || IndexOf(first) < 0)
            {
                _first = Holders[at];
            }
        }
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        var runspace = Runspace.DefaultRunspace;
        lock (Gate)
        {
            // A runspace that is closing removes its modules too: it was a worker, and the session goes on without it.
            if (runspace is not null && IndexOf(runspace) is var at and >= 0)
            {
                Holders.RemoveAt(at);
            }

            ForgetClosed();
            if (Holders.Count > 0)
            {
                return;
            }

            _first = null;
        }

        foreach (var failure in LogOutAll(RemovalBudget))
        {
            Say(failure);
        }
    }

    /// <summary>True in the runspace whose connections become the process's defaults.</summary>
    internal static bool IsFirstRunspace()
    {
        lock (Gate)
        {
            return Runspace.DefaultRunspace is { } runspace && (_first is null || (_first.TryGetTarget(out var first) && first.InstanceId == runspace.InstanceId));
        }
    }

    /// <summary>Logs everything out when the process ends. Registered with the first connection, not by the import.</summary>
    internal static void WatchProcessExit()
    {
        lock (Gate)
        {
            if (!_watching)
            {
                _watching = true;
                AppDomain.CurrentDomain.ProcessExit += static (_, _) => LogOutAll(ExitBudget);
            }
        }
    }

    /// <summary>Logs out and forgets every connection, all at once, within the budget. Returns a sentence for each one that could not be logged out.</summary>
    internal static IReadOnlyList<string> LogOutAll(TimeSpan budget)
    {
        var connections = ConnectionRegistry.RemoveAll();
        if (connections.Count == 0)
        {
            return [];
        }

        using var limit = new CancellationTokenSource(budget);
        var logouts = connections.Select(c => Task.Run(() => LogOutAsync(c, limit.Token))).ToArray();

        // A server that does not even let go of the connection must not hold the session's end.
        Task.WaitAll(logouts, budget + TimeSpan.FromMilliseconds(200));
        var failures = new List<string>();
        for (var i = 0; i < logouts.Length; i++)
        {
            var failure = logouts[i].IsCompletedSuccessfully ? logouts[i].Result : "no answer in time";
            if (failure is not null)
            {
                failures.Add($"{connections[i].System} connection '{connections[i].Name}' was forgotten, but not logged out at {connections[i].Server.Authority}: {failure.TrimEnd('.')}. Its session ends there by itself.");
            }
        }

        return failures;
    }

    /// <summary>Logs one connection out; null when that worked, else what went wrong.</summary>
    internal static async Task<string?> LogOutAsync(OrchestratorConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.Session.LogoutAsync(SilentObserver.Instance, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (OrchestratorApiException e)
        {
            return e.Message;
        }
        catch (OperationCanceledException)
        {
            return "no answer in time";
        }
        finally
        {
            await connection.Session.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static void ForgetClosed()
    {
        for (var i = Holders.Count - 1; i >= 0; i--)
        {
            if (!Holders[i].TryGetTarget(out var runspace) || runspace.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Closing or RunspaceState.Broken)
            {
                Holders.RemoveAt(i);
            }
        }
    }

    private static int IndexOf(Runspace runspace)
    {
        for (var i = 0; i < Holders.Count; i++)
        {
            if (Holders[i].TryGetTarget(out var holder) && holder.InstanceId == runspace.InstanceId)
            {
                return i;
            }
        }

        return -1;
    }

    // Remove-Module gives no cmdlet to write a warning with. A pipeline of the runspace does; where there is none, standard error is left.
    private static void Say(string text)
    {
        try
        {
            using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
            shell.AddCommand("Write-Warning").AddParameter("Message", text).Invoke();
            foreach (var warning in shell.Streams.Warning)
            {
                Console.Error.WriteLine("WARNING: " + warning.Message);
            }
        }
        catch (Exception e) when (e is RuntimeException or InvalidOperationException)
        {
            Console.Error.WriteLine("WARNING: " + text);
        }
    }
}
