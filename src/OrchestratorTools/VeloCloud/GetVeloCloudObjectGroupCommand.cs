using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets the groups of addresses and ports of enterprises.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudObjectGroup", DefaultParameterSetName = "Name")]
[OutputType(typeof(VeloCloudObjectGroup))]
public sealed class GetVeloCloudObjectGroupCommand : VeloCloudEnterpriseCmdlet<VeloCloudObjectGroup>
{
    private readonly HashSet<long> _foundIds = [];
    private VeloCloudNames _names = new(null);

    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0, ParameterSetName = "Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudObjectGroupCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Ids.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Id")]
    [ValidateRange(1, long.MaxValue)]
    [ValidateNotNullOrEmpty]
    public long[]? Id { get; set; }

    /// <summary>Only groups of addresses, or only groups of ports.</summary>
    [Parameter]
    [ValidateSet(ObjectGroupData.AddressType, ObjectGroupData.PortType)]
    public string? Type { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _names = new VeloCloudNames(Name);
    }

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<VeloCloudObjectGroup> ReadAsync(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise, CancellationToken cancellationToken)
        => client.GetObjectGroupsAsync(null, Type, enterprise.Id, enterprise.Name, cancellationToken);

    /// <inheritdoc/>
    private protected override void Write(VeloCloudObjectGroup item)
    {
        var isMeant = Id is null ? _names.Takes(item.Name) : Id.Contains(item.Id);
        if (isMeant)
        {
            _foundIds.Add(item.Id);
            WriteObject(item);
        }
    }

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        base.OnEnd();
        if (HasFailed)
        {
            return;
        }

        foreach (var missing in _names.Missing())
        {
            WriteError(VeloCloudMessages.NotFound(nameof(Name), missing, "object group", "Get-VeloCloudObjectGroup without a name lists those of the enterprise"));
        }

        foreach (var missing in Id?.Where(id => !_foundIds.Contains(id)) ?? [])
        {
            WriteError(VeloCloudMessages.NotFound(nameof(Id), missing.ToString(CultureInfo.InvariantCulture), "object group", "Get-VeloCloudObjectGroup without an id lists those of the enterprise"));
        }
    }
}
