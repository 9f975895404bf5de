using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Reverts virtual machines, or all virtual machines of vApps, to their snapshots.</summary>
[Cmdlet(VerbsData.Restore, "VcdSnapshot", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(VcdTask), typeof(VcdVApp), typeof(VcdVM))]
public sealed class RestoreVcdSnapshotCommand : VcdSnapshotTaskCmdlet
{
    /// <inheritdoc/>
    private protected override void OnItem(VcdClient client, VcdObject item)
    {
        var title = VcdSnapshotLookup.Title(item);
        if (ShouldProcess($"{title} at {client.Session.Server.Authority}", VcdOperations.RevertToSnapshot.Verb))
        {
            Start(client, VcdOperations.RevertToSnapshot.DoneTo(title), item, (c, token) => BesideOthersAsync(c, VcdSnapshotLookup.VApp(item), title, () => c.OperateAsync(VcdSnapshotLookup.Address(item), VcdOperations.RevertToSnapshot, token), token), Finished(item));
        }
    }
}
