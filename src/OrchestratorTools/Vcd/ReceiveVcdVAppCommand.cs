using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Downloads vApps that are undeployed; interrupted, the same command goes on where it stopped.</summary>
[Cmdlet(VerbsCommunications.Receive, "VcdVApp", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ReceiveVcdVAppCommand : VcdReceivePackageCmdlet
{
    /// <summary>The vApps: names, ids, or what Get-VcdVApp returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdVAppCompleter))]
    [ValidateNotNullOrEmpty]
    public VcdVAppArgument[] VApp { get; set; } = [];

    /// <summary>The virtual data center that they are in, where names are given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdVdcCompleter))]
    [ValidateNotNull]
    public VcdVdcArgument? Vdc { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var argument in VApp)
        {
            Attempt(
                () =>
                {
                    var client = ClientFor(SessionOf(argument.VApp ?? Vdc?.Vdc as VcdObject), argument.VApp ?? Vdc?.Vdc as VcdObject);
                    var item = argument.VApp ?? Await(token => VcdLookup.OneAsync(client, new ByText(argument.Name), nameof(VApp), VcdLookup.In(Vdc), null, token));
                    ReceivePackage(client, VcdReceiveKind.VApp, item, item.Vdc is { } vdc ? $" of virtual data center '{vdc}'" : string.Empty);
                },
                argument.VApp ?? (object)argument.Name);
        }
    }

    private sealed class ByText(string text) : VcdItemArgument<VcdVApp>(text, "A vApp is given by its name or id, or as Get-VcdVApp returns it.");
}
