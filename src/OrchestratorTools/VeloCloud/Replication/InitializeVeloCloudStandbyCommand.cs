using System.Management.Automation;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets an Orchestrator ready to be another one's standby. It restarts.</summary>
[Cmdlet(VerbsData.Initialize, "VeloCloudStandby", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(VeloCloudReplicationStatus))]
public sealed class InitializeVeloCloudStandbyCommand : VeloCloudReplicationCmdlet
{
    /// <inheritdoc/>
    private protected override VeloCloudReplicationAction Action => VeloCloudReplicationAction.Prepare;

    /// <inheritdoc/>
    private protected override IReadOnlyCollection<string> With => ["clientCount"];

    /// <inheritdoc/>
    private protected override string QuestionFor(VeloCloudReplicationSeen seen)
    {
        var edges = seen.Here.EdgeCount is { } count and > 0 ? $", and counts {count} edges" : string.Empty;
        return $"Prepare for standby: {DescribeWithTimes(seen.Here)}{edges}";
    }

    /// <inheritdoc/>
    private protected override string ConsequenceOf(VeloCloudReplicationSeen seen)
        => "It restarts, and answers nothing but questions about its replication from then on. When it is paired, its own database is replaced by its active's.";

    /// <inheritdoc/>
    private protected override Task SendAsync(VeloCloudClient client, VeloCloudReplicationSeen seen, CancellationToken cancellationToken) => client.PrepareForStandbyAsync(cancellationToken);
}
