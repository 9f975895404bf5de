using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>What -GatewayPool takes: a name, an id, or what Get-VeloCloudGatewayPool returned.</summary>
public sealed class VeloCloudGatewayPoolArgument
{
    /// <summary>By name, or by an id that came as a text.</summary>
    public VeloCloudGatewayPoolArgument(string name)
    {
        Name = name;
    }

    /// <summary>By id.</summary>
    public VeloCloudGatewayPoolArgument(long id)
    {
        Id = id;
        Name = id.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>By object.</summary>
    public VeloCloudGatewayPoolArgument(VeloCloudGatewayPool pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        Id = pool.Id;
        Name = pool.Name;
        Pool = pool;
    }

    /// <summary>By an object that PowerShell wrapped.</summary>
    public VeloCloudGatewayPoolArgument(PSObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        switch (value.BaseObject)
        {
            case VeloCloudGatewayPool pool:
                Id = pool.Id;
                Name = pool.Name;
                Pool = pool;
                break;
            case string name:
                Name = name;
                break;
            case sbyte or short or int or long or byte or ushort or uint:
                Id = Convert.ToInt64(value.BaseObject, CultureInfo.InvariantCulture);
                Name = Id.Value.ToString(CultureInfo.InvariantCulture);
                break;
            default:
                throw new ArgumentException($"A gateway pool is given by its name, its id, or as the object that Get-VeloCloudGatewayPool returns; this is a {value.BaseObject.GetType().Name}.");
        }
    }

    /// <summary>The name, or the id as a text.</summary>
    public string Name { get; }

    /// <summary>The id, where the pool was not given by a text.</summary>
    public long? Id { get; }

    /// <summary>The object itself: knows its connection.</summary>
    internal VeloCloudGatewayPool? Pool { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The pools that a connection sees.</summary>
    internal static async Task<IReadOnlyList<VeloCloudGatewayPool>> ListAsync(VeloCloudSession session, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var all = new List<VeloCloudGatewayPool>();
        await foreach (var pool in new VeloCloudClient(session, observer).GetGatewayPoolsAsync(cancellationToken).ConfigureAwait(false))
        {
            all.Add(pool);
        }

        return all;
    }

    /// <summary>The pool that is meant at a connection; throws where there is none.</summary>
    internal async Task<VeloCloudGatewayPool> FindAsync(VeloCloudSession session, IRequestObserver observer, CancellationToken cancellationToken)
    {
        if (Pool is not null)
        {
            return Pool;
        }

        var all = await ListAsync(session, observer, cancellationToken).ConfigureAwait(false);
        var found = all.Where(p => Id is { } id ? p.Id == id : string.Equals(p.Name, Name, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (found.Length == 0 && Id is null)
        {
            found = [.. all.Where(p => string.Equals(p.Id.ToString(CultureInfo.InvariantCulture), Name, StringComparison.Ordinal))];
        }

        return found.Length switch
        {
            1 => found[0],
            0 => throw new OrchestratorApiException(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.NotFound, $"-GatewayPool '{Name}': there is no such gateway pool, or the connection may not see it.") { RecommendedAction = "Get-VeloCloudGatewayPool lists those that the connection sees." },
            _ => throw VeloCloudMessages.Ambiguous("GatewayPool", Name, "gateway pools", found.Select(p => string.Create(CultureInfo.InvariantCulture, $"id {p.Id}"))),
        };
    }
}
