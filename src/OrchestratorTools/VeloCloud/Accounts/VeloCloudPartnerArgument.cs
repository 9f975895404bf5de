using System.Globalization;
using System.Management.Automation;

namespace OrchestratorTools.VeloCloud;

/// <summary>What -Partner takes: a partner's id, or an object that has one.</summary>
public sealed class VeloCloudPartnerArgument
{
    /// <summary>By id.</summary>
    public VeloCloudPartnerArgument(long id)
    {
        Id = id;
    }

    /// <summary>By an object, or by an id that PowerShell wrapped or that came as a text.</summary>
    public VeloCloudPartnerArgument(PSObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        switch (value.BaseObject)
        {
            case sbyte or short or int or long or byte or ushort or uint:
                Id = Convert.ToInt64(value.BaseObject, CultureInfo.InvariantCulture);
                break;
            case string text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                Id = number;
                break;
            default:
                Id = value.Properties["Id"]?.Value is int or long
                    ? Convert.ToInt64(value.Properties["Id"].Value, CultureInfo.InvariantCulture)
                    : throw new ArgumentException($"A partner is given by its id (PartnerId of Get-VeloCloudEnterprise) or as an object that has one; this is '{value}'.");
                Name = value.Properties["Name"]?.Value as string;
                break;
        }
    }

    /// <summary>The id.</summary>
    public long Id { get; }

    /// <summary>The name, where it is known.</summary>
    internal string? Name { get; }

    /// <inheritdoc/>
    public override string ToString() => Name ?? Id.ToString(CultureInfo.InvariantCulture);
}
