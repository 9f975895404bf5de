using System.Management.Automation;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>What -Group and the like take: a name, an id, a logical id, or what Get-VeloCloudObjectGroup returned.</summary>
public sealed class VeloCloudObjectGroupArgument : VeloCloudNamedArgument<VeloCloudObjectGroup>
{
    /// <summary>By name, by logical id, or by an id that came as a text.</summary>
    public VeloCloudObjectGroupArgument(string name)
        : base(name)
    {
    }

    /// <summary>By id.</summary>
    public VeloCloudObjectGroupArgument(long id)
        : base(id)
    {
    }

    /// <summary>By object.</summary>
    public VeloCloudObjectGroupArgument(VeloCloudObjectGroup group)
        : base(group)
    {
    }

    /// <summary>By an object that PowerShell wrapped.</summary>
    public VeloCloudObjectGroupArgument(PSObject value)
        : base(value, "An object group")
    {
    }
}
