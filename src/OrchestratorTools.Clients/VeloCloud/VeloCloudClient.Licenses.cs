using System.Runtime.CompilerServices;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Licences and software images.</summary>
public sealed partial class VeloCloudClient
{
    /// <summary>The licences of an enterprise, with the number of edges that have each. No definition has this method [live].</summary>
    internal async IAsyncEnumerable<VeloCloudLicense> GetLicensesAsync(long? enterpriseId, string? enterpriseName, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var licenses = ReadListAsync(
            "license/getEnterpriseEdgeLicenses",
            writer =>
            {
                WriteEnterprise(writer, enterpriseId);
                WriteTexts(writer, "with", ["counts"]);
            },
            e => new VeloCloudLicense(e),
            cancellationToken);
        await foreach (var license in licenses.ConfigureAwait(false))
        {
            license.EnterpriseId = enterpriseId ?? session.OwnEnterprise?.Id;
            license.EnterpriseName = enterpriseName;
            yield return license;
        }
    }

    /// <summary>All kinds of licence that an operator has.</summary>
    internal IAsyncEnumerable<VeloCloudLicense> GetNetworkLicensesAsync(CancellationToken cancellationToken)
        => ReadListAsync("license/getNetworkEdgeLicenses", writer => WriteTexts(writer, "with", ["counts"]), e => new VeloCloudLicense(e), cancellationToken);

    /// <summary>Gives an edge a licence. No definition has this method [live]; its parameters are a guess (<see cref="VeloCloudAssumptions"/>).</summary>
    internal async Task SetEdgeLicenseAsync(long id, string name, long? enterpriseId, VeloCloudLicense license, CancellationToken cancellationToken)
    {
        const string Method = "license/setEnterpriseEdgeLicenseEdition";
        const string Hint = "Get-VeloCloudEdge -IncludeLicense shows the licences of edges.";
        var result = await ChangeAsync(
            Method,
            writer =>
            {
                WriteEnterprise(writer, enterpriseId);
                WriteNumbers(writer, VeloCloudAssumptions.LicenseEdgesParameter, [id]);
                writer.WriteNumber(VeloCloudAssumptions.LicenseParameter, license.Id);
                WriteText(writer, "edition", license.Edition);
            },
            Hint,
            cancellationToken).ConfigureAwait(false);
        if (result.Answer.ValueKind is JsonValueKind.Array)
        {
            throw session.Error(OrchestratorErrorKind.Failed, $"{Method}: the server did nothing for edge '{name}' (id {id}).", Hint);
        }
    }

    /// <summary>The software images that an enterprise's edges may be given: the operator profiles that are assigned to it.</summary>
    internal async IAsyncEnumerable<VeloCloudSoftwareImage> GetSoftwareImagesAsync(long? enterpriseId, string? enterpriseName, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var images = ReadListAsync(
            "enterprise/getEnterpriseSpecificOperatorConfigurations",
            writer =>
            {
                WriteEnterprise(writer, enterpriseId);
                writer.WriteBoolean("withModules", true);
                writer.WriteBoolean("withEdgeCount", true);
            },
            e => new VeloCloudSoftwareImage(e),
            cancellationToken);
        await foreach (var image in images.ConfigureAwait(false))
        {
            image.EnterpriseId = enterpriseId ?? session.OwnEnterprise?.Id;
            image.EnterpriseName = enterpriseName;
            yield return image;
        }
    }

    /// <summary>All software images: an operator's operator profiles, or those that a partner may give.</summary>
    internal async IAsyncEnumerable<VeloCloudSoftwareImage> GetAllSoftwareImagesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var isPartner = await RequireCarrierAsync("All software images", cancellationToken).ConfigureAwait(false);
        var images = isPartner
            ? ReadListAsync("enterpriseProxy/getEnterpriseProxyOperatorProfiles", writer => WriteTexts(writer, "with", ["modules", "edgeCount"]), e => new VeloCloudSoftwareImage(e), cancellationToken)
            : ReadListAsync(
                "network/getNetworkConfigurations",
                writer =>
                {
                    writer.WriteNumber("networkId", VeloCloudAssumptions.NetworkId);
                    WriteTexts(writer, "with", ["modules", "counts"]);
                },
                e => new VeloCloudSoftwareImage(e),
                cancellationToken);
        await foreach (var image in images.ConfigureAwait(false))
        {
            yield return image;
        }
    }
}
