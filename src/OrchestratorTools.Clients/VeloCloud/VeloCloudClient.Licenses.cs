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
    internal Task SetEdgeLicenseAsync(long id, long? enterpriseId, VeloCloudLicense license, CancellationToken cancellationToken)
        => ChangeAsync(
            "license/setEnterpriseEdgeLicenseEdition",
            writer =>
            {
                WriteEnterprise(writer, enterpriseId);
                WriteNumbers(writer, "edgeIds", [id]);
                writer.WriteNumber("edgeLicenseId", license.Id);
                WriteText(writer, "edition", license.Edition);
            },
            "Get-VeloCloudLicense -Edge shows the licence of an edge.",
            cancellationToken);

    /// <summary>The licences that an edge has: the list of edges tells them.</summary>
    internal async IAsyncEnumerable<VeloCloudLicense> GetEdgeLicensesAsync(long id, string name, long? enterpriseId, string? enterpriseName, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var edge in FindEdgesAsync(enterpriseId, enterpriseName, name, ["licenses"], cancellationToken).ConfigureAwait(false))
        {
            if (edge.Id == id)
            {
                foreach (var license in edge.ReadLicenses())
                {
                    license.EnterpriseId = edge.EnterpriseId;
                    license.EnterpriseName = enterpriseName;
                    license.EdgeId = id;
                    license.EdgeName = edge.Name;
                    yield return license;
                }

                yield break;
            }
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

    // Edges whose names hold a text: the server's quick search saves the others (what it looks through stands nowhere, so that it may find too many).
    private async IAsyncEnumerable<VeloCloudEdge> FindEdgesAsync(long? enterpriseId, string? enterpriseName, string name, IReadOnlyCollection<string> with, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var edges = ReadListAsync(
            "enterprise/getEnterpriseEdges",
            writer =>
            {
                WriteEnterprise(writer, enterpriseId);
                WriteWith(writer, with);
                writer.WriteNumber("limit", VeloCloudAssumptions.PageSize);
                writer.WriteString("quickSearch", name);
            },
            e =>
            {
                var reader = new Utf8JsonReader(global::System.Text.Encoding.UTF8.GetBytes(e.GetRawText()));
                reader.Read();
                new VeloCloudEdgeReader().Read(ref reader, out var edge);
                return edge;
            },
            cancellationToken);
        await foreach (var edge in edges.ConfigureAwait(false))
        {
            edge.EnterpriseName = enterpriseName;
            yield return edge;
        }
    }
}
