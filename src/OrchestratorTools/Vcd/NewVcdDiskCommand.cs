using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Makes an independent disk in a virtual data center.</summary>
[Cmdlet(VerbsCommon.New, "VcdDisk", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdDisk))]
public sealed class NewVcdDiskCommand : VcdTaskCmdlet
{
    private static readonly VcdCondition OfVApps = new("isVAppTemplate") { Values = ["false"] };

    /// <summary>The name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = string.Empty;

    /// <summary>The size, bytes: 10GB. From API 33.0 on whole megabytes.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateRange(1, long.MaxValue)]
    public long Size { get; set; }

    /// <summary>The virtual data center: a name, or what Get-VcdVdc returned.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdVdcCompleter))]
    [ValidateNotNull]
    public VcdVdcArgument? Vdc { get; set; }

    /// <summary>The description.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Description { get; set; }

    /// <summary>The bus; default: that of the controller, else the server's choice (SCSI).</summary>
    [Parameter]
    public VcdDiskBus? BusType { get; set; }

    /// <summary>The controller; default: the server's choice.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdDiskControllerCompleter))]
    [ValidateNotNullOrEmpty]
    public string? BusSubType { get; set; }

    /// <summary>The storage profile: a name, or what Get-VcdStorageProfile returned; default: that of the virtual data center.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdStorageProfile>))]
    [ValidateNotNull]
    public VcdStorageProfileArgument? StorageProfile { get; set; }

    /// <summary>The virtual machine that the disk is to be near: a name, or what Get-VcdVM returned.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdVM>))]
    [ValidateNotNull]
    public VcdVMArgument? Locality { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (BusSubType is not null && VcdNewDisk.Controllers.TryGetValue(BusSubType, out var bus))
        {
            if (BusType is { } other && other != bus)
            {
                ThrowBadParameter(nameof(BusSubType), BusSubType, $"it is a controller of the bus {bus}, and -BusType is {other}.");
            }

            // As the schema spells it.
            BusSubType = VcdNewDisk.Controllers.Keys.First(k => string.Equals(k, BusSubType, StringComparison.OrdinalIgnoreCase));
            BusType = bus;
        }
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
        => Attempt(
            () =>
            {
                var source = Vdc!.Source ?? Locality?.Source ?? StorageProfile?.Source;
                var session = SessionOf(source, Locality?.Source);
                _ = SessionOf(source, StorageProfile?.Source);
                var client = ClientFor(session, Vdc.Source, Locality?.Source, StorageProfile?.Source);
                var vdc = Await(token => VcdLookup.OneAsync<VcdVdc>(client, Vdc, nameof(Vdc), [], token));
                var disk = new VcdNewDisk(Name, Size)
                {
                    Description = Description,
                    Bus = BusType,
                    BusSubType = BusSubType,
                    StorageProfile = StorageProfile is null ? null : Await(token => VcdLookup.OneAsync(client, StorageProfile, nameof(StorageProfile), VcdLookup.In(new VcdVdcArgument(vdc)), null, token)).Href,
                    Near = Locality is null ? null : Await(token => VcdLookup.OneAsync(client, Locality, nameof(Locality), [OfVApps], static v => v.IsInTemplate is not true, token)).Href,
                };
                if (ShouldProcess($"virtual data center '{vdc.Name}' at {session.Server.Authority}", string.Create(CultureInfo.InvariantCulture, $"Make disk '{Name}' of {Size} bytes")))
                {
                    Start(client, $"Making disk '{Name}'", Name, (c, token) => c.NewDiskAsync(vdc.Href, disk, token), (c, change, token) => MadeAsync(c, change, vdc, token));
                }
            },
            Name);

    private static async Task<object?> MadeAsync(VcdClient client, VcdChange change, VcdVdc vdc, CancellationToken cancellationToken)
    {
        var href = change.Href ?? change.Location ?? throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.Protocol, "The server made the disk and does not say where it is.") { RecommendedAction = "Get-VcdDisk lists the disks." };
        var disk = await client.GetEntityAsync<VcdDisk>(href, cancellationToken).ConfigureAwait(false);
        disk.Vdc ??= vdc.Name;
        return disk;
    }
}
