using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>The base of the cmdlets that change virtual machines, several at once. A cmdlet asks its question and begins the change in <see cref="OnVM"/>.</summary>
public abstract class VcdVMTaskCmdlet : VcdTaskCmdlet
{
    private static readonly VcdCondition OfVApps = new("isVAppTemplate") { Values = ["false"] };

    /// <summary>More at once than catalogs: a lab is switched off as a whole.</summary>
    private protected VcdVMTaskCmdlet() => ThrottleLimit = 8;

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
    public virtual VcdVAppArgument? VApp { get; set; }

    /// <summary>One of the virtual machines that are meant. From the pipeline's thread; an OrchestratorApiException becomes the machine's error, and the next one goes on.</summary>
    /// <param name="client">Acts for the organization that is meant.</param>
    /// <param name="vm">The virtual machine as it was piped or found: mostly a record, which has neither links nor sections.</param>
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
                    var client = ClientFor(SessionOf(source), source);
                    foreach (var vm in Await(token => VcdLookup.ManyAsync(client, argument, nameof(VM), [OfVApps, .. VcdLookup.In(VApp)], IsOfVApp, token)))
                    {
                        Attempt(
                            () =>
                            {
                                if (vm.IsInTemplate is true)
                                {
                                    throw NotOfUse(vm, "it belongs to a vApp template, which is never changed; make a vApp of it with New-VcdVApp", nameof(VM));
                                }

                                OnVM(client, vm);
                            },
                            vm);
                    }
                },
                argument.Item ?? (object)argument.Text);
        }
    }

    /// <summary>The virtual machine in a question: "virtual machine 'web-1' of vApp 'web' at host".</summary>
    private protected static string Described(VcdClient client, VcdVM vm)
        => $"virtual machine '{vm.Name}'{(vm.VApp is { } vapp ? $" of vApp '{vapp}'" : string.Empty)} at {client.Session.Server.Authority}";

    /// <summary>The virtual machine as it is afterwards, with what only the list says.</summary>
    private protected static Func<VcdClient, VcdChange, CancellationToken, Task<object?>> Finished(VcdVM vm) => async (client, _, token) =>
    {
        var now = await client.GetEntityAsync<VcdVM>(vm.Href.Length > 0 ? vm.Href : vm.Id, token).ConfigureAwait(false);
        now.VApp ??= vm.VApp;
        now.VAppHref ??= vm.VAppHref;
        return now;
    };

    private static bool IsOfVApp(VcdVM vm) => vm.IsInTemplate is not true;
}
