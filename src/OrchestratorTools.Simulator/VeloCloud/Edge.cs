using System.Text.Json;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>One edge, in the shape of <c>enterprise/getEnterpriseEdges</c> on a release 5.x.</summary>
internal sealed class Edge : ServerRecord
{
    private static readonly string[] States = ["CONNECTED", "CONNECTED", "CONNECTED", "OFFLINE", "CONNECTED", "DEGRADED", "CONNECTED", "NEVER_ACTIVATED", "CONNECTED", "OFFLINE"];

    private static readonly (string Model, string Family)[] Models =
        [("edge620-n", "EDGE6X0"), ("edge610-n", "EDGE6X0"), ("edge3800", "EDGE3X00"), ("edge510lte", "EDGE510"), ("virtual", "VIRTUAL"), ("edge840", "EDGE840")];

    private readonly int _seed;
    private readonly int _number;
    private readonly DateTimeOffset _now;
    private readonly Provisioning? _provisioned;
    private string? _logicalId;
    private Codes? _codes;
    private Profile? _profile;
    private Profile? _configuration;
    private EdgeExtras? _extras;

    /// <summary>An edge that was there from the beginning.</summary>
    /// <param name="enterprise">Whose it is.</param>
    /// <param name="id">Its id.</param>
    /// <param name="number">Which of the enterprise's edges it is, from 0.</param>
    /// <param name="seed">The seed of the invented data.</param>
    /// <param name="now">The time that its invented times lie before.</param>
    public Edge(Enterprise enterprise, int id, int number, int seed, DateTimeOffset now)
        : this(enterprise, id, number, seed, now, provisioned: null)
    {
    }

    private Edge(Enterprise enterprise, int id, int number, int seed, DateTimeOffset now, Provisioning? provisioned)
    {
        _seed = seed;
        _number = number;
        _now = now;
        _provisioned = provisioned;
        Id = id;
        Enterprise = enterprise;
        Name = provisioned?.Name ?? EdgeNames.Of(number);
        State = provisioned is null ? States[number % States.Length] : "NEVER_ACTIVATED";
    }

    public int Id { get; }

    public string LogicalId => _logicalId ??= Invented.LogicalId("edge", Id);

    public Enterprise Enterprise { get; }

    public string Name { get; private set; }

    public string State { get; private set; }

    public string? SerialNumber => (_codes ??= InventCodes()).SerialNumber;

    public string ActivationKey => (_codes ??= InventCodes()).ActivationKey;

    /// <summary>The enterprise's profile that it has.</summary>
    public Profile Profile => Volatile.Read(ref _profile) ?? Interlocked.CompareExchange(ref _profile, _provisioned?.Profile ?? Enterprise.Profiles[_number % Profile.Names.Count], null) ?? _profile;

    /// <summary>Its own part of its configuration.</summary>
    public Profile Configuration
        => Volatile.Read(ref _configuration)
            ?? Interlocked.CompareExchange(ref _configuration, new Profile(VeloNetwork.FirstEdgeConfiguration + Id, $"Edge Specific Profile - {Id}", _now.AddDays(-200)) { Enterprise = Enterprise, Edge = this }, null)
            ?? _configuration;

    /// <summary>The operator's profile that decides its software: its own, or else the enterprise's.</summary>
    public Profile OperatorProfile => _extras?.OperatorProfile ?? Enterprise.State.OperatorProfile;

    /// <summary>What only few edges have.</summary>
    public EdgeExtras Extras => Volatile.Read(ref _extras) ?? Interlocked.CompareExchange(ref _extras, new EdgeExtras(), null) ?? _extras;

    public bool HasExtras => _extras is not null;

    /// <summary>Members of the site that have been changed.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> SiteChanges => _extras?.Site.All ?? [];

    /// <summary>When it is said to have come into being.</summary>
    public DateTimeOffset Created => _provisioned is null ? _now.AddDays(-400 + Random.Next(200)) : _now;

    public string Model => _provisioned?.Model ?? Models[_number % Models.Length].Model;

    public bool HasHa => State is not "NEVER_ACTIVATED" && _number % 4 == 0;

    /// <summary>When it was last heard of; without meaning for one that was never activated.</summary>
    public DateTimeOffset Contact => State is "CONNECTED" ? _now.AddMilliseconds(-(Id * 37 % 30_000)) : _now.AddHours(-1 - (Id * 7 % 2000));

