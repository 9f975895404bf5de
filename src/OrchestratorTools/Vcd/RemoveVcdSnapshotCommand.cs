using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Removes the snapshots of virtual machines, or of all virtual machines of vApps; the machines stay as they are now.</summary>
[Cmdlet(VerbsCommon.Remove, "VcdSnapshot", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(VcdTask))]
public sealed class RemoveVcdSnapshotCommand : VcdSnapshotTaskCmdlet
{
    /// <inheritdoc/>
    private protected override void OnItem(VcdClient client, VcdObject item)
    {
        var title = VcdSnapshotLookup.Title(item);
        if (ShouldProcess($"{title} at {client.Session.Server.Authority}", VcdOperations.RemoveSnapshots.Verb))
        {
            Start(client, VcdOperations.RemoveSnapshots.DoneTo(title), item, (c, token) => BesideOthersAsync(c, VcdSnapshotLookup.VApp(item), title, () => c.OperateAsync(VcdSnapshotLookup.Address(item), VcdOperations.RemoveSnapshots, token), token));
        }
    }
}
