using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Shows with whom catalogs and vApps are shared: one object for each grant.</summary>
[Cmdlet(VerbsCommon.Get, "VcdAccess")]
[OutputType(typeof(VcdAccess))]
public sealed class GetVcdAccessCommand : VcdShowingCmdlet
{
    /// <summary>Catalogs and vApps: what Get-VcdCatalog or Get-VcdVApp returned, ids or addresses.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public VcdEntityArgument[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var argument in InputObject)
        {
            Attempt(
                () =>
                {
                    foreach (var session in Sessions(argument.Source ?? Organization?.Organization))
                    {
                        WriteObject(Await(token => ClientFor(session, argument.Source).GetAccessAsync(argument.Href, token)), enumerateCollection: true);
                    }
                },
                argument.Item ?? (object)argument.Text);
        }
    }
}
