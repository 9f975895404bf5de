using System.Collections;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Completes what belongs to the virtual machine that is typed already: its disks.</summary>
internal class VcdVMPartCompleter : VcdCompleter
{
    /// <inheritdoc/>
    private protected sealed override async Task<IReadOnlyList<string>> AskAsync(VcdSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        var client = new VcdClient(session, SilentObserver.Instance);
        var vm = bound["VM"] switch
        {
            VcdVM item => item,
            PSObject { BaseObject: VcdVM item } => item,
            string name => await OneAsync(client, name, bound["VApp"], cancellationToken).ConfigureAwait(false),
            _ => null,
        };
        return await NamesAsync(client, vm, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    private protected sealed override string KeyOf(IDictionary bound) => $"{NameOf(bound["VM"])}|{NameOf(bound["VApp"])}";

    /// <summary>The names; the machine is null where none is typed.</summary>
    private protected virtual async Task<IReadOnlyList<string>> NamesAsync(VcdClient client, VcdVM? vm, CancellationToken cancellationToken)
        => vm is null ? [] : (await client.GetVMDisksAsync(vm, cancellationToken).ConfigureAwait(false)).Select(d => d.Name).ToArray();

    private static async Task<VcdVM> OneAsync(VcdClient client, string name, object? vapp, CancellationToken cancellationToken)
        => await VcdLookup.OneAsync(client, new VcdVMArgument(name), "VM", vapp is string text ? VcdLookup.In(new VcdVAppArgument(text)) : [], v => v.IsInTemplate is not true, cancellationToken).ConfigureAwait(false);
}

/// <summary>Completes the networks that the adapters of the virtual machine that is typed can be attached to; where none is typed, the networks of the organization.</summary>
internal sealed class VcdAdapterNetworkCompleter : VcdVMPartCompleter
{
    /// <inheritdoc/>
    private protected override async Task<IReadOnlyList<string>> NamesAsync(VcdClient client, VcdVM? vm, CancellationToken cancellationToken)
        => vm is null
            ? await NamesAsync(client.ListAsync<VcdNetwork>(new VcdListing(), cancellationToken), cancellationToken).ConfigureAwait(false)
            : [.. await client.GetNetworksOfAsync(vm, cancellationToken).ConfigureAwait(false), VcdNetworkCardChange.NoNetwork];
}
