using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>What -SoftwareImage takes: a name, an id, or what Get-VeloCloudSoftwareImage returned.</summary>
public sealed class VeloCloudSoftwareImageArgument
{
    /// <summary>By name, or by an id that came as a text.</summary>
    public VeloCloudSoftwareImageArgument(string name)
    {
        Name = name;
    }

    /// <summary>By id.</summary>
    public VeloCloudSoftwareImageArgument(long id)
    {
        Id = id;
        Name = id.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>By object.</summary>
    public VeloCloudSoftwareImageArgument(VeloCloudSoftwareImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        Id = image.Id;
        Name = image.Name;
        Image = image;
    }

    /// <summary>By an object that PowerShell wrapped.</summary>
    public VeloCloudSoftwareImageArgument(PSObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        switch (value.BaseObject)
        {
            case VeloCloudSoftwareImage image:
                Id = image.Id;
                Name = image.Name;
                Image = image;
                break;
            case string name:
                Name = name;
                break;
            case sbyte or short or int or long or byte or ushort or uint:
                Id = Convert.ToInt64(value.BaseObject, CultureInfo.InvariantCulture);
                Name = Id.Value.ToString(CultureInfo.InvariantCulture);
                break;
            default:
                throw new ArgumentException($"A software image is given by its name, its id, or as the object that Get-VeloCloudSoftwareImage returns; this is a {value.BaseObject.GetType().Name}.");
        }
    }

    /// <summary>The name, or the id as a text.</summary>
    public string Name { get; }

    /// <summary>The id, where it was not given by a text.</summary>
    public long? Id { get; }

    /// <summary>The object itself: knows its connection.</summary>
    internal VeloCloudSoftwareImage? Image { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The one that is meant; throws where there is none, or where two are.</summary>
    internal async Task<VeloCloudSoftwareImage> FindAsync(VeloCloudClient client, VeloCloudEnterpriseTarget? enterprise, CancellationToken cancellationToken)
    {
        if (Image is { } given && string.Equals(given.Connection, client.ConnectionName, StringComparison.OrdinalIgnoreCase) && (given.EnterpriseId is null || enterprise?.Id is null || given.EnterpriseId == enterprise.Id))
        {
            return given;
        }

        var all = new List<VeloCloudSoftwareImage>();
        await foreach (var image in (enterprise is null ? client.GetAllSoftwareImagesAsync(cancellationToken) : client.GetSoftwareImagesAsync(enterprise.Id, enterprise.Name, cancellationToken)).ConfigureAwait(false))
        {
            all.Add(image);
        }

        var found = all.Where(i => Id is { } id ? i.Id == id : string.Equals(i.Name, Name, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (found.Length == 0 && Id is null)
        {
            found = [.. all.Where(i => string.Equals(i.Id.ToString(CultureInfo.InvariantCulture), Name, StringComparison.Ordinal))];
        }

        return found.Length switch
        {
            1 => found[0],
            0 => throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.NotFound, $"-SoftwareImage '{Name}': there is no such software image{(enterprise is null ? string.Empty : $" in {enterprise}")}, or the connection may not see it. There are: {string.Join(", ", all.Take(10).Select(i => "'" + i.Name + "'"))}.") { RecommendedAction = "Get-VeloCloudSoftwareImage lists those that there are." },
            _ => throw VeloCloudMessages.Ambiguous("SoftwareImage", Name, "software images", found.Select(i => string.Create(CultureInfo.InvariantCulture, $"id {i.Id}"))),
        };
    }
}
