using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Adds virtual machines to a vApp: copies of others, others themselves, or a blank one; all that are piped in one request.</summary>
[Cmdlet(VerbsCommon.Add, "VcdVM", DefaultParameterSetName = MachineSet, SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdVM))]
public sealed class AddVcdVMCommand : VcdTaskCmdlet
{
    private const string MachineSet = "SourceVM";
    private const string TemplateSet = "Template";
    private const string BlankSet = "Blank";
    private const int Step = 4 * 1024 * 1024;
    private readonly List<string> _machines = [];
    private readonly List<string> _templates = [];
    private VcdClient? _client;
    private VcdVApp? _vapp;
    private bool _failed;

    /// <summary>The vApp: its name or id, or what Get-VcdVApp returned.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(VcdVAppCompleter))]
    [ValidateNotNull]
    public VcdVAppArgument? VApp { get; set; }

    /// <summary>Virtual machines of vApps and templates: names, wildcards, ids, or what Get-VcdVM returned.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ParameterSetName = MachineSet)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdVM>))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdVMArgument[] SourceVM { get; set; } = [];

    /// <summary>vApp templates, all of whose virtual machines are copied: names, ids, or what Get-VcdTemplate returned.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = TemplateSet)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdTemplate>))]
    [ValidateNotNullOrEmpty]
    public VcdTemplateArgument[] Template { get; set; } = [];

    /// <summary>The catalog that the templates are in, where names are given.</summary>
    [Parameter(ParameterSetName = TemplateSet)]
    [ArgumentCompleter(typeof(VcdCatalogCompleter))]
    [ValidateNotNull]
    public VcdCatalogArgument? Catalog { get; set; }

    /// <summary>The virtual data center that the vApp is in, where its name is given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdVdcCompleter))]
    [ValidateNotNull]
    public VcdVdcArgument? Vdc { get; set; }

    /// <summary>What the new virtual machine is called; unique in the vApp. Default: as its source.</summary>
    [Parameter(ParameterSetName = MachineSet)]
    [Parameter(ParameterSetName = TemplateSet)]
    [Parameter(Mandatory = true, ParameterSetName = BlankSet)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The description; default: the source's.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Description { get; set; }

    /// <summary>The computer name of the only virtual machine, or a table of machines and names. It customizes their guests.</summary>
    [Parameter]
    [ValidateNotNull]
    public VcdComputerNameArgument? ComputerName { get; set; }

    /// <summary>Which networks of the vApp the network cards are connected to.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdNetwork>))]
    [ValidateNotNull]
    public VcdNetworkMapArgument? Network { get; set; }

    /// <summary>The storage profile of the new virtual machines: a name, or what Get-VcdStorageProfile returned; default: the one that they have in the source, or the virtual data center's.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdStorageProfile>))]
    [ValidateNotNull]
    public VcdStorageProfileArgument? StorageProfile { get; set; }

    /// <summary>Accepts the licences of the templates.</summary>
    [Parameter(ParameterSetName = MachineSet)]
    [Parameter(ParameterSetName = TemplateSet)]
    public SwitchParameter AcceptEula { get; set; }

    /// <summary>The virtual machines leave the vApps that they are in.</summary>
    [Parameter(ParameterSetName = MachineSet)]
    public SwitchParameter Move { get; set; }

    /// <summary>VMware's word for the guest's operating system: debian11_64Guest. It makes a virtual machine of nothing.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BlankSet)]
    [ValidateNotNullOrEmpty]
    public string? GuestOs { get; set; }

    /// <summary>How many virtual CPUs; default 1.</summary>
    [Parameter(ParameterSetName = BlankSet)]
    [ValidateRange(1, int.MaxValue)]
    public int NumberOfCpus { get; set; } = 1;

    /// <summary>How many of them on one socket; default: the server's choice.</summary>
    [Parameter(ParameterSetName = BlankSet)]
    [ValidateRange(1, int.MaxValue)]
    public int? CoresPerSocket { get; set; }

    /// <summary>Memory in bytes (4GB); a multiple of 4 MB.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BlankSet)]
    [ValidateRange(1, long.MaxValue)]
    public long Memory { get; set; }

    /// <summary>The number of the virtual hardware's version, 19 of vmx-19; default: the highest that the virtual data center has.</summary>
    [Parameter(ParameterSetName = BlankSet)]
    [ValidateRange(1, 999)]
    public int? HardwareVersion { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (ParameterSetName != BlankSet)
        {
            return;
        }

        if (Memory % Step != 0)
        {
            ThrowBadParameter(nameof(Memory), Memory, string.Create(CultureInfo.InvariantCulture, $"it is no multiple of 4 MB; {Memory / Step * Step} and {((Memory / Step) + 1) * Step} are the nearest."));
        }

        if (CoresPerSocket is { } cores && NumberOfCpus % cores != 0)
        {
            ThrowBadParameter(nameof(CoresPerSocket), cores, string.Create(CultureInfo.InvariantCulture, $"{NumberOfCpus} CPUs do not make whole sockets of it."));
        }
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var argument in SourceVM)
        {
            Collect(argument.Source, argument.Item ?? (object)argument.Text, client =>
                _machines.AddRange(Await(token => VcdLookup.ManyAsync(client, argument, nameof(SourceVM), [], null, token)).Select(m => m.Href).Where(h => !_machines.Contains(h, StringComparer.Ordinal))));
        }

        foreach (var argument in Template)
        {
            Collect(argument.Source, argument.Item ?? (object)argument.Text, client =>
                _templates.Add(Await(token => VcdLookup.OneAsync(client, argument, nameof(Template), VcdLookup.In(Catalog), null, token)).Href));
        }

        if (ParameterSetName == BlankSet)
        {
            Collect(null, Name!, _ => { });
        }
    }

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        // All machines or none: a vApp that has half of them is worse than one that has none of them yet.
        if (_client is not null && _vapp is not null && !_failed)
        {
            Attempt(Add, _vapp);
        }

