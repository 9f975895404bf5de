using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Shows when and how the machines of vApps are started and stopped.</summary>
[Cmdlet(VerbsCommon.Get, "VcdStartupOrder")]
[OutputType(typeof(VcdStartupOrder))]
public sealed class GetVcdStartupOrderCommand : VcdVAppShowingCmdlet
{
    /// <summary>Only these virtual machines: names, wildcards.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdVM>))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? VM { get; set; }

    /// <inheritdoc/>
    private protected override void OnVApp(VcdClient client, VcdVApp vapp)
    {
        var names = new VcdNames(VM ?? ["*"]);
        foreach (var item in Await(token => client.GetStartupOrderAsync(vapp.Href.Length > 0 ? vapp.Href : vapp.Id, token)))
        {
            if (names.Means(item.VM))
            {
                WriteObject(item);
            }
        }

        WriteNotFound(names, "virtual machine", nameof(VM), $" in vApp '{vapp.Name}'");
    }
}
