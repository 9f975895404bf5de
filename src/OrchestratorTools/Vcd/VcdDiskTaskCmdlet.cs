using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>The base of the cmdlets that change independent disks, several at once. A cmdlet asks its question and begins the change in <see cref="OnDisk"/>.</summary>
public abstract class VcdDiskTaskCmdlet : VcdTaskCmdlet
{
    private protected VcdDiskTaskCmdlet() => ThrottleLimit = 8;

    /// <summary>The disks: names, wildcards, ids, or what Get-VcdDisk returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdDisk>))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdDiskArgument[] Disk { get; set; } = [];

    /// <summary>The virtual data center that they are in, where names are given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdVdcCompleter))]
    [ValidateNotNull]
    public VcdVdcArgument? Vdc { get; set; }

    /// <summary>One of the disks that are meant. From the pipeline's thread; an OrchestratorApiException becomes the disk's error, and the next one goes on.</summary>
    private protected abstract void OnDisk(VcdClient client, VcdDisk disk);

    /// <inheritdoc/>
    private protected sealed override void OnRecord()
    {
        foreach (var argument in Disk)
        {
            Attempt(
                () =>
                {
                    var source = argument.Source ?? Vdc?.Source;
                    var client = ClientFor(SessionOf(source), source);
                    foreach (var disk in Await(token => VcdLookup.ManyAsync<VcdDisk>(client, argument, nameof(Disk), VcdLookup.In(Vdc), null, token)))
                    {
                        Attempt(() => OnDisk(client, disk), disk);
                    }
                },
                argument.Item ?? (object)argument.Text);
        }
    }

    /// <summary>The disk in a question: "disk 'data' of virtual data center 'x' at host".</summary>
    private protected static string Described(VcdClient client, VcdDisk disk)
        => $"disk '{disk.Name}'{(disk.Vdc is { } vdc ? $" of virtual data center '{vdc}'" : string.Empty)} at {client.Session.Server.Authority}";

    private protected static string AddressOf(VcdObject item) => item.Href.Length > 0 ? item.Href : item.Id;
}
