namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Whose account a session is: decides which calls answer it (facts/velocloud.md, "Scope parameters").</summary>
public enum VeloCloudTier
{
    /// <summary>Not asked yet.</summary>
    Unknown,

    /// <summary>A customer's account: sees one enterprise, which every call infers from the credential.</summary>
    Customer,

    /// <summary>A partner's (MSP's) account: sees the partner's enterprises, and names one with every call.</summary>
    Partner,

    /// <summary>An operator's account: sees every enterprise, and names one with every call.</summary>
    Operator,
}
