using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>What -Enterprise takes: a name, an id, or what Get-VeloCloudEnterprise returned.</summary>
public sealed class VeloCloudEnterpriseArgument
{
    /// <summary>By name.</summary>
    public VeloCloudEnterpriseArgument(string name)
    {
        Name = name;
    }

    /// <summary>By id.</summary>
    public VeloCloudEnterpriseArgument(long id)
    {
        Id = id;
        Name = id.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>By object.</summary>
    public VeloCloudEnterpriseArgument(VeloCloudEnterprise enterprise)
    {
        ArgumentNullException.ThrowIfNull(enterprise);
        Id = enterprise.Id;
        Name = enterprise.Name;
        Piped = enterprise;
    }

    /// <summary>By an object that PowerShell wrapped, or one that came from another process: it has an Id and a Name.</summary>
    public VeloCloudEnterpriseArgument(PSObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        switch (value.BaseObject)
        {
            case VeloCloudEnterprise enterprise:
                Id = enterprise.Id;
                Name = enterprise.Name;
                Piped = enterprise;
                break;
            case string name:
                Name = name;
                break;
            case sbyte or short or int or long or byte or ushort or uint:
                Id = Convert.ToInt64(value.BaseObject, CultureInfo.InvariantCulture);
                Name = Id.Value.ToString(CultureInfo.InvariantCulture);
                break;
            case PSCustomObject when value.Properties["Id"]?.Value is int or long && value.Properties["Name"]?.Value is string:
                Id = Convert.ToInt64(value.Properties["Id"].Value, CultureInfo.InvariantCulture);
                Name = (string)value.Properties["Name"].Value;
                Piped = value;
                break;
            default:
                throw new ArgumentException($"An enterprise is given by its name, its id, or as the object that Get-VeloCloudEnterprise returns; this is a {value.BaseObject.GetType().Name}.");
        }
    }

    /// <summary>The name, or the id as a text.</summary>
    public string Name { get; }

    /// <summary>The id, where the enterprise was not given by its name.</summary>
    public long? Id { get; }

    /// <summary>The object that it was given as: knows its connection.</summary>
    internal object? Piped { get; }

    /// <summary>The target of errors.</summary>
    internal object Target => Piped ?? (Id is { } id ? id : Name);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
