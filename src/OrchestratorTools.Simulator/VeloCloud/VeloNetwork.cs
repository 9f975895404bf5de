using System.Collections.Concurrent;
using System.Globalization;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>What the Orchestrator knows: one operator's network, partners, enterprises, edges. Safe for many threads.</summary>
internal sealed class VeloNetwork
{
    /// <summary>The network's id is practically always this [spec].</summary>
    public const int Id = 1;

    /// <summary>The operator's id.</summary>
    public const int OperatorId = 1;

    /// <summary>The first partner.</summary>
    public const int ProxyId = 7;

    public const string ProxyName = "Northwind Managed Services";

    /// <summary>The operator's profile that every enterprise has first.</summary>
    public const int FirstOperatorProfile = 12;

    /// <summary>The ids of the edges' own configurations lie above this.</summary>
    public const int FirstEdgeConfiguration = 2_000_000;

    private const int FirstEdge = 10_001;
    private const int FirstEnterprise = 1801;
    private const int FirstNew = 500_000;

    private static readonly string[] Names = ["Acme", "Globex", "Initech", "Umbrella", "Hooli", "Soylent", "Stark & Søn", "Wayne", "Wonka", "Tyrell"];

    private readonly object _lock = new();
    private readonly ConcurrentDictionary<int, Edge> _edges;
    private readonly ConcurrentDictionary<int, Enterprise> _enterprisesById = new();
    private readonly int _seed;
    private readonly DateTimeOffset _start;
    private volatile IReadOnlyList<Enterprise> _enterprises;
    private volatile IReadOnlyList<Profile> _operatorProfiles;
    private int _lastEdge;
    private int _lastEnterprise;
    private int _lastNew = FirstNew;
    private long _lastEvent;

    /// <param name="edges">How many edges there are; none makes a network without enterprises.</param>
    /// <param name="seed">The seed of what is invented.</param>
    /// <param name="clock">The server's clock.</param>
    public VeloNetwork(int edges, int seed, TimeProvider clock)
    {
        _seed = seed;
        _edges = new(concurrencyLevel: 2, capacity: edges);
        _start = clock.GetUtcNow();
        Clock = clock;
        Partners = [new Partner(ProxyId, ProxyName, clock), new Partner(8, "Contoso & Sons Networks", clock)];
        _operatorProfiles =
        [
            new Profile(FirstOperatorProfile, "Operator Profile 5.2", _start.AddDays(-700)),
            new Profile(FirstOperatorProfile + 1, "Operator Profile \"next\"", _start.AddDays(-90)),
        ];
        _enterprises = [.. Enumerable.Range(0, edges == 0 ? 0 : Math.Clamp(edges / 100, 4, 200)).Select(Invent)];
        _lastEnterprise = FirstEnterprise + _enterprises.Count - 1;
        _lastEdge = FirstEdge - 1;
        Gateways = new GatewayBook(this);
        System = new SystemBook(this);
        if (edges > 0)
            Fill(edges);
    }

    public TimeProvider Clock { get; }

    /// <summary>All customers, by id. The list is replaced, never changed.</summary>
    public IReadOnlyList<Enterprise> Enterprises => _enterprises;

    public IReadOnlyList<Partner> Partners { get; }

    /// <summary>The operator's profiles, by id.</summary>
    public IReadOnlyList<Profile> OperatorProfiles => _operatorProfiles;

    public GatewayBook Gateways { get; }

    /// <summary>System properties and what else there is once.</summary>
    public SystemBook System { get; }

    /// <summary>How events are invented.</summary>
    public EventRules EventRules { get; set; } = new();

    /// <summary>Events of the operator's own log, oldest first.</summary>
    public EventLog Events { get; } = new();

    /// <summary>When the server was started.</summary>
    public DateTimeOffset Start => _start;

    public DateTimeOffset Now => Clock.GetUtcNow();

    public int Seed => _seed;

    public int EdgeCount => _edges.Count;

    public Enterprise? FindEnterprise(int id) => _enterprisesById.GetValueOrDefault(id);

    public Partner? FindPartner(int id) => Partners.FirstOrDefault(p => p.Id == id);

