using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Vro;

/// <summary>Lists client accounts. A client account sees only itself.</summary>
[Cmdlet(VerbsCommon.Get, "VroClient")]
[OutputType(typeof(VroClientAccount))]
public sealed class GetVroClientCommand : ReadingCmdlet<VroSession>
{
    /// <summary>Ids; default: all.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(VroClientCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.Vro;

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var sessions = Sessions();
        var missing = new HashSet<string>(Id ?? [], StringComparer.OrdinalIgnoreCase);
        var failed = false;
        foreach (var session in sessions)
        {
            try
            {
                foreach (var client in Await(token => new VroClient(session, RequestObserver).ListClientsAsync(token)))
                {
                    if (Id is null || Id.Contains(client.Id, StringComparer.OrdinalIgnoreCase))
                    {
                        missing.Remove(client.Id);
                        WriteObject(client);
                    }
                }
            }
            catch (OrchestratorApiException e)
            {
                failed = true;
                WriteQueued();
                WriteApiError(e, session.ConnectionName);
            }
        }

        foreach (var id in failed ? [] : missing)
        {
            WriteApiError(new OrchestratorApiException(OrchestratorSystem.Vro, OrchestratorErrorKind.NotFound, $"-Id '{id}': there is no such client account at {string.Join(", ", sessions.Select(s => s.Server.Authority))}, or this account may not see it: a client account sees only itself."), id);
        }
    }
}
