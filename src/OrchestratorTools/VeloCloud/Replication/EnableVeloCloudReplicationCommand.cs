using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Completion;
using OrchestratorTools.Connections;

namespace OrchestratorTools.VeloCloud;

/// <summary>Makes a pair of two Orchestrators: the one of -Connection becomes active, a prepared one its standby.</summary>
[Cmdlet(VerbsLifecycle.Enable, "VeloCloudReplication", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ConnectionSet)]
[OutputType(typeof(VeloCloudReplicationStatus))]
public sealed class EnableVeloCloudReplicationCommand : VeloCloudReplicationCmdlet
{
    private const string ConnectionSet = "Connection";
    private const string AddressSet = "Address";

    /// <summary>The connection to the prepared standby: its id and its address are asked for there, and it is waited for as well.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ConnectionSet)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ConnectionArgument? StandbyConnection { get; set; }

    /// <summary>The standby's address, as the active reaches it, where there is no connection to the standby.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AddressSet)]
    [ValidateNotNullOrEmpty]
    public string? Standby { get; set; }

    /// <summary>The standby's id (Uuid of Get-VeloCloudReplication).</summary>
    [Parameter(Mandatory = true, ParameterSetName = AddressSet)]
    [ValidateNotNullOrEmpty]
    public string? StandbyUuid { get; set; }

    /// <summary>The standby's address, as the active reaches it; default: the one that the standby says of itself.</summary>
    [Parameter(ParameterSetName = ConnectionSet)]
    [ValidateNotNullOrEmpty]
    public string? StandbyAddress { get; set; }

    /// <summary>The standby's IPv6 address.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StandbyAddressV6 { get; set; }

    /// <summary>The standby's address for replication, where it has one of its own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StandbyReplicationAddress { get; set; }

    /// <summary>An operator's account that the standby knows: the active uses it there.</summary>
    [Parameter(Mandatory = true)]
    [Credential]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <inheritdoc/>
    private protected override VeloCloudReplicationAction Action => VeloCloudReplicationAction.Pair;

    /// <inheritdoc/>
    private protected override (ConnectionArgument? Given, string Parameter) PeerArgument => (StandbyConnection, nameof(StandbyConnection));

    /// <inheritdoc/>
    private protected override bool PeerMustAnswer => true;

    /// <inheritdoc/>
    private protected override string QuestionFor(VeloCloudReplicationSeen seen)
    {
        var (address, uuid) = StandbyOf(seen);
        var standby = seen.Peer is { } peer ? $"standby {DescribeWithTimes(peer)}, address {address}, id {uuid}" : $"standby {address} (id {uuid}) was not asked";
        return $"Make a pair: active {DescribeWithTimes(seen.Here)}; {standby}; account '{Credential!.UserName}'";
    }

    /// <inheritdoc/>
    private protected override string ConsequenceOf(VeloCloudReplicationSeen seen) => "The active's database is copied over the standby's own, and kept the same from then on.";

    /// <inheritdoc/>
    private protected override Task SendAsync(VeloCloudClient client, VeloCloudReplicationSeen seen, CancellationToken cancellationToken)
    {
        var (address, uuid) = StandbyOf(seen);
        return client.ConfigureReplicationAsync(new VeloCloudPairing(address, uuid, Credential!.UserName, Credential.Password) { AddressV6 = StandbyAddressV6, ReplicationAddress = StandbyReplicationAddress }, cancellationToken);
    }

    private (string Address, string Uuid) StandbyOf(VeloCloudReplicationSeen seen)
    {
        if (Standby is { } address)
        {
            return (address, StandbyUuid!);
        }

        var peer = seen.Peer!;
        return (StandbyAddress ?? peer.Address ?? peer.Origin!.Host, peer.Uuid ?? throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.Protocol, $"{peer.Server} does not say its id. Nothing was sent.") { RecommendedAction = "Give the address and the id by hand: -Standby and -StandbyUuid." });
    }
}
