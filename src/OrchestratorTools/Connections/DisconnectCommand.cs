using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Completion;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Connections;

/// <summary>What the three Disconnect- cmdlets have in common: log out at the server, then forget.</summary>
public abstract class DisconnectCommand : OrchestratorCmdlet
{
    /// <summary>The connections to end, by name (wildcards) or object; default: the default connection.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNullOrEmpty]
    public ConnectionArgument[]? Connection { get; set; }

    /// <summary>The kind of server.</summary>
    private protected abstract OrchestratorSystem System { get; }

    /// <inheritdoc/>
    private protected sealed override string ErrorPrefix => System.ToString();

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (Connection is null)
        {
            End(ConnectionRegistry.Default(System, SessionState) ?? throw ConnectionRegistry.NoConnection(System, null));
            return;
        }

        foreach (var argument in Connection)
        {
            var found = ConnectionRegistry.Find(System, argument);
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(argument.Name))
            {
                WriteApiError(ConnectionRegistry.NoConnection(System, argument.Name), argument.Name);
            }

            foreach (var connection in found)
            {
                End(connection);
            }
        }
    }

    private void End(OrchestratorConnection connection)
    {
        if (!ShouldProcess($"{System} connection '{connection.Name}'", "Log out"))
        {
            return;
        }

        RunspaceDefaults.Forget(SessionState, connection);
        if (ConnectionRegistry.Remove(connection) && Await(token => ModuleLifetime.LogOutAsync(connection, token)) is { } failure)
        {
            WriteWarning($"'{connection.Name}' was forgotten, but the server could not be told: {failure.TrimEnd('.')}. Its session ends there by itself.");
        }
    }
}
