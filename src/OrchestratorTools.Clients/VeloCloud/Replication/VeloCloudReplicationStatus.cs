using System.Collections.Frozen;
using System.Collections.ObjectModel;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>What an Orchestrator says of its replication (disasterRecovery/getReplicationStatus).</summary>
public sealed class VeloCloudReplicationStatus : VeloCloudObject
{
    private static readonly FrozenSet<string> KnownNames = new[]
    {
        "role", "roleTimestamp", "drState", "stateTimestamp", "activeAddress", "activeReplicationAddress", "standbyList", "drVCOUser", "failureDescription", "lastDrProtectedTime",
        "stateHistory", "vcoIp", "vcoReplicationIp", "vcoUuid",

        // Nobody's to see.
        "drVCOPassword", "activeAccessFromStandby",
    }.ToFrozenSet(StringComparer.Ordinal);

    internal VeloCloudReplicationStatus(JsonElement e)
    {
        Role = VeloCloudJson.Text(e, "role") ?? string.Empty;
        RoleChanged = VeloCloudJson.Time(e, "roleTimestamp");
        State = VeloCloudJson.Text(e, "drState") ?? string.Empty;
        StateChanged = VeloCloudJson.Time(e, "stateTimestamp");
        ActiveAddress = Filled(e, "activeAddress");
        ActiveReplicationAddress = Filled(e, "activeReplicationAddress");
        Standby = List(e, "standbyList", s => new VeloCloudStandby(s));
        DrUser = Filled(e, "drVCOUser");
        FailureDescription = Filled(e, "failureDescription");
        LastProtected = VeloCloudJson.Time(e, "lastDrProtectedTime");
        StateHistory = List(e, "stateHistory", h => new VeloCloudReplicationChange(h));
        Address = Filled(e, "vcoIp");
        ReplicationAddress = Filled(e, "vcoReplicationIp");
        Uuid = Filled(e, "vcoUuid");
        EdgeCount = e.TryGetProperty("clientCount", out var counts) && counts.ValueKind is JsonValueKind.Object ? VeloCloudJson.Whole(counts, "edgeCount") : null;
    }

    /// <summary>The Orchestrator, as it was dialled: host and port.</summary>
    public string Server => Origin?.Authority ?? string.Empty;

    /// <summary>STANDALONE, ACTIVE, STANDBY or ZOMBIE, as the server writes it.</summary>
    public string Role { get; }

    /// <summary>Since when (UTC).</summary>
    public DateTimeOffset? RoleChanged { get; }

    /// <summary>The state of the replication, as the server writes it.</summary>
    public string State { get; }

    /// <summary>Since when (UTC).</summary>
    public DateTimeOffset? StateChanged { get; }

    /// <summary>True where the state is a failure.</summary>
    public bool HasFailed => VeloCloudReplicationStates.IsFailure(State);

    /// <summary>What failed, in the server's words.</summary>
    public string? FailureDescription { get; }

    /// <summary>When the standby held everything last (UTC).</summary>
    public DateTimeOffset? LastProtected { get; }

    /// <summary>The active's address.</summary>
    public string? ActiveAddress { get; }

    /// <summary>The active's address for replication, where it has one of its own.</summary>
    public string? ActiveReplicationAddress { get; }

    /// <summary>The standby of the pair: a list of one, or of none.</summary>
    public IReadOnlyList<VeloCloudStandby> Standby { get; }

    /// <summary>The user that the two Orchestrators use at each other.</summary>
    public string? DrUser { get; }

    /// <summary>What it went through; only where it was asked for.</summary>
    public IReadOnlyList<VeloCloudReplicationChange> StateHistory { get; }

    /// <summary>This Orchestrator's own address, as it says it.</summary>
    public string? Address { get; }

    /// <summary>This Orchestrator's own address for replication, where it has one.</summary>
    public string? ReplicationAddress { get; }

    /// <summary>This Orchestrator's id.</summary>
    public string? Uuid { get; }

    /// <summary>How many edges it counts, where it was asked and says so. How the count is called is said nowhere.</summary>
    internal long? EdgeCount { get; }

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => KnownNames;

    /// <summary>Role and state.</summary>
    public override string ToString() => $"{Role} {State}";

    private static string? Filled(JsonElement e, string name) => VeloCloudJson.Text(e, name) is { Length: > 0 } text ? text : null;

    private static ReadOnlyCollection<T> List<T>(JsonElement e, string name, Func<JsonElement, T> read)
        => new(e.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array ? list.EnumerateArray().Where(i => i.ValueKind is JsonValueKind.Object).Select(read).ToArray() : []);
}

/// <summary>A standby, as its active knows it.</summary>
public sealed class VeloCloudStandby
{
    internal VeloCloudStandby(JsonElement e)
    {
        Address = VeloCloudJson.Text(e, "standbyAddress");
        AddressV6 = VeloCloudJson.Text(e, "standbyAddressV6");
        ReplicationAddress = VeloCloudJson.Text(e, "standbyReplicationAddress");
        Uuid = VeloCloudJson.Text(e, "standbyUuid");
    }

    /// <summary>The address.</summary>
    public string? Address { get; }

    /// <summary>The IPv6 address.</summary>
    public string? AddressV6 { get; }

    /// <summary>The address for replication, where it has one of its own.</summary>
    public string? ReplicationAddress { get; }

    /// <summary>The standby's id.</summary>
    public string? Uuid { get; }

    /// <summary>The address.</summary>
    public override string ToString() => Address ?? Uuid ?? string.Empty;
}

/// <summary>A change of state that an Orchestrator went through.</summary>
public sealed class VeloCloudReplicationChange
{
    internal VeloCloudReplicationChange(JsonElement e)
    {
        From = VeloCloudJson.Text(e, "from");
        To = VeloCloudJson.Text(e, "to");

        // The definition names from and to; how the time is called is silent.
        Time = VeloCloudAssumptions.HistoryTimeNames.Select(n => VeloCloudJson.Time(e, n)).FirstOrDefault(t => t is not null);
    }

    /// <summary>The state before.</summary>
    public string? From { get; }

    /// <summary>The state after.</summary>
    public string? To { get; }

    /// <summary>When (UTC), where the server says so.</summary>
    public DateTimeOffset? Time { get; }

    /// <summary>From and to.</summary>
    public override string ToString() => $"{From} -> {To}";
}
