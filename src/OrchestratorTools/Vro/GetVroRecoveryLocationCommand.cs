using System.Management.Automation;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>Lists recovery locations: where plans restore and fail over to.</summary>
[Cmdlet(VerbsCommon.Get, "VroRecoveryLocation", DefaultParameterSetName = NameSet)]
[OutputType(typeof(VroRecoveryLocation))]
public sealed class GetVroRecoveryLocationCommand : VroCollectionCmdlet<VroRecoveryLocation>
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VroLocationCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Ids.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>Types: Restore, Storage, HyperV and others.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VroValueCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Type { get; set; }

    /// <inheritdoc/>
    private protected override string[]? Names => Name;

    /// <inheritdoc/>
    private protected override string[]? Ids => Id;

    /// <inheritdoc/>
    private protected override string Path => "RecoveryLocations";

    /// <inheritdoc/>
    private protected override string What => "a recovery location";

    /// <inheritdoc/>
    private protected override bool MatchesHere => Type is not null;

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<VroRecoveryLocation> List(VroClient client, VroListQuery query, CancellationToken cancellationToken) => client.ListLocationsAsync(query, cancellationToken);

    /// <inheritdoc/>
    private protected override string NameOf(VroRecoveryLocation item) => item.Name;

    /// <inheritdoc/>
    private protected override string IdOf(VroRecoveryLocation item) => item.Id;

    /// <inheritdoc/>
    private protected override bool IsWanted(VroRecoveryLocation item) => Type is null || Type.Contains(item.Type, StringComparer.OrdinalIgnoreCase);
}
