using System.Text.Json;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>
/// A configuration: a profile of an enterprise, the edge's own part of its configuration, or a profile of the operator. In the shape of <c>configuration/getConfiguration</c>; its
/// modules are invented when they are first asked for. Safe for many threads.
/// </summary>
internal sealed class Profile : ServerRecord
{
    /// <summary>The profiles that every enterprise has.</summary>
    public static readonly IReadOnlyList<string> Names = ["Quick Start Profile", "Branches", "Hubs & \"Data Centers\""];

    private readonly object _lock = new();
    private readonly DateTimeOffset _created;
    private readonly IReadOnlyList<(string Name, byte[] Data)>? _copied;
    private IReadOnlyList<ConfigurationModule>? _modules;
    private int _lastModule;

    public Profile(int id, string name, DateTimeOffset created, Profile? source = null)
    {
        _created = created;
        Id = id;
        Name = name;
        Modified = created;
        _copied = source?.Modules.Select(m => (m.Name, m.Data.ToArray())).ToList();
        Description = source?.Description;
    }

    public int Id { get; }

    public string Name { get; private set; }

    public string LogicalId => Invented.LogicalId("configuration", Id);

    public string? Description { get; init; }

    /// <summary>Whose it is; null for the operator's.</summary>
    public Enterprise? Enterprise { get; init; }

    /// <summary>The edge whose own part it is; null for a profile.</summary>
    public Edge? Edge { get; init; }

    public bool IsOperators => Enterprise is null;

    public DateTimeOffset Modified { get; private set; }

    /// <summary>The modules, by id.</summary>
    public IReadOnlyList<ConfigurationModule> Modules
    {
        get
        {
            if (Volatile.Read(ref _modules) is { } modules)
                return modules;

            lock (_lock)
            {
                return _modules ??= Invent();
            }
        }
    }

    public ConfigurationModule? Module(string name) => Modules.FirstOrDefault(m => string.Equals(m.Name, name, StringComparison.Ordinal));

    /// <summary>Adds a module; null where one of that name is there.</summary>
    public ConfigurationModule? Insert(string name, ReadOnlyMemory<byte> data, string? description, string? version, DateTimeOffset now)
    {
        lock (_lock)
        {
            var modules = _modules ??= Invent();
            if (modules.Any(m => string.Equals(m.Name, name, StringComparison.Ordinal)))
                return null;

            var module = new ConfigurationModule(this, ModuleId(++_lastModule), name, data, now) { Description = description, GivenVersion = version };
            _modules = [.. modules, module];
            Touch(now);
            return module;
        }
    }

    /// <summary>Notes that it, or a module of it, was changed.</summary>
    public void Touch(DateTimeOffset now)
    {
        Modified = now;
        Refresh();
    }

    /// <inheritdoc/>
    protected override void OnChanged(string member, JsonElement value)
    {
        if (member is "name")
            Name = value.GetString()!;
    }

    /// <inheritdoc/>
    protected override void Write(MemberWriter members)
    {
        members.Number("id", Id);
        members.Text("created", VeloTime.Text(_created));
        members.Text("name", Name);
        members.Text("logicalId", LogicalId);
        members.Text("version", "0");
        members.Text("description", Description);
        members.Text("configurationType", "SEGMENT_BASED");
        members.Text("bastionState", "UNCONFIGURED");
        members.Text("schemaVersion", "3.0.0");
        members.Text("effective", VeloTime.Never);
        members.Text("modified", VeloTime.Text(Modified));
        members.Bit("isStaging", false);
    }

    private int ModuleId(int number) => (Id * 20) + number;

    private List<ConfigurationModule> Invent()
    {
        var all = _copied ?? ModuleData.Invent(this);
        List<ConfigurationModule> modules = [.. all.Select((m, i) => new ConfigurationModule(this, ModuleId(i + 1), m.Name, m.Data, _created))];
        _lastModule = modules.Count;
        return modules;
    }
}
