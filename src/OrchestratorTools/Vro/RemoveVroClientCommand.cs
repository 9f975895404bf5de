using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Vro;

/// <summary>Removes client accounts. What runs under them loses its sessions.</summary>
[Cmdlet(VerbsCommon.Remove, "VroClient", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveVroClientCommand : ChangingCmdlet<VroSession>
{
    /// <summary>Ids.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(VroClientCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.Vro;

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var session = Session();
        var client = new VroClient(session, RequestObserver);
        foreach (var id in Id!)
        {
            var isOwn = session.IsClientAccount is true && id.Equals(session.User, StringComparison.OrdinalIgnoreCase);
            var question = $"Remove client account {id} at {session.Server.Authority}{(isOwn ? ", which is the account of this very connection" : string.Empty)}. What runs under it loses its sessions.";
            if (ShouldProcess(question, question + "\nRemove it?", "Remove client account"))
            {
                Attempt(() => Await(token => client.RemoveClientAsync(id, token)), id);
            }
        }
    }
}
