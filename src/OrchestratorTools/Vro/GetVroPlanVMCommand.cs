using System.Management.Automation;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>Lists the VMs of groups of recovery plans.</summary>
[Cmdlet(VerbsCommon.Get, "VroPlanVM")]
[OutputType(typeof(VroPlanVm))]
public sealed class GetVroPlanVMCommand : VroPlanPartCmdlet
{
    /// <summary>A group, or a plan (also by its name or id): the VMs of all its groups.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [Alias("Group", "Plan")]
    [ArgumentCompleter(typeof(VroPlanCompleter))]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    private protected override PSObject? Given => InputObject;

    /// <inheritdoc/>
    private protected override string Wanted => "a group or a plan";

    /// <inheritdoc/>
    private protected override bool Write(VroClient client, PartReference part)
    {
        switch (part.Kind)
        {
            case PartKind.Group:
                WriteVms(client, part.PlanId, part.Id, part.Name);
                return true;
            case PartKind.Plan:
                foreach (var group in Await(token => client.ListGroupsAsync(part.Id, token)))
                {
                    WriteVms(client, part.Id, group.Id, group.Name);
                }

                return true;
            default:
                return false;
        }
    }

    private void WriteVms(VroClient client, string planId, string groupId, string groupName)
    {
        foreach (var vm in Await(token => client.ListVmsAsync(planId, groupId, groupName, token)))
        {
            WriteWanted(vm);
        }
    }
}
