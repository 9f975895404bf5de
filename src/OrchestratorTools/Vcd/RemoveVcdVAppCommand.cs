using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Removes vApps with their machines.</summary>
[Cmdlet(VerbsCommon.Remove, "VcdVApp", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(VcdTask))]
public sealed class RemoveVcdVAppCommand : VcdVAppTaskCmdlet
{
    /// <summary>A vApp that is deployed is undeployed first: its machines are powered off.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void OnVApp(VcdClient client, VcdVApp vapp)
    {
        // What is asked about is what there is now: a list may be old, and nothing is removed or powered off that the question did not name.
        var (now, deployed) = Await(token => client.GetRemovableVAppAsync(vapp.Href.Length > 0 ? vapp.Href : vapp.Id, Force, token));
        now.Vdc ??= vapp.Vdc;
        if (ShouldProcess(
            $"vApp '{now.Name}' ({now.Status}{(now.IsDeployed is true ? ", deployed" : string.Empty)}, {now.VMs.Count} virtual machine{(now.VMs.Count == 1 ? string.Empty : "s")}){(now.Vdc is { } vdc ? $" of virtual data center '{vdc}'" : string.Empty)} at {client.Session.Server.Authority}",
            deployed ? "Power off, undeploy and remove; it cannot be undone" : "Remove; it cannot be undone"))
        {
            Start(client, $"Removing vApp '{now.Name}'", vapp, (c, token) => c.RemoveVAppAsync(now.Href, deployed, Longest, token));
        }
    }
}
