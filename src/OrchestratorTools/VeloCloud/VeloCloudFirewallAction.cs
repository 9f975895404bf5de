namespace OrchestratorTools.VeloCloud;

/// <summary>What a firewall rule does with what it matches.</summary>
public enum VeloCloudFirewallAction
{
    /// <summary>Lets it pass.</summary>
    Allow,

    /// <summary>Keeps it out.</summary>
    Deny,
}
