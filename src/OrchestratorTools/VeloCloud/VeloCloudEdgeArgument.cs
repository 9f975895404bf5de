using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>What -Edge takes: a name, an id, a logical id, what Get-VeloCloudEdge returned, or an enterprise, whose edges are all meant.</summary>
public sealed class VeloCloudEdgeArgument
{
    /// <summary>By name, or by an id that came as a text.</summary>
    public VeloCloudEdgeArgument(string name)
    {
        Name = name;
    }

    /// <summary>By id.</summary>
    public VeloCloudEdgeArgument(long id)
    {
        Id = id;
        Name = id.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>By logical id.</summary>
    public VeloCloudEdgeArgument(Guid logicalId)
    {
        Name = logicalId.ToString("D");
    }

    /// <summary>By object.</summary>
    public VeloCloudEdgeArgument(VeloCloudEdge edge)
    {
        ArgumentNullException.ThrowIfNull(edge);
        Name = edge.Name;
        Id = edge.Id;
        Edge = edge;
        Piped = edge;
    }

    /// <summary>All edges of an enterprise.</summary>
    public VeloCloudEdgeArgument(VeloCloudEnterprise enterprise)
    {
        ArgumentNullException.ThrowIfNull(enterprise);
        Name = enterprise.Name;
        Enterprise = new VeloCloudEnterpriseArgument(enterprise);
        Piped = enterprise;
    }

    /// <summary>By an object that belongs to an edge: it has an EdgeId.</summary>
    public VeloCloudEdgeArgument(ServerObject value)
        : this(PSObject.AsPSObject(value))
    {
    }

    /// <summary>By an object that PowerShell wrapped, or one that came from another process: it has an Id, a Name and an EnterpriseId. Objects that belong to an edge have an EdgeId.</summary>
    public VeloCloudEdgeArgument(PSObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        switch (value.BaseObject)
        {
            case VeloCloudEdge edge:
                Name = edge.Name;
                Id = edge.Id;
                Edge = edge;
                Piped = edge;
                break;
            case VeloCloudEnterprise enterprise:
                Name = enterprise.Name;
                Enterprise = new VeloCloudEnterpriseArgument(enterprise);
                Piped = enterprise;
                break;
            case string name:
                Name = name;
                break;
            case Guid logicalId:
                Name = logicalId.ToString("D");
                break;
            case sbyte or short or int or long or byte or ushort or uint:
                Id = Convert.ToInt64(value.BaseObject, CultureInfo.InvariantCulture);
                Name = Id.Value.ToString(CultureInfo.InvariantCulture);
                break;
            default:
                if (Number(value, "EdgeId") is { } edgeId)
                {
                    Id = edgeId;
                    EnterpriseId = Number(value, "EnterpriseId");
                    Name = value.Properties["EdgeName"]?.Value as string ?? edgeId.ToString(CultureInfo.InvariantCulture);
                }
                else if (value.BaseObject is PSCustomObject && Number(value, "Id") is { } id && Number(value, "EnterpriseId") is { } enterpriseId && value.Properties["Name"]?.Value is string copied)
                {
                    Id = id;
                    EnterpriseId = enterpriseId;
                    Name = copied;
                }
                else if (value.BaseObject is PSCustomObject && value.TypeNames.Any(t => t.EndsWith(nameof(VeloCloudEnterprise), StringComparison.Ordinal)))
                {
                    Enterprise = new VeloCloudEnterpriseArgument(value);
                    Name = Enterprise.Name;
                }
                else
                {
                    throw new ArgumentException($"An edge is given by its name, its id, its logical id, or as the object that Get-VeloCloudEdge returns; this is a {value.BaseObject.GetType().Name}.");
                }

                Piped = value;
                break;
        }
    }

    /// <summary>The name, or the id as a text.</summary>
    public string Name { get; }

    /// <summary>The id, where the edge was not given by a text.</summary>
    public long? Id { get; }

    /// <summary>The enterprise's id, where a copy of an object says it.</summary>
    internal long? EnterpriseId { get; }

    /// <summary>The object itself.</summary>
    internal VeloCloudEdge? Edge { get; }

    /// <summary>The enterprise whose edges are all meant.</summary>
    internal VeloCloudEnterpriseArgument? Enterprise { get; }

    /// <summary>The object that it was given as: knows its connection.</summary>
    internal object? Piped { get; }

    /// <summary>The target of errors.</summary>
    internal object Target => Edge ?? Piped ?? (Id is { } id ? id : Name);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static long? Number(PSObject value, string name)
        => value.Properties[name]?.Value is sbyte or short or int or long or byte or ushort or uint ? Convert.ToInt64(value.Properties[name].Value, CultureInfo.InvariantCulture) : null;
}
