using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Groups of addresses and ports.</summary>
public sealed partial class VeloCloudClient
{
    private const string GroupHint = "Get-VeloCloudObjectGroup shows what is there now.";

    /// <summary>The object groups of an enterprise.</summary>
    /// <param name="id">One group; null for all.</param>
    /// <param name="type">address_group or port_group; null for both.</param>
    /// <param name="enterpriseId">The enterprise; null for a customer's own one.</param>
    /// <param name="enterpriseName">Its name, where it is known.</param>
    /// <param name="cancellationToken">Ends the list.</param>
    internal IAsyncEnumerable<VeloCloudObjectGroup> GetObjectGroupsAsync(long? id, string? type, long? enterpriseId, string? enterpriseName, CancellationToken cancellationToken)
        => ReadListAsync(
            "enterprise/getObjectGroups",
            writer =>
            {
                WriteEnterprise(writer, enterpriseId);
                if (id is { } one)
                {
                    writer.WriteNumber("id", one);
                }

                if (type is not null)
                {
                    writer.WriteString("type", type);
                }
            },
            e => new VeloCloudObjectGroup(e) { EnterpriseName = enterpriseName },
            cancellationToken);

    /// <summary>One group; null where there is none of that id.</summary>
    internal async Task<VeloCloudObjectGroup?> GetObjectGroupAsync(long id, long? enterpriseId, string? enterpriseName, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var group in GetObjectGroupsAsync(id, null, enterpriseId, enterpriseName, cancellationToken).ConfigureAwait(false))
            {
                if (group.Id == id)
                {
                    return group;
                }
            }
        }
        catch (OrchestratorApiException e) when (IsNotFound(e))
        {
            observer.Verbose(e.Message);
        }

        return null;
    }

    /// <summary>Makes a group; returns its id.</summary>
    /// <param name="name">The name.</param>
    /// <param name="type">address_group or port_group.</param>
    /// <param name="description">Free text; null for none.</param>
    /// <param name="data">What is in it, as JSON. The definition calls it an object; what clients send, and the server takes, is a list.</param>
    /// <param name="enterpriseId">The enterprise; null for a customer's own one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<long> NewObjectGroupAsync(string name, string type, string? description, string data, long? enterpriseId, CancellationToken cancellationToken)
    {
        var result = await ChangeAsync(
            "enterprise/insertObjectGroup",
            writer =>
            {
                WriteEnterprise(writer, enterpriseId);
                writer.WriteString("name", name);
                writer.WriteString("type", type);
                if (description is not null)
                {
                    writer.WriteString("description", description);
                }

                writer.WritePropertyName("data");
                writer.WriteRawValue(data, skipInputValidation: true);
            },
            GroupHint,
            cancellationToken).ConfigureAwait(false);
        RequireRow(result, "enterprise/insertObjectGroup", $"object group '{name}' was not made");
        return result.Id ?? throw session.Error(OrchestratorErrorKind.Protocol, "enterprise/insertObjectGroup: the answer has no id.");
    }

    /// <summary>
    /// Changes a group. Name and data are always sent, those that are not to change as they are: clients that work against real Orchestrators send the whole group.
    /// </summary>
    internal async Task UpdateObjectGroupAsync(VeloCloudObjectGroup group, string? name, string? description, string? data, long? enterpriseId, CancellationToken cancellationToken)
    {
        var now = await GetObjectGroupAsync(group.Id, enterpriseId, group.EnterpriseName, cancellationToken).ConfigureAwait(false);
        if (now is null || !JsonDifferences.AreEqual(now.Data(), group.Data()) || !string.Equals(now.Name, group.Name, StringComparison.Ordinal) || !string.Equals(now.Description, group.Description, StringComparison.Ordinal))
        {
            throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.Conflict, $"Object group '{group.Name}': somebody {(now is null ? "removed" : "changed")} it since it was read. Nothing was written.")
            {
                RecommendedAction = "Get the group again, look at the other change, and make yours anew.",
            };
        }

        var result = await ChangeAsync(
            "enterprise/updateObjectGroup",
            writer =>
            {
                writer.WriteNumber("id", group.Id);
                WriteEnterprise(writer, enterpriseId);
                writer.WriteString("name", name ?? group.Name);
                if ((description ?? group.Description) is { } text)
                {
                    writer.WriteString("description", text);
                }

                writer.WritePropertyName("data");
                writer.WriteRawValue(data ?? group.Data().GetRawText(), skipInputValidation: true);
            },
            GroupHint,
            cancellationToken).ConfigureAwait(false);
        RequireRow(result, "enterprise/updateObjectGroup", $"object group '{group.Name}' was not changed");
    }

    /// <summary>Deletes a group.</summary>
    internal async Task RemoveObjectGroupAsync(VeloCloudObjectGroup group, long? enterpriseId, CancellationToken cancellationToken)
    {
        var result = await ChangeAsync(
            "enterprise/deleteObjectGroup",
            writer =>
            {
                WriteEnterprise(writer, enterpriseId);
                writer.WriteNumber("id", group.Id);
            },
            GroupHint,
            cancellationToken).ConfigureAwait(false);
        RequireRow(result, "enterprise/deleteObjectGroup", $"object group '{group.Name}' was not removed");
    }
}
