using System.Management.Automation;
using System.Reflection;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Changes networks of vApps.</summary>
[Cmdlet(VerbsCommon.Set, "VcdVAppNetwork", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(VcdTask), typeof(VcdVAppNetwork))]
public sealed class SetVcdVAppNetworkCommand : VcdVAppNetworkPlanCmdlet
{
    // What a question names: the parameters that say what the network is to be like.
    private static readonly HashSet<string> Settings = typeof(VcdVAppNetworkPlanCmdlet).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>The vApps: names, wildcards, ids, or what Get-VcdVApp returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VcdVAppCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdVAppArgument[] VApp { get; set; } = [];

    /// <summary>Names of networks of the vApps; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VcdVAppNetworkCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>The networks, as Get-VcdVAppNetwork returned them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = NetworkSet)]
    [ValidateNotNullOrEmpty]
    public VcdVAppNetwork[] InputObject { get; set; } = [];

    /// <summary>The virtual data center that the vApps are in, where names are given.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VcdVdcCompleter))]
    [ValidateNotNull]
    public VcdVdcArgument? Vdc { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (PlanOf() == new VcdVAppNetworkPlan())
        {
            ThrowBadParameter(nameof(Description), null, "there is nothing to change; say what the network is to be like.");
        }
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
        => Choose(InputObject, VApp, Name, Vdc, "Set " + string.Join(", ", MyInvocation.BoundParameters.Keys.Where(Settings.Contains).Order(StringComparer.Ordinal)));

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        var plan = PlanOf();
        foreach (var (client, href, vapp, networks) in Chosen)
        {
            Start(
                client,
                $"Changing {networks.Count} network{(networks.Count > 1 ? "s" : string.Empty)} of vApp '{vapp}'",
                vapp,
                (c, token) => c.SetVAppNetworksAsync(href, networks, plan, token),
                async (c, _, token) => (await c.GetVAppNetworksAsync(href, token).ConfigureAwait(false)).Where(n => networks.Contains(n.Name, StringComparer.Ordinal)).ToArray());
        }

        base.OnEnd();
    }
}
