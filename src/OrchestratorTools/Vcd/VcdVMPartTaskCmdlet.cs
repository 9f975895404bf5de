using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>
/// The base of the cmdlets that change parts of virtual machines: disks, network adapters. They come piped, or are named with their machine. What is to be done with one machine goes in one request when all is known: a machine
/// has one task at a time.
/// </summary>
/// <typeparam name="TPart">The class of the parts.</typeparam>
public abstract class VcdVMPartTaskCmdlet<TPart> : VcdTaskCmdlet
    where TPart : ServerObject
{
    /// <summary>The usual parameter set: parts that are named with their machine.</summary>
    private protected const string NameSet = "Name";

    /// <summary>The parameter set of parts that are piped.</summary>
    private protected const string ObjectSet = "Object";

    private static readonly VcdCondition OfVApps = new("isVAppTemplate") { Values = ["false"] };
    private readonly List<Group> _groups = [];

    private protected VcdVMPartTaskCmdlet() => ThrottleLimit = 8;

    /// <summary>The virtual machines: names, wildcards, ids, or what Get-VcdVM returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdVM>))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdVMArgument[] VM { get; set; } = [];

    /// <summary>The vApp that they are in, where names are given.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VcdVAppCompleter))]
    [ValidateNotNull]
    public VcdVAppArgument? VApp { get; set; }

    /// <summary>The parts, as the cmdlet that shows them returned them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [ValidateNotNullOrEmpty]
    public TPart[] InputObject { get; set; } = [];

    /// <summary>The machine that a part belongs to.</summary>
    private protected abstract VcdVM MachineOf(TPart part);

    /// <summary>The parts of a machine that are named; throws where one of the names means nothing.</summary>
    private protected abstract IEnumerable<TPart> Named(VcdClient client, VcdVM vm);

    /// <summary>What is done with a part, for the question, and the change; null where it is as it should be already. Throws where it is not possible.</summary>
    private protected abstract (string Action, object Change)? Plan(VcdClient client, VcdVM vm, TPart part);

    /// <summary>Sends what is to be done with one machine.</summary>
    private protected abstract Task<VcdChange> SendAsync(VcdClient client, string href, IReadOnlyList<object> changes, CancellationToken cancellationToken);

    /// <summary>Reads the parts as they are then; null where nothing is left of them.</summary>
    private protected abstract Func<VcdClient, VcdChange, CancellationToken, Task<object?>>? Afterwards(VcdVM vm, IReadOnlyList<object> changes);

    /// <summary>What is done, to be read after a Ctrl+C: "Changing disks".</summary>
    private protected abstract string Doing { get; }

    /// <inheritdoc/>
    private protected sealed override void OnRecord()
    {
        if (ParameterSetName == ObjectSet)
        {
            foreach (var part in InputObject)
            {
                Attempt(() => Note(ClientFor(SessionOf(part), part), MachineOf(part), part), part);
            }

            return;
        }

        foreach (var argument in VM)
        {
            Attempt(
                () =>
                {
                    var source = argument.Source ?? VApp?.Source;
                    var client = ClientFor(SessionOf(source), source);
                    foreach (var vm in Await(token => VcdLookup.ManyAsync(client, argument, nameof(VM), [OfVApps, .. VcdLookup.In(VApp)], v => v.IsInTemplate is not true, token)))
                    {
                        Attempt(
                            () =>
                            {
                                foreach (var part in Named(client, vm))
                                {
                                    Attempt(() => Note(client, MachineOf(part), part), part);
                                }
                            },
                            vm);
                    }
                },
                argument.Item ?? (object)argument.Text);
        }
    }

    /// <inheritdoc/>
    private protected sealed override void OnEnd()
    {
        foreach (var group in _groups)
        {
            var changes = group.Changes.ToArray();
            Start(group.Client, $"{Doing} of virtual machine '{group.VM.Name}'", group.VM, (c, token) => SendAsync(c, group.VM.Href, changes, token), Afterwards(group.VM, changes));
        }

        base.OnEnd();
    }

    private void Note(VcdClient client, VcdVM vm, TPart part)
    {
        if (vm.IsInTemplate is true)
        {
            throw VcdMachineChecks.OfTemplate(vm);
        }

        if (Plan(client, vm, part) is not (var action, var change))
        {
            WriteVerbose($"'{part}' of virtual machine '{vm.Name}' is already as it should be; nothing is sent.");
            WriteObject(part);
            return;
        }

        if (!ShouldProcess(VcdMachineChecks.Described(client, vm), action))
        {
            return;
        }

        var group = _groups.Find(g => ReferenceEquals(g.Client.Session, client.Session) && g.Client.Tenant == client.Tenant && VcdObject.IsSame(g.VM.Href, vm.Href));
        if (group is null)
        {
            group = new Group(client, vm);
            _groups.Add(group);
        }

        group.Changes.Add(change);
    }

    /// <summary>What is done with one machine.</summary>
    private sealed record Group(VcdClient Client, VcdVM VM)
    {
        public List<object> Changes { get; } = [];
    }
}
