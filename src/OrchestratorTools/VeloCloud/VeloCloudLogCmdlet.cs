using System.Management.Automation;
using System.Runtime.CompilerServices;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>The base of the cmdlets that read logs back through time: -Start, -End, -First.</summary>
/// <typeparam name="T">What the log holds.</typeparam>
public abstract class VeloCloudLogCmdlet<T> : VeloCloudMonitoringCmdlet<T>
{
    private VeloCloudInterval _interval = null!;

    /// <summary>Where the interval starts; twelve hours before its end where nothing is said.</summary>
    [Parameter]
    public DateTimeOffset? Start { get; set; }

    /// <summary>Where it ends; now where nothing is said.</summary>
    [Parameter]
    public DateTimeOffset? End { get; set; }

    /// <summary>No more than these of each log: the newest.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; }

    /// <summary>True where items are chosen here, and not by the server.</summary>
    private protected abstract bool IsChosenHere { get; }

    /// <summary>Whether an item is wanted.</summary>
    private protected abstract bool IsWanted(T item);

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _interval = VeloCloudInterval.OfLog(Start, End, DateTimeOffset.UtcNow);
    }

    /// <summary>The query for an enterprise.</summary>
    private protected VeloCloudLogQuery QueryOf(VeloCloudEnterpriseTarget enterprise, VeloCloudEdgeTarget? edge = null) => Query() with
    {
        EnterpriseId = enterprise.Id,
        EnterpriseName = enterprise.Name,
        EnterpriseLogicalId = enterprise.LogicalId,
        Edges = edge is null ? [] : [edge.Id],
        EdgeNames = edge is null ? [] : [edge.Name],
    };

    /// <summary>The query, of nobody yet.</summary>
    private protected virtual VeloCloudLogQuery Query() => new(_interval) { First = First > 0 && !IsChosenHere ? First : null };

    /// <summary>Of what comes what is wanted, and no more than that.</summary>
    private protected async IAsyncEnumerable<T> ChooseAsync(IAsyncEnumerable<T> items, Func<T, bool>? alsoWanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var left = First > 0 ? First : int.MaxValue;
        await foreach (var item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (!IsWanted(item) || alsoWanted?.Invoke(item) is false)
            {
                continue;
            }

            yield return item;
            if (--left == 0)
            {
                yield break;
            }
        }
    }
}
