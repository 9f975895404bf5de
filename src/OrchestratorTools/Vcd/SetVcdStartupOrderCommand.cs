using System.Collections;
using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Changes when and how machines are started and stopped with their vApp: those of one vApp in one request.</summary>
[Cmdlet(VerbsCommon.Set, "VcdStartupOrder", DefaultParameterSetName = MachineSet, SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdStartupOrder))]
public sealed class SetVcdStartupOrderCommand : VcdTaskCmdlet
{
    private const string MachineSet = "VM";
    private const string TableSet = "Table";
    private const string ItemSet = "InputObject";
    private readonly List<Group> _groups = [];

    /// <summary>Makes the cmdlet.</summary>
    public SetVcdStartupOrderCommand() => ThrottleLimit = 8;

    /// <summary>The vApps: names, wildcards, ids, or what Get-VcdVApp returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = MachineSet)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = TableSet)]
    [ArgumentCompleter(typeof(VcdVAppCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdVAppArgument[] VApp { get; set; } = [];

    /// <summary>The virtual machines in them: names, wildcards.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = MachineSet)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdVM>))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] VM { get; set; } = [];

    /// <summary>Several machines, by their names: the order's number, or a table of Order, StartAction, StartDelay, StopAction and StopDelay.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TableSet)]
    [ValidateNotNullOrEmpty]
    public IDictionary Table { get; set; } = new Hashtable();

    /// <summary>What Get-VcdStartupOrder returned.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ItemSet)]
    [ValidateNotNullOrEmpty]
    public VcdStartupOrder[] InputObject { get; set; } = [];

    /// <summary>The number: machines are started from the lowest on, those of one number together, and stopped the other way round.</summary>
    [Parameter(ParameterSetName = MachineSet)]
    [Parameter(ParameterSetName = ItemSet)]
    [ValidateRange(0, ushort.MaxValue)]
    public int? Order { get; set; }

    /// <summary>What becomes of it when the vApp is started.</summary>
    [Parameter(ParameterSetName = MachineSet)]
    [Parameter(ParameterSetName = ItemSet)]
    public VcdStartAction? StartAction { get; set; }

    /// <summary>Seconds until the next number's turn to start.</summary>
    [Parameter(ParameterSetName = MachineSet)]
    [Parameter(ParameterSetName = ItemSet)]
    [ValidateRange(0, ushort.MaxValue)]
    public int? StartDelay { get; set; }

    /// <summary>What becomes of it when the vApp is stopped.</summary>
    [Parameter(ParameterSetName = MachineSet)]
    [Parameter(ParameterSetName = ItemSet)]
    public VcdStopAction? StopAction { get; set; }

    /// <summary>Seconds until the next number's turn to stop.</summary>
    [Parameter(ParameterSetName = MachineSet)]
    [Parameter(ParameterSetName = ItemSet)]
    [ValidateRange(0, ushort.MaxValue)]
    public int? StopDelay { get; set; }

    /// <summary>The virtual data center that the vApps are in, where names are given.</summary>
    [Parameter(ParameterSetName = MachineSet)]
    [Parameter(ParameterSetName = TableSet)]
    [ArgumentCompleter(typeof(VcdVdcCompleter))]
    [ValidateNotNull]
    public VcdVdcArgument? Vdc { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (ParameterSetName != TableSet && Given == new VcdStartupChange())
        {
            ThrowBadParameter(nameof(Order), null, "there is nothing to change; -Order, -StartAction, -StartDelay, -StopAction or -StopDelay is needed.");
        }
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (ParameterSetName == ItemSet)
        {
            foreach (var item in InputObject)
            {
                Attempt(() => Note(ClientFor(SessionOf(item), item), item.Href, item.VApp, item, [new(item.VM, Given)]), item);
            }

            return;
        }

        foreach (var argument in VApp)
        {
            Attempt(
                () =>
                {
                    var source = argument.Source ?? Vdc?.Source;
                    var client = ClientFor(SessionOf(source), source);
                    foreach (var vapp in Await(token => VcdLookup.ManyAsync<VcdVApp>(client, argument, nameof(VApp), VcdLookup.In(Vdc), token)))
                    {
                        Attempt(() => Note(client, vapp.Href.Length > 0 ? vapp.Href : vapp.Id, vapp.Name, vapp, Changes(client, vapp)), vapp);
                    }
                },
                argument.VApp ?? (object)argument.Name);
        }
    }

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        // A vApp has one section: what is to be changed of its machines is one request.
        foreach (var group in _groups)
        {
            var changes = group.Changes;
            Start(
                group.Client,
                $"Changing the startup order of vApp '{group.VApp}'",
                group.Target,
                (c, token) => c.SetStartupOrderAsync(group.Href, changes, token),
                async (c, _, token) => (await c.GetStartupOrderAsync(group.Href, token).ConfigureAwait(false)).Where(i => changes.ContainsKey(i.VM)).ToArray());
        }

        base.OnEnd();
    }

    private VcdStartupChange Given => new() { Order = Order, StartAction = StartAction, StartDelay = StartDelay, StopAction = StopAction, StopDelay = StopDelay };

    // Nothing is changed of a vApp where one of the names is wrong.
    private KeyValuePair<string, VcdStartupChange>[] Changes(VcdClient client, VcdVApp vapp)
    {
        var present = Await(token => client.GetMachineNamesAsync(vapp.Href.Length > 0 ? vapp.Href : vapp.Id, token));
        var wanted = ParameterSetName == TableSet ? Entries() : VM.Select(name => new KeyValuePair<string, VcdStartupChange>(name, Given)).ToArray();
        var changes = new Dictionary<string, VcdStartupChange>(StringComparer.Ordinal);
        foreach (var (name, change) in wanted)
        {
            var names = new VcdNames([name]);
            var found = ParameterSetName == TableSet || present.Contains(name, StringComparer.Ordinal) ? present.Where(n => n == name).ToArray() : present.Where(names.Means).ToArray();
            if (found.Length == 0)
            {
                throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.NotFound, $"-{(ParameterSetName == TableSet ? nameof(Table) : nameof(VM))} '{name}': vApp '{vapp.Name}' has no such virtual machine; it has {(present.Count == 0 ? "none" : string.Join(", ", present.Select(n => $"'{n}'")))}. Nothing was sent.")
                {
                    RecommendedAction = "Get-VcdStartupOrder shows the machines of a vApp by their names.",
                };
            }

            foreach (var machine in found)
            {
                changes[machine] = change;
            }
        }

        return [.. changes];
    }

    private KeyValuePair<string, VcdStartupChange>[] Entries()
    {
        var entries = new List<KeyValuePair<string, VcdStartupChange>>();
        foreach (DictionaryEntry entry in Table)
        {
            var name = Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? string.Empty;
            entries.Add(new(name, Change(name, entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value)));
        }

        return [.. entries];
    }

    private VcdStartupChange Change(string name, object? value)
    {
        if (value is not IDictionary table)
        {
            return new VcdStartupChange { Order = Number(name, nameof(Order), value) };
        }

        var change = new VcdStartupChange();
        foreach (DictionaryEntry entry in table)
        {
            change = Convert.ToString(entry.Key, CultureInfo.InvariantCulture)?.ToUpperInvariant() switch
            {
                "ORDER" => change with { Order = Number(name, nameof(Order), entry.Value) },
                "STARTDELAY" => change with { StartDelay = Number(name, nameof(StartDelay), entry.Value) },
                "STOPDELAY" => change with { StopDelay = Number(name, nameof(StopDelay), entry.Value) },
                "STARTACTION" => change with { StartAction = Word<VcdStartAction>(name, nameof(StartAction), entry.Value) },
                "STOPACTION" => change with { StopAction = Word<VcdStopAction>(name, nameof(StopAction), entry.Value) },
                _ => throw Bad(name, $"'{entry.Key}' is none of Order, StartAction, StartDelay, StopAction and StopDelay."),
            };
        }

        return change != new VcdStartupChange() ? change : throw Bad(name, "there is nothing to change; Order, StartAction, StartDelay, StopAction or StopDelay is needed.");
    }

    private OrchestratorApiException Bad(string name, string why)
        => new(OrchestratorSystem.Vcd, OrchestratorErrorKind.Validation, $"-{nameof(Table)} '{name}': {why} Nothing was sent.") { RecommendedAction = "@{ 'db' = 0; 'web' = @{ Order = 1; StartDelay = 60; StopAction = 'GuestShutdown' } }" };

    private int Number(string name, string what, object? value)
        => LanguagePrimitives.TryConvertTo<int>(value, CultureInfo.InvariantCulture, out var number) && value is not null && number is >= 0 and <= ushort.MaxValue ? number : throw Bad(name, $"{what} '{value}' is no whole number from 0 to {ushort.MaxValue}.");

    private T Word<T>(string name, string what, object? value)
        where T : struct, Enum
        => value is not null && LanguagePrimitives.TryConvertTo<T>(value, CultureInfo.InvariantCulture, out var word) && Enum.IsDefined(word) ? word : throw Bad(name, $"{what} '{value}' is none of {string.Join(", ", Enum.GetNames<T>())}.");

    private void Note(VcdClient client, string href, string vapp, object target, KeyValuePair<string, VcdStartupChange>[] changes)
    {
        if (changes.Length == 0)
        {
            return;
        }

        var what = changes.Select(c => c.Value).Distinct().Count() == 1
            ? $"{Described(changes[0].Value)} for {string.Join(", ", changes.Select(c => $"'{c.Key}'"))}"
            : string.Join("; ", changes.Select(c => $"{Described(c.Value)} for '{c.Key}'"));
        if (!ShouldProcess($"startup order of vApp '{vapp}' at {client.Session.Server.Authority}", "Set " + what))
        {
            return;
        }

        var group = _groups.Find(g => ReferenceEquals(g.Client.Session, client.Session) && g.Client.Tenant == client.Tenant && string.Equals(g.Href, href, StringComparison.Ordinal));
        if (group is null)
        {
            group = new Group(client, href, vapp, target);
            _groups.Add(group);
        }

        foreach (var (name, change) in changes)
        {
            group.Changes[name] = change;
        }
    }

    private static string Described(VcdStartupChange change) => string.Join(", ", new[]
    {
        change.Order is { } order ? string.Create(CultureInfo.InvariantCulture, $"order {order}") : null,
        change.StartAction is { } start ? $"start action {start}" : null,
        change.StartDelay is { } startDelay ? string.Create(CultureInfo.InvariantCulture, $"start delay {startDelay} s") : null,
        change.StopAction is { } stop ? $"stop action {stop}" : null,
        change.StopDelay is { } stopDelay ? string.Create(CultureInfo.InvariantCulture, $"stop delay {stopDelay} s") : null,
    }.OfType<string>());

    /// <summary>What is to be changed of one vApp.</summary>
    private sealed record Group(VcdClient Client, string Href, string VApp, object Target)
    {
        public Dictionary<string, VcdStartupChange> Changes { get; } = new(StringComparer.Ordinal);
    }
}
