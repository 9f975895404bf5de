using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Takes snapshots of virtual machines, or of all virtual machines of vApps.</summary>
[Cmdlet(VerbsCommon.New, "VcdSnapshot", SupportsShouldProcess = true, DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(VcdTask), typeof(VcdSnapshot))]
public sealed class NewVcdSnapshotCommand : VcdSnapshotTaskCmdlet
{
    /// <summary>Keeps the memory of what runs too: reverted to, it runs on.</summary>
    [Parameter]
    public SwitchParameter Memory { get; set; }

    /// <summary>Brings the guests' file systems to rest first, by VMware Tools.</summary>
    [Parameter]
    public SwitchParameter Quiesce { get; set; }

    /// <summary>Gives up the snapshot that there is; without it one is an error.</summary>
    [Parameter]
    public SwitchParameter Replace { get; set; }

    /// <summary>A name; default: the server makes one. No answer of the server tells it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>A description. No answer of the server tells it.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Description { get; set; }

    /// <inheritdoc/>
    private protected override void OnItem(VcdClient client, VcdObject item)
    {
        var title = VcdSnapshotLookup.Title(item);
        var address = VcdSnapshotLookup.Address(item);
        if (ShouldProcess($"{title} at {client.Session.Server.Authority}", Replace ? "Take a snapshot in the place of the present one" : "Take a snapshot"))
        {
            Start(
                client,
                $"Taking a snapshot of {title}",
                item,
                (c, token) => BesideOthersAsync(c, VcdSnapshotLookup.VApp(item), title, () => c.NewSnapshotAsync(address, Name, Description, Memory, Quiesce, Replace, token), token),
                async (c, _, token) => await c.GetSnapshotsAsync(address, (item as VcdVM)?.VApp, token).ConfigureAwait(false));
        }
    }
}
