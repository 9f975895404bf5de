using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>The base of the cmdlets that show something of virtual machines.</summary>
public abstract class VcdVMShowingCmdlet : VcdShowingCmdlet
{
    private static readonly VcdCondition OfVApps = new("isVAppTemplate") { Values = ["false"] };

    /// <summary>The virtual machines: names, wildcards, ids, or what Get-VcdVM returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdVM>))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public virtual VcdVMArgument[] VM { get; set; } = [];

    /// <summary>The vApp that they are in, where names are given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdVAppCompleter))]
    [ValidateNotNull]
    public VcdVAppArgument? VApp { get; set; }

    /// <summary>What else the list of virtual machines is narrowed by, where a wildcard is given.</summary>
    private protected virtual IReadOnlyList<VcdCondition> Conditions => [];

    /// <summary>One of the virtual machines that are meant.</summary>
    private protected abstract void OnVM(VcdClient client, VcdVM vm);

    /// <inheritdoc/>
    private protected override void OnRecord() => ForEach(VM);

    /// <summary>Does it for each of the virtual machines that arguments mean; one that fails is an error, and the next goes on.</summary>
    private protected void ForEach(IEnumerable<VcdVMArgument> arguments)
    {
        foreach (var argument in arguments)
        {
            Attempt(
                () =>
                {
                    var source = argument.Source ?? VApp?.Source ?? Organization?.Organization;
                    foreach (var session in Sessions(source))
                    {
                        var client = ClientFor(session, argument.Source ?? VApp?.Source);
                        foreach (var vm in Await(token => VcdLookup.ManyAsync<VcdVM>(client, argument, nameof(VM), [OfVApps, .. VcdLookup.In(VApp), .. argument.Item is null ? Conditions : []], static v => v.IsInTemplate is not true, token)))
                        {
                            Attempt(() => OnVM(client, vm), vm);
                        }
                    }
                },
                argument.Item ?? (object)argument.Text);
        }
    }
}
