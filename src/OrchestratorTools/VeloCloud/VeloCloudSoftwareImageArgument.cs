using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>What -SoftwareImage takes: a name, an id, or what Get-VeloCloudSoftwareImage returned.</summary>
public sealed class VeloCloudSoftwareImageArgument : VeloCloudNamedArgument<VeloCloudSoftwareImage>
{
    /// <summary>By name, or by an id that came as a text.</summary>
    public VeloCloudSoftwareImageArgument(string name)
        : base(name)
    {
    }

    /// <summary>By id.</summary>
    public VeloCloudSoftwareImageArgument(long id)
        : base(id)
    {
    }

    /// <summary>By object.</summary>
    public VeloCloudSoftwareImageArgument(VeloCloudSoftwareImage image)
        : base(image)
    {
    }

    /// <summary>By an object that PowerShell wrapped.</summary>
    public VeloCloudSoftwareImageArgument(PSObject value)
        : base(value, "A software image")
    {
    }

    /// <summary>The one that is meant; throws where there is none, or where two are.</summary>
    internal async Task<VeloCloudSoftwareImage> FindAsync(VeloCloudClient client, VeloCloudEnterpriseTarget? enterprise, CancellationToken cancellationToken)
    {
        if (Item is { } given && string.Equals(given.Connection, client.ConnectionName, StringComparison.OrdinalIgnoreCase) && (given.EnterpriseId is null || enterprise?.Id is null || given.EnterpriseId == enterprise.Id))
        {
            return given;
        }

        var all = new List<VeloCloudSoftwareImage>();
        await foreach (var image in (enterprise is null ? client.GetAllSoftwareImagesAsync(cancellationToken) : client.GetSoftwareImagesAsync(enterprise.Id, enterprise.Name, cancellationToken)).ConfigureAwait(false))
        {
            all.Add(image);
        }

        return Choose(all, "SoftwareImage", "software images", () => new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.NotFound, $"-SoftwareImage '{Name}': there is no such software image{(enterprise is null ? string.Empty : $" in {enterprise}")}, or the connection may not see it. There are: {string.Join(", ", all.Take(10).Select(i => "'" + i.Name + "'"))}.") { RecommendedAction = "Get-VeloCloudSoftwareImage lists those that there are." });
    }
}
