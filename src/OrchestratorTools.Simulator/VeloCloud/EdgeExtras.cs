using System.Text.Json;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>What only few edges have: changes of the site and of links, software and licence of their own, passwords, handed-off gateways. Safe for many threads.</summary>
internal sealed class EdgeExtras
{
    private readonly object _lock = new();
    private readonly Dictionary<long, MemberChanges> _links = [];

    /// <summary>Members of the site that have been changed.</summary>
    public MemberChanges Site { get; } = new();

    /// <summary>An operator's profile of its own; null where the enterprise's holds.</summary>
    public Profile? OperatorProfile { get; set; }

    /// <summary>The licence that it was given; null where the first one holds.</summary>
    public int? LicenseId { get; set; }

    /// <summary>The user names whose local passwords were set; nobody reads the passwords again.</summary>
    public string? AdminUsername { get; set; }

    /// <summary>The gateways that it hands traffic off to, as they were sent.</summary>
    public JsonElement? HandOffGateways { get; set; }

    public IReadOnlyList<KeyValuePair<string, JsonElement>> Link(long id)
    {
        lock (_lock)
        {
            return _links.GetValueOrDefault(id)?.All ?? [];
        }
    }

    public void ChangeLink(long id, IEnumerable<KeyValuePair<string, JsonElement>> members)
    {
        lock (_lock)
        {
            if (!_links.TryGetValue(id, out var changes))
                _links[id] = changes = new MemberChanges();

            changes.Add(members);
        }
    }
}

/// <summary>Members that have other values than the invented ones. Safe for many threads.</summary>
internal sealed class MemberChanges
{
    private readonly object _lock = new();
    private volatile IReadOnlyList<KeyValuePair<string, JsonElement>> _all = [];

    public IReadOnlyList<KeyValuePair<string, JsonElement>> All => _all;

    public void Add(IEnumerable<KeyValuePair<string, JsonElement>> members)
    {
        lock (_lock)
        {
            var all = new Dictionary<string, JsonElement>(_all, StringComparer.Ordinal);
            foreach (var (name, value) in members)
            {
                all[name] = value.Clone();
            }

            _all = [.. all];
        }
    }
}
