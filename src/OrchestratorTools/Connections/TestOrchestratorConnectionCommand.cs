using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Completion;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Connections;

/// <summary>Asks each server something cheap: true where the session works (after a renewal, if one was due), false where it does not.</summary>
[Cmdlet(VerbsDiagnostic.Test, "OrchestratorConnection")]
[OutputType(typeof(bool))]
public sealed class TestOrchestratorConnectionCommand : OrchestratorCmdlet
{
    /// <summary>The connections, by name (wildcards) or object; default: all that are open.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNullOrEmpty]
    public ConnectionArgument[]? Connection { get; set; }

    /// <summary>The kind of server.</summary>
    [Parameter]
    public OrchestratorSystem? System { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (Connection is null)
        {
            foreach (var connection in ConnectionRegistry.All(System))
            {
                Test(connection);
            }

            return;
        }

        foreach (var argument in Connection)
        {
            var found = ConnectionRegistry.Find(System, argument);
            if (found.Count == 0)
            {
                WriteVerbose($"There is no connection '{argument.Name}'.");
                WriteObject(false);
            }

            foreach (var connection in found)
            {
                Test(connection);
            }
        }
    }

    private void Test(OrchestratorConnection connection)
    {
        try
        {
            Await(token => connection.Session.ProbeAsync(RequestObserver, token));
            WriteObject(true);
        }
        catch (OrchestratorApiException e)
        {
            WriteVerbose($"{connection.System} connection '{connection.Name}': {e.Message}");
            WriteObject(false);
        }
    }
}
