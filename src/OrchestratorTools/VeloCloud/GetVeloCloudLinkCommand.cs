using System.Management.Automation;
using System.Runtime.CompilerServices;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets the WAN links of edges: those that were active in the last 24 hours, or all that there ever were.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudLink")]
[OutputType(typeof(VeloCloudLink))]
public sealed class GetVeloCloudLinkCommand : VeloCloudMonitoringCmdlet<VeloCloudLink>
{
    private VeloCloudPatterns _states = new(null);

    /// <summary>All links that the edges ever had, and not only those of the last 24 hours.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>Only links in these states, with wildcards: words, or the numbers of older servers.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudLinkStateCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? State { get; set; }

    private IReadOnlyCollection<string> With => All ? ["links"] : ["recentLinks"];

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _states = new VeloCloudPatterns(State);
    }

    /// <inheritdoc/>
    private protected override async IAsyncEnumerable<VeloCloudLink> ReadAsync(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var edge in client.GetEdgesAsync(enterprise.Id, enterprise.Name, With, cancellationToken).ConfigureAwait(false))
        {
            foreach (var link in LinksOf(edge))
            {
                yield return link;
            }
        }
    }

    /// <inheritdoc/>
    private protected override async IAsyncEnumerable<VeloCloudLink> ReadEdgeAsync(VeloCloudClient client, VeloCloudEdgeTarget edge, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var asked = await client.GetEdgeAsync(edge.Id, null, edge.Enterprise.Id, edge.Enterprise.Name, With, cancellationToken).ConfigureAwait(false);
        foreach (var link in asked is null ? [] : LinksOf(asked))
        {
            yield return link;
        }
    }

    /// <inheritdoc/>
    private protected override void Write(VeloCloudLink item)
    {
        if (_states.Fit(item.State))
        {
            WriteObject(item);
        }
    }

    private static IReadOnlyList<VeloCloudLink> LinksOf(VeloCloudEdge edge)
    {
        foreach (var link in edge.Link ?? [])
        {
            link.EdgeId ??= edge.Id;
            link.EdgeName = edge.Name;
            link.EnterpriseId = edge.EnterpriseId;
            link.EnterpriseName = edge.EnterpriseName;
        }

        return edge.Link ?? [];
    }
}
