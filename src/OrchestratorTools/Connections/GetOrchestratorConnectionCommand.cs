using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Completion;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Connections;

/// <summary>Lists the open connections of this process.</summary>
[Cmdlet(VerbsCommon.Get, "OrchestratorConnection")]
[OutputType(typeof(OrchestratorConnection))]
public sealed class GetOrchestratorConnectionCommand : OrchestratorCmdlet
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>The kinds of servers.</summary>
    [Parameter]
    public OrchestratorSystem[]? System { get; set; }

    /// <summary>Only the connections that cmdlets of this runspace use without -Connection.</summary>
    [Parameter]
    public SwitchParameter Default { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var systems = System ?? Enum.GetValues<OrchestratorSystem>();
        if (Name is null)
        {
            WriteMatching(systems, null);
            return;
        }

        foreach (var name in Name)
        {
            if (!WriteMatching(systems, new ConnectionArgument(name)) && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteError(new ErrorRecord(
                    new ItemNotFoundException($"-Name '{name}': there is no such connection. Get-OrchestratorConnection without a name lists those that are open."),
                    "Orchestrator.NotFound",
                    ErrorCategory.ObjectNotFound,
                    name));
            }
        }
    }

    private bool WriteMatching(OrchestratorSystem[] systems, ConnectionArgument? argument)
    {
        var any = false;
        foreach (var system in systems)
        {
            var found = argument is null ? ConnectionRegistry.All(system) : ConnectionRegistry.Find(system, argument);
            var standard = Default ? ConnectionRegistry.Default(system, SessionState) : null;
            foreach (var connection in found.Where(c => !Default || ReferenceEquals(c, standard)))
            {
                any = true;
                WriteObject(connection);
            }
        }

        return any;
    }
}
