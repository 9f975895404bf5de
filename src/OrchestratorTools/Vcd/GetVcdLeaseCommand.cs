using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Shows how long vApps may run and be kept, and how long templates are kept.</summary>
[Cmdlet(VerbsCommon.Get, "VcdLease", DefaultParameterSetName = VAppSet)]
[OutputType(typeof(VcdLease))]
public sealed class GetVcdLeaseCommand : VcdVAppShowingCmdlet
{
    private const string VAppSet = "VApp";
    private const string TemplateSet = "Template";

    /// <summary>The vApps: names, wildcards, ids, or what Get-VcdVApp returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = VAppSet)]
    [ArgumentCompleter(typeof(VcdVAppCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public override VcdVAppArgument[] VApp { get; set; } = [];

    /// <summary>vApp templates: names, wildcards, ids, or what Get-VcdTemplate returned.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = TemplateSet)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdTemplate>))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdTemplateArgument[] Template { get; set; } = [];

    /// <summary>The virtual data center that the vApps are in, where names are given.</summary>
    [Parameter(ParameterSetName = VAppSet)]
    [ArgumentCompleter(typeof(VcdVdcCompleter))]
    [ValidateNotNull]
    public override VcdVdcArgument? Vdc { get; set; }

    /// <inheritdoc/>
    private protected override void OnVApp(VcdClient client, VcdVApp vapp) => Show(client, vapp);

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        base.OnRecord();
        foreach (var argument in Template)
        {
            Attempt(
                () =>
                {
                    foreach (var session in Sessions(argument.Source ?? Organization?.Organization))
                    {
                        var client = ClientFor(session, argument.Source);
                        foreach (var template in Await(token => VcdLookup.ManyAsync(client, argument, nameof(Template), [], null, token)))
                        {
                            Attempt(() => Show(client, template), template);
                        }
                    }
                },
                argument.Item ?? (object)argument.Text);
        }
    }

    private void Show(VcdClient client, VcdObject item)
        => WriteObject(Await(token => client.GetLeaseAsync(item.Href.Length > 0 ? item.Href : item.Id, VcdEntities.KindOf(item.GetType())!, token)));
}
