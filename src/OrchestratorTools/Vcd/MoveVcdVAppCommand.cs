using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Moves vApps to another virtual data center of their organization: as they are, or, where that is allowed, by a copy whose source is removed.</summary>
[Cmdlet(VerbsCommon.Move, "VcdVApp", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdVApp))]
public sealed class MoveVcdVAppCommand : VcdTaskCmdlet
{
    /// <summary>The vApps: names, wildcards, ids, or what Get-VcdVApp returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdVAppCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdVAppArgument[] VApp { get; set; } = [];

    /// <summary>The virtual data center that they move to: a name, or what Get-VcdVdc returned.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(VcdVdcCompleter))]
    [ValidateNotNull]
    public VcdVdcArgument? Vdc { get; set; }

    /// <summary>Which networks of that virtual data center stand for those of the vApp: a table of the vApp's networks, or one for all. Default: the same ones, and those of the same names.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdNetwork>))]
    [ValidateNotNull]
    public VcdNetworkMapArgument? Network { get; set; }

    /// <summary>The storage profile of all its virtual machines there; default: the one of the same name as they have, else the virtual data center's.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdStorageProfile>))]
    [ValidateNotNull]
    public VcdStorageProfileArgument? StorageProfile { get; set; }

    /// <summary>Moves by a copy whose source is removed, as all versions can: the vApp has to be undeployed, and it and its virtual machines get new ids.</summary>
    [Parameter]
    public SwitchParameter AllowNewIdentity { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var argument in VApp)
        {
            Attempt(
                () =>
                {
                    var session = SessionOf(argument.Source, Vdc!.Source ?? Network?.Source ?? StorageProfile?.Source);
                    var client = ClientFor(session, argument.Source, Vdc.Source);
                    var vdc = Await(token => VcdLookup.OneAsync<VcdVdc>(client, Vdc, nameof(Vdc), [], token));
                    foreach (var vapp in Await(token => VcdLookup.ManyAsync<VcdVApp>(client, argument, nameof(VApp), [], token)))
                    {
                        Attempt(() => Move(client, vapp, vdc), vapp);
                    }
                },
                argument.VApp ?? (object)argument.Name);
        }
    }

    private void Move(VcdClient client, VcdVApp vapp, VcdVdc vdc)
    {
        var move = new VcdVAppCopy
        {
            Href = vapp.Href.Length > 0 ? vapp.Href : vapp.Id,
            VdcHref = vdc.Href,
            Networks = Network?.Mappings ?? [],
            StorageProfile = StorageProfile?.Reference,
            RemovesSource = AllowNewIdentity,
        };
        var plan = Await(token => AllowNewIdentity ? client.PlanCopyAsync(move, token) : client.PlanMoveAsync(move, token));
        var machines = string.Create(CultureInfo.InvariantCulture, $"{plan.NumberOfVMs} virtual machine{(plan.NumberOfVMs == 1 ? string.Empty : "s")}");
        if (ShouldProcess(
            $"vApp '{vapp.Name}'{(vapp.Vdc is { } from ? $" of virtual data center '{from}'" : string.Empty)} at {client.Session.Server.Authority}",
            AllowNewIdentity ? $"Copy to virtual data center '{plan.Vdc}' and remove it here ({machines}; all get new ids)" : $"Move to virtual data center '{plan.Vdc}' ({machines})"))
        {
            Start(
                client,
                $"Moving vApp '{vapp.Name}' to virtual data center '{plan.Vdc}'",
                vapp,
                (c, token) => c.MakeVAppAsync(plan, token),
                async (c, change, token) => await c.VAppOfAsync(change, plan, token).ConfigureAwait(false),
                failed: AllowNewIdentity ? (c, change, e, token) => c.RemainsOfAsync(e, change, plan, false, Longest, token) : null);
        }
    }
}
