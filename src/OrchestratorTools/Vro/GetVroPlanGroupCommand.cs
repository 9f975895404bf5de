using System.Management.Automation;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>Lists the groups of recovery plans: inventory groups with VMs, and virtual ones with steps of their own.</summary>
[Cmdlet(VerbsCommon.Get, "VroPlanGroup")]
[OutputType(typeof(VroPlanGroup))]
public sealed class GetVroPlanGroupCommand : VroPlanPartCmdlet
{
    /// <summary>A plan, its name or its id.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VroPlanCompleter))]
    [ValidateNotNull]
    public PSObject? Plan { get; set; }

    /// <inheritdoc/>
    private protected override PSObject? Given => Plan;

    /// <inheritdoc/>
    private protected override string GivenName => nameof(Plan);

    /// <inheritdoc/>
    private protected override string Wanted => "a plan";

    /// <inheritdoc/>
    private protected override bool Write(VroClient client, PartReference part)
    {
        if (part.Kind is not PartKind.Plan)
        {
            return false;
        }

        foreach (var group in Await(token => client.ListGroupsAsync(part.Id, token)))
        {
            WriteWanted(group);
        }

        return true;
    }
}
