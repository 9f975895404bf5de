using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>The base of the cmdlets that change vApps, several at once. A cmdlet asks its question and begins the change in <see cref="OnVApp"/>.</summary>
public abstract class VcdVAppTaskCmdlet : VcdTaskCmdlet
{
    /// <summary>More at once than catalogs: a lab is switched off as a whole.</summary>
    private protected VcdVAppTaskCmdlet() => ThrottleLimit = 8;

    /// <summary>The vApps: names, wildcards, ids, or what Get-VcdVApp returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdVAppCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public virtual VcdVAppArgument[] VApp { get; set; } = [];

    /// <summary>The virtual data center that they are in, where names are given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdVdcCompleter))]
    [ValidateNotNull]
    public virtual VcdVdcArgument? Vdc { get; set; }

    /// <summary>One of the vApps that are meant. From the pipeline's thread; an OrchestratorApiException becomes the vApp's error, and the next one goes on.</summary>
    /// <param name="client">Acts for the organization that is meant.</param>
    /// <param name="vapp">The vApp as it was piped or found: mostly a record, which has neither links nor sections.</param>
    private protected abstract void OnVApp(VcdClient client, VcdVApp vapp);

    /// <inheritdoc/>
    private protected sealed override void OnRecord()
    {
        foreach (var argument in VApp)
        {
            Attempt(
                () =>
                {
                    var source = argument.Source ?? Vdc?.Source;
                    var client = ClientFor(SessionOf(source), source);
                    foreach (var vapp in Await(token => VcdLookup.ManyAsync<VcdVApp>(client, argument, nameof(VApp), VcdLookup.In(Vdc), token)))
                    {
                        Attempt(() => OnVApp(client, vapp), vapp);
                    }
                },
                argument.VApp ?? (object)argument.Name);
        }
    }

    /// <summary>The vApp in a question: "vApp 'web' of virtual data center 'x' at host".</summary>
    private protected static string Described(VcdClient client, VcdVApp vapp)
        => $"vApp '{vapp.Name}'{(vapp.Vdc is { } vdc ? $" of virtual data center '{vdc}'" : string.Empty)} at {client.Session.Server.Authority}";

    /// <summary>The vApp as it is afterwards, with what only the list says.</summary>
    private protected static Func<VcdClient, VcdChange, CancellationToken, Task<object?>> Finished(VcdVApp vapp) => async (client, _, token) =>
    {
        var now = await client.GetEntityAsync<VcdVApp>(vapp.Href.Length > 0 ? vapp.Href : vapp.Id, token).ConfigureAwait(false);
        now.Vdc ??= vapp.Vdc;
        return now;
    };
}
