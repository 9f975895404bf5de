using System.Management.Automation;
using System.Runtime.CompilerServices;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets the device settings of profiles or edges from APIv2, with their content as objects.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudDeviceSetting", DefaultParameterSetName = "Profile")]
[OutputType(typeof(VeloCloudDeviceSetting))]
public sealed class GetVeloCloudDeviceSettingCommand : VeloCloudConfigurationCmdlet<VeloCloudDeviceSetting>
{
    /// <inheritdoc/>
    private protected override async IAsyncEnumerable<VeloCloudDeviceSetting> ReadAsync(VeloCloudClient client, VeloCloudConfigurationOwner owner, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var logicalId = await owner.Enterprise.GetLogicalIdAsync(client, cancellationToken).ConfigureAwait(false);
        yield return await new VeloCloudV2Client(owner.Session, RequestObserver).GetDeviceSettingAsync(logicalId, owner.Configuration, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    private protected override void Write(VeloCloudDeviceSetting item) => WriteObject(ConfigurationData.With(item, item.Data()));
}
