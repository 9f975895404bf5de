using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Adds a network adapter to virtual machines.</summary>
[Cmdlet(VerbsCommon.New, "VcdVMNetworkAdapter", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdNetworkCard))]
public sealed class NewVcdVMNetworkAdapterCommand : VcdVMTaskCmdlet, IVcdAdapterSettings
{
    private VcdAdapterWishes _wishes = new();
    private int _machines;
    private Action? _held;

    /// <summary>A network of the machine's vApp; without it, or with 'none', the adapter is at none.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(VcdAdapterNetworkCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Network { get; set; }

    /// <summary>How it gets its address: Pool (the usual one), Dhcp, Manual (with -IPAddress) or None.</summary>
    [Parameter]
    public VcdIPAddressMode Mode { get; set; }

    /// <summary>The address; -Mode Manual goes without saying. For one machine only.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? IPAddress { get; set; }

    /// <summary>The MAC address; without it the server gives one. For one machine only.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? MacAddress { get; set; }

    /// <summary>The kind of adapter, from API 5.11 on; without it the server chooses.</summary>
    [Parameter]
    public VcdAdapterType AdapterType { get; set; }

    /// <summary>It is plugged in, as it is anyway where a network is named; -Connected:$false leaves the plug out.</summary>
    [Parameter]
    public SwitchParameter Connected { get; set; }

    /// <summary>It becomes the primary adapter, whose address counts as the machine's.</summary>
    [Parameter]
    public SwitchParameter Primary { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _wishes = VcdAdapterWishes.Of(this, MyInvocation.BoundParameters);
        if (_wishes.Contradiction() is { } wrong)
        {
            ThrowBadParameter(wrong.Parameter, wrong.Value, wrong.Wanted);
        }
    }

    /// <inheritdoc/>
    private protected override void OnVM(VcdClient client, VcdVM vm)
    {
        if (_wishes.TooFewAddresses(++_machines) is { } wrong)
        {
            ThrowBadParameter(wrong.Parameter, wrong.Value, wrong.Wanted);
        }

        var href = vm.Href.Length > 0 ? vm.Href : vm.Id;
        var now = Await(token => client.GetEntityAsync<VcdVM>(href, token));
        now.VApp ??= vm.VApp;
        now.VAppHref ??= vm.VAppHref;
        VcdMachineChecks.NotSuspended(now, "network adapters");

        // The lowest number that is free: the server counts places, the first has 0.
        var index = Enumerable.Range(0, int.MaxValue).First(n => now.NetworkCards.All(c => c.Index != n));
        var (words, change) = _wishes.Plan(index, null, now, () => Await(token => client.GetNetworksOfAsync(now, token)));
        if (!ShouldProcess(Described(client, now), $"Add network adapter {index}: {string.Join(", ", words)}"))
        {
            return;
        }

        void Begin() => Start(
            client,
            $"Adding a network adapter to virtual machine '{now.Name}'",
            vm,
            (c, token) => c.ChangeNetworkCardsAsync(href, [change], token),
            async (c, _, token) => (await c.GetNetworkCardsAsync(now, token).ConfigureAwait(false)).Where(n => n.Index == index).ToArray());

        // An address is for one adapter: that no second machine comes is known at the end only.
        if ((IPAddress ?? MacAddress) is not null)
        {
            _held = Begin;
        }
        else
        {
            Begin();
        }
    }

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        _held?.Invoke();
        base.OnEnd();
    }
}
