using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Saves pictures of the screens of running virtual machines.</summary>
[Cmdlet(VerbsData.Save, "VcdScreenshot", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class SaveVcdScreenshotCommand : VcdChangingCmdlet
{
    private static readonly VcdCondition OfVApps = new("isVAppTemplate") { Values = ["false"] };
    private readonly HashSet<string> _written = new(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    /// <summary>The virtual machines: names, wildcards, ids, or what Get-VcdVM returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdVM>))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdVMArgument[] VM { get; set; } = [];

    /// <summary>The file to write, or a folder: then each file is called as its virtual machine. The folder of the file is made where it is missing.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The vApp that they are in, where names are given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdVAppCompleter))]
    [ValidateNotNull]
    public VcdVAppArgument? VApp { get; set; }

    /// <summary>Overwrites a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var argument in VM)
        {
            Attempt(
                () =>
                {
                    var source = argument.Source ?? VApp?.Source;
                    var client = ClientFor(SessionOf(source), source);
                    foreach (var vm in Await(token => VcdLookup.ManyAsync<VcdVM>(client, argument, nameof(VM), [OfVApps, .. VcdLookup.In(VApp)], static v => v.IsInTemplate is not true, token)))
                    {
                        Attempt(() => Save(client, vm), vm);
                    }
                },
                argument.Item ?? (object)argument.Text);
        }
    }

    private void Save(VcdClient client, VcdVM vm)
    {
        var file = FileOf(vm);
        if (_written.Contains(file))
        {
            throw Unfit($"the file '{file}' was written right before, for another virtual machine; give a folder, or a file for each");
        }

        if (Directory.Exists(file))
        {
            throw Unfit($"'{file}' is a folder");
        }

        if (File.Exists(file) && !Force)
        {
            throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.Conflict, $"-Path '{Path}': the file '{file}' exists already. Nothing was asked of the server.") { RecommendedAction = "Choose another name, or overwrite it with -Force." };
        }

        if (!ShouldProcess($"virtual machine '{vm.Name}'{(vm.VApp is { } vapp ? $" of vApp '{vapp}'" : string.Empty)} at {client.Session.Server.Authority}", $"Save the screen as '{file}'"))
        {
            return;
        }

        var picture = Await(token => client.GetScreenAsync(vm, token));
        var unfinished = $"{file}.{Guid.NewGuid():N}";
        try
        {
            // Whole, or not at all: who looks at the folder meanwhile never sees half a picture.
            Directory.CreateDirectory(global::System.IO.Path.GetDirectoryName(file)!);
            File.WriteAllBytes(unfinished, picture);
            File.Move(unfinished, file, Force);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(unfinished))
            {
                File.Delete(unfinished);
            }

            throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.Validation, $"-Path '{Path}': '{file}' cannot be written: {e.Message}", e);
        }

        _written.Add(file);
        WriteObject(InvokeProvider.Item.Get([file], force: true, literalPath: true), enumerateCollection: true);
    }

    private string FileOf(VcdVM vm)
    {
        string path;
        ProviderInfo provider;
        try
        {
            path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path, out provider, out _);
        }
        catch (Exception e) when (e is ProviderNotFoundException or global::System.Management.Automation.DriveNotFoundException or PSArgumentException)
        {
            throw Unfit("there is no such drive", e);
        }

        return provider.Name is not "FileSystem" ? throw Unfit("this is no place in the file system")
            : global::System.IO.Path.EndsInDirectorySeparator(Path) || Directory.Exists(path) ? global::System.IO.Path.Combine(path, DownloadNames.FileNameOf(vm.Name) + ".png")
            : path;
    }

    private OrchestratorApiException Unfit(string why, Exception? e = null)
        => new(OrchestratorSystem.Vcd, OrchestratorErrorKind.Validation, $"-Path '{Path}': {why}.", e);
}
