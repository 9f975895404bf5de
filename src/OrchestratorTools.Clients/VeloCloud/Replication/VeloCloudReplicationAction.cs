namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>What a wait for replication waits for.</summary>
public enum VeloCloudReplicationGoal
{
    /// <summary>Prepared to be a standby: the state STANDBY_CANDIDATE.</summary>
    Candidate,

    /// <summary>A pair that replicates: the state STANDBY_RUNNING, on both.</summary>
    Paired,

    /// <summary>The former standby serves: the role STANDALONE.</summary>
    Promoted,

    /// <summary>The former active has given up: the role ZOMBIE.</summary>
    Demoted,

    /// <summary>Belongs to no pair any more: the role STANDALONE.</summary>
    Unpaired,
}

/// <summary>What can be asked of an Orchestrator about its replication.</summary>
public sealed class VeloCloudReplicationAction
{
    private VeloCloudReplicationAction(string method, string noun, string cmdlet, VeloCloudReplicationGoal goal)
    {
        Method = method;
        Noun = noun;
        Cmdlet = cmdlet;
        Goal = goal;
    }

    /// <summary>Gets one ready to be somebody's standby.</summary>
    public static VeloCloudReplicationAction Prepare { get; } = new("disasterRecovery/prepareForStandby", "preparation for standby", "Initialize-VeloCloudStandby", VeloCloudReplicationGoal.Candidate);

    /// <summary>Makes an active and a standby of two.</summary>
    public static VeloCloudReplicationAction Pair { get; } = new("disasterRecovery/configureActiveForReplication", "pairing", "Enable-VeloCloudReplication", VeloCloudReplicationGoal.Paired);

    /// <summary>Ends a pair.</summary>
    public static VeloCloudReplicationAction Unpair { get; } = new("disasterRecovery/removeStandby", "removal of the standby", "Disable-VeloCloudReplication", VeloCloudReplicationGoal.Unpaired);

    /// <summary>Lets the standby take over.</summary>
    public static VeloCloudReplicationAction Promote { get; } = new("disasterRecovery/promoteStandbyToActive", "promotion", "Invoke-VeloCloudFailover", VeloCloudReplicationGoal.Promoted);

    /// <summary>Lets the former active give up.</summary>
    public static VeloCloudReplicationAction Demote { get; } = new("disasterRecovery/demoteActive", "demotion", "Invoke-VeloCloudDemotion", VeloCloudReplicationGoal.Demoted);

    /// <summary>The method of the portal API.</summary>
    public string Method { get; }

    /// <summary>What it is, in words.</summary>
    public string Noun { get; }

    /// <summary>Who does it.</summary>
    public string Cmdlet { get; }

    /// <summary>Where it ends.</summary>
    public VeloCloudReplicationGoal Goal { get; }

    /// <inheritdoc/>
    public override string ToString() => Noun;
}
