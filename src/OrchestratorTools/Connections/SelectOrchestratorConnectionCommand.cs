using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Completion;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Connections;

/// <summary>Makes a connection the default of this runspace, or of the process.</summary>
[Cmdlet(VerbsCommon.Select, "OrchestratorConnection")]
[OutputType(typeof(OrchestratorConnection))]
public sealed class SelectOrchestratorConnectionCommand : OrchestratorCmdlet
{
    /// <summary>The connection, by name or object. Where two systems have a connection of one name, -System says which.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ConnectionArgument Connection { get; set; } = null!;

    /// <summary>The kind of server.</summary>
    [Parameter]
    public OrchestratorSystem? System { get; set; }

    /// <summary>Sets the default of the process, for runspaces that made no connection of their own, as well as this runspace's.</summary>
    [Parameter]
    public SwitchParameter Process { get; set; }

    /// <summary>Returns the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var found = ConnectionRegistry.Find(System, Connection);
        if (found.Count != 1)
        {
            var (id, category, text) = found.Count == 0
                ? ("Orchestrator.NotFound", ErrorCategory.ObjectNotFound, "there is no such connection. Get-OrchestratorConnection lists those that are open.")
                : ("Orchestrator.Ambiguous", ErrorCategory.InvalidArgument, $"this means {found.Count} connections ({string.Join(", ", found.Select(c => $"{c.System} '{c.Name}'"))}); name one, or say which with -System.");
            WriteError(new ErrorRecord(new ItemNotFoundException($"-Connection '{Connection.Name}': {text}"), id, category, Connection.Name));
            return;
        }

        RunspaceDefaults.Set(SessionState, found[0]);
        if (Process)
        {
            ConnectionRegistry.SetProcessDefault(found[0]);
        }

        if (PassThru)
        {
            WriteObject(found[0]);
        }
    }
}
