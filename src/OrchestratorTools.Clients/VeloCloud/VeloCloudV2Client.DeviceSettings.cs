using System.Text;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Device settings of profiles and edges: read at once, changed asynchronously (facts/velocloud.md, "v2 errors": 202 and a Location).</summary>
public sealed partial class VeloCloudV2Client
{
    private const string DeviceSettingHint = "Get-VeloCloudDeviceSetting shows what holds now.";

    /// <summary>The settings of a profile or an edge, which is named by its logical id.</summary>
    internal async Task<VeloCloudDeviceSetting> GetDeviceSettingAsync(string enterpriseLogicalId, ConfigurationTarget target, CancellationToken cancellationToken)
    {
        var json = await GetAsync(PathOf(enterpriseLogicalId, target), null, cancellationToken).ConfigureAwait(false);
        if (json is not { ValueKind: JsonValueKind.Object } settings)
        {
            throw session.Error(OrchestratorErrorKind.Protocol, $"The device settings of {target} are no JSON object.");
        }

        var made = new VeloCloudDeviceSetting(settings) { Target = target, EnterpriseLogicalId = enterpriseLogicalId };
        made.Keep(Encoding.UTF8.GetBytes(settings.GetRawText()));
        return session.Stamp(made);
    }

    /// <summary>
    /// Replaces the settings as a whole. They are read again right before; where they are not what was read, the error is Conflict and nothing is sent.
    /// </summary>
    internal async Task<VeloCloudV2Answer> ReplaceDeviceSettingAsync(VeloCloudDeviceSetting read, JsonElement data, CancellationToken cancellationToken)
    {
        var now = await GetDeviceSettingAsync(read.EnterpriseLogicalId!, read.Target!, cancellationToken).ConfigureAwait(false);
        if (!JsonDifferences.AreEqual(read.Data(), now.Data()))
        {
            throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.Conflict, $"The device settings of {read.Target}: somebody changed them since they were read. Nothing was written.")
            {
                RecommendedAction = "Get them again, look at the other change, and make yours anew; or name the places that change with -Patch.",
            };
        }

        return await SendAsync(HttpMethod.Put, PathOf(read.EnterpriseLogicalId!, read.Target!), null, Encoding.UTF8.GetBytes(data.GetRawText()), DeviceSettingHint, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes places of the settings (JSON Patch).</summary>
    internal Task<VeloCloudV2Answer> PatchDeviceSettingAsync(string enterpriseLogicalId, ConfigurationTarget target, JsonElement patch, CancellationToken cancellationToken)
        => SendAsync(HttpMethod.Patch, PathOf(enterpriseLogicalId, target), null, Encoding.UTF8.GetBytes(patch.GetRawText()), DeviceSettingHint, cancellationToken);

    private static string PathOf(string enterpriseLogicalId, ConfigurationTarget target)
        => $"{EnterprisePath(enterpriseLogicalId)}{(target.EdgeId is null ? "profiles" : "edges")}/{Uri.EscapeDataString(target.LogicalId ?? string.Empty)}/deviceSettings";
}
