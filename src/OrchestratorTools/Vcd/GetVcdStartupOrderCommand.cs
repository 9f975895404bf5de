using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Shows when and how the machines of vApps are started and stopped.</summary>
[Cmdlet(VerbsCommon.Get, "VcdStartupOrder")]
[OutputType(typeof(VcdStartupOrder))]
public sealed class GetVcdStartupOrderCommand : VcdShowingCmdlet
{
    /// <summary>The vApps: names, wildcards, ids, or what Get-VcdVApp returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdVAppCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdVAppArgument[] VApp { get; set; } = [];

    /// <summary>Only these virtual machines: names, wildcards.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdVM>))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? VM { get; set; }

    /// <summary>The virtual data center that the vApps are in, where names are given.</summary>
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
                    foreach (var session in Sessions(argument.Source ?? Vdc?.Source ?? Organization?.Organization))
                    {
                        var client = ClientFor(session, argument.Source ?? Vdc?.Source);
                        foreach (var vapp in Await(token => VcdLookup.ManyAsync<VcdVApp>(client, argument, nameof(VApp), VcdLookup.In(Vdc), token)))
                        {
                            Attempt(() => Show(client, vapp), vapp);
                        }
                    }
                },
                argument.VApp ?? (object)argument.Name);
        }
    }

    private void Show(VcdClient client, VcdVApp vapp)
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
