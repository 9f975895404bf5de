using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <content>The Orchestrator's disaster recovery (facts/velocloud.md, "Disaster recovery"). Operators only.</content>
public sealed partial class VeloCloudClient
{
    /// <summary>The connection.</summary>
    internal VeloCloudSession Session => session;

    private const string StatusMethod = "disasterRecovery/getReplicationStatus";

    /// <summary>What the Orchestrator says of its replication. The one question that a standby answers.</summary>
    /// <param name="with">What else it is to bring: clientContact, clientCount, stateHistory, storageInfo.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<VeloCloudReplicationStatus> GetReplicationAsync(IReadOnlyCollection<string> with, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(with);
        return await ReadOneAsync(StatusMethod, writer => WriteWith(writer, with), e => new VeloCloudReplicationStatus(e), cancellationToken).ConfigureAwait(false)
            ?? throw session.Error(OrchestratorErrorKind.Protocol, $"{session.Server.Authority} answered {StatusMethod} with nothing.");
    }

    /// <summary>Gets this Orchestrator ready to be a standby. It restarts. Sent once.</summary>
    public Task PrepareForStandbyAsync(CancellationToken cancellationToken) => SendReplicationAsync(VeloCloudReplicationAction.Prepare, static _ => { }, cancellationToken);

    /// <summary>Makes this Orchestrator the active of a pair. Sent once; the password is shown nowhere.</summary>
    public Task ConfigureReplicationAsync(VeloCloudPairing pairing, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pairing);
        var password = SecretText.Reveal(pairing.Password);
        return SendReplicationAsync(
            VeloCloudReplicationAction.Pair,
            writer =>
            {
                writer.WriteStartArray("standbyList");
                writer.WriteStartObject();
                writer.WriteString("standbyAddress", pairing.Address);
                writer.WriteString("standbyUuid", pairing.Uuid);
                WriteText(writer, "standbyAddressV6", pairing.AddressV6);
                WriteText(writer, "standbyReplicationAddress", pairing.ReplicationAddress);
                writer.WriteEndObject();
                writer.WriteEndArray();
                writer.WriteString("drVCOUser", pairing.User);
                writer.WriteString("drVCOPassword", password);
                writer.WriteBoolean("autoConfigStandby", true);
            },
            cancellationToken);
    }

    /// <summary>Ends the pair that this Orchestrator belongs to. Sent once.</summary>
    public Task RemoveStandbyAsync(CancellationToken cancellationToken) => SendReplicationAsync(VeloCloudReplicationAction.Unpair, static _ => { }, cancellationToken);

    /// <summary>Lets this standby take over. Sent once.</summary>
    public Task PromoteStandbyAsync(bool force, CancellationToken cancellationToken) => SendReplicationAsync(VeloCloudReplicationAction.Promote, writer => WriteForce(writer, force), cancellationToken);

    /// <summary>Lets this active give up. Sent once.</summary>
    public Task DemoteActiveAsync(bool force, CancellationToken cancellationToken) => SendReplicationAsync(VeloCloudReplicationAction.Demote, writer => WriteForce(writer, force), cancellationToken);

    // What is not forced says nothing of force.
    private static void WriteForce(Utf8JsonWriter writer, bool force)
    {
        if (force)
        {
            writer.WriteBoolean("force", value: true);
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }

    private async Task SendReplicationAsync(VeloCloudReplicationAction action, Action<Utf8JsonWriter> body, CancellationToken cancellationToken)
    {
        var hint = $"Get-VeloCloudReplication shows whether it began, Wait-VeloCloudReplication -Goal {action.Goal} waits for its end. Do not send it again before you have looked.";
        var result = await ChangeAsync(action.Method, body, hint, cancellationToken).ConfigureAwait(false);
        if (result.Rows is 0)
        {
            throw session.Error(OrchestratorErrorKind.Failed, $"{action.Method}: {session.Server.Authority} says that it changed nothing, and not why.", "Get-VeloCloudReplication shows the present state.");
        }
    }
}
