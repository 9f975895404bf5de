using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Shows who owns catalogs, vApps, vApp templates, media and disks.</summary>
[Cmdlet(VerbsCommon.Get, "VcdOwner")]
[OutputType(typeof(VcdOwner))]
public sealed class GetVcdOwnerCommand : VcdShowingCmdlet
{
    /// <summary>What is owned: objects of this system, ids or addresses.</summary>
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
                        WriteObject(Await(token => ClientFor(session, argument.Source).GetOwnerAsync(argument.Href, token)));
                    }
                },
                argument.Item ?? (object)argument.Text);
        }
    }
}
