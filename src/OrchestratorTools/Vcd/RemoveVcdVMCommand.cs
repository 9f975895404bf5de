using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Removes virtual machines from their vApps: those of one vApp together.</summary>
[Cmdlet(VerbsCommon.Remove, "VcdVM", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(VcdTask))]
public sealed class RemoveVcdVMCommand : VcdVMTaskCmdlet
{
    private readonly List<Group> _groups = [];

    /// <summary>A machine that is deployed is undeployed first: it is powered off.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void OnVM(VcdClient client, VcdVM vm)
    {
        // What is asked about is what there is now: a list may be old, and nothing is removed or powered off that the question did not name.
        var (now, deployed) = Await(token => client.GetRemovableVMAsync(vm.Href.Length > 0 ? vm.Href : vm.Id, Force, token));
        if (!ShouldProcess(
            $"virtual machine '{now.Name}' ({now.Status}{(now.IsDeployed is true ? ", deployed" : string.Empty)}){(vm.VApp is { } vapp ? $" of vApp '{vapp}'" : string.Empty)} at {client.Session.Server.Authority}",
            deployed ? "Power off, undeploy and remove; it cannot be undone" : "Remove; it cannot be undone"))
        {
            return;
        }

        var group = _groups.Find(g => ReferenceEquals(g.Client.Session, client.Session) && g.Client.Tenant == client.Tenant && now.VAppHref is not null && VcdObject.IsSame(g.VApp, now.VAppHref));
        if (group is null)
        {
            group = new Group(client, now.VAppHref);
            _groups.Add(group);
        }

        if (!group.Machines.Exists(m => VcdObject.IsSame(m.Machine.Href, now.Href)))
        {
            group.Machines.Add((vm.VApp is null ? now : vm, now.Href, deployed));
        }
    }

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        // A vApp has one task at a time: its machines are one piece of work.
        foreach (var group in _groups)
        {
            var machines = group.Machines.Select(m => (m.Href, m.Undeploy)).ToArray();
            Start(
                group.Client,
                machines.Length == 1 ? $"Removing virtual machine '{group.Machines[0].Machine.Name}'" : string.Create(CultureInfo.InvariantCulture, $"Removing {machines.Length} virtual machines of vApp '{group.Machines[0].Machine.VApp}'"),
                machines.Length == 1 ? group.Machines[0].Machine : group.Machines.Select(m => m.Machine).ToArray(),
                (c, token) => c.RemoveMachinesAsync(group.VApp, machines, Longest, token));
        }

        base.OnEnd();
    }

    /// <summary>What one vApp loses.</summary>
    private sealed record Group(VcdClient Client, string? VApp)
    {
        public List<(VcdVM Machine, string Href, bool Undeploy)> Machines { get; } = [];
    }
}
