using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>What an enterprise has besides its edges and profiles. Invented when it is first asked for; safe for many threads.</summary>
internal sealed class EnterpriseState
{
    private readonly Lazy<ObjectTable> _objects;
    private readonly Lazy<ObjectTable> _alertConfigurations;
    private readonly Lazy<ObjectTable> _licenses;

    public EnterpriseState(Enterprise enterprise)
    {
        Properties = new PropertyTable("enterpriseId", enterprise.Id, enterprise.Clock);
        Recipients = AlertCatalog.Recipients(enterprise);
        _objects = new(() => EnterpriseObjects.Invent(enterprise));
        _alertConfigurations = new(() => AlertCatalog.Invent(enterprise));
        _licenses = new(() => LicenseCatalog.Invent(enterprise));
    }

    /// <summary>Services, segments, allocations, object groups, clusters and the route configuration.</summary>
    public ObjectTable Objects => _objects.Value;

    public ObjectTable AlertConfigurations => _alertConfigurations.Value;

    /// <summary>Edge licences that were given to the enterprise.</summary>
    public ObjectTable Licenses => _licenses.Value;

    /// <summary>Properties, capabilities, rate limits.</summary>
    public PropertyTable Properties { get; }

    /// <summary>Who is told of alerts. Replaced, never changed.</summary>
    public JsonObject Recipients { get; set; }

    /// <summary>Alerts that a command put there. Replaced, never changed.</summary>
    public IReadOnlyList<VeloAlert> Alerts { get; set; } = [];

    /// <summary>The operator's profile that decides the edges' software.</summary>
    public Profile OperatorProfile { get; set; } = null!;

    /// <summary>The operator's profiles that the enterprise may choose from, by id; the first one is always among them.</summary>
    public ConcurrentDictionary<int, byte> AssignedOperatorProfiles { get; } = new();

    /// <summary>Host names of client devices that somebody has set, by the device's id.</summary>
    public ConcurrentDictionary<long, string> HostNames { get; } = new();

    /// <summary>Routes whose exits somebody has changed, by subnet: JSON.</summary>
    public ConcurrentDictionary<string, string> Routes { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the enterprise may choose its edges' software.</summary>
    public bool ManagesImages { get; set; }

    /// <summary>The number that says which routes the edges should have.</summary>
    public int RoutesVersion { get; set; } = 1;
}
