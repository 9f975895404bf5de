using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Changes of enterprises: made, changed, deleted. The id of an enterprise that is changed is always sent: where it is missing, an Orchestrator takes one's own.</summary>
public sealed partial class VeloCloudClient
{
    private const string EnterpriseHint = "Get-VeloCloudEnterprise shows the enterprises.";

    /// <summary>Makes an enterprise and reads it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="imageId">The operator profile that its edges run by.</param>
    /// <param name="partnerId">The partner that looks after it; a partner's own account needs to say none.</param>
    /// <param name="members">Its other members, by the server's names.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<VeloCloudEnterprise> InsertEnterpriseAsync(string name, long imageId, long? partnerId, IReadOnlyDictionary<string, object?> members, CancellationToken cancellationToken)
    {
        var tier = await GetTierAsync(cancellationToken).ConfigureAwait(false);
        var isPartners = tier is VeloCloudTier.Partner || partnerId is not null;
        var made = await ChangeAsync(
            isPartners ? "enterpriseProxy/insertEnterpriseProxyEnterprise" : "enterprise/insertEnterprise",
            writer =>
            {
                writer.WriteString("name", name);
                writer.WriteNumber("configurationId", imageId);
                if (partnerId is { } partner)
                {
                    writer.WriteNumber("enterpriseProxyId", partner);
                }

                WriteMembers(writer, members);
            },
            EnterpriseHint,
            cancellationToken).ConfigureAwait(false);
        if (made.Id is not { } id)
        {
            throw session.Error(OrchestratorErrorKind.OutcomeUnknown, $"The enterprise '{name}' was made, but the answer has no id of it.", EnterpriseHint);
        }

        return await GetEnterpriseAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw session.Error(OrchestratorErrorKind.NotFound, $"The enterprise '{name}' was made (id {id}), but the server does not find it.", EnterpriseHint);
    }

    /// <summary>Changes members of an enterprise, by the server's names.</summary>
    internal Task UpdateEnterpriseAsync(long id, IReadOnlyDictionary<string, object?> members, CancellationToken cancellationToken)
        => ChangeAsync(
            "enterprise/updateEnterprise",
            writer =>
            {
                writer.WriteNumber("enterpriseId", id);
                WriteMembers(writer, "_update", members);
            },
            EnterpriseHint,
            cancellationToken);

    /// <summary>Deletes an enterprise with everything in it.</summary>
    internal Task DeleteEnterpriseAsync(long id, CancellationToken cancellationToken)
        => ChangeAsync("enterprise/deleteEnterprise", writer => writer.WriteNumber("enterpriseId", id), EnterpriseHint, cancellationToken);

    /// <summary>How many edges an enterprise has, and how many of them are connected.</summary>
    internal async Task<(int All, int Connected)> CountEdgesAsync(long id, CancellationToken cancellationToken)
    {
        var (all, connected) = (0, 0);
        await foreach (var edge in GetEdgesAsync(id, null, [], cancellationToken).ConfigureAwait(false))
        {
            all++;
            connected += edge.State is "CONNECTED" ? 1 : 0;
        }

        return (all, connected);
    }
}
