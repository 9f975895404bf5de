using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>What -Group and the like take: a name, an id, a logical id, or what Get-VeloCloudObjectGroup returned.</summary>
public sealed class VeloCloudObjectGroupArgument
{
    /// <summary>By name, by logical id, or by an id that came as a text.</summary>
    public VeloCloudObjectGroupArgument(string name)
    {
        Name = name;
    }

    /// <summary>By id.</summary>
    public VeloCloudObjectGroupArgument(long id)
    {
        Id = id;
        Name = id.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>By object.</summary>
    public VeloCloudObjectGroupArgument(VeloCloudObjectGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        Name = group.Name;
        Id = group.Id;
        Group = group;
    }

    /// <summary>By an object that PowerShell wrapped.</summary>
    public VeloCloudObjectGroupArgument(PSObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        switch (value.BaseObject)
        {
            case VeloCloudObjectGroup group:
                Name = group.Name;
                Id = group.Id;
                Group = group;
                break;
            case string name:
                Name = name;
                break;
            case sbyte or short or int or long or byte or ushort or uint:
                Id = Convert.ToInt64(value.BaseObject, CultureInfo.InvariantCulture);
                Name = Id.Value.ToString(CultureInfo.InvariantCulture);
                break;
            default:
                throw new ArgumentException($"An object group is given by its name, its id, or as the object that Get-VeloCloudObjectGroup returns; this is a {value.BaseObject.GetType().Name}.");
        }
    }

    /// <summary>The name, or the id as a text.</summary>
    public string Name { get; }

    /// <summary>The id, where the group was not given by a text.</summary>
    public long? Id { get; }

    /// <summary>The object itself: knows its connection.</summary>
    internal VeloCloudObjectGroup? Group { get; }

    /// <summary>The target of errors.</summary>
    internal object Target => Group ?? (object)(Id is { } id ? id : Name);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
