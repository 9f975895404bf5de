using System.Globalization;
using System.Text.Json;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>A module of a configuration: <c>firewall</c>, <c>QOS</c>, <c>deviceSettings</c>, <c>WAN</c> and so on. Its data is replaced as a whole. Safe for many threads.</summary>
internal sealed class ConfigurationModule(Profile configuration, int id, string name, ReadOnlyMemory<byte> data, DateTimeOffset created) : ServerRecord
{
    private readonly object _lock = new();
    private ReadOnlyMemory<byte> _data = data;
    private DateTimeOffset? _modified;
    private long _version;

    private long Version => _version == 0 ? created.ToUnixTimeMilliseconds() : _version;

    public int Id => id;

    public Profile Configuration => configuration;

    /// <summary>Which module: the name is one of the definition's.</summary>
    public string Name => name;

    public string? Description { get; init; }

    /// <summary>The version that whoever inserted it gave it; it holds until the first change.</summary>
    public string? GivenVersion { get; init; }

    /// <summary>The data, as UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> Data
    {
        get
        {
            lock (_lock)
            {
                return _data;
            }
        }
    }

    /// <summary>Replaces the data; the version goes up, always.</summary>
    public void Replace(JsonElement value, DateTimeOffset now)
    {
        lock (_lock)
        {
            _data = JsonSerializer.SerializeToUtf8Bytes(value);
        }

        Note(now);
    }

    /// <summary>Changes what stands beside the data.</summary>
    public void ChangeMember(string member, JsonElement value, DateTimeOffset now)
    {
        Change(member, value);
        Note(now);
    }

    /// <inheritdoc/>
    protected override void Write(MemberWriter members)
    {
        members.Number("id", id);
        members.Text("created", VeloTime.Text(created));
        members.Text("effective", VeloTime.Never);
        members.Text("name", name);
        members.Text("type", configuration.IsOperators ? "OPERATOR" : "ENTERPRISE");
        members.Text("description", Description);
        members.Text("schemaVersion", "3.0.0");
        lock (_lock)
        {
            members.Text("version", _version == 0 && GivenVersion is not null ? GivenVersion : Version.ToString(CultureInfo.InvariantCulture));
            members.Raw("data", _data);
            members.Number("configurationId", configuration.Id);
            members.Text("modified", VeloTime.Text(_modified ?? created));
        }
    }

    /// <summary>The record's own lock is taken after this one was left: rendering takes them the other way round.</summary>
    private void Note(DateTimeOffset now)
    {
        lock (_lock)
        {
            _version = Math.Max(Version + 1, now.ToUnixTimeMilliseconds());
            _modified = now;
        }

        Refresh();
        configuration.Touch(now);
    }
}
