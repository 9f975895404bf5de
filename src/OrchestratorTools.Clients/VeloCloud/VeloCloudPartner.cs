using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>A partner (the portal says enterprise proxy), as the enterprises that it looks after name it.</summary>
public sealed class VeloCloudPartner : ServerObject
{
    internal VeloCloudPartner(long id, string name)
    {
        Id = id;
        Name = name;
    }

    /// <summary>The partner's id.</summary>
    public long Id { get; }

    /// <summary>The partner's name.</summary>
    public string Name { get; }

    /// <summary>How many enterprises it looks after.</summary>
    public int EnterpriseCount { get; internal set; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
