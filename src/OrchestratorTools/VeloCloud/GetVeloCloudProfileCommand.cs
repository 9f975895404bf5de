using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets the profiles of enterprises, with how many edges have each.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudProfile", DefaultParameterSetName = "Name")]
[OutputType(typeof(VeloCloudProfile))]
public sealed class GetVeloCloudProfileCommand : VeloCloudEnterpriseCmdlet<VeloCloudProfile>
{
    private readonly HashSet<string> _foundIds = new(StringComparer.OrdinalIgnoreCase);
    private VeloCloudNames _names = new(null);

    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0, ParameterSetName = "Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudProfileCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Ids, or logical ids.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Id")]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        foreach (var id in Id ?? [])
        {
            if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _) && !Guid.TryParseExact(id, "D", out _))
            {
                ThrowBadParameter(nameof(Id), id, "a profile's id is a whole number, its logical id a GUID. Names go with -Name.");
            }
        }

        _names = new VeloCloudNames(Name);
    }

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<VeloCloudProfile> ReadAsync(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise, CancellationToken cancellationToken)
        => client.GetProfilesAsync(enterprise.Id, enterprise.Name, cancellationToken);

    /// <inheritdoc/>
    private protected override void Write(VeloCloudProfile item)
    {
        if (Id is null ? _names.Takes(item.Name) : IsMeant(item))
        {
            WriteObject(item);
        }
    }

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        base.OnEnd();

        // Where a server did not answer, nobody knows what it has.
        if (HasFailed)
        {
            return;
        }

        foreach (var missing in _names.Missing())
        {
            WriteError(VeloCloudMessages.NotFound(nameof(Name), missing, "profile", "Get-VeloCloudProfile without a name lists those of the enterprise"));
        }

        foreach (var missing in Id?.Where(id => !_foundIds.Contains(id)) ?? [])
        {
            WriteError(VeloCloudMessages.NotFound(nameof(Id), missing, "profile", "Get-VeloCloudProfile without an id lists those of the enterprise"));
        }
    }

    private bool IsMeant(VeloCloudProfile profile)
    {
        var meant = Id!.Where(id => string.Equals(id, profile.Id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) || string.Equals(id, profile.LogicalId, StringComparison.OrdinalIgnoreCase)).ToArray();
        _foundIds.UnionWith(meant);
        return meant.Length > 0;
    }
}
