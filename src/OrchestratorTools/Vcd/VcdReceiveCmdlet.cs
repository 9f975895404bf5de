using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>The base of the cmdlets that receive files from a server, one thing after the other.</summary>
public abstract class VcdReceiveCmdlet : VcdChangingCmdlet
{
    private VcdReceive? _running;
    private VcdTransferProgress _reached;
    private int _items;

    /// <summary>The folder to write into; made where it is missing. Default: the present location.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>The name to write under; default: the thing's own. For one thing only.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Overwrites what exists, and unfinished downloads that this machine has no record of.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        base.StopProcessing();
        if (_running is { } download)
        {
            var reached = _reached is { AllDone: > 0 } at ? string.Create(CultureInfo.InvariantCulture, $" after about {at.AllDone}{(at.AllTotal > 0 ? $" of {at.AllTotal}" : string.Empty)} bytes") : string.Empty;
            try
            {
                // The pipeline takes no more records; the host still shows a line.
                Host.UI.WriteWarningLine($"The download of '{download.Name}' was stopped{reached}. The same command goes on with what is there, where the server can send a part.");
            }
            catch (Exception e) when (e is HostException or NotImplementedException or InvalidOperationException)
            {
                // A host without a screen is told nothing.
            }
        }
    }

    /// <summary>Receives one thing and writes the file that came of it.</summary>
    /// <param name="client">The server, and for which organization.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="item">The thing.</param>
    /// <param name="where">Where it is, for questions and bars: " of catalog 'x'".</param>
    /// <param name="more">What else is wanted.</param>
    private protected void Receive(VcdClient client, VcdReceiveKind kind, VcdObject item, string where, Func<VcdReceive, VcdReceive>? more = null)
    {
        _items++;
        if (_items > 1 && Name is not null)
        {
            ThrowBadParameter(nameof(Name), Name, "one name is for one thing; leave -Name out to give each its own.");
        }

        var bar = new TransferBar(this, $"Receiving '{item.Name}'{where}");
        var receive = new VcdReceive
        {
            Kind = kind,
            Href = item.Href,
            Name = item.Name,
            Folder = Folder(),
            FileName = FileNameOf(item),
            Force = Force,
            Preparing = bar.Preparing,
            Progress = progress =>
            {
                _reached = progress;
                bar.Moved(progress);
            },
        };
        receive = more?.Invoke(receive) ?? receive;
        if (!ShouldProcess($"{VcdEntities.TitleOf(item.GetType())} '{item.Name}'{where} at {client.Session.Server.Authority}", $"Receive into '{receive.Folder}' as '{receive.FileName}{(receive.Format is VcdPackageFormat.Ova ? ".ova" : string.Empty)}'"))
        {
            return;
        }

        string path;
        _reached = default;
        _running = receive;
        try
        {
            path = Await(token => client.ReceiveAsync(receive, token));
        }
        finally
        {
            _running = null;
            bar.Close();
        }

        // As Get-Item gives it: with the properties by which the next cmdlet takes a file.
        WriteObject(InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);
    }

    /// <summary>What -Name may end in although the file gets it anyway.</summary>
    private protected virtual string? Extension => null;

    private string Folder()
    {
        if (Destination is null)
        {
            return SessionState.Path.CurrentFileSystemLocation.ProviderPath;
        }

        string path;
        ProviderInfo provider;
        try
        {
            path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Destination, out provider, out _);
        }
        catch (Exception e) when (e is ProviderNotFoundException or global::System.Management.Automation.DriveNotFoundException or PSArgumentException)
        {
            throw Unfit("there is no such drive", e);
        }

        return provider.Name is not "FileSystem" ? throw Unfit("this is no folder of the file system", null)
            : File.Exists(path) ? throw Unfit("this is a file; a folder is needed", null)
            : path;
    }

    private string FileNameOf(VcdObject item)
    {
        if (Name is null)
        {
            return DownloadNames.FileNameOf(item.Name);
        }

        if (DownloadNames.FileNameOf(Name) != Name)
        {
            ThrowBadParameter(nameof(Name), Name, "a name of a file that every system takes is needed; the folder is given with -Destination.");
        }

        return Extension is { } extension && Name.Length > extension.Length && Name.EndsWith(extension, StringComparison.OrdinalIgnoreCase) ? Name[..^extension.Length] : Name;
    }

    private OrchestratorApiException Unfit(string what, Exception? inner)
        => new(OrchestratorSystem.Vcd, OrchestratorErrorKind.LocalFile, $"-Destination '{Destination}': {what}.", inner) { RecommendedAction = "Check -Destination." };
}
