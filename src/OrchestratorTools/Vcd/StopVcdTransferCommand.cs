using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Ends unfinished uploads and removes what is left of them, at the server and on this machine's record.</summary>
[Cmdlet(VerbsLifecycle.Stop, "VcdTransfer", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(VcdTransfer))]
public sealed class StopVcdTransferCommand : VcdChangingCmdlet
{
    /// <summary>The unfinished uploads: names, or what Get-VcdTransfer returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(VcdTransferCompleter))]
    [ValidateNotNullOrEmpty]
    public VcdTransferArgument[] Transfer { get; set; } = [];

    /// <summary>The catalog, where several uploads have the name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdCatalogCompleter))]
    [ValidateNotNull]
    public VcdCatalogArgument? Catalog { get; set; }

    /// <summary>Returns each upload as it was when it was stopped.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var argument in Transfer)
        {
            Attempt(() => Stop(argument), argument.Transfer ?? (object)argument.Name);
        }
    }

    private void Stop(VcdTransferArgument argument)
    {
        var session = SessionOf(argument.Transfer ?? (object?)Catalog?.Catalog);
        var client = ClientFor(session, argument.Transfer, Catalog?.Catalog);
        var transfer = argument.Transfer ?? Await(token => VcdTransferLookup.OneAsync(client, argument.Name, Catalog, token));
        var size = transfer.Size is { } total ? string.Create(CultureInfo.InvariantCulture, $"{transfer.BytesTransferred} of {total} bytes") : string.Create(CultureInfo.InvariantCulture, $"{transfer.BytesTransferred} bytes");
        var what = $"upload of {UploadPlace.TitleOf(transfer.Kind)} '{transfer.Name}' ({transfer.State}, {size}){(transfer.Catalog is { } catalog ? $" in catalog '{catalog}'" : string.Empty)} at {session.Server.Authority}";
        if (!ShouldProcess(what, "Stop it and remove what was sent; it cannot be undone"))
        {
            return;
        }

        Await(token => client.StopTransferAsync(transfer, null, token));
        if (PassThru)
        {
            WriteObject(transfer);
        }
    }
}
