using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Adds a network to vApps.</summary>
[Cmdlet(VerbsCommon.New, "VcdVAppNetwork", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdVAppNetwork))]
public sealed class NewVcdVAppNetworkCommand : VcdVAppNetworkPlanCmdlet
{
    /// <summary>The vApps: names, wildcards, ids, or what Get-VcdVApp returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdVAppCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdVAppArgument[] VApp { get; set; } = [];

    /// <summary>The name; default: that of the network that it leads to.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The virtual data center that the vApps are in, where names are given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdVdcCompleter))]
    [ValidateNotNull]
    public VcdVdcArgument? Vdc { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (Name is null && ParentNetwork is null)
        {
            ThrowBadParameter(nameof(Name), null, "a network that leads to none has no name by itself; -Name or -ParentNetwork is needed.");
        }
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var plan = PlanOf();
        ForEachVApp(
            VApp,
            Vdc,
            (client, vapp) =>
            {
                var (href, name) = (vapp.Href.Length > 0 ? vapp.Href : vapp.Id, Name ?? ParentNetwork!.Text);
                if (ShouldProcess($"vApp '{vapp.Name}'{(vapp.Vdc is { } vdc ? $" of virtual data center '{vdc}'" : string.Empty)} at {client.Session.Server.Authority}", $"Add network '{name}'"))
                {
                    Start(
                        client,
                        $"Adding network '{name}' to vApp '{vapp.Name}'",
                        vapp,
                        (c, token) => c.NewVAppNetworkAsync(href, Name, plan, token),
                        async (c, _, token) => await MadeAsync(c, href, token).ConfigureAwait(false));
                }
            });
    }

    // Without a name of its own it has that of the network above.
    private async Task<object?> MadeAsync(VcdClient client, string vapp, CancellationToken cancellationToken)
    {
        var networks = await client.GetVAppNetworksAsync(vapp, cancellationToken).ConfigureAwait(false);
        return Name is null ? networks.LastOrDefault(n => n.ParentNetworkHref is { } parent && (ParentNetwork!.Item is { } item ? VcdObject.IsSame(parent, item.Href) : ParentNetwork.IsAddress ? VcdObject.IsSame(parent, ParentNetwork.Text) : string.Equals(n.ParentNetwork, ParentNetwork.Text, StringComparison.OrdinalIgnoreCase)))
            : networks.FirstOrDefault(n => n.Name == Name);
    }
}