    /// <summary>A source of invented values that is this edge's own.</summary>
    public Random Random => new((_seed * 486_187_739) ^ (Id * 7919));

    /// <summary>An edge that has just been provisioned.</summary>
    public static Edge Provision(Enterprise enterprise, int id, int number, int seed, DateTimeOffset now, Provisioning provisioned)
        => new(enterprise, id, number, seed, now, provisioned);

    /// <summary>Gives it another profile of its enterprise.</summary>
    public void Assign(Profile profile, DateTimeOffset now)
    {
        Volatile.Write(ref _profile, profile);
        Set("modified", VeloTime.Text(now));
    }

    /// <summary>Members of a link that have been changed.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> LinkChanges(long id) => _extras?.Link(id) ?? [];

    public void ChangeLink(long id, IEnumerable<KeyValuePair<string, JsonElement>> members) => Extras.ChangeLink(id, members);

    public void ChangeSite(IEnumerable<KeyValuePair<string, JsonElement>> members) => Extras.Site.Add(members);

    /// <inheritdoc/>
    protected override void OnChanged(string member, JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        switch (member)
        {
            case "name":
                Name = text ?? "";
                break;
            case "edgeState":
                State = text ?? "";
                break;
            case "serialNumber":
                _codes = (_codes ??= InventCodes()) with { SerialNumber = text };
                break;
            case "activationKey":
                _codes = (_codes ??= InventCodes()) with { ActivationKey = text ?? "" };
                break;
            default:
                break;
        }
    }

    /// <inheritdoc/>
    protected override void Write(MemberWriter members)
    {
        var random = Random;
        var isActive = State is not "NEVER_ACTIVATED";
        var created = _provisioned is null ? _now.AddDays(-400 + random.Next(200)).AddSeconds(random.Next(86_400)) : _now;
        var activated = created.AddDays(1 + random.Next(30));
        var contact = Contact;
        var image = SoftwareCatalog.Of(_number);
        var (version, build) = (image.Version, image.Build);
        WriteIdentity(members, created, activated, isActive);
        WriteSoftware(members, activated, isActive ? version : "", isActive ? build : "", random);
        WriteHardware(members, isActive, random);
        WriteState(members, activated, contact, isActive, random);
        WriteHa(members, activated, contact, version, build);
        members.Flag("isHub", _number % 16 == 0);
    }

    /// <summary>Made when they are first asked for: twenty thousand edges are there at once.</summary>
    private Codes InventCodes()
    {
        var random = Random;
        var hasNoSerial = State is "NEVER_ACTIVATED" && _number % 3 == 0;
        var serial = "VC" + Invented.Code(random, 9);
        return new Codes(_provisioned is not null ? _provisioned.SerialNumber : hasNoSerial ? null : serial, Invented.ActivationKey(random));
    }

    private void WriteIdentity(MemberWriter members, DateTimeOffset created, DateTimeOffset activated, bool isActive)
    {
        members.Number("id", Id);
        members.Text("created", VeloTime.Text(created));
        members.Number("enterpriseId", Enterprise.Id);
        members.Text("enterpriseLogicalId", Enterprise.LogicalId);
        members.Number("siteId", Id + 500_000);
        members.Text("activationKey", ActivationKey);
        members.Text("activationKeyExpires", VeloTime.Text(created.AddDays(30)));
        members.Text("activationState", isActive ? _number % 27 == 3 ? "REACTIVATION_PENDING" : "ACTIVATED" : "PENDING");
        members.Text("activationTime", isActive ? VeloTime.Text(activated) : VeloTime.Never);
    }

    private void WriteSoftware(MemberWriter members, DateTimeOffset activated, string version, string build, Random random)
    {
        members.Text("softwareVersion", version);
        members.Text("buildNumber", build);

        // Some edges report their factory release with the quotes of the file it stands in.
        members.Text("factorySoftwareVersion", version.Length == 0 ? "" : _number % 8 == 6 ? "\"5.0.0\"" : "5.0.0");
        members.Text("factoryBuildNumber", version.Length == 0 ? "" : _number % 8 == 6 ? "\"R5000-20220316-MR-GA\"" : "R5000-20220316-MR-GA");
        members.Text("platformFirmwareVersion", "**NA**");
        members.Text("platformBuildNumber", "**NA**(BIOS_3.50.0.9-16_CPLD_0x29_PIC_v20P), HASupported Upgradable");
        members.Text("modemFirmwareVersion", "");
        members.Text("modemBuildNumber", "");
        members.Text("softwareUpdated", version.Length == 0 ? VeloTime.Never : VeloTime.Text(activated.AddDays(random.Next(90))));
    }

