using System.Management.Automation;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Connections;

/// <summary>The connections that a runspace made last. Kept in a variable of the runspace's own session state, so that a pooled runspace that is reset starts clean.</summary>
internal sealed class RunspaceDefaults
{
    private const string Variable = "OrchestratorToolsDefaults";
    private readonly Dictionary<OrchestratorSystem, OrchestratorConnection> _defaults = [];

    /// <summary>The runspace's default of a system, or null.</summary>
    public static OrchestratorConnection? Get(SessionState state, OrchestratorSystem system)
        => Find(state) is { } mine && mine._defaults.TryGetValue(system, out var connection) ? connection : null;

    /// <summary>Sets the runspace's default of the connection's system.</summary>
    public static void Set(SessionState state, OrchestratorConnection connection)
    {
        var mine = Find(state);
        if (mine is null)
        {
            mine = new RunspaceDefaults();
            state.PSVariable.Set("global:" + Variable, mine);
        }

        mine._defaults[connection.System] = connection;
    }

    /// <summary>Forgets a connection.</summary>
    public static void Forget(SessionState state, OrchestratorConnection connection)
    {
        if (Find(state) is { } mine && mine._defaults.TryGetValue(connection.System, out var present) && ReferenceEquals(present, connection))
        {
            mine._defaults.Remove(connection.System);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", _defaults.Select(d => $"{d.Key}: {d.Value.Name}"));

    private static RunspaceDefaults? Find(SessionState state) => state.PSVariable.GetValue("global:" + Variable) switch
    {
        PSObject { BaseObject: RunspaceDefaults wrapped } => wrapped,
        RunspaceDefaults bare => bare,
        _ => null,
    };
}
