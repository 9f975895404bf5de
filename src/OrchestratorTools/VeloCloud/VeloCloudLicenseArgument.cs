using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>What -License takes: a name, an id, or what Get-VeloCloudLicense returned.</summary>
public sealed class VeloCloudLicenseArgument : VeloCloudNamedArgument<VeloCloudLicense>
{
    /// <summary>By name, or by an id that came as a text.</summary>
    public VeloCloudLicenseArgument(string name)
        : base(name)
    {
    }

    /// <summary>By id.</summary>
    public VeloCloudLicenseArgument(long id)
        : base(id)
    {
    }

    /// <summary>By object.</summary>
    public VeloCloudLicenseArgument(VeloCloudLicense license)
        : base(license)
    {
    }

    /// <summary>By an object that PowerShell wrapped.</summary>
    public VeloCloudLicenseArgument(PSObject value)
        : base(value, "A licence")
    {
    }

    /// <summary>The one that is meant; throws where there is none, or where two are.</summary>
    internal async Task<VeloCloudLicense> FindAsync(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise, CancellationToken cancellationToken)
    {
        if (Item is { } given && string.Equals(given.Connection, client.ConnectionName, StringComparison.OrdinalIgnoreCase) && (enterprise.Id is null || given.EnterpriseId == enterprise.Id))
        {
            return given;
        }

        var all = new List<VeloCloudLicense>();
        await foreach (var license in client.GetLicensesAsync(enterprise.Id, enterprise.Name, cancellationToken).ConfigureAwait(false))
        {
            all.Add(license);
        }

        return Choose(all, "License", "licences", () => new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.NotFound, $"-License '{Name}': there is no such licence{(enterprise is null ? string.Empty : $" in {enterprise}")}, or the connection may not see it. There are: {string.Join(", ", all.Take(10).Select(i => "'" + i.Name + "'"))}.") { RecommendedAction = "Get-VeloCloudLicense lists those that there are." });
    }
}
