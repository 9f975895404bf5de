using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Makes a group of addresses or a group of ports.</summary>
[Cmdlet(VerbsCommon.New, "VeloCloudObjectGroup", SupportsShouldProcess = true, DefaultParameterSetName = "Address")]
[OutputType(typeof(VeloCloudObjectGroup))]
public sealed class NewVeloCloudObjectGroupCommand : VeloCloudEnterpriseChangingCmdlet
{
    private string _data = "[]";

    /// <summary>The group's name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = string.Empty;

    /// <summary>Addresses and nets: 192.0.2.1, 10.0.0.0/8.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Address")]
    [ValidateNotNullOrEmpty]
    public string[] Address { get; set; } = [];

    /// <summary>Ports: tcp/443, udp/500-600.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Port")]
    [ValidateNotNullOrEmpty]
    public string[] Port { get; set; } = [];

    /// <summary>Free text.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Description { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        string? wrong;
        var data = ParameterSetName is "Port" ? ObjectGroupData.FromPorts(Port, out wrong) : ObjectGroupData.FromAddresses(Address, out wrong);
        if (data is null)
        {
            ThrowBadParameter(ParameterSetName, wrong, ParameterSetName is "Port" ? VeloCloudObjectGroups.PortHint : VeloCloudObjectGroups.AddressHint);
        }

        _data = data!;
    }

    /// <inheritdoc/>
    private protected override void OnEnterprise(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise)
    {
        var type = ParameterSetName is "Port" ? ObjectGroupData.PortType : ObjectGroupData.AddressType;
        if (!ShouldProcess($"{enterprise} at {enterprise.Session.Server.Authority}", $"Make {type} '{Name}'"))
        {
            return;
        }

        Start(enterprise.Name ?? (object)Name, async token =>
        {
            var id = await client.NewObjectGroupAsync(Name, type, Description, _data, enterprise.Id, token).ConfigureAwait(false);
            return await client.GetObjectGroupAsync(id, enterprise.Id, enterprise.Name, token).ConfigureAwait(false)
                ?? throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.NotFound, $"The server says that object group '{Name}' was made (id {id}), and does not show it.");
        });
    }
}
