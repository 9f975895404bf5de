using System.Globalization;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Changes of edges: made, changed, given a profile, reactivated, deleted.</summary>
public sealed partial class VeloCloudClient
{
    private const string EdgeHint = "Get-VeloCloudEdge shows the edges.";

    /// <summary>Makes an edge and reads it: its activation key is on it.</summary>
    internal async Task<VeloCloudEdge> ProvisionEdgeAsync(VeloCloudEdgeDraft draft, long? enterpriseId, string? enterpriseName, CancellationToken cancellationToken)
    {
        var made = await ChangeAsync(
            "edge/edgeProvision",
            writer =>
            {
                WriteEnterprise(writer, enterpriseId);
                writer.WriteString("name", draft.Name);
                writer.WriteNumber("configurationId", draft.ProfileId);
                writer.WriteString("modelNumber", draft.Model);
                WriteText(writer, "serialNumber", draft.SerialNumber);
                WriteText(writer, "description", draft.Description);
                WriteText(writer, "customInfo", draft.CustomInfo);
                if (draft.LicenseId is { } license)
                {
                    writer.WriteNumber("edgeLicenseId", license);
                }

                if (draft.HighAvailability)
                {
                    writer.WriteBoolean("haEnabled", true);
                }

                if (draft.Site is not null)
                {
                    WriteMembers(writer, "site", draft.Site);
                }
            },
            EdgeHint,
            cancellationToken).ConfigureAwait(false);
        if (made.Id is not { } id)
        {
            throw session.Error(OrchestratorErrorKind.OutcomeUnknown, $"edge/edgeProvision was answered without the id of the edge '{draft.Name}'.", EdgeHint);
        }

        return await AfterwardsAsync(id, $"The edge '{draft.Name}' was made (id {id})", enterpriseId, enterpriseName, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes members of an edge, by the server's names; a site's members are an object of their own.</summary>
    internal Task UpdateEdgeAsync(long id, long? enterpriseId, IReadOnlyDictionary<string, object?> members, IReadOnlyDictionary<string, object?>? site, CancellationToken cancellationToken)
        => ChangeAsync(
            "edge/updateEdgeAttributes",
            writer =>
            {
                writer.WriteNumber("id", id);
                WriteEnterprise(writer, enterpriseId);
                writer.WriteStartObject("_update");
                WriteMembers(writer, members);
                if (site is not null)
                {
                    WriteMembers(writer, "site", site);
                }

                writer.WriteEndObject();
            },
            EdgeHint,
            cancellationToken);

    /// <summary>Deletes an edge. The server refuses one that is connected.</summary>
    internal Task DeleteEdgeAsync(long id, long? enterpriseId, CancellationToken cancellationToken)
        => ChangeAsync(
            "edge/deleteEdge",
            writer =>
            {
                WriteEnterprise(writer, enterpriseId);
                writer.WriteNumber("id", id);
            },
            EdgeHint,
            cancellationToken);

    /// <summary>Gives an edge another profile.</summary>
    internal Task SetEdgeProfileAsync(long id, long? enterpriseId, long profileId, CancellationToken cancellationToken)
        => ChangeAsync(
            "edge/setEdgeEnterpriseConfiguration",
            writer =>
            {
                writer.WriteNumber("edgeId", id);
                WriteEnterprise(writer, enterpriseId);
                writer.WriteNumber("configurationId", profileId);
            },
            EdgeHint,
            cancellationToken);

    /// <summary>Asks for another device in an edge's place (RMA) and reads the edge: the new activation key is on it.</summary>
    internal async Task<VeloCloudEdge> RequestReactivationAsync(long id, string name, long? enterpriseId, string? enterpriseName, CancellationToken cancellationToken)
    {
        await ChangeAsync("edge/edgeRequestReactivation", writer => WriteEdge(writer, id, enterpriseId), EdgeHint, cancellationToken).ConfigureAwait(false);
        return await AfterwardsAsync(id, $"The reactivation of edge '{name}' (id {id}) was requested", enterpriseId, enterpriseName, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the wish for another device back.</summary>
    internal Task CancelReactivationAsync(long id, long? enterpriseId, CancellationToken cancellationToken)
        => ChangeAsync("edge/edgeCancelReactivation", writer => WriteEdge(writer, id, enterpriseId), EdgeHint, cancellationToken);

    /// <summary>Gives an edge a software image: an operator profile.</summary>
    internal Task SetEdgeImageAsync(long id, long? enterpriseId, long imageId, CancellationToken cancellationToken)
        => ChangeAsync(
            "edge/setEdgeOperatorConfiguration",
            writer =>
            {
                WriteEdge(writer, id, enterpriseId);
                writer.WriteNumber("configurationId", imageId);
            },
            "Get-VeloCloudEdge -IncludeProfile shows the image of an edge.",
            cancellationToken);

    /// <summary>Takes an edge's own software image away: the enterprise's holds again.</summary>
    internal Task UnsetEdgeImageAsync(long id, long? enterpriseId, long imageId, CancellationToken cancellationToken)
        => ChangeAsync(
            "edge/unsetEdgeOperatorConfiguration",
            writer =>
            {
                WriteEdge(writer, id, enterpriseId);
                writer.WriteNumber("configurationId", imageId);
            },
            "Get-VeloCloudEdge -IncludeProfile shows the image of an edge.",
            cancellationToken);

    /// <summary>Reads an edge after a change of it that is done: a failure now is told with what was done before it.</summary>
    internal Task<VeloCloudEdge> AfterwardsAsync(long id, string what, long? enterpriseId, string? enterpriseName, CancellationToken cancellationToken)
        => AfterwardsAsync(id, what, enterpriseId, enterpriseName, [], cancellationToken);

    /// <summary>Reads an edge after a change of it that is done, with what else it is to bring.</summary>
    internal async Task<VeloCloudEdge> AfterwardsAsync(long id, string what, long? enterpriseId, string? enterpriseName, IReadOnlyCollection<string> with, CancellationToken cancellationToken)
    {
        const string Advice = "Get-VeloCloudEdge -Id reads it.";
        try
        {
            var edge = await GetEdgeAsync(id, null, enterpriseId, enterpriseName, with, cancellationToken).ConfigureAwait(false)
                ?? throw session.Error(OrchestratorErrorKind.NotFound, $"{what}, but the server does not find it.", Advice);
            session.Redactor.Add(edge.GetActivationKey());
            return edge;
        }
        catch (OrchestratorApiException e) when (e.RecommendedAction != Advice)
        {
            throw session.Error(e.Kind, $"{what}, but reading it failed: {e.Message}", Advice, e);
        }
    }

    private static void WriteEdge(Utf8JsonWriter writer, long id, long? enterpriseId)
    {
        WriteEnterprise(writer, enterpriseId);
        writer.WriteNumber("edgeId", id);
    }

    private static void WriteMembers(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, object?> members)
    {
        writer.WriteStartObject(name);
        WriteMembers(writer, members);
        writer.WriteEndObject();
    }

    // Texts, numbers and truth values; what is null is emptied.
    private static void WriteMembers(Utf8JsonWriter writer, IReadOnlyDictionary<string, object?> members)
    {
        foreach (var (name, value) in members)
        {
            switch (value)
            {
                case null:
                    writer.WriteNull(name);
                    break;
                case bool flag:
                    writer.WriteBoolean(name, flag);
                    break;
                case long or int:
                    writer.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                    break;
                case double number:
                    writer.WriteNumber(name, number);
                    break;
                case IReadOnlyDictionary<string, object?> inner:
                    WriteMembers(writer, name, inner);
                    break;
                default:
                    writer.WriteString(name, value.ToString());
                    break;
            }
        }
    }
}
