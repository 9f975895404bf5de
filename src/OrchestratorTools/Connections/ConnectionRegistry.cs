using System.Management.Automation;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Connections;

/// <summary>All connections of the process, and the process's defaults. Thread-safe. The runspaces' own defaults are in <see cref="RunspaceDefaults"/>.</summary>
internal static class ConnectionRegistry
{
    private static readonly object Gate = new();
    private static readonly List<OrchestratorConnection> Connections = [];
    private static readonly Dictionary<OrchestratorSystem, OrchestratorConnection> ProcessDefaults = [];

    /// <summary>Adds a connection; returns the one that had its name, which the caller logs out.</summary>
    public static OrchestratorConnection? Add(OrchestratorConnection connection)
    {
        lock (Gate)
        {
            var replaced = FindExact(connection.System, connection.Name);
            if (replaced is not null)
            {
                Connections.Remove(replaced);
                if (ProcessDefaults.TryGetValue(connection.System, out var present) && ReferenceEquals(present, replaced))
                {
                    ProcessDefaults[connection.System] = connection;
                }
            }

            Connections.Add(connection);
            ModuleLifetime.WatchProcessExit();
            return replaced;
        }
    }

    /// <summary>Removes a connection; false when somebody did already.</summary>
    public static bool Remove(OrchestratorConnection connection)
    {
        lock (Gate)
        {
            if (ProcessDefaults.TryGetValue(connection.System, out var present) && ReferenceEquals(present, connection))
            {
                ProcessDefaults.Remove(connection.System);
            }

            return Connections.Remove(connection);
        }
    }

    /// <summary>Removes all connections and returns them.</summary>
    public static IReadOnlyList<OrchestratorConnection> RemoveAll()
    {
        lock (Gate)
        {
            var all = Connections.ToArray();
            Connections.Clear();
            ProcessDefaults.Clear();
            return all;
        }
    }

    /// <summary>Sets the process's default of the connection's system.</summary>
    public static void SetProcessDefault(OrchestratorConnection connection)
    {
        lock (Gate)
        {
            ProcessDefaults[connection.System] = connection;
        }
    }

    /// <summary>All connections of a system, or of all, in the order in which they were made.</summary>
    public static IReadOnlyList<OrchestratorConnection> All(OrchestratorSystem? system = null)
    {
        lock (Gate)
        {
            return Connections.Where(c => system is null || c.System == system).ToArray();
        }
    }

    /// <summary>True while the connection is open.</summary>
    public static bool IsOpen(OrchestratorConnection connection)
    {
        lock (Gate)
        {
            return Connections.Contains(connection);
        }
    }

    /// <summary>The connection that a cmdlet without -Connection uses: the runspace's, else the process's. Null where there is none.</summary>
    public static OrchestratorConnection? Default(OrchestratorSystem system, SessionState state)
    {
        if (RunspaceDefaults.Get(state, system) is { } mine)
        {
            if (IsOpen(mine))
            {
                return mine;
            }

            // Replaced by another runspace under the same name: the name still says which one is meant.
            lock (Gate)
            {
                if (FindExact(system, mine.Name) is { } successor && Uri.Compare(successor.Server, mine.Server, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0)
                {
                    return successor;
                }
            }
        }

        lock (Gate)
        {
            return ProcessDefaults.TryGetValue(system, out var connection) ? connection : null;
        }
    }

    /// <summary>The connections that an argument means: an object is itself, a name is exact before it is a wildcard. Empty where none does.</summary>
    public static IReadOnlyList<OrchestratorConnection> Find(OrchestratorSystem? system, ConnectionArgument argument)
    {
        if (argument.Connection is { } connection)
        {
            return (system is null || connection.System == system) && IsOpen(connection) ? [connection] : [];
        }

        lock (Gate)
        {
            var exact = Connections.Where(c => (system is null || c.System == system) && string.Equals(c.Name, argument.Name, StringComparison.OrdinalIgnoreCase)).ToArray();
            if (exact.Length > 0)
            {
                return exact;
            }

            var pattern = WildcardPattern.Get(argument.Name, WildcardOptions.IgnoreCase);
            return Connections.Where(c => (system is null || c.System == system) && pattern.IsMatch(c.Name)).ToArray();
        }
    }

    /// <summary>The error of a cmdlet that finds no connection: says which Connect- to run.</summary>
    public static OrchestratorApiException NoConnection(OrchestratorSystem system, string? wanted)
    {
        var open = All(system);
        var message = (wanted, open.Count) switch
        {
            (null, 0) => $"There is no connection to a {Title(system)}.",
            (null, _) => $"This runspace has no default connection to a {Title(system)}. Open are: {Names(open)}.",
            (_, 0) => $"-Connection '{wanted}': there is no such {system} connection; none is open.",
            _ => $"-Connection '{wanted}': there is no such {system} connection. Open are: {Names(open)}.",
        };
        var action = open.Count == 0
            ? $"Run Connect-{system} first."
            : $"Name one with -Connection, choose one with Select-OrchestratorConnection, or run Connect-{system}.";
        return new OrchestratorApiException(system, OrchestratorErrorKind.Authentication, message) { RecommendedAction = action };
    }

    /// <summary>The system's name for people.</summary>
    public static string Title(OrchestratorSystem system) => system switch
    {
        OrchestratorSystem.VeloCloud => "VeloCloud Orchestrator",
        OrchestratorSystem.Vcd => "vCloud Director",
        _ => "Veeam Recovery Orchestrator",
    };

    private static string Names(IReadOnlyList<OrchestratorConnection> connections) => string.Join(", ", connections.Select(c => "'" + c.Name + "'"));

    private static OrchestratorConnection? FindExact(OrchestratorSystem system, string name)
        => Connections.Find(c => c.System == system && string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase));
}
