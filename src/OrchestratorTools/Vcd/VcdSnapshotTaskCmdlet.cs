using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>The base of the cmdlets that change snapshots: of vApps, which means of each of their virtual machines, or of single ones.</summary>
public abstract class VcdSnapshotTaskCmdlet : VcdTaskCmdlet
{
    /// <summary>The parameter set of what is piped.</summary>
    private protected const string ObjectSet = "InputObject";

    /// <summary>The parameter set of vApps by name.</summary>
    private protected const string VAppSet = "VApp";

    /// <summary>The parameter set of virtual machines by name.</summary>
    private protected const string VMSet = "VM";

    /// <summary>More at once than catalogs: a lab is reverted as a whole.</summary>
    private protected VcdSnapshotTaskCmdlet() => ThrottleLimit = 8;

    /// <summary>VApps, virtual machines or snapshots as the Get cmdlets return them, or their ids or addresses.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [ValidateNotNullOrEmpty]
    public VcdEntityArgument[] InputObject { get; set; } = [];

    /// <summary>The vApps: names, wildcards, or objects; with -VM the vApps that the virtual machines are in.</summary>
    [Parameter(Mandatory = true, ParameterSetName = VAppSet)]
    [Parameter(ParameterSetName = VMSet)]
    [ArgumentCompleter(typeof(VcdVAppCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdVAppArgument[]? VApp { get; set; }

    /// <summary>The virtual machines: names, wildcards, ids, or objects.</summary>
    [Parameter(Mandatory = true, ParameterSetName = VMSet)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdVM>))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdVMArgument[]? VM { get; set; }

    /// <summary>One vApp or virtual machine that is meant. From the pipeline's thread.</summary>
    private protected abstract void OnItem(VcdClient client, VcdObject item);

    /// <inheritdoc/>
    private protected sealed override void OnRecord()
    {
        switch (ParameterSetName)
        {
            case VAppSet:
                foreach (var argument in VApp!)
                {
                    Each(argument.Source, argument.VApp ?? (object)argument.Name, (client, token) => VcdLookup.ManyAsync<VcdVApp>(client, argument, nameof(VApp), [], token));
                }

                break;
            case VMSet:
                foreach (var argument in VM!)
                {
                    Each(argument.Source ?? VApp?[0].Source, argument.Item ?? (object)argument.Text, (client, token) => VcdSnapshotLookup.MachinesAsync(client, argument, VApp, token));
                }

                break;
            default:
                foreach (var argument in InputObject)
                {
                    Each(argument.Source, argument.Item ?? (object)argument.Text, async (client, token) => [await VcdSnapshotLookup.OneAsync(client, argument, token).ConfigureAwait(false)]);
                }

                break;
        }
    }

    /// <summary>The vApp or virtual machine as it is afterwards, with what only the list says.</summary>
    private protected static Func<VcdClient, VcdChange, CancellationToken, Task<object?>> Finished(VcdObject item) => async (client, _, token) =>
    {
        var address = VcdSnapshotLookup.Address(item);
        if (item is VcdVM vm)
        {
            var machine = await client.GetEntityAsync<VcdVM>(address, token).ConfigureAwait(false);
            machine.VApp ??= vm.VApp;
            machine.VAppHref ??= vm.VAppHref;
            return machine;
        }

        var vapp = await client.GetEntityAsync<VcdVApp>(address, token).ConfigureAwait(false);
        vapp.Vdc ??= (item as VcdVApp)?.Vdc;
        return vapp;
    };

    private void Each(object? source, object target, Func<VcdClient, CancellationToken, Task<IReadOnlyList<VcdObject>>> find) => Attempt(
        () =>
        {
            var client = ClientFor(SessionOf(source), source);
            foreach (var item in Await(token => find(client, token)))
            {
                Attempt(() => OnItem(client, item), item);
            }
        },
        target);

    private void Each<T>(object? source, object target, Func<VcdClient, CancellationToken, Task<IReadOnlyList<T>>> find)
        where T : VcdObject
        => Each(source, target, async (client, token) => (IReadOnlyList<VcdObject>)await find(client, token).ConfigureAwait(false));
}
