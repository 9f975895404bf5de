using System.Text.Json;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>
/// One customer, in the shape of <c>enterprise/getEnterprise</c>. Its edges are kept in the order of their ids; their list is replaced, never changed, so that whoever reads it
/// needs no lock.
/// </summary>
internal sealed class Enterprise : ServerRecord
{
    private volatile IReadOnlyList<Edge> _edges = [];
    private volatile IReadOnlyList<Profile> _profiles;
    private EnterpriseState? _state;

    /// <param name="id">Its id.</param>
    /// <param name="name">Its name.</param>
    /// <param name="partner">The partner that looks after it; null where none does.</param>
    /// <param name="created">When it was made.</param>
    /// <param name="clock">The server's clock.</param>
    public Enterprise(int id, string name, Partner? partner, DateTimeOffset created, TimeProvider clock)
    {
        Id = id;
        Name = name;
        Partner = partner;
        Clock = clock;
        LogicalId = Invented.LogicalId("enterprise", id);
        Domain = string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        Created = created;
        _profiles = [.. Profile.Names.Select((n, i) => Invent(n, i))];
    }

    public int Id { get; }

    public string LogicalId { get; }

    public string Name { get; private set; }

    public DateTimeOffset Created { get; }

    /// <summary>A word that its users' addresses are made of.</summary>
    public string Domain { get; }

    /// <summary>The partner that looks after it; null where none does.</summary>
    public Partner? Partner { get; }

    public int? ProxyId => Partner?.Id;

    public TimeProvider Clock { get; }

    /// <summary>The profiles as they are now, by id.</summary>
    public IReadOnlyList<Profile> Profiles
    {
        get => _profiles;
        set => _profiles = value;
    }

    /// <summary>Whether those above the customer may act in its name.</summary>
    public bool IsDelegatedToOperator { get; set; } = true;

    public bool IsDelegatedToProxy { get; set; } = true;

    /// <summary>What else it has: services, segments, alerts' configurations and so on, invented when it is first asked for.</summary>
    public EnterpriseState State => Volatile.Read(ref _state) ?? Interlocked.CompareExchange(ref _state, new EnterpriseState(this), null) ?? _state;

    /// <summary>Events that have happened since the start, oldest first.</summary>
    public EventLog Events { get; } = new();

    /// <summary>The edges as they are now, by id.</summary>
    public IReadOnlyList<Edge> Edges
    {
        get => _edges;
        set => _edges = value;
    }

    /// <inheritdoc/>
    protected override void OnChanged(string member, JsonElement value)
    {
        if (member is "name" && value.ValueKind == JsonValueKind.String)
            Name = value.GetString()!;
    }

    /// <inheritdoc/>
    protected override void Write(MemberWriter members)
    {
        members.Number("id", Id);
        members.Text("created", VeloTime.Text(Created));
        members.Number("networkId", VeloNetwork.Id);
        members.Number("gatewayPoolId", 3);
        members.Bit("alertsEnabled", true);
        members.Bit("operatorAlertsEnabled", true);
        members.Text("endpointPkiMode", "CERTIFICATE_OPTIONAL");
        members.Text("name", Name);
        members.Text("domain", Domain);
        members.Null("prefix");
        members.Text("logicalId", LogicalId);
        members.Text("accountNumber", Domain.ToUpperInvariant() + "-001");
        members.Null("description");
        members.Null("contactName");
        members.Null("contactPhone");
        members.Null("contactMobile");
        members.Text("contactEmail", $"admin@{Domain}.example");
        members.Null("streetAddress");
        members.Null("streetAddress2");
        members.Null("city");
        members.Null("state");
        members.Null("postalCode");
        members.Null("country");

        // Where nobody has set a place, the portal answers with this one.
        members.Number("lat", 37.402866);
        members.Number("lon", -122.117332);
        members.Text("timezone", "America/Los_Angeles");
        members.Text("locale", "en-US");
        members.Text("bastionState", "UNCONFIGURED");
        members.Text("modified", VeloTime.Text(Created.AddSeconds(140)));
    }

    private Profile Invent(string name, int index)
        => new((Id * 10) + index + 1, name, Created.AddDays(index))
        {
            Enterprise = this,
            Description = index == 0 ? "The profile that every new enterprise has" : null,
        };
}
