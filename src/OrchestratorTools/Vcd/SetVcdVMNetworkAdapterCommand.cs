using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Changes network adapters of virtual machines: network, address, MAC address, type, whether they are plugged in, which is the primary one.</summary>
[Cmdlet(VerbsCommon.Set, "VcdVMNetworkAdapter", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdNetworkCard))]
public sealed class SetVcdVMNetworkAdapterCommand : VcdVMNetworkAdapterTaskCmdlet, IVcdAdapterSettings
{
    private readonly Dictionary<string, IReadOnlyList<string>> _networks = new(StringComparer.Ordinal);
    private VcdAdapterWishes _wishes = new();
    private int _adapters;

    /// <summary>A network of the machine's vApp, or 'none'.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdAdapterNetworkCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Network { get; set; }

    /// <summary>How it gets its address: Pool, Dhcp, Manual (with -IPAddress) or None.</summary>
    [Parameter]
    public VcdIPAddressMode Mode { get; set; }

    /// <summary>The address; -Mode Manual goes without saying. For one adapter only.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? IPAddress { get; set; }

    /// <summary>The MAC address. For one adapter only.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? MacAddress { get; set; }

    /// <summary>The kind of adapter, from API 5.11 on.</summary>
    [Parameter]
    public VcdAdapterType AdapterType { get; set; }

    /// <summary>It is plugged in; -Connected:$false pulls the plug.</summary>
    [Parameter]
    public SwitchParameter Connected { get; set; }

    /// <summary>It becomes the primary adapter, whose address counts as the machine's.</summary>
    [Parameter]
    public SwitchParameter Primary { get; set; }

    /// <inheritdoc/>
    private protected override string Doing => "Changing network adapters";

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _wishes = VcdAdapterWishes.Of(this, MyInvocation.BoundParameters);
        if (_wishes == new VcdAdapterWishes())
        {
            ThrowBadParameter(nameof(Network), null, "there is nothing to change; what is to be changed is needed, such as -Network or -IPAddress.");
        }

        if (_wishes.Contradiction() is { } wrong)
        {
            ThrowBadParameter(wrong.Parameter, wrong.Value, wrong.Wanted);
        }
    }

    /// <inheritdoc/>
    private protected override (string Action, object Change)? Plan(VcdClient client, VcdVM vm, VcdNetworkCard part)
    {
        if (_wishes.TooFewAddresses(++_adapters) is { } wrong)
        {
            ThrowBadParameter(wrong.Parameter, wrong.Value, wrong.Wanted);
        }

        VcdMachineChecks.NotSuspended(vm, "network adapters");
        var (words, change) = _wishes.Plan(part.Index, part, vm, () => NetworksOf(client, vm));
        return words.Count == 0 ? null : ($"Set network adapter {part.Index}: {string.Join(", ", words)}", change);
    }

    /// <inheritdoc/>
    private protected override Func<VcdClient, VcdChange, CancellationToken, Task<object?>> Afterwards(VcdVM vm, IReadOnlyList<object> changes)
        => async (client, _, token) => (await client.GetNetworkCardsAsync(vm, token).ConfigureAwait(false)).Where(n => changes.Cast<VcdNetworkCardChange>().Any(c => c.Index == n.Index)).ToArray();

    private IReadOnlyList<string> NetworksOf(VcdClient client, VcdVM vm)
    {
        var key = $"{client.Session.ConnectionName}|{vm.VAppHref}";
        if (!_networks.TryGetValue(key, out var networks))
        {
            _networks[key] = networks = Await(token => client.GetNetworksOfAsync(vm, token));
        }

        return networks;
    }
}
