using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>The base of the cmdlets that make vApps: where, what it is stored by, how long it is kept, and what becomes of one whose making fails.</summary>
public abstract class VcdMakingCmdlet : VcdTaskCmdlet
{
    private readonly HashSet<(string Vdc, string Name)> _made = [];

    /// <summary>The virtual data center that it is made in: a name, or what Get-VcdVdc returned.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdVdcCompleter))]
    [ValidateNotNull]
    public VcdVdcArgument? Vdc { get; set; }

    /// <summary>The description.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Description { get; set; }

    /// <summary>Which networks of the virtual data center it is connected to.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdNetwork>))]
    [ValidateNotNull]
    public VcdNetworkMapArgument? Network { get; set; }

    /// <summary>The storage profile of all its virtual machines: a name, or what Get-VcdStorageProfile returned; default: the one that they have in the source, or the virtual data center's.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdStorageProfile>))]
    [ValidateNotNull]
    public VcdStorageProfileArgument? StorageProfile { get; set; }

    /// <summary>How long it may run before it is stopped; zero: without end; default: as long as the organization says.</summary>
    [Parameter]
    public TimeSpan? RuntimeLease { get; set; }

    /// <summary>How long it is kept when it does not run; zero: without end; default: as long as the organization says.</summary>
    [Parameter]
    public TimeSpan? StorageLease { get; set; }

    /// <summary>Powers it on when it is there.</summary>
    [Parameter]
    public SwitchParameter PowerOn { get; set; }

    /// <summary>Removes what is left of it if its task ends badly. It is waited for, then, as with -Wait.</summary>
    [Parameter]
    public SwitchParameter RemoveOnFailure { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        // Nobody can remove what failed without having seen it fail.
        Wait |= RemoveOnFailure;
        base.OnBegin();
        VcdLeases.Check(nameof(RuntimeLease), RuntimeLease, ThrowBadParameter);
        VcdLeases.Check(nameof(StorageLease), StorageLease, ThrowBadParameter);
    }

    /// <summary>Begins what was planned, once the question was answered. Two vApps of one name in one invocation are an error, since the first may not be listed yet when the second is looked at.</summary>
    private protected void Make(VcdClient client, VcdVAppPlan plan, string what, object? target, string question)
    {
        foreach (var warning in plan.Warnings)
        {
            WriteWarning(warning);
        }

        if (!ShouldProcess($"virtual data center '{plan.Vdc}' at {client.Session.Server.Authority}", question))
        {
            return;
        }

        if (!_made.Add((plan.Vdc, plan.Name)))
        {
            throw VcdLeases.Unfit($"-Name '{plan.Name}': this command makes a vApp of that name in virtual data center '{plan.Vdc}' already.", "Leave -Name out to call each as its source.");
        }

        var (removes, longest) = (RemoveOnFailure.ToBool(), Longest);
        Start(
            client,
            what,
            target,
            (c, token) => c.MakeVAppAsync(plan, token),
            async (c, change, token) => await c.VAppOfAsync(change, plan, token).ConfigureAwait(false),
            failed: (c, change, e, token) => c.RemainsOfAsync(e, change, plan, removes, longest, token));
    }
}
