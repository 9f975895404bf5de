using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets role and state of an Orchestrator's replication. A standby answers this and nothing else.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudReplication")]
[OutputType(typeof(VeloCloudReplicationStatus))]
public sealed class GetVeloCloudReplicationCommand : ReadingCmdlet<VeloCloudSession>
{
    /// <summary>Asks for the states that it went through, too.</summary>
    [Parameter]
    public SwitchParameter IncludeHistory { get; set; }

    /// <summary>Asks for the clients, edges and gateways, and when they were heard of.</summary>
    [Parameter]
    public SwitchParameter IncludeClient { get; set; }

    /// <summary>Asks for the storage, too.</summary>
    [Parameter]
    public SwitchParameter IncludeStorage { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var with = new List<string>();
        if (IncludeClient)
        {
            with.AddRange(["clientContact", "clientCount"]);
        }

        if (IncludeHistory)
        {
            with.Add("stateHistory");
        }

        if (IncludeStorage)
        {
            with.Add("storageInfo");
        }

        foreach (var session in Sessions())
        {
            // The other one of a pair may answer.
            CurrentTarget = session.ConnectionName;
            Attempt(() => WriteObject(Await(token => new VeloCloudClient(session, RequestObserver).GetReplicationAsync(with, token))), session.ConnectionName);
        }
    }
}