    public Edge? FindEdge(int id) => _edges.GetValueOrDefault(id);

    /// <summary>The id of an object that somebody makes.</summary>
    public int NewId() => Interlocked.Increment(ref _lastNew);

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
            var edge = Edge.Provision(enterprise, ++_lastEdge, _lastEdge - FirstEdge, _seed, Now, provisioning);
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

    /// <summary>Adds an enterprise; null where the name is taken.</summary>
    public Enterprise? Add(string name, Partner? partner)
    {
        lock (_lock)
        {
            if (_enterprises.Any(e => string.Equals(e.Name, name, StringComparison.OrdinalIgnoreCase)))
                return null;

            var enterprise = new Enterprise(++_lastEnterprise, name, partner, Now, Clock);
            enterprise.State.OperatorProfile = _operatorProfiles[0];
            _enterprisesById[enterprise.Id] = enterprise;
            _enterprises = [.. _enterprises, enterprise];
            return enterprise;
        }
    }

    /// <summary>Takes an enterprise out, with its edges. False where it had gone already.</summary>
    public bool Delete(Enterprise enterprise)
    {
        lock (_lock)
        {
            if (!_enterprisesById.TryRemove(enterprise.Id, out _))
                return false;

            foreach (var edge in enterprise.Edges)
            {
                _edges.TryRemove(edge.Id, out _);
            }

            _enterprises = [.. _enterprises.Where(e => e != enterprise)];
            return true;
        }
    }

    /// <summary>Adds a profile of the operator's, or of an enterprise.</summary>
    public Profile Add(string name, Profile source, Enterprise? enterprise, string? description)
    {
        lock (_lock)
        {
            var profile = new Profile(NewId(), name, Now, source) { Enterprise = enterprise, Description = description ?? source.Description };
            if (enterprise is null)
                _operatorProfiles = [.. _operatorProfiles, profile];
            else
                enterprise.Profiles = [.. enterprise.Profiles, profile];

            return profile;
        }
    }

    /// <summary>Takes a profile out. False where it had gone already.</summary>
    public bool Delete(Profile profile)
    {
        lock (_lock)
        {
            var before = profile.Enterprise?.Profiles ?? _operatorProfiles;
            if (!before.Contains(profile))
                return false;

            if (profile.Enterprise is { } enterprise)
                enterprise.Profiles = [.. before.Where(p => p != profile)];
            else
                _operatorProfiles = [.. before.Where(p => p != profile)];

            return true;
        }
    }

    /// <summary>Writes an event into an enterprise's log.</summary>
    public void Report(Enterprise enterprise, string name, string message, Edge? edge, string user)
        => enterprise.Events.Add(new VeloEvent(NewEventId(Now), Now, name, "USER", "INFO", message, edge, user));

    /// <summary>Writes an event into the log of the operator, or of a partner.</summary>
    public void Report(Caller caller, string name, string message)
    {
        var happened = new VeloEvent(NewEventId(Now), Now, name, "USER", "INFO", message, Edge: null, caller.Account.Username);
        (caller.Account.ProxyId is { } id && FindPartner(id) is { } partner ? partner.Events : Events).Add(happened);
    }

    /// <summary>The id of an event of some time: ids go up with the time, and are never given twice.</summary>
    public long NewEventId(DateTimeOffset time) => EventFeed.FirstLiveAt(time) + (Interlocked.Increment(ref _lastEvent) % EventFeed.LivePerSecond);

    private Enterprise Invent(int index)
    {
        var name = index < Names.Length ? Names[index] : string.Create(CultureInfo.InvariantCulture, $"{Names[index % Names.Length]} {index / Names.Length + 1}");
        var partner = index % 3 is 1 or 2 ? Partners[0] : index % 6 == 3 ? Partners[1] : null;
        var enterprise = new Enterprise(FirstEnterprise + index, name, partner, _start.AddDays(-500), Clock);
        enterprise.State.OperatorProfile = _operatorProfiles[0];
        _enterprisesById[enterprise.Id] = enterprise;
        return enterprise;
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
