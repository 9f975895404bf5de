using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <content>Snapshots of virtual machines, and of all machines of a vApp (guide, "Creating and Using vApp Snapshots"; since API 5.1).</content>
public sealed partial class VcdClient
{
    /// <summary>The snapshots of a virtual machine, or of the machines of a vApp.</summary>
    /// <param name="href">The address or id of the virtual machine or vApp.</param>
    /// <param name="vapp">The name of a virtual machine's vApp, which its representation does not tell; null where it is not known.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public async Task<IReadOnlyList<VcdSnapshot>> GetSnapshotsAsync(string href, string? vapp, CancellationToken cancellationToken)
        => SnapshotsOf(await ReadAsync(href, cancellationToken, "VApp", "Vm").ConfigureAwait(false), href, vapp);

    /// <summary>
    /// Takes a snapshot of a virtual machine, or of each machine of a vApp. The server overwrites the snapshots that there are without a word (guide): that is done only where it was asked for; otherwise the error, of kind
    /// WrongState, names them, and nothing is sent.
    /// </summary>
    /// <param name="href">The address or id of the virtual machine or vApp.</param>
    /// <param name="name">A name; null: the server makes one.</param>
    /// <param name="description">A description.</param>
    /// <param name="memory">Whether the guests' memory is kept too.</param>
    /// <param name="quiesce">Whether the guests' file systems are brought to rest first.</param>
    /// <param name="replace">Whether present snapshots are given up.</param>
    /// <param name="cancellationToken">Ends the sending; whether the change was taken is then unknown.</param>
    public async Task<VcdChange> NewSnapshotAsync(string href, string? name, string? description, bool memory, bool quiesce, bool replace, CancellationToken cancellationToken)
    {
        var entity = await ReadAsync(href, cancellationToken, "VApp", "Vm").ConfigureAwait(false);
        if (!replace && SnapshotsOf(entity, href, null) is { Length: > 0 } present)
        {
            throw _session.Error(
                OrchestratorErrorKind.WrongState,
                $"Taking a snapshot of {Titled(entity)} would overwrite {(present.Length == 1 ? "the one that it has" : $"{present.Length} that its virtual machines have")}: {string.Join(", ", present.Take(3).Select(static p => p.ToString()))}{(present.Length > 3 ? ", …" : string.Empty)}. Nothing was sent.",
                "Use -Replace where it may be lost, or Remove-VcdSnapshot.");
        }

        var action = new VcdAction("snapshot:create", "Taking a snapshot")
        {
            ContentType = VcdBodies.SnapshotType,
            Hint = _session.Version! < VcdAssumptions.FirstWithSnapshots ? $"Snapshots need API {VcdAssumptions.FirstWithSnapshots}; this connection speaks {_session.ApiVersion}." : "What has independent disks attached, or is a vApp without virtual machines, has no snapshots.",
        };
        return await ActAsync(entity, action, VcdBodies.Snapshot(name, description, memory, quiesce), cancellationToken).ConfigureAwait(false);
    }

    private VcdSnapshot[] SnapshotsOf(XElement entity, string href, string? vapp)
    {
        var address = VcdXml.Text(entity, "href") ?? href;
        var up = FindLink(entity, "up", "application/vnd.vmware.vcloud.vApp+xml")?.Href;
        var own = VcdXml.ChildOf(VcdXml.Child(entity, "SnapshotSection"), "Snapshot");
        if (entity.Name.LocalName is "Vm")
        {
            return own is null ? [] : [Own(new VcdSnapshot(own, NameOf(entity), address, vapp, up))];
        }

        // The vApp's own section sums up what its machines' sections say; it counts where a server leaves those out.
        var ofMachines = VcdXml.Children(VcdXml.Child(entity, "Children"), "Vm")
            .Select(vm => (VM: vm, Snapshot: VcdXml.ChildOf(VcdXml.Child(vm, "SnapshotSection"), "Snapshot")))
            .Where(x => x.Snapshot is not null)
            .Select(x => Own(new VcdSnapshot(x.Snapshot!, NameOf(x.VM), VcdXml.Text(x.VM, "href") ?? string.Empty, NameOf(entity), address)))
            .ToArray();
        return ofMachines.Length > 0 ? ofMachines : own is null ? [] : [Own(new VcdSnapshot(own, null, address, NameOf(entity), address))];
    }
}
