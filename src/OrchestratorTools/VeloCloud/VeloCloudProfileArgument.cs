using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>What -Profile takes: a name, an id, or what Get-VeloCloudProfile returned.</summary>
public sealed class VeloCloudProfileArgument
{
    /// <summary>By name, or by an id that came as a text.</summary>
    public VeloCloudProfileArgument(string name)
    {
        Name = name;
    }

    /// <summary>By id.</summary>
    public VeloCloudProfileArgument(long id)
    {
        Id = id;
        Name = id.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>By object.</summary>
    public VeloCloudProfileArgument(VeloCloudProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        Name = profile.Name;
        Id = profile.Id;
        Profile = profile;
        Piped = profile;
    }

    /// <summary>By an object that PowerShell wrapped, or one that came from another process: it has an Id, a Name and an EdgeCount.</summary>
    public VeloCloudProfileArgument(PSObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        switch (value.BaseObject)
        {
            case VeloCloudProfile profile:
                Name = profile.Name;
                Id = profile.Id;
                Profile = profile;
                Piped = profile;
                break;
            case string name:
                Name = name;
                break;
            case sbyte or short or int or long or byte or ushort or uint:
                Id = Convert.ToInt64(value.BaseObject, CultureInfo.InvariantCulture);
                Name = Id.Value.ToString(CultureInfo.InvariantCulture);
                break;
            case PSCustomObject when value.TypeNames.Any(t => t.EndsWith(nameof(VeloCloudProfile), StringComparison.Ordinal)) && value.Properties["Id"]?.Value is int or long && value.Properties["Name"]?.Value is string copied:
                Id = Convert.ToInt64(value.Properties["Id"].Value, CultureInfo.InvariantCulture);
                EnterpriseId = value.Properties["EnterpriseId"]?.Value is int or long ? Convert.ToInt64(value.Properties["EnterpriseId"].Value, CultureInfo.InvariantCulture) : null;
                Name = copied;
                Piped = value;
                break;
            default:
                throw new ArgumentException($"A profile is given by its name, its id, or as the object that Get-VeloCloudProfile returns; this is a {value.BaseObject.GetType().Name}.");
        }
    }

    /// <summary>The name, or the id as a text.</summary>
    public string Name { get; }

    /// <summary>The id, where the profile was not given by a text.</summary>
    public long? Id { get; }

    /// <summary>The enterprise's id, where a copy of an object says it.</summary>
    internal long? EnterpriseId { get; }

    /// <summary>The object itself.</summary>
    internal VeloCloudProfile? Profile { get; }

    /// <summary>The object that it was given as: knows its connection.</summary>
    internal object? Piped { get; }

    /// <summary>The target of errors.</summary>
    internal object Target => Profile ?? Piped ?? (Id is { } id ? id : Name);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
