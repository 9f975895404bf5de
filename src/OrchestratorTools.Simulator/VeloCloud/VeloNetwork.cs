using System.Collections.Concurrent;
using System.Globalization;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>What the Orchestrator knows: one operator's network, one partner, enterprises, edges. Safe for many threads.</summary>
internal sealed class VeloNetwork
{
    /// <summary>The network's id is practically always this [spec].</summary>
    public const int Id = 1;

    /// <summary>The one partner.</summary>
    public const int ProxyId = 7;

    public const string ProxyName = "Northwind Managed Services";

    private const int FirstEdge = 10_001;

    private static readonly string[] Names = ["Acme", "Globex", "Initech", "Umbrella", "Hooli", "Soylent", "Stark & Søn", "Wayne", "Wonka", "Tyrell"];

    private readonly object _lock = new();
    private readonly ConcurrentDictionary<int, Edge> _edges;
    private readonly int _seed;
    private readonly DateTimeOffset _start;
    private int _lastEdge;
    private long _lastEvent;

    public VeloNetwork(int edges, int seed, TimeProvider clock)
    {
        _seed = seed;
        _edges = new(concurrencyLevel: 2, capacity: edges);
        _start = clock.GetUtcNow();
        Clock = clock;
        Enterprises = [.. Enumerable.Range(0, Math.Clamp(edges / 100, 4, 200)).Select(Invent)];
        Fill(edges);
    }

    public TimeProvider Clock { get; }

    /// <summary>All customers, by id.</summary>
    public IReadOnlyList<Enterprise> Enterprises { get; }

    /// <summary>When the invented past ends.</summary>
    public DateTimeOffset Start => _start;

    public Enterprise? FindEnterprise(int id) => Enterprises.FirstOrDefault(e => e.Id == id);

    public Edge? FindEdge(int id) => _edges.GetValueOrDefault(id);

    /// <summary>Runs a change that must not meet another: it looks first whether a name is free, and takes it then.</summary>
    public T Exclusively<T>(Func<T> change)
    {
        lock (_lock)
        {
            return change();
        }
    }

    /// <summary>Renders every edge, so that the first listing is as fast as the next.</summary>
    public void Warm()
    {
        foreach (var edge in _edges.Values)
        {
            _ = edge.Utf8;
        }
    }

    /// <summary>Adds an edge that has never been activated.</summary>
    public Edge Provision(Enterprise enterprise, Edge.Provisioning provisioning)
    {
        lock (_lock)
        {
            var edge = Edge.Provision(enterprise, ++_lastEdge, _lastEdge - FirstEdge, _seed, Clock.GetUtcNow(), provisioning);
            _edges[edge.Id] = edge;
            enterprise.Edges = [.. enterprise.Edges, edge];
            return edge;
        }
    }

    /// <summary>Takes an edge out. False where it had gone already.</summary>
    public bool Delete(Edge edge)
    {
        lock (_lock)
        {
            if (!_edges.TryRemove(edge.Id, out _))
                return false;

            edge.Enterprise.Edges = [.. edge.Enterprise.Edges.Where(e => e != edge)];
            return true;
        }
    }

    /// <summary>Writes an event into an enterprise's log.</summary>
    public void Report(Enterprise enterprise, string name, string message, Edge? edge, string user)
        => enterprise.Events.Add(new VeloEvent(EventFeed.FirstLive + Interlocked.Increment(ref _lastEvent), Clock.GetUtcNow(), name, "USER", "INFO", message, edge, user));

    private Enterprise Invent(int index)
    {
        var name = index < Names.Length ? Names[index] : string.Create(CultureInfo.InvariantCulture, $"{Names[index % Names.Length]} {index / Names.Length + 1}");
        return new Enterprise(1801 + index, name, index % 3 is 1 or 2 ? ProxyId : null, _start);
    }

    /// <summary>The first enterprise has every second edge, so that one customer's listing fills pages; the others share the rest evenly.</summary>
    private void Fill(int edges)
    {
        var lists = Enterprises.Select(_ => new List<Edge>()).ToArray();
        for (var i = 0; i < edges; i++)
        {
            var owner = i % 2 == 0 ? 0 : 1 + (i / 2 % (lists.Length - 1));
            var edge = new Edge(Enterprises[owner], FirstEdge + i, lists[owner].Count, _seed, _start);
            lists[owner].Add(edge);
            _edges[edge.Id] = edge;
        }

        for (var i = 0; i < lists.Length; i++)
        {
            Enterprises[i].Edges = lists[i];
        }

        _lastEdge = FirstEdge + edges - 1;
    }
}