        base.OnEnd();
    }

    private void Collect(object? source, object target, Action<VcdClient> find)
    {
        var found = false;
        Attempt(
            () =>
            {
                var sources = new[] { VApp!.Source, source, Vdc?.Source, Network?.Source, StorageProfile?.Source, Catalog?.Source }.OfType<object>().ToArray();
                foreach (var other in sources.Skip(1))
                {
                    _ = SessionOf(sources[0], other);
                }

                _client ??= ClientFor(SessionOf(sources.FirstOrDefault()), sources);
                _vapp ??= Await(token => VcdLookup.OneAsync<VcdVApp>(_client, VApp, nameof(VApp), VcdLookup.In(Vdc), token));
                find(_client);
                found = true;
            },
            target);
        _failed |= !found;
    }

    private void Add()
    {
        var (client, vapp) = (_client!, _vapp!);
        var href = vapp.Href.Length > 0 ? vapp.Href : vapp.Id;
        var recipe = new VcdMachineRecipe
        {
            VAppHref = href,
            Templates = _templates,
            VMs = _machines,
            Blank = ParameterSetName == BlankSet ? new VcdBlankMachine(GuestOs!, NumberOfCpus, CoresPerSocket, Memory, HardwareVersion) : null,
            Name = Name,
            Description = Description,
            Networks = Network?.Mappings ?? [],
            ComputerNames = ComputerName?.Names ?? new Dictionary<string, string>(StringComparer.Ordinal),
            StorageProfile = StorageProfile?.Reference,
            AcceptsEula = AcceptEula,
            Moves = Move,
        };
        var (plan, names) = Await(token => client.PlanMachinesAsync(recipe, token));
        foreach (var warning in plan.Warnings)
        {
            WriteWarning(warning);
        }

        var what = string.Create(CultureInfo.InvariantCulture, $"{(names.Count == 1 ? "virtual machine" : $"{names.Count} virtual machines")} {string.Join(", ", names.Select(n => $"'{n}'"))}");
        if (ShouldProcess($"vApp '{plan.Name}'{(plan.Vdc.Length > 0 ? $" of virtual data center '{plan.Vdc}'" : string.Empty)} at {client.Session.Server.Authority}", $"{(Move ? "Move" : "Add")} {what}"))
        {
            Start(client, $"Adding {what} to vApp '{plan.Name}'", vapp, (c, token) => c.MakeVAppAsync(plan, token), async (c, _, token) => await c.GetMachinesAsync(href, names, token).ConfigureAwait(false));
        }
    }
}