    private void WriteHardware(MemberWriter members, bool isActive, Random random)
    {
        members.Text("selfMacAddress", isActive ? Invented.Mac(random) : "00:00:00:00:00:00");
        members.Text("deviceId", "00000000-0000-0000-0000-000000000000");
        members.Text("logicalId", LogicalId);
        members.Text("serialNumber", SerialNumber);
        members.Text("modelNumber", Model);
        members.Text("deviceFamily", _provisioned is null ? Models[_number % Models.Length].Family : Model.ToUpperInvariant());
        members.Text("lteRegion", Model.Contains("lte", StringComparison.Ordinal) ? "EMEA" : null);
        members.Text("name", Name);
        members.Null("dnsName");
        members.Text("description", _provisioned?.Description ?? (_number % 5 == 2 ? "Line one\r\nline two; \"quoted\"" : ""));
        members.Bit("alertsEnabled", _number % 9 != 8);
        members.Bit("operatorAlertsEnabled", true);
    }

    private void WriteState(MemberWriter members, DateTimeOffset activated, DateTimeOffset contact, bool isActive, Random random)
    {
        members.Text("edgeState", State);
        members.Text("edgeStateTime", VeloTime.Never);
        members.Bit("isLive", State is "CONNECTED" && _number % 11 == 4);
        members.Text("systemUpSince", isActive ? VeloTime.Text(activated.AddDays(1)) : VeloTime.Never);

        // The zone is missing from some of the times, and is UTC there too.
        var up = activated.AddDays(1).AddSeconds(131);
        members.Text("serviceUpSince", !isActive ? VeloTime.Never : _number % 7 == 3 ? VeloTime.WithoutZone(up) : VeloTime.Text(up));
        members.Text("lastContact", isActive ? VeloTime.Text(contact) : VeloTime.Never);
        members.Text("serviceState", isActive ? _number % 13 == 6 ? "OUT_OF_SERVICE" : "IN_SERVICE" : "PENDING_SERVICE");
        members.Text("endpointPkiMode", "CERTIFICATE_OPTIONAL");
        members.Text("haState", HasHa ? "READY" : "UNCONFIGURED");
        members.Text("haPreviousState", HasHa ? "FAILED" : "UNCONFIGURED");
        members.Text("haLastContact", HasHa ? VeloTime.Text(contact.AddSeconds(-17)) : VeloTime.Never);
        members.Text("haSerialNumber", HasHa ? Invented.Code(random, 7) : null);
        members.Text("bastionState", "UNCONFIGURED");
        members.Text("modified", VeloTime.Text(isActive ? contact : _now));
        members.Text("customInfo", _provisioned?.CustomInfo ?? "");
        members.Text("haMode", HasHa ? _number % 8 == 0 ? "enhanced" : "standard" : null);
    }

    private void WriteHa(MemberWriter members, DateTimeOffset activated, DateTimeOffset contact, string version, string build)
    {
        members.Text("standbySystemUpSince", HasHa ? VeloTime.Text(activated.AddDays(1).AddSeconds(214)) : VeloTime.Never);
        members.Text("standbyServiceUpSince", HasHa ? VeloTime.Text(contact.AddDays(-9)) : VeloTime.NeverInFull);
        members.Text("standbySoftwareVersion", HasHa ? version : null);
        members.Text("standbyFactorySoftwareVersion", HasHa ? "5.0.0" : null);
        members.Text("standbyFactoryBuildNumber", HasHa ? "R5000-20220316-MR-GA" : null);
        members.Text("standbyBuildNumber", HasHa ? build : null);
        members.Text("standbyModelNumber", HasHa ? Model : null);
        members.Null("standbyDeviceId");
        members.Null("haWifiCapabilityMismatch");
    }

    /// <summary>What <c>edge/edgeProvision</c> was told.</summary>
    internal sealed record Provisioning(string Name, string Model, string? SerialNumber, string? Description, string? CustomInfo, Profile Profile);

    private sealed record Codes(string? SerialNumber, string ActivationKey);
}
