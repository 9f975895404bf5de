using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Lists the snapshots of virtual machines: of all that have one, of those that are named, or of those of vApps.</summary>
[Cmdlet(VerbsCommon.Get, "VcdSnapshot", DefaultParameterSetName = VMSet)]
[OutputType(typeof(VcdSnapshot))]
public sealed class GetVcdSnapshotCommand : VcdShowingCmdlet
{
    private const string ObjectSet = "InputObject";
    private const string VMSet = "VM";

    /// <summary>The virtual machines: names, wildcards, ids, or objects; default: all.</summary>
    [Parameter(Position = 0, ParameterSetName = VMSet)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdVM>))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdVMArgument[]? VM { get; set; }

    /// <summary>The vApps that they are in: names, wildcards, or objects.</summary>
    [Parameter(ParameterSetName = VMSet)]
    [ArgumentCompleter(typeof(VcdVAppCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdVAppArgument[]? VApp { get; set; }

    /// <summary>VApps or virtual machines as Get-VcdVApp and Get-VcdVM return them, or their ids or addresses.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [ValidateNotNullOrEmpty]
    public VcdEntityArgument[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (ParameterSetName is ObjectSet)
        {
            foreach (var argument in InputObject)
            {
                Attempt(() => Each(argument.Source, client => Show(client, Await(token => VcdSnapshotLookup.OneAsync(client, argument, token)))), argument.Item ?? (object)argument.Text);
            }

            return;
        }

        foreach (var argument in VM ?? [new VcdVMArgument("*")])
        {
            Attempt(() => Each(argument.Source ?? VApp?[0].Source, client => Named(client, argument)), argument.Item ?? (object)argument.Text);
        }
    }

    private void Each(object? source, Action<VcdClient> show)
    {
        foreach (var session in Sessions(source ?? Organization?.Organization))
        {
            show(ClientFor(session, source));
        }
    }

    private void Named(VcdClient client, VcdVMArgument argument)
    {
        foreach (var vm in Await(token => VcdSnapshotLookup.MachinesAsync(client, argument, VApp, token)))
        {
            // What was listed a moment ago says whether there is one; an object that was given may be old, and is read.
            if (argument.Item is not null || vm.HasSnapshot is not false)
            {
                Attempt(() => Show(client, vm), vm);
            }
        }
    }

    private void Show(VcdClient client, VcdObject item)
        => WriteObject(Await(token => client.GetSnapshotsAsync(VcdSnapshotLookup.Address(item), (item as VcdVM)?.VApp, token)), enumerateCollection: true);
}
