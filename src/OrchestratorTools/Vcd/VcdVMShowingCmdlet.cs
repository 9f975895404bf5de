using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>The base of the cmdlets that show what virtual machines are made of: of vApps by name, of templates too where they are piped.</summary>
public abstract class VcdVMShowingCmdlet : VcdShowingCmdlet
{
    private static readonly VcdCondition OfVApps = new("isVAppTemplate") { Values = ["false"] };

    /// <summary>The virtual machines: names, wildcards, ids, or what Get-VcdVM returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdVM>))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdVMArgument[] VM { get; set; } = [];

    /// <summary>The vApp that they are in, where names are given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdVAppCompleter))]
    [ValidateNotNull]
    public VcdVAppArgument? VApp { get; set; }

    /// <summary>One of the virtual machines that are meant. From the pipeline's thread; an OrchestratorApiException becomes the machine's error, and the next one goes on.</summary>
    private protected abstract void OnVM(VcdClient client, VcdVM vm);

    /// <inheritdoc/>
    private protected sealed override void OnRecord()
    {
        foreach (var argument in VM)
        {
            Attempt(
                () =>
                {
                    var source = argument.Source ?? VApp?.Source;
                    foreach (var session in Sessions(source ?? Organization?.Organization))
                    {
                        var client = ClientFor(session, source);
                        foreach (var vm in Await(token => VcdLookup.ManyAsync(client, argument, nameof(VM), [OfVApps, .. VcdLookup.In(VApp)], null, token)))
                        {
                            Attempt(() => OnVM(client, vm), vm);
                        }
                    }
                },
                argument.Item ?? (object)argument.Text);
        }
    }
}
