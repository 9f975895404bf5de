using System.Management.Automation;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>Lists scopes: which plans and resources an account sees.</summary>
[Cmdlet(VerbsCommon.Get, "VroScope", DefaultParameterSetName = NameSet)]
[OutputType(typeof(VroScope))]
public sealed class GetVroScopeCommand : VroCollectionCmdlet<VroScope>
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VroScopeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Ids.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <inheritdoc/>
    private protected override string[]? Names => Name;

    /// <inheritdoc/>
    private protected override string[]? Ids => Id;

    /// <inheritdoc/>
    private protected override string Path => "Scopes";

    /// <inheritdoc/>
    private protected override string What => "a scope";

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<VroScope> List(VroClient client, VroListQuery query, CancellationToken cancellationToken) => client.ListScopesAsync(query, cancellationToken);

    /// <inheritdoc/>
    private protected override string NameOf(VroScope item) => item.Name;

    /// <inheritdoc/>
    private protected override string IdOf(VroScope item) => item.Id;
}
